//! Every kind of key, at every place of the card.

use std::time::{Duration, Instant};

use kamusm_cades::algorithm::KeyAlgorithm;
use kamusm_test_ca::{LeafKey, Usage};
use kamusm_test_card::{Card, Instruction, Place, with_readers};
use kamusm_token::identity::{Purpose, Unusable};

use crate::fixture::{PIN, assert_signs, issue, list, nes, nes_of, signer, typed};

#[test]
fn rsa_2048_signs_with_the_pin_at_each_signature() {
    with_readers!(1, |desk| {
        desk.reader(0).insert(nes(LeafKey::Rsa2048));
        let signer = signer();
        let identity = nes_of(&signer);
        assert_eq!(identity.key, Some(KeyAlgorithm::Rsa { bits: 2048 }));
        assert_eq!(desk.reader(0).count(Instruction::Sign), 0, "a list asks for nothing");
        assert_signs(&signer, &identity, 3, typed(PIN));
        assert_eq!(desk.reader(0).count(Instruction::Sign), 3);
    });
}

#[test]
fn p256_signs() {
    with_readers!(1, |desk| {
        desk.reader(0).insert(nes(LeafKey::P256));
        let signer = signer();
        assert_signs(&signer, &nes_of(&signer), 3, typed(PIN));
    });
}

#[test]
fn p384_signs() {
    with_readers!(1, |desk| {
        desk.reader(0).insert(nes(LeafKey::P384));
        let signer = signer();
        assert_signs(&signer, &nes_of(&signer), 3, typed(PIN));
    });
}

#[test]
fn a_key_whose_pin_is_asked_for_once_signs() {
    with_readers!(1, |desk| {
        let issued = issue(LeafKey::Rsa2048, Usage::Nes);
        desk.reader(0).insert(Card::new(PIN, &[(Place::Authentication, &issued)]));
        let signer = signer();
        assert_signs(&signer, &nes_of(&signer), 3, typed(PIN));
    });
}

#[test]
fn the_certificate_to_sign_with_is_found_behind_the_one_to_sign_in_with() {
    with_readers!(1, |desk| {
        let (authentication, nes) =
            (issue(LeafKey::Rsa2048, Usage::DigitalSignature), issue(LeafKey::Rsa2048, Usage::Nes));
        // The place says nothing: here the NES is where others sign in.
        let keys = [(Place::Authentication, &nes), (Place::Signature, &authentication)];
        desk.reader(0).insert(Card::new(PIN, &keys));
        let signer = signer();
        let seen = list(&signer);
        assert_eq!(seen.len(), 2);
        let other = seen.iter().find(|identity| identity.purpose == Purpose::Authentication);
        assert!(
            other.is_some_and(|other| matches!(other.usable, Err(Unusable::NotNonRepudiation { .. }))),
            "{seen:?}"
        );
        assert_signs(&signer, &nes_of(&signer), 2, typed(PIN));
    });
}

#[test]
fn a_slow_card_signs() {
    with_readers!(1, |desk| {
        desk.reader(0).insert(nes(LeafKey::P256));
        let signer = signer();
        let identity = nes_of(&signer);
        let takes = Duration::from_millis(1500);
        desk.reader(0).signing_takes(takes);
        let started = Instant::now();
        assert_signs(&signer, &identity, 1, typed(PIN));
        assert!(started.elapsed() >= takes);
    });
}

#[test]
fn a_card_that_fails_once_signs_or_says_so() {
    with_readers!(1, |desk| {
        desk.reader(0).insert(nes(LeafKey::P256));
        let signer = signer();
        let identity = nes_of(&signer);
        // OpenSC verifies the PIN that it kept and asks again; what matters is that no try is lost.
        desk.reader(0).refuse_signing(0x6F00);
        if let Err(error) = crate::fixture::sign(&signer, &identity, typed(PIN), &crate::fixture::options()) {
            assert!(!error.used_a_try(), "{error:?}");
        }
        assert_eq!(desk.reader(0).tries_left(), Some(3));
        assert_signs(&signer, &identity, 1, typed(PIN));
    });
}
