//! Who the person is, and what she agreed to.

use kamusm::Code;
use kamusm_sandbox::LeafKey;
use serde_json::{Value, json};

use super::{Row, row};
use crate::{
    attempt::{Attempt, masked_tckn},
    single_call::{call, equal, expect, expect_refusal, from_service, message, problem},
    stage::Stage,
    want,
};

pub(super) const ROWS: &[Row] = &[
    row("me", "know who is signed in, and what she may do", me),
    row(
        "identity-refresh",
        "fetch the name anew from the civil register (Kimlik Bilgilerimi Güncelle)",
        refresh,
    ),
    row(
        "identity-register-down",
        "be told that it is the civil register that does not answer",
        register_down,
    ),
    row("eonay-consent", "agree to approvals by a tick (e-onay)", consent),
    row("eonay-consent-not-given", "be told that agreeing needs a yes", no_consent),
];

fn me(at: &mut Attempt<'_>) -> Result<(), String> {
    let stage = Stage::new(1, LeafKey::P256)?;
    let mut wanted = from_service(&stage, "/api/v1/me", &["email", "gsm"])?;
    if wanted["tckn"] != json!(masked_tckn(&stage.tckn)) || wanted["name"] != json!(stage.name) {
        return Err(format!("the service tells of {}", wanted["name"]));
    }
    if wanted["eonay_consent"].get("given_at").is_none() {
        wanted["eonay_consent"]["given_at"] = Value::Null;
    }
    expect(at, &stage, &call(&stage, "me.read")?, &wanted)
}

fn refresh(at: &mut Attempt<'_>) -> Result<(), String> {
    let stage = Stage::new(1, LeafKey::P256)?;
    let wanted = json!({ "name": stage.name, "tckn": masked_tckn(&stage.tckn), "changed": false });
    expect(at, &stage, &call(&stage, "me.refresh")?, &wanted)
}

fn register_down(at: &mut Attempt<'_>) -> Result<(), String> {
    let stage = Stage::new(1, LeafKey::P256)?;
    stage.sandbox.admin().outages().set_nvi_down(true);
    let mut refusal = problem(Code::UpstreamUnavailable, "upstream-unavailable", 503);
    refusal["upstream"] = json!("nvi");
    let seen = at.see(&call(&stage, "me.refresh")?)?;
    refusal["retry_after_s"] = seen["thrown"]["retry_after_s"].clone();
    equal(&json!({ "name": stage.application, "message": null, "thrown": refusal }), &seen)
}

fn consent(at: &mut Attempt<'_>) -> Result<(), String> {
    let stage = Stage::new(1, LeafKey::P256)?;
    let wanted = json!({ "given": true, "given_at": want::time() });
    let asked = call(&stage, "me.consent")?.with("accepted", "true");
    expect(at, &stage, &asked, &wanted)?;
    let known = from_service(&stage, "/api/v1/me", &[])?;
    let told = message(at, &call(&stage, "me.read")?)?;
    equal(&known["eonay_consent"], &told["eonay_consent"])?;
    equal(&json!(true), &told["eonay_consent"]["given"])
}

fn no_consent(at: &mut Attempt<'_>) -> Result<(), String> {
    let stage = Stage::new(1, LeafKey::P256)?;
    let asked = call(&stage, "me.consent")?.with("accepted", "false");
    expect_refusal(at, &stage, &asked, problem(Code::NotAccepted, "not-accepted", 422))
}
