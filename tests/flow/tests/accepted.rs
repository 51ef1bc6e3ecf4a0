//! The happy path, and what time and losses make of it.

#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use std::time::Duration;

use kamusm::{Code, Step, session::OutcomeKind};
use kamusm_sandbox::{LeafKey, Sandbox};
use kamusm_test_flow::{Applicant, Kind, Walk};

fn setting(texts: u8) -> (Sandbox, Applicant) {
    let sandbox = Sandbox::builder().start().unwrap();
    let applicant = Applicant::with_texts(&sandbox, texts);
    (sandbox, applicant)
}

fn walk<'a>(sandbox: &'a Sandbox, applicant: &Applicant) -> Walk<'a> {
    let issued = applicant.certificate(sandbox, applicant.leaf(LeafKey::P256));
    Walk::new(sandbox, &applicant.code(sandbox), &issued)
}

#[test]
fn every_kind_of_key_is_accepted_with_its_receipt() {
    let (sandbox, applicant) = setting(2);
    for key in [LeafKey::Rsa2048, LeafKey::P256, LeafKey::P384] {
        let again = Applicant::with_texts(&sandbox, 2);
        let issued = again.certificate(&sandbox, again.leaf(key));
        let outcome = Walk::new(&sandbox, &again.code(&sandbox), &issued).finish();
        assert_eq!(outcome.kind, OutcomeKind::Accepted, "{:?}", outcome.error);
        assert_eq!(outcome.return_to.as_deref(), Some(sandbox.base_url()));
        let receipt = outcome.receipt.unwrap();
        assert_eq!(receipt.application, again.application);
        assert!(!receipt.anchored, "no key is pinned");
        let stored = sandbox.admin().evidence(&again.application).unwrap();
        let stored: Vec<_> = stored.into_iter().map(|row| row.cms).collect();
        assert_eq!(stored, outcome.signatures);
    }
    assert!(sandbox.admin().evidence(&applicant.application).unwrap().is_empty());
}

#[test]
fn the_requests_are_these_and_no_more() {
    let (sandbox, applicant) = setting(1);
    let mut walk = walk(&sandbox, &applicant);
    assert_eq!(walk.finish().kind, OutcomeKind::Accepted);
    let sent: Vec<&str> = walk.requests().iter().map(|request| request.split(' ').next().unwrap()).collect();
    assert_eq!(sent, ["GET", "POST", "GET", "POST", "POST", "PUT", "GET"], "{:?}", walk.requests());
}

#[test]
fn a_slow_reader_gets_another_window_and_signs_with_the_service_s_time() {
    let (sandbox, applicant) = setting(1);
    let mut walk = walk(&sandbox, &applicant);
    assert!(matches!(walk.until(Kind::Show), Step::Show(_)));
    walk.advance(Duration::from_secs(400));
    let Step::Sign(request) = walk.until(Kind::Sign) else { panic!("a Sign step is next") };
    let service = walk.sandbox.admin().now_ms() / 1000;
    assert!((service - request.signing_time_unix_s()).abs() <= 2);
    assert_eq!(walk.finish().kind, OutcomeKind::Accepted);
    assert!(walk.requests().contains(&"POST extensions".to_owned()));
}

#[test]
fn a_wrong_calendar_of_this_machine_changes_nothing() {
    for shift_ms in [-10 * 365 * 86_400_000_i64, 10 * 365 * 86_400_000] {
        let (sandbox, applicant) = setting(1);
        let mut walk = walk(&sandbox, &applicant);
        walk.now.unix_ms += shift_ms;
        let Step::Sign(request) = walk.until(Kind::Sign) else { panic!("a Sign step is next") };
        let service = walk.sandbox.admin().now_ms() / 1000;
        assert!((service - request.signing_time_unix_s()).abs() <= 2);
        walk.now.unix_ms -= 2 * shift_ms;
        assert_eq!(walk.finish().kind, OutcomeKind::Accepted);
    }
}

