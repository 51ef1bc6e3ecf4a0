//! A card behind a PKCS#11 module, and its PIN.

use kamusm::Code;
use kamusm_sandbox::LeafKey;
use serde_json::json;

use super::{Row, row};
use crate::{
    attempt::{Attempt, accepted, chosen, ended, keyless_session, session, shown, signing, thrown},
    compare,
    scenario::Scenario,
    stage::Stage,
    want,
};

/// What the token certainly does not have.
const WRONG: &str = "0000";

pub(super) const ROWS: &[Row] = &[
    row("card", "sign with a card", card),
    row("card-wrong-pin", "ask again after a wrong PIN", wrong_pin),
    row("card-pick", "choose the certificate by its fingerprint", pick),
    row("pin-wrong-soft", "be told that the PIN of a software key is wrong", wrong_soft),
    row("pin-none", "give up at the PIN", no_pin),
    row("password-wrong", "be told that the password of a file is wrong", wrong_password),
    row("module-missing", "be told that the driver is not there", no_module),
    row("module-no-module", "be told that a file is no driver", not_a_module),
];

fn card_session(at: &Attempt<'_>, stage: &Stage) -> Result<Scenario, String> {
    Ok(keyless_session(stage)?.with("token", "module").with("token_path", at.card.module.display()))
}

fn card(at: &mut Attempt<'_>) -> Result<(), String> {
    let stage = at.card.stage()?;
    let seen = at.see(&card_session(at, &stage)?.with("pin", &at.card.pin))?;
    compare::equal(&accepted(&stage)?, &seen)
}

fn wrong_pin(at: &mut Attempt<'_>) -> Result<(), String> {
    let stage = at.card.stage()?;
    let seen = at.see(&card_session(at, &stage)?.with("pin", WRONG).with("pin", &at.card.pin))?;
    let mut wanted = accepted(&stage)?;
    wanted["pin_errors"] = json!([want::pin_incorrect(None)]);
    compare::equal(&wanted, &seen)
}

fn pick(at: &mut Attempt<'_>) -> Result<(), String> {
    let stage = at.card.stage()?;
    let wanted = kamusm_cades::algorithm::DigestAlgorithm::Sha256.digest(&stage.issued.certificate_der);
    let scenario = card_session(at, &stage)?.with("pin", &at.card.pin).with("pick", want::hex(wanted));
    let seen = at.see(&scenario)?;
    compare::equal(&accepted(&stage)?, &seen)
}

fn wrong_soft(at: &mut Attempt<'_>) -> Result<(), String> {
    let stage = Stage::new(1, LeafKey::P256)?;
    let seen = at.see(&session(&stage)?.without("pin").with("pin", WRONG).with("pin", &stage.pin))?;
    let mut wanted = accepted(&stage)?;
    wanted["pin_errors"] = json!([want::pin_incorrect(Some(2))]);
    compare::equal(&wanted, &seen)
}

fn no_pin(at: &mut Attempt<'_>) -> Result<(), String> {
    let stage = Stage::new(1, LeafKey::P256)?;
    let mut wanted = ended(&stage, &super::cancelled::AT_SIGN, "cancelled");
    wanted["show"] = shown(&stage, 1);
    wanted["choose"] = chosen(&stage);
    wanted["sign"] = signing(&stage, 1);
    wanted["error"] = want::error(Code::Cancelled);
    at.expect(&session(&stage)?.without("pin"), &wanted)
}

fn wrong_password(at: &mut Attempt<'_>) -> Result<(), String> {
    let stage = Stage::new(1, LeafKey::P256)?;
    let scenario = session(&stage)?.without("token_password").with("token_password", WRONG);
    at.expect(&scenario, &thrown(&stage, want::error(Code::PinIncorrect)))
}

fn no_module(at: &mut Attempt<'_>) -> Result<(), String> {
    let stage = Stage::new(1, LeafKey::P256)?;
    let scenario =
        keyless_session(&stage)?.with("token", "module").with("token_path", stage.nowhere().display());
    at.expect(&scenario, &thrown(&stage, want::error(Code::ModuleNotFound)))
}

fn not_a_module(at: &mut Attempt<'_>) -> Result<(), String> {
    let stage = Stage::new(1, LeafKey::P256)?;
    let file = stage.file("text.so", "no library")?;
    let scenario = keyless_session(&stage)?.with("token", "module").with("token_path", file.display());
    at.expect(&scenario, &thrown(&stage, want::error(Code::ModuleLoad)))
}
