//! Signatures outside a session.

use kamusm::error::Result;
use kamusm_cades::{
    sign::{self, Profile},
    validate::{Indication, Policy, SignatureReport, validate},
    x509::{certificate::Certificate, pem},
};
use serde_json::{Value, json};

use crate::{hex::hex, network::remote_signature, scenario::Scenario, told};

pub(crate) fn sign(scenario: &Scenario) -> Value {
    told("cms", made(scenario).map(|cms| json!(hex(cms))))
}

fn made(scenario: &Scenario) -> Result<Vec<u8>> {
    let certificate = Certificate::from_der(&scenario.file("certificate"))?;
    let attached = scenario.get("attached") == Some("1");
    let profile = Profile::new(attached, scenario.number("signing_time").unwrap_or_default());
    let begun = sign::begin(&scenario.file("content"), &certificate, &[], &profile)?;
    Ok(begun.finish(&remote_signature(scenario.text("signer"), begun.signed_attributes()))?)
}

pub(crate) fn verify(scenario: &Scenario) -> Value {
    let anchors = pem::certificates(&String::from_utf8_lossy(&scenario.file("anchor")));
    let mut policy = Policy::new(
        anchors.expect("the table's anchors can be read"),
        scenario.number("at").unwrap_or_default(),
    );
    if scenario.get("intermediates").is_some() {
        let text = scenario.file("intermediates");
        policy.intermediates =
            pem::certificates(&String::from_utf8_lossy(&text)).expect("the table's certificates can be read");
    }
    policy.revocation.crls = scenario.files("crl");
    policy.revocation.ocsp_responses = scenario.files("ocsp");
    let detached = scenario.get("content").map(|_| scenario.file("content"));
    let report = validate(&scenario.file("cms"), detached.as_deref(), &policy);
    told("signatures", Ok(report.signatures.iter().map(signature).collect()))
}

fn signature(report: &SignatureReport) -> Value {
    json!({
        "indication": match report.indication() {
            Indication::TotalPassed => "TOTAL_PASSED",
            Indication::TotalFailed => "TOTAL_FAILED",
            Indication::Indeterminate => "INDETERMINATE",
        },
        "sub_indication": report.sub_indication().map(|reason| reason.name()),
        "signer": report.signer.as_ref().map(|signer| hex(signer.fingerprint())),
        "signing_time_unix_s": report.claims.signing_time,
    })
}
