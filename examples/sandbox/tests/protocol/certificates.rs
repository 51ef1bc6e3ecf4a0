//! The certificate before the PIN: each refusal by its real cause.

use kamusm_cades::x509::certificate::Certificate;
use kamusm_sandbox::{CertificateStatus, LeafSpec, Ocsp, Qc, Usage};
use kamusm_test_ca::TestCa;
use serde_json::json;

use crate::support::{START_MS, Session, Signer, World};

const NOW_S: i64 = START_MS / 1000;
const DAY_S: i64 = 24 * 60 * 60;

fn refused(spec: LeafSpec, name: &str) -> serde_json::Value {
    let (world, session) = opened();
    let signer = Signer::new(&world.sandbox, spec);
    world.check(&session, &signer.certificate).assert_problem(422, name)
}

fn opened() -> (World, Session) {
    let world = World::new();
    let session = world.session();
    (world, session)
}

#[test]
fn another_person_may_not_sign() {
    refused(LeafSpec { tckn: Some("17291716060".to_owned()), ..LeafSpec::default() }, "signer-mismatch");
    refused(LeafSpec { tckn: None, ..LeafSpec::default() }, "signer-mismatch");
}

#[test]
fn a_certificate_counts_in_its_time_only() {
    let problem = refused(
        LeafSpec { not_before: Some(NOW_S - 10 * DAY_S), not_after: Some(NOW_S - 1), ..LeafSpec::default() },
        "certificate-expired",
    );
    assert_eq!(problem["not_after"], "2026-06-23T10:19:43+03:00");
    let problem =
        refused(LeafSpec { not_before: Some(NOW_S + 1), ..LeafSpec::default() }, "certificate-not-yet-valid");
    assert_eq!(problem["not_before"], "2026-06-23T10:19:45+03:00");
}

#[test]
fn it_must_be_an_nes() {
    refused(LeafSpec { key_usage: Usage::DigitalSignature, ..LeafSpec::default() }, "key-usage-wrong");
    refused(LeafSpec { key_usage: Usage::KeyEncipherment, ..LeafSpec::default() }, "key-usage-wrong");
    for (qc, reason) in [
        (Qc::None, "statement_missing"),
        (Qc::OnlyCompliance, "statement_missing"),
        (Qc::OnlyNational, "statement_missing"),
        (Qc::Seal, "seal"),
        (Qc::QualifiedSeal, "seal"),
    ] {
        let problem = refused(LeafSpec { qc, ..LeafSpec::default() }, "certificate-not-qualified");
        assert_eq!(problem["reason"], reason, "{qc:?}");
    }
}

#[test]
fn a_stranger_is_not_trusted() {
    let (world, session) = opened();
    let stranger = TestCa::new(NOW_S).issue(&LeafSpec::default());
    let certificate = Certificate::from_der(&stranger.certificate_der).unwrap();
    world.check(&session, &certificate).assert_problem(422, "certificate-untrusted");
    let ca = Certificate::from_der(world.sandbox.intermediate_der()).unwrap();
    world.check(&session, &ca).assert_problem(422, "certificate-untrusted");
    let garbage = world.post(&session, "/certificate-checks", json!({ "certificate": "AAAA" }));
    garbage.assert_problem(422, "certificate-untrusted");
    let unreadable = world.post(&session, "/certificate-checks", json!({ "certificate": "?" }));
    unreadable.assert_problem(400, "malformed");
}

#[test]
fn a_revoked_certificate_and_an_unknown_one_are_refused() {
    let (world, session) = opened();
    let set = |status| {
        world.sandbox.admin().set_certificate_status(world.signer.certificate.der(), status).unwrap();
    };
    set(CertificateStatus::Revoked);
    let problem = world.check(&session, &world.signer.certificate).assert_problem(422, "certificate-revoked");
    assert_eq!(problem["revoked_at"], "2026-06-23T10:19:44+03:00");
    set(CertificateStatus::Unknown);
    let problem =
        world.check(&session, &world.signer.certificate).assert_problem(422, "certificate-untrusted");
    assert_eq!(problem["check"], "ocsp_unknown");
    set(CertificateStatus::Good);
    assert_eq!(world.check(&session, &world.signer.certificate).status, 200);
}

#[test]
fn without_its_responder_the_service_cannot_say() {
    let (world, session) = opened();
    world.sandbox.admin().set_ocsp(Ocsp::Down);
    let answer = world.check(&session, &world.signer.certificate);
    let problem = answer.assert_problem(503, "upstream-unavailable");
    assert_eq!((&problem["upstream"], &problem["retry"]), (&json!("ocsp"), &json!("after")));
    world.sandbox.admin().set_ocsp(Ocsp::Up);
    assert_eq!(world.check(&session, &world.signer.certificate).status, 200);
}

#[test]
fn oddities_are_told_and_refuse_nothing() {
    let (world, session) = opened();
    let spec = LeafSpec { not_after: Some(NOW_S + DAY_S), ..LeafSpec::default() };
    let signer = Signer::new(&world.sandbox, spec);
    let checked = world.check(&session, &signer.certificate).json();
    assert_eq!(checked["warnings"], json!(["expires_soon"]));
}

/// Revoked between the check and the signature: what counts is the time of receipt.
#[test]
fn everything_is_checked_again_for_the_time_of_receipt() {
    let world = World::new();
    let (session, items) = world.ready_to_submit();
    let set = |status| {
        world.sandbox.admin().set_certificate_status(world.signer.certificate.der(), status).unwrap();
    };
    set(CertificateStatus::Revoked);
    world.submit(&session, &items).assert_problem(422, "certificate-revoked");

    set(CertificateStatus::Good);
    let (session, items) = world.ready_to_submit();
    world.sandbox.admin().set_ocsp(Ocsp::Down);
    assert_eq!(world.submit(&session, &items).status, 202);
    // Revoked after the receipt: the signature was good when it came.
    world.advance(1);
    set(CertificateStatus::Revoked);
    world.sandbox.admin().set_ocsp(Ocsp::Up);
    world.advance(30);
    assert_eq!(world.decided(&session)["state"], "accepted");
}
