//! What is shown is what is signed; what may not be shown is refused.

use kamusm::Code;
use kamusm_sandbox::{LeafKey, Spoof};
use serde_json::json;

use super::{Row, row};
use crate::{
    attempt::{Attempt, ended, session, shown},
    stage::Stage,
    want,
};

pub(super) const ROWS: &[Row] = &[
    row("text-bidi", "be protected from a text with hidden characters", |at| {
        refused(at, Spoof::Bidi, Code::TextProfile)
    }),
    row("text-lookalike", "be protected from letters that look alike", |at| {
        refused(at, Spoof::Lookalike, Code::TextProfile)
    }),
    row("text-other-order", "be protected from a text about another application", |at| {
        refused(at, Spoof::OtherOrder, Code::TextMismatch)
    }),
    row("text-other-profile", "allow other texts; they are marked", other_profile),
];

fn refused(at: &mut Attempt<'_>, spoof: Spoof, code: Code) -> Result<(), String> {
    let stage = Stage::new(1, LeafKey::P256)?;
    stage.sandbox.admin().set_spoof(spoof);
    let mut wanted = ended(&stage, &["send", "done"], "failed");
    wanted["error"] = want::error(code);
    at.expect(&session(&stage)?, &wanted)
}

fn other_profile(at: &mut Attempt<'_>) -> Result<(), String> {
    let stage = Stage::new(1, LeafKey::P256)?;
    stage.sandbox.admin().set_spoof(Spoof::Lookalike);
    let mut wanted = ended(&stage, &["send", "show", "send", "done"], "cancelled");
    wanted["show"] = shown(&stage, 1);
    wanted["show"]["texts"][0]["profile_checked"] = json!(false);
    wanted["show"]["texts"][0]["octets"] = want::hex_text_with(&["KAMU SM"]);
    wanted["error"] = want::error(Code::Declined);
    at.expect(&session(&stage)?.with("other_text_profiles", 1).with("decline", 1), &wanted)
}
