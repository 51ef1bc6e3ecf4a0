//! The card is pulled in each call of a signature: a vague error, and no card when looked again.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use cryptoki_sys::{CKR_DEVICE_ERROR, CKR_FUNCTION_FAILED, CKR_GENERAL_ERROR, CKR_SESSION_HANDLE_INVALID};
use kamusm_test_softhsm::{SoftHsm, in_own_process};
use kamusm_test_spy::Directive;
use kamusm_token::error::TokenError;

use crate::fixture::{Card, PIN, options, returns, typed};

fn pulled_in(hsm: &SoftHsm, function: &'static str) {
    let card = Card::with_nes(hsm);
    let identity = card.identity();
    for rv in [CKR_GENERAL_ERROR, CKR_FUNCTION_FAILED, CKR_DEVICE_ERROR, CKR_SESSION_HANDLE_INVALID] {
        card.spy.forget();
        // Until a card is pulled by a hand, the spy says what the reader would say.
        let gone = Directive::GoneWith(function.into());
        card.spy.tell(&[returns(function, rv), gone]);
        let error = card.sign(&identity, 2, typed(PIN), &options()).unwrap_err();
        assert!(
            matches!(error, TokenError::TokenRemoved { during } if during == function),
            "{rv:#x}: {error:?}"
        );
        assert_eq!(error.used_a_try(), function == "C_Login", "nobody knows, so it counts");
        assert!(error.retryable() && card.logins() <= 1);
        card.spy.tell(&[]);
        card.assert_signs(&identity, 1, typed(PIN), &options());
    }
}

#[test]
fn pulled_while_a_session_is_opened() {
    in_own_process!(|hsm| pulled_in(&hsm, "C_OpenSession"));
}

#[test]
fn pulled_while_objects_are_looked_for() {
    in_own_process!(|hsm| pulled_in(&hsm, "C_FindObjectsInit"));
}

#[test]
fn pulled_while_an_object_is_read() {
    in_own_process!(|hsm| pulled_in(&hsm, "C_GetAttributeValue"));
}

#[test]
fn pulled_in_the_login() {
    in_own_process!(|hsm| pulled_in(&hsm, "C_Login"));
}

#[test]
fn pulled_at_the_start_of_a_signature() {
    in_own_process!(|hsm| pulled_in(&hsm, "C_SignInit"));
}

#[test]
fn pulled_in_a_signature() {
    in_own_process!(|hsm| pulled_in(&hsm, "C_Sign"));
}
