//! A reader with a PIN pad.

use kamusm_test_ca::LeafKey;
use kamusm_test_card::{Service, with_readers};
use kamusm_token::backend::PadPolicy;
use kamusm_token::error::TokenError;
use kamusm_token::identity::Identity;
use kamusm_token::pin::{PinEntry, PinSource};
use kamusm_token::pkcs11::Pkcs11Signer;

use crate::fixture::{PIN, assert_signs, nes, nes_of, options, sign, signer, typed};

fn at_the_pad(desk: &Service, typed: Option<&str>) -> (Pkcs11Signer, Identity) {
    desk.reader(0).pad_types(typed);
    desk.reader(0).insert(nes(LeafKey::Rsa2048));
    let signer = signer();
    let identity = nes_of(&signer);
    assert_eq!(identity.pin.entry, PinEntry::Pad);
    (signer, identity)
}

#[test]
fn the_pin_typed_at_the_pad_signs() {
    with_readers!(1, |desk| {
        let (signer, identity) = at_the_pad(&desk, Some(PIN));
        assert_signs(&signer, &identity, 2, PinSource::Pad);
    });
}

#[test]
fn the_cancel_key_costs_no_try() {
    with_readers!(1, |desk| {
        let (signer, identity) = at_the_pad(&desk, None);
        let error = sign(&signer, &identity, PinSource::Pad, &options()).unwrap_err();
        assert!(matches!(error, TokenError::PinCancelled), "{error:?}");
        assert_eq!(desk.reader(0).tries_left(), Some(3));
    });
}

#[test]
fn a_wrong_pin_at_the_pad_costs_one_try() {
    with_readers!(1, |desk| {
        let (signer, identity) = at_the_pad(&desk, Some("000000"));
        let error = sign(&signer, &identity, PinSource::Pad, &options()).unwrap_err();
        assert!(matches!(error, TokenError::PinIncorrect { .. }), "{error:?}");
        assert_eq!(desk.reader(0).tries_left(), Some(2));
    });
}

#[test]
fn a_typed_pin_needs_the_word_of_the_caller() {
    with_readers!(1, |desk| {
        let (signer, identity) = at_the_pad(&desk, None);
        let error = sign(&signer, &identity, typed(PIN), &options()).unwrap_err();
        assert!(matches!(error, TokenError::PadRequired), "{error:?}");
        let mut ignoring = options();
        ignoring.pad = PadPolicy::Ignore;
        sign(&signer, &identity, typed(PIN), &ignoring).unwrap();
    });
}

#[test]
fn a_pad_that_is_not_there_is_not_asked() {
    with_readers!(1, |desk| {
        desk.reader(0).insert(nes(LeafKey::Rsa2048));
        let signer = signer();
        let error = sign(&signer, &nes_of(&signer), PinSource::Pad, &options()).unwrap_err();
        assert!(matches!(error, TokenError::PadUnavailable), "{error:?}");
        assert_eq!(desk.reader(0).tries_left(), Some(3));
    });
}
