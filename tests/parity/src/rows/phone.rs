//! The code sent to the mobile phone.

use kamusm::Code;
use serde_json::json;

use super::{Row, form, row};
use crate::{
    attempt::Attempt,
    chance,
    single_call::{call, equal, expect, expect_refusal, message, problem},
    stage::Stage,
    want,
};

pub(super) const ROWS: &[Row] = &[
    row("phone-verified", "verify the mobile phone by the SMS code", verified),
    row("phone-code-wrong", "be told how many tries are left for the SMS code", wrong),
];

fn start(at: &mut Attempt<'_>) -> Result<(Stage, String), String> {
    let stage = form::stage_with_full_form()?;
    // Another number has to be verified anew.
    stage.save_form_with("gsm", &format!("+90532{}", &chance::tckn()[..7]))?;
    let begun = message(at, &call(&stage, "phone.start")?)?;
    let masked = json!({
        "id": begun["id"],
        "gsm": begun["gsm"],
        "expires_in": want::within(170, 180),
        "attempts_left": 3,
        "resend_in": want::within(50, 60),
    });
    equal(&masked, &begun)?;
    match begun["gsm"].as_str() {
        Some(gsm) if gsm.contains('*') => Ok((stage, begun["id"].as_str().unwrap_or_default().to_owned())),
        _ => Err("the number is not masked".to_owned()),
    }
}

fn verified(at: &mut Attempt<'_>) -> Result<(), String> {
    let (stage, id) = start(at)?;
    let asked = call(&stage, "phone.attempt")?.with("id", &id).with("sms_code", stage.sms_code()?);
    expect(at, &stage, &asked, &json!(true))?;
    let told = message(at, &call(&stage, "application.read")?)?;
    equal(&json!("phone_verified"), &told["state"])
}

fn wrong(at: &mut Attempt<'_>) -> Result<(), String> {
    let (stage, id) = start(at)?;
    let right = stage.sms_code()?;
    let wrong: String = right.chars().map(|digit| if digit == '9' { '0' } else { '9' }).collect();
    let mut refusal = problem(Code::SmsCodeWrong, "sms-code-wrong", 422);
    refusal["attempts_left"] = json!(2);
    let asked = call(&stage, "phone.attempt")?.with("id", &id).with("sms_code", wrong);
    expect_refusal(at, &stage, &asked, refusal)
}
