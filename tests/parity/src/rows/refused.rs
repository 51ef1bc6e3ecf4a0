//! The service refuses: the code, or the signature.

use std::time::Duration;

use kamusm::Code;
use kamusm_sandbox::{Fault, FaultRule, LeafKey};
use serde_json::{Value, json};

use super::{Row, row};
use crate::{
    attempt::{Attempt, WHOLE, accepted, chosen, ended, session, shown, signing, thrown},
    compare,
    stage::Stage,
    want,
};

pub(super) const ROWS: &[Row] = &[
    row("code-malformed", "be told that a code is mistyped, before anything is sent", malformed),
    row("code-expired", "be told that the code is over", expired),
    row("code-used", "be told that the code was used", used),
    row("code-superseded", "be told that a newer code was issued", superseded),
    row("signature-refused", "be told that the service refused the signature", signature_refused),
    row("receipt-forged", "be told that a receipt is not the service's", receipt_forged),
    row("receipt-other-key", "be told that a receipt is signed with a key that is not pinned", other_key),
];

/// A session that fails at the signature.
pub(super) fn failed_at_sign(stage: &Stage, texts: usize) -> Value {
    let mut wanted = ended(stage, &["send", "show", "choose", "send", "sign", "send", "done"], "failed");
    wanted["show"] = shown(stage, texts);
    wanted["choose"] = chosen(stage);
    wanted["sign"] = signing(stage, texts);
    wanted
}

fn malformed(at: &mut Attempt<'_>) -> Result<(), String> {
    let stage = Stage::new(1, LeafKey::P256)?;
    let code = stage.code()?;
    // Two neighbours changed places: the check symbol sees it, unless they are the same.
    let mut symbols: Vec<char> = code.chars().collect();
    let place = (5..8).find(|place| symbols[*place] != symbols[place + 1]).ok_or("four equal symbols")?;
    symbols.swap(place, place + 1);
    let scenario = session(&stage)?.without("code").with("code", symbols.iter().collect::<String>());
    at.expect(&scenario, &thrown(&stage, want::error(Code::CodeMalformed)))
}

fn refused(at: &mut Attempt<'_>, stage: &Stage, code: &str, error: Value) -> Result<(), String> {
    let mut wanted = ended(stage, &["send", "done"], "failed");
    wanted["return_to"] = Value::Null;
    wanted["error"] = error;
    at.expect(&session(stage)?.without("code").with("code", code), &wanted)
}

fn expired(at: &mut Attempt<'_>) -> Result<(), String> {
    let stage = Stage::new(1, LeafKey::P256)?;
    let scenario = session(&stage)?;
    stage.sandbox.admin().advance(Duration::from_secs(3600));
    let mut wanted = ended(&stage, &["send", "done"], "failed");
    wanted["return_to"] = Value::Null;
    wanted["error"] = want::problem(Code::CodeExpired, "code-expired", 410);
    at.expect(&scenario, &wanted)
}

fn used(at: &mut Attempt<'_>) -> Result<(), String> {
    let stage = Stage::new(1, LeafKey::P256)?;
    let scenario = session(&stage)?;
    at.see(&scenario.clone().with("decline", 1))?;
    let mut wanted = ended(&stage, &["send", "done"], "failed");
    wanted["return_to"] = Value::Null;
    wanted["error"] = want::problem(Code::CodeAlreadyUsed, "code-already-used", 409);
    at.expect(&scenario, &wanted)
}

fn superseded(at: &mut Attempt<'_>) -> Result<(), String> {
    let stage = Stage::new(1, LeafKey::P256)?;
    let first = stage.code()?;
    stage.code()?;
    refused(at, &stage, &first, want::problem(Code::CodeCancelled, "code-cancelled", 410))
}

/// The number of a person whose signatures the service refuses (examples/sandbox/README.md).
const ALWAYS_REFUSED: &str = "10000010664";

fn signature_refused(at: &mut Attempt<'_>) -> Result<(), String> {
    let stage = Stage::of_seed(ALWAYS_REFUSED)?;
    let seen = at.see(&session(&stage)?)?;
    let mut wanted = failed_at_sign(&stage, 1);
    wanted["outcome"] = json!("rejected");
    wanted["error"] = want::problem(Code::SignatureInvalid, "signature-invalid", 422);
    wanted["cms"] = json!([want::some_hex()]);
    compare::equal(&wanted, &seen)
}

fn receipt_forged(at: &mut Attempt<'_>) -> Result<(), String> {
    let stage = Stage::new(1, LeafKey::P256)?;
    let fault = Fault::Json { pointer: "/receipt".into(), value: json!("e30.e30.e30") };
    stage.sandbox.admin().inject(FaultRule::once("PUT", "/submission", fault));
    receipt_refused(at, &stage, &session(&stage)?)
}

fn other_key(at: &mut Attempt<'_>) -> Result<(), String> {
    let stage = Stage::new(1, LeafKey::P256)?;
    let scenario = session(&stage)?.with("receipt_key", "A".repeat(43));
    receipt_refused(at, &stage, &scenario)
}

/// The service has the signatures all the same.
fn receipt_refused(
    at: &mut Attempt<'_>,
    stage: &Stage,
    scenario: &crate::scenario::Scenario,
) -> Result<(), String> {
    let seen = at.see(scenario)?;
    let mut wanted = accepted(stage)?;
    wanted["kinds"] = json!(WHOLE);
    wanted["outcome"] = json!("unknown");
    wanted["error"] = want::error(Code::Receipt);
    wanted["receipt"] = Value::Null;
    compare::equal(&wanted, &seen)
}
