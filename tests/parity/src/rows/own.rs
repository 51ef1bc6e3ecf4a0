//! The caller performs a step itself: its own HTTP, its own keys.

use kamusm::Code;
use kamusm_sandbox::LeafKey;
use serde_json::json;

use super::{Row, row};
use crate::{
    attempt::{Attempt, accepted, keyless_session, session},
    compare,
    scenario::Scenario,
    stage::Stage,
    want,
};

pub(super) const ROWS: &[Row] = &[
    row("own-http", "perform the requests with its own HTTP", own_http),
    row("own-signer", "sign with keys that are elsewhere (HSM, keystore, NFC)", own_signer),
    row("own-signer-p384", "the same with a P-384 key", |at| remote(at, 1, LeafKey::P384)),
    row("own-signer-rsa", "the same with an RSA key", |at| remote(at, 1, LeafKey::Rsa2048)),
    row("own-both", "bring its own HTTP and its own keys", own_both),
    row("own-partial", "give some signatures now and the rest later", own_partial),
    row("own-wrong-key", "be told that a signature does not fit the certificate", own_wrong_key),
];

fn own_http(at: &mut Attempt<'_>) -> Result<(), String> {
    let stage = Stage::new(1, LeafKey::P256)?;
    let seen = at.see(&session(&stage)?.with("http", "own"))?;
    compare::equal(&accepted(&stage)?, &seen)
}

fn scenario(at: &Attempt<'_>, stage: &Stage) -> Result<Scenario, String> {
    Ok(keyless_session(stage)?
        .with("certificate", stage.certificate()?.display())
        .with("signer", at.signing_address(&stage.issued)?))
}

fn own_signer(at: &mut Attempt<'_>) -> Result<(), String> {
    remote(at, 2, LeafKey::P256)
}

fn remote(at: &mut Attempt<'_>, texts: u8, key: LeafKey) -> Result<(), String> {
    let stage = Stage::new(texts, key)?;
    let seen = at.see(&scenario(at, &stage)?)?;
    compare::equal(&accepted(&stage)?, &seen)
}

fn own_both(at: &mut Attempt<'_>) -> Result<(), String> {
    let stage = Stage::new(1, LeafKey::P256)?;
    let seen = at.see(&scenario(at, &stage)?.with("http", "own"))?;
    compare::equal(&accepted(&stage)?, &seen)
}

fn own_partial(at: &mut Attempt<'_>) -> Result<(), String> {
    let stage = Stage::new(3, LeafKey::P256)?;
    let seen = at.see(&scenario(at, &stage)?.with("partial", 1))?;
    let mut wanted = accepted(&stage)?;
    // Only the text that was left out is asked for again.
    let last = wanted["sign"]["items"][2].clone();
    wanted["sign"]["items"] = json!([last]);
    compare::equal(&wanted, &seen)
}

fn own_wrong_key(at: &mut Attempt<'_>) -> Result<(), String> {
    let stage = Stage::new(1, LeafKey::P256)?;
    let other = stage.sandbox.admin().issue_certificate(kamusm_sandbox::LeafSpec::default());
    let other = at.signing_address(&other.map_err(|why| why.to_string())?)?;
    let scenario = scenario(at, &stage)?.without("signer").with("signer", other);
    let mut wanted = super::refused::failed_at_sign(&stage, 1);
    wanted["sign"]["failure"] = want::error(Code::SelfCheck);
    wanted["error"] = want::error(Code::SelfCheck);
    at.expect(&scenario, &wanted)
}
