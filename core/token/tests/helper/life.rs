//! The life of a helper process: it ends with a signature, a deadline, a crash or its host, and takes nobody with it.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use kamusm_test_ca::LeafSpec;
use kamusm_test_softhsm::{KeyPairSpec, in_own_process};
use kamusm_test_spy::Directive;
use kamusm_token::backend::SignOptions;
use kamusm_token::deadline::Deadline;
use kamusm_token::error::TokenError;
use kamusm_token::helper::{HelperProgram, HelperSigner};
use kamusm_token::reader::{Event, Events};

use crate::backend::PROGRAM;
use crate::fixture::{Card, PIN, SHORT, issue, options, pair, soon, typed};

const SIGABRT: i32 = 6;

/// Folders in /proc of the helpers of this card.
fn helpers(card: &Card) -> Vec<PathBuf> {
    helpers_of(card.spy.module())
}

fn helpers_of(module: &Path) -> Vec<PathBuf> {
    let module = module.as_os_str().as_encoded_bytes();
    let is_helper = |folder: &PathBuf| {
        let arguments = fs::read(folder.join("cmdline")).unwrap_or_default();
        arguments.split(|&octet| octet == 0).nth(1) == Some(module)
    };
    fs::read_dir("/proc").unwrap().map(|entry| entry.unwrap().path()).filter(is_helper).collect()
}

#[test]
fn a_helper_waits_after_listing_and_ends_after_signing() {
    in_own_process!(|hsm| {
        let card = Card::with_nes(&hsm);
        let identity = card.identity();
        let waiting = helpers(&card);
        assert_eq!(waiting.len(), 1);
        card.list();
        assert_eq!(helpers(&card), waiting, "one process lists as often as it is asked");
        card.assert_signs(&identity, 2, typed(PIN), &options());
        assert!(helpers(&card).is_empty(), "the copies of the PIN end with the process");
    });
}

#[test]
fn a_helper_ends_with_its_signer() {
    in_own_process!(|hsm| {
        let mut card = Card::with_nes(&hsm);
        let first = helpers(&card);
        card.signer = crate::backend::open(card.spy.module(), soon()).unwrap();
        let second = helpers(&card);
        assert_eq!((first.len(), second.len()), (1, 1));
        assert_ne!(first, second);
    });
}

#[test]
fn a_crash_is_told_by_its_call_and_signal_and_the_next_call_works() {
    in_own_process!(|hsm| {
        let card = Card::with_nes(&hsm);
        let identity = card.identity();
        for (function, used_a_try) in [("C_OpenSession", false), ("C_Login", true), ("C_Sign", false)] {
            card.spy.tell(&[Directive::Crash(function.into())]);
            let error = card.sign(&identity, 1, typed(PIN), &options()).unwrap_err();
            let TokenError::ModuleCrashed { during, signal } = error else { panic!("{error:?}") };
            assert_eq!((during, signal), (function, Some(SIGABRT)));
            assert_eq!(error.used_a_try(), used_a_try);
            card.spy.tell(&[]);
            card.assert_signs(&identity, 1, typed(PIN), &options());
        }
    });
}

#[test]
fn a_crash_while_listing_is_told_and_the_next_call_works() {
    in_own_process!(|hsm| {
        let card = Card::with_nes(&hsm);
        card.spy.tell(&[Directive::Crash("C_GetSlotList".into())]);
        let error = card.signer.identities(soon()).unwrap_err();
        assert!(matches!(error, TokenError::ModuleCrashed { during: "C_GetSlotList", .. }), "{error:?}");
        card.spy.tell(&[]);
        assert_eq!(card.list().len(), 1);
    });
}

#[test]
fn a_hanging_call_ends_at_the_deadline_and_the_next_call_works_at_once() {
    in_own_process!(|hsm| {
        let card = Card::with_nes(&hsm);
        let identity = card.identity();
        card.spy.tell(&[Directive::Hang("C_Sign".into())]);
        let started = Instant::now();
        let short = SignOptions::new(Deadline::after(SHORT));
        let error = card.sign(&identity, 1, typed(PIN), &short).unwrap_err();
        assert!(matches!(error, TokenError::ModuleHung { function: "C_Sign", .. }), "{error:?}");
        assert!(started.elapsed() >= SHORT);
        assert!(helpers(&card).is_empty(), "the module hangs no more");
        card.spy.tell(&[]);
        card.assert_signs(&identity, 1, typed(PIN), &options());
    });
}

#[test]
fn cancelling_ends_the_process() {
    in_own_process!(|hsm| {
        let card = Card::with_nes(&hsm);
        let identity = card.identity();
        card.spy.tell(&[Directive::Hang("C_Login".into())]);
        let waiting = options();
        let cancel = waiting.cancel.clone();
        let error = std::thread::scope(|scope| {
            let call = scope.spawn(|| card.sign(&identity, 1, typed(PIN), &waiting).unwrap_err());
            while card.logins() == 0 {
                std::thread::yield_now();
            }
            cancel.cancel();
            call.join().unwrap()
        });
        assert!(matches!(error, TokenError::Cancelled), "{error:?}");
        assert!(helpers(&card).is_empty());
        card.spy.tell(&[]);
        card.assert_signs(&identity, 1, typed(PIN), &options());
    });
}

