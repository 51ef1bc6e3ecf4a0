//! The PIN: tried once, never empty, the last try only on demand.

use cryptoki_sys::{
    CKF_USER_PIN_FINAL_TRY, CKF_USER_PIN_LOCKED, CKF_USER_PIN_TO_BE_CHANGED, CKR_DEVICE_ERROR,
    CKR_GENERAL_ERROR, CKR_PIN_EXPIRED, CKR_PIN_LEN_RANGE, CKR_USER_ALREADY_LOGGED_IN,
};
use kamusm_test_softhsm::in_own_process;
use kamusm_test_spy::Directive;
use kamusm_token::error::TokenError;
use kamusm_token::pin::Tries;

use crate::fixture::{Card, PIN, options, returns, typed};

#[test]
fn a_wrong_pin_is_one_login_and_no_signature() {
    in_own_process!(|hsm| {
        let card = Card::with_nes(&hsm);
        let identity = card.identity();
        let error = card.sign(&identity, 3, typed("654321"), &options()).unwrap_err();
        assert!(matches!(error, TokenError::PinIncorrect { tries: Tries::NotFull }), "{error:?}");
        assert!(error.used_a_try() && !error.retryable());
        assert_eq!((card.logins(), card.spy.count("C_SignInit")), (1, 0));
        card.assert_signs(&identity, 1, typed(PIN), &options());
        assert_eq!(card.logins(), 2);
        card.assert_tidy();
    });
}

#[test]
fn an_empty_pin_is_never_sent() {
    in_own_process!(|hsm| {
        let card = Card::with_nes(&hsm);
        let error = card.sign(&card.identity(), 1, typed(""), &options()).unwrap_err();
        assert!(matches!(error, TokenError::PinRequired), "{error:?}");
        assert_eq!(card.logins(), 0);
    });
}

#[test]
fn three_wrong_pins_end_in_a_lock_that_the_login_itself_tells() {
    in_own_process!(|hsm| {
        let card = Card::with_nes(&hsm);
        let identity = card.identity();
        card.spy.tell(&[Directive::PinTries(3)]);
        let first = card.sign(&identity, 1, typed("000000"), &options()).unwrap_err();
        assert!(matches!(first, TokenError::PinIncorrect { tries: Tries::NotFull }), "{first:?}");
        let second = card.sign(&identity, 1, typed("000000"), &options()).unwrap_err();
        assert_eq!(second.tries_left(), Some(1), "{second:?}");
        assert_eq!(card.identity().pin.tries, Tries::Final);

        let refused = card.sign(&identity, 1, typed("000000"), &options()).unwrap_err();
        assert!(matches!(refused, TokenError::PinFinalTry), "{refused:?}");
        assert!(!refused.used_a_try());
        assert_eq!(card.logins(), 2);

        let mut on_demand = options();
        on_demand.allow_final_try = true;
        let last = card.sign(&identity, 1, typed("000000"), &on_demand).unwrap_err();
        assert!(matches!(last, TokenError::PinLocked { used_a_try: true }), "{last:?}");
        assert_eq!(card.logins(), 3);

        let after = card.sign(&identity, 1, typed(PIN), &on_demand).unwrap_err();
        assert!(matches!(after, TokenError::PinLocked { used_a_try: false }), "{after:?}");
        assert_eq!(card.logins(), 3, "a locked card is not asked");
        assert_eq!(card.identity().pin.tries, Tries::Locked);
    });
}

#[test]
fn the_last_try_with_the_right_pin_signs() {
    in_own_process!(|hsm| {
        let card = Card::with_nes(&hsm);
        let identity = card.identity();
        card.spy.tell(&[Directive::TokenFlags(CKF_USER_PIN_FINAL_TRY)]);
        let mut on_demand = options();
        on_demand.allow_final_try = true;
        assert!(matches!(card.sign(&identity, 1, typed(PIN), &options()), Err(TokenError::PinFinalTry)));
        assert_eq!(card.logins(), 0);
        card.assert_signs(&identity, 1, typed(PIN), &on_demand);
    });
}