#[test]
fn a_signature_that_comes_after_the_window_is_kept_and_submitted() {
    let (sandbox, applicant) = setting(1);
    let mut walk = walk(&sandbox, &applicant);
    let Step::Sign(request) = walk.until(Kind::Sign) else { panic!("a Sign step is next") };
    let values = walk.sign(&request);
    walk.advance(Duration::from_secs(200));
    // The extension has been had meanwhile, with new values to sign: the old step is long over.
    let Step::Sign(renewed) = walk.until(Kind::Sign) else { panic!("a Sign step is next") };
    assert_ne!(renewed.items()[0].to_be_signed, request.items()[0].to_be_signed);
    walk.answer(request.signatures(values));
    assert_eq!(walk.finish().kind, OutcomeKind::Accepted);
}

#[test]
fn a_suspended_machine_finds_its_session_expired() {
    let (sandbox, applicant) = setting(1);
    let mut walk = walk(&sandbox, &applicant);
    walk.until(Kind::Sign);
    walk.advance(Duration::from_secs(2 * 3600));
    let outcome = walk.finish();
    assert_eq!(outcome.kind, OutcomeKind::Expired);
    assert_eq!(outcome.error.unwrap().code(), Code::SessionExpired);
    assert!(!walk.requests().contains(&"PUT submission".to_owned()));
}

#[test]
fn a_lost_answer_to_the_redemption_costs_nothing() {
    let (sandbox, applicant) = setting(1);
    let mut walk = walk(&sandbox, &applicant);
    let mut lost = 0;
    walk.lose_answers(move |request| {
        let lose = request.url.ends_with("/sign-sessions") && lost < 3;
        lost += u32::from(lose);
        lose
    });
    assert_eq!(walk.finish().kind, OutcomeKind::Accepted);
    let redemptions = walk.requests().iter().filter(|request| request.ends_with("sign-sessions")).count();
    assert_eq!(redemptions, 4);
}

#[test]
fn a_lost_answer_to_the_submission_is_asked_for_again_and_counts_once() {
    let (sandbox, applicant) = setting(1);
    let mut walk = walk(&sandbox, &applicant);
    let mut lost = 0;
    walk.lose_answers(move |request| {
        let lose = request.url.ends_with("/submission") && lost < 2;
        lost += u32::from(lose);
        lose
    });
    assert_eq!(walk.finish().kind, OutcomeKind::Accepted);
    assert_eq!(sandbox.admin().evidence(&applicant.application).unwrap().len(), 1);
}

#[test]
fn when_no_answer_comes_at_all_the_outcome_is_unknown_and_says_so() {
    let (sandbox, applicant) = setting(1);
    let mut walk = walk(&sandbox, &applicant);
    walk.lose_answers(|request| request.url.ends_with("/submission"));
    let outcome = walk.finish();
    assert_eq!(outcome.kind, OutcomeKind::Unknown);
    assert_eq!(outcome.error.unwrap().code(), Code::OutcomeUnknown);
    assert!(outcome.may_have_arrived);
    assert_eq!(outcome.signatures.len(), 1, "the signature is not lost");
}

#[test]
fn the_log_tells_each_step_and_no_secret() {
    let (sandbox, applicant) = setting(1);
    let issued = applicant.certificate(&sandbox, applicant.leaf(LeafKey::P256));
    let code = applicant.code(&sandbox);
    let mut walk = Walk::new(&sandbox, &code, &issued);
    assert_eq!(walk.finish().kind, OutcomeKind::Accepted);
    let (lines, dropped) = walk.config().log().read();
    let lines: Vec<_> = lines.into_iter().map(|line| line.text).collect();
    assert_eq!(dropped, 0);
    assert_eq!(lines[0], "Discovery <- Answer(response 200) -> Redemption");
    assert!(lines.contains(&"Signing <- Answer(signatures) -> Submission".to_owned()), "{lines:?}");
    assert_eq!(lines.last().unwrap(), "ReceiptKeys <- Answer(response 200) -> Ended Accepted");
    let all = lines.concat();
    for secret in [code.as_str(), applicant.tckn.as_str(), "Işıl", applicant.application.as_str()] {
        assert!(!all.contains(secret));
    }
}