#[test]
fn a_helper_that_somebody_ended_is_started_again() {
    in_own_process!(|hsm| {
        let card = Card::with_nes(&hsm);
        let identity = card.identity();
        let [helper] = helpers(&card).try_into().unwrap();
        let number = helper.file_name().unwrap().to_owned();
        assert!(std::process::Command::new("kill").arg("-9").arg(number).status().unwrap().success());
        // The end is seen by its state; the process stays in the table until its parent has asked.
        let patience = soon();
        while !fs::read_to_string(helper.join("stat")).unwrap_or_default().contains(") Z ") {
            assert!(!patience.has_passed());
            std::thread::yield_now();
        }
        card.assert_signs(&identity, 1, typed(PIN), &options());
    });
}

/// A card whose helper stands in `C_Login`, and what `look` sees of it there.
fn while_logging_in<T>(card: &Card, look: impl FnOnce(&PathBuf) -> T) -> T {
    let identity = card.identity();
    card.spy.forget();
    card.spy.tell(&[Directive::Hang("C_Login".into())]);
    let waiting = options();
    let cancel = waiting.cancel.clone();
    std::thread::scope(|scope| {
        scope.spawn(|| card.sign(&identity, 1, typed(PIN), &waiting));
        while card.logins() == 0 {
            std::thread::yield_now();
        }
        let seen = look(&helpers(card)[0]);
        cancel.cancel();
        seen
    })
}

#[test]
fn a_helper_leaves_no_core_file_and_shows_no_pin() {
    in_own_process!(|hsm| {
        let card = Card::with_nes(&hsm);
        while_logging_in(&card, |helper| {
            let limits = fs::read_to_string(helper.join("limits")).unwrap();
            let core = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap();
            assert_eq!(core.split_whitespace().skip(4).take(2).collect::<Vec<_>>(), ["0", "0"]);
            for shown in ["cmdline", "environ"] {
                // Nobody else may read what cannot be read here.
                let octets = fs::read(helper.join(shown)).unwrap_or_default();
                assert!(!octets.windows(PIN.len()).any(|window| window == PIN.as_bytes()), "{shown}");
            }
        });
    });
}

#[test]
fn what_a_module_prints_does_not_come_into_the_conversation() {
    in_own_process!(|hsm| {
        let leaf = issue(&LeafSpec::default());
        let card = Card::with(&hsm, &[KeyPairSpec { always_authenticate: true, ..pair(&leaf) }]);
        let identity = card.identity();
        card.spy.tell(&[Directive::Print]);
        card.assert_signs(&identity, 2, typed(PIN), &options());
    });
}

#[test]
fn a_card_that_comes_and_goes_is_told_through_the_helper() {
    in_own_process!(|hsm| {
        let Card { spy, .. } = Card::with_nes(&hsm);
        let program = HelperProgram::at(Path::new(PROGRAM)).unwrap();
        let signer = Arc::new(HelperSigner::open(&program, spy.module()).unwrap());
        let events = Events::polling(signer).unwrap();
        assert!(matches!(events.next(soon()), Some(Event::ReaderAdded(_))));
        assert!(matches!(events.next(soon()), Some(Event::CardInserted(_))));
        // Each look may be another process; the card is gone for all of them.
        spy.tell(&[Directive::GoneAfter { function: "C_GetSlotList".into(), calls: 1 }]);
        assert!(matches!(events.next(soon()), Some(Event::CardRemoved(_))));
        assert!(matches!(events.next(soon()), Some(Event::ReaderRemoved(_))));
        // A crash is a look that saw nothing; the next look is another process.
        spy.forget();
        spy.tell(&[Directive::Crash("C_GetSlotList".into())]);
        while spy.count("C_GetSlotList") == 0 {
            std::thread::yield_now();
        }
        spy.tell(&[]);
        assert!(matches!(events.next(soon()), Some(Event::ReaderAdded(_))));
    });
}

#[test]
fn a_helper_that_watches_ends_with_its_events() {
    in_own_process!(|hsm| {
        let Card { spy, signer } = Card::with_nes(&hsm);
        drop(signer);
        let program = HelperProgram::at(Path::new(PROGRAM)).unwrap();
        let signer = Arc::new(HelperSigner::open(&program, spy.module()).unwrap());
        let events = signer.events().unwrap();
        let first = events.next(soon()).unwrap();
        // A helper with the feature `pcsc` speaks with the service of this machine, if there is one.
        let by_service = matches!(first, Event::ServiceUp | Event::ServiceDown);
        assert!(by_service || matches!(first, Event::ReaderAdded(_)), "{first:?}");
        drop((events, signer));
        let patience = soon();
        while !helpers_of(spy.module()).is_empty() {
            assert!(!patience.has_passed(), "the helper stays");
            std::thread::yield_now();
        }
    });
}
