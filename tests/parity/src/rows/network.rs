//! The network and a service that answers wrongly.

use kamusm::Code;
use kamusm_sandbox::{Fault, FaultRule, LeafKey};
use serde_json::{Value, json};

use super::{Row, row};
use crate::{
    attempt::{Attempt, accepted, ended, session},
    compare,
    stage::Stage,
    want,
};

pub(super) const ROWS: &[Row] = &[
    row("lost-answer", "lose the answer to a submission and still be accepted once", lost_answer),
    row("lost-redemption", "lose the answer to a redemption and go on", lost_redemption),
    row("captive-portal", "be told that a web page answered", |at| {
        answered(at, Fault::CaptivePortal, Code::CaptivePortal)
    }),
    row("redirected", "be told that the answer leads elsewhere", |at| {
        answered(at, Fault::Redirect { location: "https://example.invalid/".into() }, Code::Redirected)
    }),
    row("bad-response", "be told that the answer is none of the protocol", |at| {
        answered(at, Fault::Garbage, Code::BadResponse)
    }),
    row("digest-mismatch", "be told that the text changed on its way", digest_mismatch),
    row("match-code", "be told that the portal shows another control number", match_code),
];

fn lost_answer(at: &mut Attempt<'_>) -> Result<(), String> {
    lost(at, "PUT", "/submission")
}

fn lost_redemption(at: &mut Attempt<'_>) -> Result<(), String> {
    lost(at, "POST", "/sign-sessions")
}

fn lost(at: &mut Attempt<'_>, method: &str, path_end: &str) -> Result<(), String> {
    let stage = Stage::new(1, LeafKey::P256)?;
    stage.sandbox.admin().inject(FaultRule::once(method, path_end, Fault::DropAfter));
    let seen = at.see(&session(&stage)?)?;
    let mut wanted = accepted(&stage)?;
    wanted["waits"] = json!(["retry"]);
    compare::equal(&wanted, &seen)
}

/// The service's description is answered wrongly, so nothing of the service is known.
fn answered(at: &mut Attempt<'_>, fault: Fault, code: Code) -> Result<(), String> {
    let stage = Stage::new(1, LeafKey::P256)?;
    let rule = FaultRule { times: 100, ..FaultRule::once("GET", "/.well-known/kamusm-configuration", fault) };
    stage.sandbox.admin().inject(rule);
    let mut wanted = ended(&stage, &["send", "done"], "failed");
    wanted["return_to"] = Value::Null;
    wanted["error"] = want::error(code);
    at.expect(&session(&stage)?, &wanted)
}

fn digest_mismatch(at: &mut Attempt<'_>) -> Result<(), String> {
    let stage = Stage::new(1, LeafKey::P256)?;
    let rule = FaultRule { times: 100, ..FaultRule::once("GET", "/documents/1", Fault::WrongDigest) };
    stage.sandbox.admin().inject(rule);
    let mut wanted = ended(&stage, &["send", "done"], "failed");
    wanted["error"] = want::error(Code::DigestMismatch);
    at.expect(&session(&stage)?, &wanted)
}

fn match_code(at: &mut Attempt<'_>) -> Result<(), String> {
    let stage = Stage::new(1, LeafKey::P256)?;
    let fault = Fault::Json { pointer: "/session/match_code".into(), value: json!("9999") };
    stage.sandbox.admin().inject(FaultRule::once("POST", "/sign-sessions", fault));
    let mut wanted = ended(&stage, &["send", "done"], "failed");
    wanted["error"] = want::error(Code::MatchCode);
    at.expect(&session(&stage)?, &wanted)
}
