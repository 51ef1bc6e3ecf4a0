//! Cards that are pulled, modules that hang, callers who change their mind.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::time::Duration;

use cryptoki_sys::{
    CKR_DEVICE_ERROR, CKR_DEVICE_REMOVED, CKR_FUNCTION_FAILED, CKR_GENERAL_ERROR, CKR_HOST_MEMORY,
    CKR_OPERATION_ACTIVE, CKR_SESSION_HANDLE_INVALID,
};
use kamusm_test_softhsm::in_own_process;
use kamusm_test_spy::Directive;
use kamusm_token::backend::SignOptions;
use kamusm_token::deadline::Deadline;
use kamusm_token::error::TokenError;

use crate::fixture::{Card, PIN, SHORT, options, returns, returns_once, soon, typed};

#[test]
fn a_login_that_hangs_may_have_used_a_try() {
    in_own_process!(|hsm| {
        let card = Card::with_nes(&hsm);
        let identity = card.identity();
        card.spy.tell(&[Directive::Hang("C_Login".into())]);
        let short = SignOptions::new(Deadline::after(SHORT));
        let error = card.sign(&identity, 1, typed(PIN), &short).unwrap_err();
        assert!(matches!(error, TokenError::ModuleHung { function: "C_Login", .. }), "{error:?}");
        assert!(error.used_a_try());
    });
}

#[test]
fn vague_errors_of_a_card_that_is_there_are_not_its_removal() {
    in_own_process!(|hsm| {
        let card = Card::with_nes(&hsm);
        let identity = card.identity();
        for rv in [CKR_GENERAL_ERROR, CKR_DEVICE_ERROR, CKR_FUNCTION_FAILED, CKR_OPERATION_ACTIVE] {
            card.spy.tell(&[returns("C_SignInit", rv)]);
            let error = card.sign(&identity, 1, typed(PIN), &options()).unwrap_err();
            assert!(matches!(error, TokenError::Other { function: "C_SignInit", .. }), "{error:?}");
            assert_eq!(error.ck_rv(), Some(rv));
        }
        card.spy.tell(&[returns("C_SignInit", CKR_DEVICE_REMOVED)]);
        let plain = card.sign(&identity, 1, typed(PIN), &options()).unwrap_err();
        assert!(matches!(plain, TokenError::TokenRemoved { during: "C_SignInit" }), "{plain:?}");
    });
}

#[test]
fn an_empty_reader_lists_nothing() {
    in_own_process!(|hsm| {
        let card = Card::with_nes(&hsm);
        card.spy.tell(&[Directive::GoneAfter { function: "C_GetSlotList".into(), calls: 1 }]);
        let listed = card.signer.identities(soon()).unwrap_err();
        assert!(matches!(listed, TokenError::NoToken), "{listed:?}");
    });
}

/// The card goes at `C_SignInit` itself: the first call finds it, the look afterwards does not.
fn pulled_with(hsm: &kamusm_test_softhsm::SoftHsm, rv: u64) -> (Card, TokenError) {
    let card = Card::with_nes(hsm);
    let identity = card.identity();
    card.spy
        .tell(&[returns("C_SignInit", rv), Directive::GoneAfter { function: "C_SignInit".into(), calls: 1 }]);
    let error = card.sign(&identity, 1, typed(PIN), &options()).unwrap_err();
    (card, error)
}

#[test]
fn a_general_error_of_a_pulled_card() {
    in_own_process!(|hsm| {
        let (card, error) = pulled_with(&hsm, CKR_GENERAL_ERROR);
        assert!(matches!(error, TokenError::TokenRemoved { during: "C_SignInit" }), "{error:?}");
        assert!(error.retryable());
        // The login of a card that is gone cannot be ended, and its session may be somebody else's by now.
        assert_eq!(card.spy.count("C_Logout"), 0);
    });
}

#[test]
fn a_device_error_of_a_pulled_card() {
    in_own_process!(|hsm| {
        let (_, error) = pulled_with(&hsm, CKR_DEVICE_ERROR);
        assert!(matches!(error, TokenError::TokenRemoved { during: "C_SignInit" }), "{error:?}");
    });
}

#[test]
fn a_lost_session_of_a_pulled_card() {
    in_own_process!(|hsm| {
        let (_, error) = pulled_with(&hsm, CKR_SESSION_HANDLE_INVALID);
        assert!(matches!(error, TokenError::TokenRemoved { during: "C_SignInit" }), "{error:?}");
    });
}

#[test]
fn a_lost_session_of_a_card_that_is_there_is_a_reset() {
    in_own_process!(|hsm| {
        let card = Card::with_nes(&hsm);
        let identity = card.identity();
        card.spy.tell(&[returns("C_SignInit", CKR_SESSION_HANDLE_INVALID)]);
        let error = card.sign(&identity, 1, typed(PIN), &options()).unwrap_err();
        assert!(matches!(error, TokenError::TokenReset { during: "C_SignInit" }), "{error:?}");
    });
}

#[test]
fn other_errors_keep_their_value_and_the_next_call_works() {
    in_own_process!(|hsm| {
        let card = Card::with_nes(&hsm);
        let identity = card.identity();
        card.spy.tell(&[returns("C_Sign", CKR_HOST_MEMORY)]);
        let error = card.sign(&identity, 2, typed(PIN), &options()).unwrap_err();
        assert!(matches!(error, TokenError::Other { function: "C_Sign", rv: Some(2) }), "{error:?}");
        assert_eq!(card.logins(), 1);
        card.spy.tell(&[]);
        card.assert_signs(&identity, 2, typed(PIN), &options());
        card.assert_tidy();
    });
}

#[test]
fn an_operation_left_active_is_cured_by_a_fresh_session() {
    in_own_process!(|hsm| {
        let card = Card::with_nes(&hsm);
        let identity = card.identity();
        card.spy.tell(&[returns_once("C_SignInit", CKR_OPERATION_ACTIVE, 1)]);
        card.assert_signs(&identity, 2, typed(PIN), &options());
        assert_eq!(card.logins(), 1);
        card.assert_tidy();
    });
}

#[test]
fn who_cancelled_before_is_not_asked_for_anything() {
    in_own_process!(|hsm| {
        let card = Card::with_nes(&hsm);
        let identity = card.identity();
        let cancelled = options();
        cancelled.cancel.cancel();
        let calls = card.spy.calls().len();
        let error = card.sign(&identity, 1, typed(PIN), &cancelled).unwrap_err();
        assert!(matches!(error, TokenError::Cancelled), "{error:?}");
        assert_eq!(card.spy.calls().len(), calls);
    });
}

#[test]
fn a_deadline_that_has_passed_asks_nothing() {
    in_own_process!(|hsm| {
        let card = Card::with_nes(&hsm);
        let identity = card.identity();
        let over = SignOptions::new(Deadline::after(Duration::ZERO));
        let error = card.sign(&identity, 1, typed(PIN), &over).unwrap_err();
        let expected = matches!(error, TokenError::Deadline | TokenError::TokenBusy { .. });
        assert!(expected, "{error:?}");
        assert_eq!(card.logins(), 0);
    });
}
