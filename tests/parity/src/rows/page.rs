//! The page's side of a doğrulama kodu.

use std::thread;

use kamusm::Code;
use serde_json::{Value, json};

use super::{Row, form, row};
use crate::{
    attempt::Attempt,
    single_call::{call, equal, expect, expect_refusal, from_service, message, path, problem},
    stage::Stage,
    want,
};

pub(super) const ROWS: &[Row] = &[
    row("sign-code", "issue a doğrulama kodu, show it, see who redeemed it", issued),
    row("sign-code-not-read", "be told that no code is issued before the taahhütname was read", not_read),
    row("sign-code-watched", "be told at once when a code is redeemed", watched),
    row("sign-code-withdrawn", "take a code back", withdrawn),
    row("sign-code-refused", "say \"Bu ben değilim\" for a redeemed code", refused),
];

fn issue(at: &mut Attempt<'_>, stage: &Stage) -> Result<Value, String> {
    let view = message(at, &call(stage, "commitment.view")?.with("read_to_end", "true"))?;
    message(at, &call(stage, "sign_code.issue")?.with("view", view.as_str().unwrap_or_default()))
}

/// The service's own words on the code.
fn known(stage: &Stage, code: &Value) -> Result<Value, String> {
    let id = code["id"].as_str().ok_or("the code has no identifier")?;
    from_service(stage, &path(stage, &format!("/sign-codes/{id}")), &["code", "session"])
}

fn issued(at: &mut Attempt<'_>) -> Result<(), String> {
    let stage = form::stage_with_full_form()?;
    let code = issue(at, &stage)?;
    let mut wanted = known(&stage, &code)?;
    wanted["expires_in"] = want::within(580, 600);
    equal(&wanted, &code)?;
    stage.redeem(code["code"].as_str().ok_or("the code is not shown")?)?;
    let id = code["id"].as_str().unwrap_or_default();
    let told = message(at, &call(&stage, "sign_code.read")?.with("id", id))?;
    equal(&json!("redeemed"), &told["state"])?;
    equal(&json!("parity"), &told["session"]["client"]["name"])?;
    // Time runs between the two.
    let mut wanted = known(&stage, &code)?;
    wanted["expires_in"] = told["expires_in"].clone();
    wanted["session"]["hard_expires_in"] = told["session"]["hard_expires_in"].clone();
    equal(&wanted, &told)
}

fn watched(at: &mut Attempt<'_>) -> Result<(), String> {
    let stage = form::stage_with_full_form()?;
    let code = issue(at, &stage)?;
    let written = code["code"].as_str().ok_or("the code is not shown")?;
    let asked = call(&stage, "sign_code.watch")?.with("id", code["id"].as_str().unwrap_or_default());
    let told = thread::scope(|scope| {
        let redeemed = scope.spawn(|| stage.when_waited_for(|| stage.redeem(written)));
        let told = message(at, &asked);
        redeemed.join().map_err(|_| "the other program panicked".to_owned())?.and(told)
    })?;
    equal(&json!("redeemed"), &told["state"])?;
    equal(&json!("parity"), &told["session"]["client"]["name"])
}

fn not_read(at: &mut Attempt<'_>) -> Result<(), String> {
    let stage = form::stage_with_full_form()?;
    expect_refusal(at, &stage, &call(&stage, "sign_code.issue")?, problem(Code::NotRead, "not-read", 422))
}

fn withdrawn(at: &mut Attempt<'_>) -> Result<(), String> {
    let stage = form::stage_with_full_form()?;
    let code = issue(at, &stage)?;
    let id = code["id"].as_str().unwrap_or_default();
    expect(at, &stage, &call(&stage, "sign_code.withdraw")?.with("id", id), &Value::Null)?;
    equal(&json!("cancelled"), &known(&stage, &code)?["state"])
}

fn refused(at: &mut Attempt<'_>) -> Result<(), String> {
    let stage = form::stage_with_full_form()?;
    stage.sandbox.admin().set_redeem_confirmation(kamusm_sandbox::RedeemConfirmation::Always);
    let code = issue(at, &stage)?;
    stage.redeem(code["code"].as_str().ok_or("the code is not shown")?)?;
    let id = code["id"].as_str().unwrap_or_default();
    let told = message(at, &call(&stage, "sign_code.confirm")?.with("id", id).with("confirmed", "false"))?;
    equal(&json!("cancelled"), &told["session"]["state"])?;
    equal(&json!("cancelled"), &known(&stage, &code)?["session"]["state"])
}
