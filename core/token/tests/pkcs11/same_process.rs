//! What a module keeps that stays in this process: a call that hangs, which nobody can end, and a login.

use std::time::{Duration, Instant};

use cryptoki_sys::CKR_SESSION_HANDLE_INVALID;
use kamusm_test_softhsm::in_own_process;
use kamusm_test_spy::Directive;
use kamusm_token::backend::SignOptions;
use kamusm_token::deadline::Deadline;
use kamusm_token::error::TokenError;
use kamusm_token::pin::PinSource;

use crate::fixture::{Card, PIN, SHORT, options, returns, soon, typed};

#[test]
fn a_hanging_call_ends_at_the_deadline_and_the_module_is_left_alone() {
    in_own_process!(|hsm| {
        let card = Card::with_nes(&hsm);
        let identity = card.identity();
        card.spy.tell(&[Directive::Hang("C_Sign".into())]);
        let started = Instant::now();
        let short = SignOptions::new(Deadline::after(SHORT));
        let error = card.sign(&identity, 1, typed(PIN), &short).unwrap_err();
        assert!(matches!(error, TokenError::ModuleHung { function: "C_Sign", .. }), "{error:?}");
        assert!(started.elapsed() >= SHORT);
        assert!(started.elapsed() < Duration::from_secs(30), "{:?}", started.elapsed());

        let calls = card.spy.calls().len();
        let at_once = card.signer.identities(soon()).unwrap_err();
        assert!(matches!(at_once, TokenError::ModuleHung { function: "C_Sign", .. }), "{at_once:?}");
        assert_eq!(card.spy.calls().len(), calls, "no second thread enters it");
        assert!(started.elapsed() < Duration::from_secs(30), "the refusal does not wait for its deadline");
    });
}

#[test]
fn a_module_that_comes_back_signs_nothing_for_the_one_who_left() {
    in_own_process!(|hsm| {
        let card = Card::with_nes(&hsm);
        let identity = card.identity();
        card.spy.forget();
        card.spy.tell(&[Directive::Hang("C_Login".into())]);
        let short = SignOptions::new(Deadline::after(SHORT));
        card.sign(&identity, 1, typed(PIN), &short).unwrap_err();
        card.spy.tell(&[]);
        let patience = soon();
        while let Err(error) = card.signer.identities(soon()) {
            assert!(matches!(error, TokenError::ModuleHung { .. }) && !patience.has_passed(), "{error:?}");
            std::thread::yield_now();
        }
        assert_eq!((card.logins(), card.spy.count("C_Logout"), card.spy.count("C_Sign")), (1, 1, 0));
        card.assert_signs(&identity, 1, typed(PIN), &options());
    });
}

#[test]
fn cancelling_during_a_call_frees_the_caller_at_once() {
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
            let cancelled = Instant::now();
            cancel.cancel();
            let error = call.join().unwrap();
            assert!(cancelled.elapsed() < Duration::from_secs(30), "the caller waited for its deadline");
            error
        });
        assert!(matches!(error, TokenError::Cancelled), "{error:?}");
        // The module still works for the one who left, so whoever comes next waits in line.
        let next = card.signer.identities(Deadline::after(Duration::from_millis(100))).unwrap_err();
        assert!(matches!(next, TokenError::TokenBusy { holder: None }), "{next:?}");
    });
}

#[test]
fn nobody_types_and_the_reader_is_busy_until_it_gives_up() {
    in_own_process!(|hsm| {
        let card = Card::with_nes(&hsm);
        let identity = card.identity();
        card.spy.tell(&[Directive::PadPin(PIN.into()), Directive::Hang("C_Login".into())]);
        let short = SignOptions::new(Deadline::after(SHORT));
        let error = card.sign(&identity, 1, PinSource::Pad, &short).unwrap_err();
        assert!(matches!(error, TokenError::PadTimeout), "{error:?}");
        let busy = card.signer.identities(soon()).unwrap_err();
        assert!(matches!(busy, TokenError::TokenBusy { holder: None }), "{busy:?}");
    });
}

#[test]
fn a_login_left_behind_is_ended_and_the_pin_checked_by_the_one_login() {
    in_own_process!(|hsm| {
        let card = Card::with_nes(&hsm);
        let identity = card.identity();
        // A session that the card is said to have forgotten is left alone, and its login stays.
        card.spy.tell(&[returns("C_SignInit", CKR_SESSION_HANDLE_INVALID)]);
        let reset = card.sign(&identity, 1, typed(PIN), &options()).unwrap_err();
        assert!(matches!(reset, TokenError::TokenReset { .. }), "{reset:?}");
        assert_eq!(card.spy.count("C_Logout"), 0);
        card.spy.tell(&[]);
        card.spy.forget();
        let error = card.sign(&identity, 1, typed("000000"), &options()).unwrap_err();
        assert!(matches!(error, TokenError::PinIncorrect { .. }), "{error:?}");
        assert_eq!((card.logins(), card.spy.count("C_Logout")), (1, 1));
    });
}
