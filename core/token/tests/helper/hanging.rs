//! Each call of a signature hangs once: told by its name at the deadline, and the next signature is made.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::time::{Duration, Instant};

use kamusm_test_softhsm::{SoftHsm, in_own_process};
use kamusm_test_spy::Directive;
use kamusm_token::backend::SignOptions;
use kamusm_token::deadline::Deadline;
use kamusm_token::error::TokenError;

use crate::fixture::{Card, PIN, SHORT, options, typed};

fn hangs_in(hsm: &SoftHsm, functions: &[&str]) {
    let card = Card::with_nes(hsm);
    let identity = card.identity();
    for &hanging in functions {
        card.spy.forget();
        card.spy.tell(&[Directive::Hang(hanging.into())]);
        let started = Instant::now();
        let short = SignOptions::new(Deadline::after(SHORT));
        let error = card.sign(&identity, 1, typed(PIN), &short).unwrap_err();
        // One search is several calls; the first names it.
        let told = if hanging.starts_with("C_FindObjects") { "C_FindObjectsInit" } else { hanging };
        assert!(matches!(error, TokenError::ModuleHung { function, .. } if function == told), "{error:?}");
        assert_eq!(error.used_a_try(), hanging == "C_Login");
        assert!(started.elapsed() < SHORT + Duration::from_secs(30), "{:?}", started.elapsed());
        assert!(card.logins() <= 1);
        card.spy.tell(&[]);
        card.assert_signs(&identity, 1, typed(PIN), &options());
    }
}

#[test]
fn hangs_before_the_login() {
    let functions = ["C_GetSlotList", "C_GetSlotInfo", "C_GetTokenInfo", "C_OpenSession", "C_GetSessionInfo"];
    in_own_process!(|hsm| hangs_in(&hsm, &functions));
}

#[test]
fn hangs_in_searches() {
    let functions = ["C_FindObjectsInit", "C_FindObjects", "C_FindObjectsFinal", "C_GetAttributeValue"];
    in_own_process!(|hsm| hangs_in(&hsm, &functions));
}

#[test]
fn hangs_from_the_login_on() {
    let functions = ["C_Login", "C_GetMechanismList", "C_SignInit", "C_Sign", "C_Logout", "C_CloseSession"];
    in_own_process!(|hsm| hangs_in(&hsm, &functions));
}
