//! A wrong certificate is refused before the Sign step, so before anybody asks for a PIN.

#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use std::time::Duration;

use kamusm::{Code, Step, session::OutcomeKind};
use kamusm_sandbox::{CertificateStatus, LeafKey, LeafSpec, Qc, Sandbox, Usage};
use kamusm_test_ca::{TestCa, certificate_pem};
use kamusm_test_flow::{Applicant, Kind, Walk, kind};

const DAY_S: i64 = 86_400;

fn setting() -> (Sandbox, Applicant) {
    let sandbox = Sandbox::builder().start().unwrap();
    let applicant = Applicant::with_texts(&sandbox, 1);
    (sandbox, applicant)
}

/// Walks on and tells the code of the refusal; no Sign step may come.
fn refusal(walk: &mut Walk<'_>) -> Code {
    loop {
        let step = walk.step();
        match &step {
            Step::Sign(_) => panic!("a PIN would be asked for"),
            Step::Done(outcome) => {
                assert_eq!(outcome.kind, OutcomeKind::Failed);
                return outcome.error.as_ref().unwrap().code();
            }
            _ => walk.perform(&step),
        }
    }
}

#[test]
fn each_refusal_by_its_real_cause() {
    let (sandbox, applicant) = setting();
    let now = sandbox.admin().now_ms() / 1000;
    let right = || applicant.leaf(LeafKey::P256);
    let wrong: [(LeafSpec, Code); 9] = [
        (LeafSpec { tckn: Some("10000000146".into()), ..right() }, Code::SignerMismatch),
        (LeafSpec { not_after: Some(now - 60), ..right() }, Code::CertificateExpired),
        (LeafSpec { not_before: Some(now + DAY_S), ..right() }, Code::CertificateNotYetValid),
        (LeafSpec { key_usage: Usage::DigitalSignature, ..right() }, Code::KeyUsageWrong),
        (LeafSpec { qc: Qc::None, ..right() }, Code::CertificateNotQualified),
        (LeafSpec { qc: Qc::OnlyCompliance, ..right() }, Code::CertificateNotQualified),
        (LeafSpec { qc: Qc::OnlyNational, ..right() }, Code::CertificateNotQualified),
        (LeafSpec { qc: Qc::Seal, ..right() }, Code::CertificateNotQualified),
        (LeafSpec { qc: Qc::QualifiedSeal, ..right() }, Code::CertificateNotQualified),
    ];
    for (spec, code) in wrong {
        let description = format!("{spec:?}");
        let issued = applicant.certificate(&sandbox, spec);
        let mut walk = Walk::new(&sandbox, &applicant.code(&sandbox), &issued);
        assert_eq!(refusal(&mut walk), code, "{description}");
    }
}

#[test]
fn a_revoked_certificate() {
    let (sandbox, applicant) = setting();
    let issued = applicant.certificate(&sandbox, applicant.leaf(LeafKey::P256));
    sandbox.admin().set_certificate_status(&issued.certificate_der, CertificateStatus::Revoked).unwrap();
    let mut walk = Walk::new(&sandbox, &applicant.code(&sandbox), &issued);
    assert_eq!(refusal(&mut walk), Code::CertificateRevoked);
}

#[test]
fn a_certificate_of_another_authority() {
    let (sandbox, applicant) = setting();
    let stranger = TestCa::new(sandbox.admin().now_ms() / 1000);
    let issued = stranger.issue(&applicant.leaf(LeafKey::P256));
    let pem = certificate_pem(stranger.sub_der());
    let code = applicant.code(&sandbox);
    let mut walk = Walk::configured(&sandbox, &code, &issued, |builder| builder.intermediates_pem(&pem));
    assert_eq!(refusal(&mut walk), Code::CertificateUntrusted);
}

#[test]
fn both_kinds_of_qualified_statement_are_right() {
    for qc in [Qc::Nes5070_1_1, Qc::Nes5070_2_1] {
        let (sandbox, applicant) = setting();
        let issued = applicant.certificate(&sandbox, LeafSpec { qc, ..applicant.leaf(LeafKey::P256) });
        let mut walk = Walk::new(&sandbox, &applicant.code(&sandbox), &issued);
        assert_eq!(walk.finish().kind, OutcomeKind::Accepted);
    }
}

#[test]
fn the_refused_one_comes_back_with_its_reason_and_another_may_be_chosen() {
    let (sandbox, applicant) = setting();
    let wrong = applicant.certificate(&sandbox, LeafSpec { qc: Qc::None, ..applicant.leaf(LeafKey::P256) });
    let right = applicant.certificate(&sandbox, applicant.leaf(LeafKey::P256));
    let mut walk = Walk::new(&sandbox, &applicant.code(&sandbox), &right);
    let Step::Choose(requirements) = walk.until(Kind::Choose) else { panic!("a Choose step is next") };
    walk.answer(requirements.certificate(&wrong.certificate_der, &[]));
    let Step::Choose(requirements) = walk.until(Kind::Choose) else { panic!("it is asked again") };
    assert_eq!(requirements.refusals().len(), 1);
    assert_eq!(requirements.refusals()[0].error.code(), Code::CertificateNotQualified);
    walk.answer(requirements.certificate(&right.certificate_der, &[]));
    assert_eq!(walk.finish().kind, OutcomeKind::Accepted);
}

#[test]
fn octets_that_are_no_certificate_change_nothing() {
    let (sandbox, applicant) = setting();
    let issued = applicant.certificate(&sandbox, applicant.leaf(LeafKey::P256));
    let mut walk = Walk::new(&sandbox, &applicant.code(&sandbox), &issued);
    let Step::Choose(requirements) = walk.until(Kind::Choose) else { panic!("a Choose step is next") };
    let error = walk.session.answer(requirements.certificate(b"nothing", &[]), walk.now).unwrap_err();
    assert_eq!(error.code(), Code::CertificateMalformed);
    assert_eq!(kind(&walk.step()), Kind::Choose);
    assert_eq!(walk.finish().kind, OutcomeKind::Accepted);
}

#[test]
fn a_window_that_is_over_is_seen_before_the_pin() {
    let (sandbox, applicant) = setting();
    let issued = applicant.certificate(&sandbox, applicant.leaf(LeafKey::P256));
    let mut walk = Walk::new(&sandbox, &applicant.code(&sandbox), &issued);
    walk.until(Kind::Choose);
    // Ten extensions, then none is left.
    for _ in 0..10 {
        walk.advance(Duration::from_secs(151));
        let step = walk.step();
        assert_eq!(kind(&step), Kind::Send, "the extension");
        walk.perform(&step);
    }
    walk.advance(Duration::from_secs(151));
    let Step::Done(outcome) = walk.step() else { panic!("nothing else is left") };
    assert_eq!(outcome.kind, OutcomeKind::Expired);
    assert_eq!(outcome.error.unwrap().code(), Code::NoExtensionsLeft);
}

#[test]
fn a_certificate_revoked_between_check_and_submission_is_refused_and_may_be_replaced() {
    let (sandbox, applicant) = setting();
    let issued = applicant.certificate(&sandbox, applicant.leaf(LeafKey::P256));
    let mut walk = Walk::new(&sandbox, &applicant.code(&sandbox), &issued);
    walk.until(Kind::Sign);
    sandbox.admin().set_certificate_status(&issued.certificate_der, CertificateStatus::Revoked).unwrap();
    let step = walk.step();
    walk.perform(&step);
    let Step::Choose(requirements) = walk.until(Kind::Choose) else { panic!("it is asked again") };
    assert_eq!(requirements.refusals()[0].error.code(), Code::CertificateRevoked);
}