#[test]
fn what_the_flags_tell_after_a_wrong_pin_counts() {
    in_own_process!(|hsm| {
        let card = Card::with_nes(&hsm);
        let identity = card.identity();
        card.spy.tell(&[Directive::TokenFlagsAfterLogin(CKF_USER_PIN_LOCKED)]);
        let during = card.sign(&identity, 1, typed("000000"), &options()).unwrap_err();
        assert!(matches!(during, TokenError::PinLocked { used_a_try: true }), "{during:?}");
        let after = card.sign(&identity, 1, typed(PIN), &options()).unwrap_err();
        assert!(matches!(after, TokenError::PinLocked { used_a_try: false }), "{after:?}");
        assert_eq!(card.logins(), 1);
    });
}

#[test]
fn refusals_of_the_login_are_told_apart() {
    in_own_process!(|hsm| {
        let card = Card::with_nes(&hsm);
        let identity = card.identity();
        let refusal = |rv| {
            card.spy.tell(&[returns("C_Login", rv)]);
            card.spy.forget();
            let error = card.sign(&identity, 1, typed(PIN), &options()).unwrap_err();
            assert_eq!(card.logins(), 1, "{error:?} is never tried again");
            error
        };
        let length = refusal(CKR_PIN_LEN_RANGE);
        assert!(matches!(length, TokenError::PinLength { min: 4, max: 255 }), "{length:?}");
        assert!(!length.used_a_try());
        let expired = refusal(CKR_PIN_EXPIRED);
        assert!(matches!(expired, TokenError::PinMustChange), "{expired:?}");
        let device = refusal(CKR_DEVICE_ERROR);
        assert!(matches!(device, TokenError::Other { function: "C_Login", rv: Some(0x30) }), "{device:?}");
        assert!(device.used_a_try(), "nobody knows, so the try counts");
        let vendor = refusal(0x8000_0042);
        assert_eq!(vendor.ck_rv(), Some(0x8000_0042), "{vendor:?}");
    });
}

#[test]
fn a_login_that_the_module_did_not_tell_of_is_not_tried_twice() {
    in_own_process!(|hsm| {
        let card = Card::with_nes(&hsm);
        let identity = card.identity();
        // SoftHSM tells the truth about its sessions; a module that does not cannot be had otherwise.
        card.spy.tell(&[returns("C_Login", CKR_USER_ALREADY_LOGGED_IN), returns("C_Logout", 0)]);
        let error = card.sign(&identity, 1, typed(PIN), &options()).unwrap_err();
        assert!(matches!(error, TokenError::TokenBusy { holder: None }), "{error:?}");
        assert!(error.retryable() && !error.used_a_try());
        assert_eq!((card.logins(), card.spy.count("C_Logout"), card.spy.count("C_Sign")), (1, 1, 0));
    });
}

#[test]
fn a_pin_that_must_be_changed_is_told_before_and_by_the_login() {
    in_own_process!(|hsm| {
        let card = Card::with_nes(&hsm);
        card.spy
            .tell(&[Directive::TokenFlags(CKF_USER_PIN_TO_BE_CHANGED), returns("C_Login", CKR_PIN_EXPIRED)]);
        let identity = card.identity();
        assert!(identity.pin.must_change);
        let error = card.sign(&identity, 1, typed(PIN), &options()).unwrap_err();
        assert!(matches!(error, TokenError::PinMustChange), "{error:?}");
        assert_eq!(card.logins(), 1);
    });
}

#[test]
fn a_general_error_that_locked_the_card_is_a_lock() {
    in_own_process!(|hsm| {
        let card = Card::with_nes(&hsm);
        let identity = card.identity();
        card.spy.tell(&[
            returns("C_Login", CKR_GENERAL_ERROR),
            Directive::TokenFlagsAfterLogin(CKF_USER_PIN_LOCKED),
        ]);
        let error = card.sign(&identity, 1, typed("000000"), &options()).unwrap_err();
        assert!(matches!(error, TokenError::PinLocked { used_a_try: true }), "{error:?}");
    });
}
