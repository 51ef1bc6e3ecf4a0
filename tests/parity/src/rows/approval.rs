//! Onay: what can be approved how, the taahhütname, e-onay.

use kamusm::Code;
use serde_json::{Value, json};

use super::{Row, form, row};
use crate::{
    attempt::Attempt,
    single_call::{call, equal, expect, expect_refusal, from_service, message, path, problem},
    stage::Stage,
    want::hex,
};

pub(super) const ROWS: &[Row] = &[
    row("approval", "know how the application can be approved, and why not otherwise", read),
    row("commitment", "read the taahhütname", content),
    row("commitment-not-read", "be told that it has to be read to its end", not_read),
    row("eonay", "approve by a tick (e-onay), to İşlem Başarılı", approve),
    row("eonay-no-consent", "be told that e-onay needs an earlier consent", no_consent),
    row("eonay-not-accepted", "be told that the tick is missing", not_accepted),
];

fn read(at: &mut Attempt<'_>) -> Result<(), String> {
    let stage = form::stage_with_full_form()?;
    let mut wanted = from_service(&stage, &path(&stage, "/approval"), &[])?;
    for method in wanted["methods"].as_array_mut().into_iter().flatten() {
        if let Some(method) = method.as_object_mut() {
            method.entry("reason").or_insert(Value::Null);
        }
    }
    expect(at, &stage, &call(&stage, "approval.read")?, &wanted)
}

fn content(at: &mut Attempt<'_>) -> Result<(), String> {
    let stage = form::stage_with_full_form()?;
    let approval = from_service(&stage, &path(&stage, "/approval"), &[])?;
    let id = approval["commitments"][0]["id"].as_str().ok_or("there is no taahhütname")?;
    let octets = stage.ask(&format!("/api/v1/commitments/{id}/content"), Some(&stage.person_token()?))?;
    let text = String::from_utf8(octets).map_err(|why| why.to_string())?;
    if text.is_empty() {
        return Err("the taahhütname is empty".to_owned());
    }
    let told = message(at, &call(&stage, "commitment.content")?)?;
    let hex_of = |text: &Value| json!(hex(text.as_str().unwrap_or_default()));
    equal(&hex_of(&json!(text)), &hex_of(&told))
}

fn not_read(at: &mut Attempt<'_>) -> Result<(), String> {
    let stage = form::stage_with_full_form()?;
    let asked = call(&stage, "commitment.view")?.with("read_to_end", "false");
    expect_refusal(at, &stage, &asked, problem(Code::NotRead, "not-read", 422))
}

/// The identifier of a view, and the digest of the form that is approved.
fn viewed(at: &mut Attempt<'_>, stage: &Stage) -> Result<(String, String), String> {
    let view = message(at, &call(stage, "commitment.view")?.with("read_to_end", "true"))?;
    let approval = message(at, &call(stage, "approval.read")?)?;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    Ok((text(&view), text(&approval["form_digest"])))
}

fn approve(at: &mut Attempt<'_>) -> Result<(), String> {
    let stage = form::stage_with_full_form()?;
    message(at, &call(&stage, "me.consent")?.with("accepted", "true"))?;
    let (view, digest) = viewed(at, &stage)?;
    let asked = call(&stage, "approval.approve")?.with("view", view).with("form_digest", digest);
    let told = message(at, &asked.with("accepted", "true"))?;
    equal(&json!("done"), &told["state"])?;
    equal(&json!("İşlem Başarılı"), &told["title"])?;
    equal(&message(at, &call(&stage, "result.read")?)?, &told)
}

fn no_consent(at: &mut Attempt<'_>) -> Result<(), String> {
    let stage = form::stage_with_full_form()?;
    let (view, digest) = viewed(at, &stage)?;
    let asked = call(&stage, "approval.approve")?.with("view", view).with("form_digest", digest);
    let refusal = problem(Code::NoPriorConsent, "no-prior-consent", 409);
    expect_refusal(at, &stage, &asked.with("accepted", "true"), refusal)
}

fn not_accepted(at: &mut Attempt<'_>) -> Result<(), String> {
    let stage = form::stage_with_full_form()?;
    message(at, &call(&stage, "me.consent")?.with("accepted", "true"))?;
    let (view, digest) = viewed(at, &stage)?;
    let asked = call(&stage, "approval.approve")?.with("view", view).with("form_digest", digest);
    let refusal = problem(Code::NotAccepted, "not-accepted", 422);
    expect_refusal(at, &stage, &asked.with("accepted", "false"), refusal)
}
