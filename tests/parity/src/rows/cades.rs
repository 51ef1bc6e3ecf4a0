//! Signatures outside a session: made with a key that is elsewhere, judged against roots that are given.

use kamusm_cades::algorithm::DigestAlgorithm;
use kamusm_sandbox::LeafKey;
use serde_json::json;

use super::{Row, row};
use crate::{
    attempt::Attempt,
    chance,
    scenario::Scenario,
    stage::Stage,
    want::{hex, unhex},
};

pub(super) const ROWS: &[Row] = &[
    row("cades-attached", "make a CAdES-B-B signature with its content, and verify it", |at| cades(at, true)),
    row("cades-detached", "make one without its content, and verify it", |at| cades(at, false)),
    row("cades-other-content", "be told that a signature is of another content", other_content),
    row("cades-no-revocation", "be told that revocation data are missing", no_revocation),
    row("cades-untrusted", "be told that no path leads to a given root", untrusted),
];

struct Made {
    stage: Stage,
    cms: Vec<u8>,
    content: Vec<u8>,
    now: i64,
}

fn made(at: &mut Attempt<'_>, attached: bool) -> Result<Made, String> {
    let stage = Stage::new(1, LeafKey::P384)?;
    let content = format!("Dilekçe {}", chance::name()).into_bytes();
    let now = stage.sandbox.admin().now_ms() / 1000;
    let scenario = Scenario::new("cades_sign")
        .with("name", &stage.application)
        .with("certificate", stage.certificate()?.display())
        .with("signer", at.signing_address(&stage.issued)?)
        .with("content", stage.file("content.bin", &content)?.display())
        .with("attached", u8::from(attached))
        .with("signing_time", now);
    let seen = at.see(&scenario)?;
    let cms = seen["cms"].as_str().and_then(unhex).ok_or_else(|| format!("no signature: {seen}"))?;
    Ok(Made { stage, cms, content, now })
}

/// To judge a signature at a time, against the root of the stage's service.
pub(super) fn verification(stage: &Stage, cms: &[u8], at: i64) -> Result<Scenario, String> {
    let root = kamusm_test_ca::certificate_pem(stage.sandbox.trust_anchor_der());
    Ok(Scenario::new("cades_verify")
        .with("name", &stage.application)
        .with("cms", stage.file("signature.p7s", cms)?.display())
        .with("anchor", stage.file("root.pem", root)?.display())
        .with("intermediates", stage.intermediates()?.display())
        .with("at", at))
}

/// With the lists of both authorities.
pub(super) fn with_lists(stage: &Stage, mut scenario: Scenario) -> Result<Scenario, String> {
    for name in ["root.crl", "sub.crl"] {
        let file = stage.file(name, stage.ask(&format!("/pki/{name}"), None)?)?;
        scenario = scenario.with("crl", file.display());
    }
    Ok(scenario)
}

impl Made {
    fn scenario(&self) -> Result<Scenario, String> {
        verification(&self.stage, &self.cms, self.now + 1)
    }

    fn wanted(&self, indication: &str, sub_indication: Option<&str>) -> serde_json::Value {
        json!({
            "name": self.stage.application,
            "signatures": [{
                "indication": indication,
                "sub_indication": sub_indication,
                "signer": hex(DigestAlgorithm::Sha256.digest(&self.stage.issued.certificate_der)),
                "signing_time_unix_s": self.now,
            }],
            "thrown": null,
        })
    }
}

fn cades(at: &mut Attempt<'_>, attached: bool) -> Result<(), String> {
    let made = made(at, attached)?;
    let mut scenario = with_lists(&made.stage, made.scenario()?)?;
    if !attached {
        scenario = scenario.with("content", made.stage.file("content.bin", &made.content)?.display());
    }
    at.expect(&scenario, &made.wanted("TOTAL_PASSED", None))
}

fn other_content(at: &mut Attempt<'_>) -> Result<(), String> {
    let made = made(at, false)?;
    let other = made.stage.file("other.bin", "another content")?;
    let scenario = with_lists(&made.stage, made.scenario()?)?.with("content", other.display());
    at.expect(&scenario, &made.wanted("TOTAL_FAILED", Some("HASH_FAILURE")))
}

fn no_revocation(at: &mut Attempt<'_>) -> Result<(), String> {
    let made = made(at, true)?;
    at.expect(&made.scenario()?, &made.wanted("INDETERMINATE", Some("TRY_LATER")))
}

fn untrusted(at: &mut Attempt<'_>) -> Result<(), String> {
    let made = made(at, true)?;
    let stranger = Stage::new(1, LeafKey::P256)?;
    let root = kamusm_test_ca::certificate_pem(stranger.sandbox.trust_anchor_der());
    let scenario = with_lists(&made.stage, made.scenario()?.without("anchor"))?;
    let scenario = scenario.with("anchor", stranger.file("root.pem", root)?.display());
    at.expect(&scenario, &made.wanted("INDETERMINATE", Some("CERTIFICATE_CHAIN_GENERAL_FAILURE")))
}
