//! What the service tells of readers and cards, as it happens.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::time::{Duration, Instant};

use kamusm_test_ca::LeafKey;
use kamusm_test_card::{Service, with_readers};
use kamusm_token::deadline::Deadline;
use kamusm_token::discovery::{Discovery, Source, candidates};
use kamusm_token::error::TokenError;
use kamusm_token::pkcs11::InitPolicy;
use kamusm_token::reader::{Event, Events, events, readers};

use crate::fixture::{PIN, assert_signs, nes, nes_of, soon, typed};

/// Answer to reset of an AKİS card, v2.2.8.
const AKIS: [u8; 23] = [
    0x3B, 0x9F, 0x97, 0x81, 0x31, 0xFE, 0x45, 0x80, 0x65, 0x54, 0x43, 0xD2, 0x21, 0x08, 0x31, 0xC0, 0x73,
    0xF6, 0x21, 0x80, 0x81, 0x05, 0x5B,
];

fn next(events: &Events) -> Event {
    events.next(soon()).expect("an event comes")
}

#[test]
fn no_service_no_reader_and_no_card_are_three_things() {
    with_readers!(0, |desk| {
        assert!(matches!(readers(), Err(TokenError::NoReader)), "{:?}", readers());
        desk.stop();
        assert!(matches!(readers(), Err(TokenError::ServiceDown)), "{:?}", readers());
        drop(desk);
    });
}

#[test]
fn a_card_is_seen_with_its_answer_to_reset_and_nothing_is_sent_to_it() {
    with_readers!(2, |desk| {
        desk.reader(1).insert(nes(LeafKey::P256).with_atr(&AKIS));
        let seen = readers().unwrap();
        let atr = |number: usize| seen[number].card.as_ref().map(|card| card.atr.clone());
        assert_eq!((atr(0), atr(1)), (None, Some(AKIS.to_vec())));
        assert!(seen[1].name.contains(desk.reader(1).name()));
        assert!(desk.reader(1).instructions().is_empty());
    });
}

#[test]
fn cards_that_come_and_go_are_told_as_they_do() {
    with_readers!(1, |desk| {
        let events = events().unwrap();
        assert_eq!(next(&events), Event::ServiceUp);
        assert!(matches!(next(&events), Event::ReaderAdded(_)));
        desk.reader(0).insert(nes(LeafKey::P256));
        assert!(matches!(next(&events), Event::CardInserted(reader) if reader.card.is_some()));
        desk.reader(0).eject();
        assert!(matches!(next(&events), Event::CardRemoved(_)));
    });
}

#[test]
fn a_service_that_goes_and_comes_back_is_told_with_its_readers() {
    with_readers!(1, |desk| {
        let events = events().unwrap();
        assert_eq!(next(&events), Event::ServiceUp);
        assert!(matches!(next(&events), Event::ReaderAdded(_)));
        desk.stop();
        assert!(matches!(next(&events), Event::ReaderRemoved(_)));
        assert_eq!(next(&events), Event::ServiceDown);
        desk.resume().unwrap();
        assert_eq!(next(&events), Event::ServiceUp);
        assert!(matches!(next(&events), Event::ReaderAdded(_)));
    });
}

#[test]
fn whoever_waits_for_an_event_can_be_woken() {
    with_readers!(1, |_desk| {
        let events = events().unwrap();
        assert_eq!(next(&events), Event::ServiceUp);
        next(&events);
        let started = Instant::now();
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| events.next(Deadline::after(Duration::from_secs(600))));
            events.stop();
            assert_eq!(waiting.join().unwrap(), None);
        });
        assert!(started.elapsed() < Duration::from_secs(60));
    });
}

#[test]
fn without_the_service_a_signer_is_asked_again_and_again() {
    with_readers!(1, |desk| {
        let events = Events::polling(std::sync::Arc::new(crate::fixture::signer())).unwrap();
        desk.reader(0).insert(nes(LeafKey::P256));
        assert!(matches!(next(&events), Event::ReaderAdded(_)));
        assert!(matches!(next(&events), Event::CardInserted(_)));
        desk.reader(0).eject();
        assert!(matches!(next(&events), Event::CardRemoved(_)));
    });
}

/// What the cards that are in say of themselves.
fn atrs(_desk: &Service) -> Vec<Vec<u8>> {
    readers().unwrap().into_iter().filter_map(|reader| Some(reader.card?.atr)).collect()
}

#[test]
fn a_card_that_only_opensc_knows_is_found_without_naming_a_module() {
    with_readers!(1, |desk| {
        desk.reader(0).insert(nes(LeafKey::P384));
        let discovery = Discovery::run(&[], Some(&atrs(&desk)), InitPolicy::Tolerant, soon());
        let opensc = discovery.signers.iter().find(|signer| signer.module().ends_with("opensc-pkcs11.so"));
        let opensc = opensc.expect("OpenSC is installed");
        assert_signs(opensc, &nes_of(opensc), 1, typed(PIN));
    });
}

#[test]
fn the_driver_of_the_card_that_is_in_comes_before_all_others() {
    with_readers!(1, |desk| {
        desk.reader(0).insert(nes(LeafKey::P256).with_atr(&AKIS));
        let found = candidates(&[], Some(&atrs(&desk)));
        assert_eq!(found[0].source, Source::Card);
        assert!(found[0].path.to_string_lossy().contains("akisp11"), "{found:?}");
        let discovery = Discovery::run(&[], Some(&atrs(&desk)), InitPolicy::Tolerant, soon());
        assert!(
            matches!(&discovery.refused[..], [(missing, TokenError::ModuleNotFound { .. }), ..] if *missing == found[0]),
            "{discovery:?}"
        );
    });
}
