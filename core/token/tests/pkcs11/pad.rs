//! A reader with a PIN pad (CKF_PROTECTED_AUTHENTICATION_PATH).

use cryptoki_sys::{CKF_PROTECTED_AUTHENTICATION_PATH, CKR_FUNCTION_CANCELED};
use kamusm_test_ca::LeafSpec;
use kamusm_test_softhsm::{KeyPairSpec, in_own_process};
use kamusm_test_spy::Directive;
use kamusm_token::backend::PadPolicy;
use kamusm_token::error::TokenError;
use kamusm_token::pin::{PinEntry, PinSource, Tries};

use crate::fixture::{Card, PIN, issue, options, pair, returns, typed};

#[test]
fn the_pin_is_typed_at_the_reader() {
    in_own_process!(|hsm| {
        let leaf = issue(&LeafSpec::default());
        let card = Card::with(&hsm, &[KeyPairSpec { always_authenticate: true, ..pair(&leaf) }]);
        card.spy.tell(&[Directive::PadPin(PIN.into())]);
        let identity = card.identity();
        assert_eq!(identity.pin.entry, PinEntry::Pad);
        card.assert_signs(&identity, 2, PinSource::Pad, &options());
        assert_eq!(card.logins(), 3, "one login and one confirmation each");
    });
}

#[test]
fn a_wrong_pin_at_the_reader_is_a_wrong_pin() {
    in_own_process!(|hsm| {
        let card = Card::with_nes(&hsm);
        card.spy.tell(&[Directive::PadPin("000000".into())]);
        let error = card.sign(&card.identity(), 1, PinSource::Pad, &options()).unwrap_err();
        assert!(matches!(error, TokenError::PinIncorrect { tries: Tries::NotFull }), "{error:?}");
        assert_eq!(card.logins(), 1);
    });
}

#[test]
fn cancelling_at_the_reader_is_told() {
    in_own_process!(|hsm| {
        let card = Card::with_nes(&hsm);
        card.spy.tell(&[Directive::PadPin(PIN.into()), returns("C_Login", CKR_FUNCTION_CANCELED)]);
        let error = card.sign(&card.identity(), 1, PinSource::Pad, &options()).unwrap_err();
        assert!(matches!(error, TokenError::PinCancelled), "{error:?}");
        assert!(!error.used_a_try());
    });
}

#[test]
fn neither_way_of_entry_falls_back_to_the_other() {
    in_own_process!(|hsm| {
        let card = Card::with_nes(&hsm);
        let identity = card.identity();
        let no_pad = card.sign(&identity, 1, PinSource::Pad, &options()).unwrap_err();
        assert!(matches!(no_pad, TokenError::PadUnavailable), "{no_pad:?}");
        card.spy.tell(&[Directive::TokenFlags(CKF_PROTECTED_AUTHENTICATION_PATH)]);
        let pad = card.sign(&identity, 1, typed(PIN), &options()).unwrap_err();
        assert!(matches!(pad, TokenError::PadRequired), "{pad:?}");
        assert_eq!(card.logins(), 0);
    });
}

#[test]
fn a_reader_that_lies_is_overridden() {
    in_own_process!(|hsm| {
        let card = Card::with_nes(&hsm);
        let identity = card.identity();
        card.spy.tell(&[Directive::TokenFlags(CKF_PROTECTED_AUTHENTICATION_PATH)]);
        let mut ignore = options();
        ignore.pad = PadPolicy::Ignore;
        card.assert_signs(&identity, 1, typed(PIN), &ignore);
    });
}
