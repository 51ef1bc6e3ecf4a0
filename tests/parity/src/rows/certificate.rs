//! Certificates that are refused before anybody asks for a PIN.

use kamusm::Code;
use kamusm_cades::algorithm::DigestAlgorithm;
use kamusm_sandbox::{CertificateStatus, LeafKey, LeafSpec, Qc};
use serde_json::{Value, json};

use super::{Row, row};
use crate::{
    attempt::{Attempt, chosen, ended, session, shown},
    stage::Stage,
    want::{self, hex},
};

const DAY_S: i64 = 86_400;
const REFUSED: [&str; 7] = ["send", "show", "choose", "send", "choose", "send", "done"];

pub(super) const ROWS: &[Row] = &[
    row("certificate-other-person", "be told that the certificate is another person's", |at| {
        let other = |spec| LeafSpec { tckn: Some("10000000146".into()), ..spec };
        refused(at, other, Code::SignerMismatch, "signer-mismatch")
    }),
    row("certificate-not-qualified", "be told that the certificate is not a qualified one", |at| {
        refused(
            at,
            |spec| LeafSpec { qc: Qc::OnlyNational, ..spec },
            Code::CertificateNotQualified,
            "certificate-not-qualified",
        )
    }),
    row("certificate-revoked", "be told that the certificate is revoked", revoked),
    row("identities", "list the certificates of a card without a PIN", identities),
    row("identities-expired", "list a certificate that cannot sign, with the reason", expired),
];

/// The service says no; the person has no other certificate.
fn refused(
    at: &mut Attempt<'_>,
    special: impl FnOnce(LeafSpec) -> LeafSpec,
    code: Code,
    problem: &str,
) -> Result<(), String> {
    let stage = Stage::with_leaf(1, LeafKey::P256, special)?;
    let fingerprint = fingerprint(&stage);
    at.expect(
        &session(&stage)?.with("pick", &fingerprint),
        &wanted(&stage, want::problem(code, problem, 422)),
    )
}

fn revoked(at: &mut Attempt<'_>) -> Result<(), String> {
    let stage = Stage::new(1, LeafKey::P256)?;
    let status = CertificateStatus::Revoked;
    let set = stage.sandbox.admin().set_certificate_status(&stage.issued.certificate_der, status);
    set.map_err(|why| why.to_string())?;
    let error = want::problem(Code::CertificateRevoked, "certificate-revoked", 422);
    at.expect(&session(&stage)?, &wanted(&stage, error))
}

fn wanted(stage: &Stage, error: Value) -> Value {
    let mut wanted = ended(stage, &REFUSED, "failed");
    wanted["show"] = shown(stage, 1);
    wanted["choose"] = chosen(stage);
    wanted["choose"]["refusals"] = json!([{ "fingerprint": fingerprint(stage), "error": error }]);
    wanted["error"] = want::error(Code::NoSigningCertificate);
    wanted
}

fn fingerprint(stage: &Stage) -> String {
    hex(DigestAlgorithm::Sha256.digest(&stage.issued.certificate_der))
}

fn identities(at: &mut Attempt<'_>) -> Result<(), String> {
    let stage = at.card.stage()?;
    let scenario = crate::scenario::Scenario::new("identities").with("name", "card").with("token", "module");
    let wanted = listed("card", &stage, Value::Null, None);
    at.expect(&scenario.with("token_path", at.card.module.display()), &wanted)
}

fn expired(at: &mut Attempt<'_>) -> Result<(), String> {
    let now = i64::try_from(std::time::UNIX_EPOCH.elapsed().map_err(|why| why.to_string())?.as_secs());
    let now = now.map_err(|why| why.to_string())?;
    let over = |spec| LeafSpec { not_before: Some(now - 9 * DAY_S), not_after: Some(now - DAY_S), ..spec };
    let stage = Stage::with_leaf(1, LeafKey::P256, over)?;
    let scenario = crate::scenario::Scenario::new("identities").with("name", "file").with("token", "pem");
    let wanted = listed("file", &stage, want::error(Code::CertificateExpired), Some(3));
    at.expect(&scenario.with("token_path", stage.pem()?.display()), &wanted)
}

fn listed(name: &str, stage: &Stage, refusal: Value, tries_left: Option<u8>) -> Value {
    let certificate = kamusm_cades::x509::certificate::Certificate::from_der(&stage.issued.certificate_der);
    let certificate = certificate.expect("the test CA's certificate");
    json!({
        "name": name,
        "identities": [{
            "fingerprint": fingerprint(stage),
            "common_name": stage.name,
            "not_before": certificate.not_before(),
            "not_after": certificate.not_after(),
            "refusal": refusal,
            "has_pin_pad": false,
            "pin_tries_left": tries_left,
        }],
        "thrown": null,
    })
}
