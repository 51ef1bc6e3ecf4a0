//! A cancel in every step ends as cancelled, without waiting for the network.

#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use kamusm::{Code, Step, session::OutcomeKind};
use kamusm_sandbox::{LeafKey, RedeemConfirmation, Sandbox, Spoof};
use kamusm_test_flow::{Applicant, Kind, Walk, kind};

fn setting() -> (Sandbox, Applicant) {
    let sandbox = Sandbox::builder().start().unwrap();
    let applicant = Applicant::with_texts(&sandbox, 2);
    (sandbox, applicant)
}

fn walk<'a>(sandbox: &'a Sandbox, applicant: &Applicant) -> Walk<'a> {
    let issued = applicant.certificate(sandbox, applicant.leaf(LeafKey::P256));
    Walk::new(sandbox, &applicant.code(sandbox), &issued)
}

/// Answers the step as cancelled, then takes nothing but the farewell without an answer.
fn cancel(walk: &mut Walk<'_>, step: &Step) -> kamusm::session::Outcome {
    let answer = match step {
        Step::Send(send) => send.cancelled(),
        Step::Wait(wait) => wait.cancelled(),
        Step::Show(texts) => texts.cancelled(),
        Step::Choose(requirements) => requirements.cancelled(),
        Step::Sign(request) => request.cancelled(),
        step => panic!("nothing to cancel: {step:?}"),
    };
    walk.answer(answer);
    if let Step::Send(farewell) = walk.step() {
        assert!(farewell.request().after_cancel);
        assert!(farewell.request().url.ends_with("/cancellation"));
        walk.answer(farewell.cancelled());
    }
    let Step::Done(outcome) = walk.step() else { panic!("cancelled is the end") };
    outcome
}

#[test]
fn in_every_step_of_the_way() {
    let sandbox = Sandbox::builder().start().unwrap();
    let mut cancelled = Vec::new();
    for steps in 0.. {
        // The last rounds end after the application was approved.
        let applicant = Applicant::with_texts(&sandbox, 2);
        let mut walk = walk(&sandbox, &applicant);
        for _ in 0..steps {
            let step = walk.step();
            walk.perform(&step);
        }
        let step = walk.step();
        if kind(&step) == Kind::Done {
            break;
        }
        let is_submission = matches!(&step, Step::Send(send) if send.request().url.ends_with("/submission"));
        let may_have_arrived =
            is_submission || matches!(&step, Step::Send(send) if send.request().url.ends_with("jwks.json"));
        cancelled.push(kind(&step));
        let outcome = cancel(&mut walk, &step);
        assert_eq!(outcome.kind, OutcomeKind::Cancelled, "after {steps} steps");
        assert_eq!(outcome.error.unwrap().code(), Code::Cancelled);
        assert_eq!(outcome.may_have_arrived, may_have_arrived, "after {steps} steps");
    }
    for wanted in [Kind::Send, Kind::Show, Kind::Choose, Kind::Sign] {
        assert!(cancelled.contains(&wanted), "{wanted:?} was cancelled once");
    }
}

#[test]
fn while_the_page_is_asked_who_redeemed() {
    let (sandbox, applicant) = setting();
    sandbox.admin().set_redeem_confirmation(RedeemConfirmation::Always);
    let mut walk = walk(&sandbox, &applicant);
    let step = walk.until(Kind::Wait);
    assert_eq!(kind(&step), Kind::Wait);
    let outcome = cancel(&mut walk, &step);
    assert_eq!(outcome.kind, OutcomeKind::Cancelled);
}

#[test]
fn the_service_is_told() {
    let (sandbox, applicant) = setting();
    let mut walk = walk(&sandbox, &applicant);
    let step = walk.until(Kind::Sign);
    walk.session.cancel();
    assert_eq!(walk.finish().kind, OutcomeKind::Cancelled);
    assert_eq!(walk.requests().last().unwrap(), "POST cancellation");
    let Step::Sign(request) = step else { panic!("a Sign step was wanted") };
    let values = walk.sign(&request);
    // Never thrown away: the late signatures are in the outcome, and the session stays cancelled.
    walk.answer(request.signatures(values));
    let outcome = walk.finish();
    assert_eq!((outcome.kind, outcome.signatures.len()), (OutcomeKind::Cancelled, 2));
}

#[test]
fn declining_is_told_apart_from_cancelling() {
    let (sandbox, applicant) = setting();
    let mut walk = walk(&sandbox, &applicant);
    let Step::Show(texts) = walk.until(Kind::Show) else { panic!("a Show step is next") };
    walk.answer(texts.decline());
    let outcome = walk.finish();
    assert_eq!(outcome.kind, OutcomeKind::Cancelled);
    assert_eq!(outcome.error.unwrap().code(), Code::Declined);
}

#[test]
fn an_answer_of_a_step_that_is_over_is_stale_and_changes_nothing() {
    let (sandbox, applicant) = setting();
    let mut walk = walk(&sandbox, &applicant);
    let Step::Show(texts) = walk.until(Kind::Show) else { panic!("a Show step is next") };
    walk.answer(texts.accept());
    let before = kind(&walk.step());
    let error = walk.session.answer(texts.decline(), walk.now).unwrap_err();
    assert_eq!(error.code(), Code::Stale);
    assert_eq!(kind(&walk.step()), before);
    assert_eq!(walk.finish().kind, OutcomeKind::Accepted);
}

#[test]
fn what_this_side_finds_wrong_ends_the_session_at_the_service_too() {
    let (sandbox, applicant) = setting();
    sandbox.admin().set_spoof(Spoof::Bidi);
    let mut walk = walk(&sandbox, &applicant);
    let outcome = walk.finish();
    assert_eq!(outcome.kind, OutcomeKind::Failed);
    assert_eq!(outcome.error.unwrap().code(), Code::TextProfile);
    assert_eq!(walk.requests().last().unwrap(), "POST cancellation");
}
