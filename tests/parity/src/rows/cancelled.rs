//! The person or the program says no, at every kind of step.

use kamusm::Code;
use kamusm_sandbox::{LeafKey, RedeemConfirmation};
use serde_json::{Value, json};

use super::{Row, row};
use crate::{
    attempt::{Attempt, chosen, ended, session, shown, signing},
    stage::Stage,
    want,
};

/// A session that is cancelled at the PIN, with its farewell to the service.
pub(super) const AT_SIGN: [&str; 7] = ["send", "show", "choose", "send", "sign", "send", "done"];

pub(super) const ROWS: &[Row] = &[
    row("cancel-send", "cancel while a request is on its way", at_send),
    row("cancel-wait", "cancel while it waits", at_wait),
    row("cancel-show", "cancel at the text", |at| cancelled(at, "cancel_at", "show")),
    row("cancel-choose", "cancel at the choice of the certificate", |at| {
        cancelled(at, "cancel_at", "choose")
    }),
    row("cancel-sign", "cancel at the PIN", |at| cancelled(at, "cancel_at", "sign")),
    row("cancel-session-show", "cancel the session at the text", |at| {
        cancelled(at, "cancel_session_at", "show")
    }),
    row("cancel-session-choose", "cancel the session at the choice", |at| {
        cancelled(at, "cancel_session_at", "choose")
    }),
    row("cancel-session-sign", "cancel the session at the PIN", |at| {
        cancelled(at, "cancel_session_at", "sign")
    }),
    row("decline", "decline the text", decline),
];

fn at_send(at: &mut Attempt<'_>) -> Result<(), String> {
    let stage = Stage::new(1, LeafKey::P256)?;
    // Nothing was sent, so the service need not be told, and its page is not known.
    let mut wanted = ended(&stage, &["send", "done"], "cancelled");
    wanted["return_to"] = Value::Null;
    wanted["error"] = want::error(Code::Cancelled);
    at.expect(&session(&stage)?.with("cancel_at", "send"), &wanted)
}

fn at_wait(at: &mut Attempt<'_>) -> Result<(), String> {
    let stage = Stage::new(1, LeafKey::P256)?;
    stage.sandbox.admin().set_redeem_confirmation(RedeemConfirmation::Always);
    let mut wanted = ended(&stage, &["send", "done"], "cancelled");
    wanted["waits"] = json!(["confirmation"]);
    wanted["error"] = want::error(Code::Cancelled);
    at.expect(&session(&stage)?.with("cancel_at", "wait"), &wanted)
}

fn cancelled(at: &mut Attempt<'_>, how: &'static str, place: &str) -> Result<(), String> {
    let stage = Stage::new(1, LeafKey::P256)?;
    let kinds: &[&str] = match place {
        "show" => &["send", "show", "send", "done"],
        "choose" => &["send", "show", "choose", "send", "done"],
        _ => &AT_SIGN,
    };
    let mut wanted = ended(&stage, kinds, "cancelled");
    wanted["show"] = shown(&stage, 1);
    if place != "show" {
        wanted["choose"] = chosen(&stage);
    }
    if place == "sign" {
        wanted["sign"] = signing(&stage, 1);
    }
    wanted["error"] = want::error(Code::Cancelled);
    at.expect(&session(&stage)?.with(how, place), &wanted)
}

fn decline(at: &mut Attempt<'_>) -> Result<(), String> {
    let stage = Stage::new(1, LeafKey::P256)?;
    let mut wanted = ended(&stage, &["send", "show", "send", "done"], "cancelled");
    wanted["show"] = shown(&stage, 1);
    wanted["error"] = want::error(Code::Declined);
    at.expect(&session(&stage)?.with("decline", 1), &wanted)
}
