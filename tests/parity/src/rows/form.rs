//! Başvuru Bilgileri: the form, its lists, its rules.

use kamusm::Code;
use kamusm_sandbox::{LeafKey, Order};
use serde_json::{Value, json};

use super::{Row, row};
use crate::{
    attempt::Attempt,
    chance,
    scenario::Scenario,
    single_call::{call, equal, expect, expect_refusal, from_service, message, path, problem},
    stage::Stage,
};

pub(super) const ROWS: &[Row] = &[
    row("form", "read the form: sections, labels, values, what is locked, its rules", read),
    row("form-saved", "fill the form", saved),
    row("form-invalid", "be told which field is wrong and why, before and after sending", invalid),
    row("form-changed", "be told that the form was changed elsewhere", changed),
    row("reference", "offer the choices of a list", reference),
    row("reference-of-province", "offer how it can be delivered to a province", of_province),
];

/// The service's form with its ETag, as a trace shows it.
fn from_the_service(stage: &Stage) -> Result<Value, String> {
    let mut form = from_service(stage, &path(stage, "/form"), &[])?;
    for section in form["sections"].as_array_mut().into_iter().flatten() {
        for field in section["fields"].as_array_mut().into_iter().flatten() {
            if let Some(field) = field.as_object_mut() {
                field.remove("value");
                field.entry("options_list").or_insert(Value::Null);
            }
        }
    }
    let values = form["values"].as_object_mut().ok_or("the form has no values")?;
    values.retain(|_, value| value.as_str().is_some_and(|value| !value.is_empty()));
    form["etag"] = json!(stage.etag(&path(stage, "/form"))?);
    Ok(form)
}

fn with_values(mut scenario: Scenario, values: &Value) -> Scenario {
    for (name, value) in values.as_object().into_iter().flatten() {
        scenario = scenario.with("value", format!("{name}={}", value.as_str().unwrap_or_default()));
    }
    scenario
}

/// What the person may change.
fn open_values(form: &Value) -> Value {
    let mut values = form["values"].clone();
    for locked in form["locked"].as_array().into_iter().flatten() {
        if let (Some(values), Some(name)) = (values.as_object_mut(), locked.as_str()) {
            values.remove(name);
        }
    }
    values
}

fn read(at: &mut Attempt<'_>) -> Result<(), String> {
    let stage = Stage::new(1, LeafKey::P256)?;
    expect(at, &stage, &call(&stage, "form.read")?, &from_the_service(&stage)?)
}

fn saved(at: &mut Attempt<'_>) -> Result<(), String> {
    let stage = stage_with_full_form()?;
    let before = message(at, &call(&stage, "form.read")?)?;
    let mut values = open_values(&before);
    let unit = format!("Şube {} ğüşiöç İI", chance::pin());
    values["unit"] = json!(unit);
    let etag = before["etag"].as_str().unwrap_or_default();
    let told = message(at, &with_values(call(&stage, "form.save")?.with("etag", etag), &values))?;
    equal(&from_the_service(&stage)?, &told)?;
    equal(&json!(unit), &told["values"]["unit"])
}

fn invalid(at: &mut Attempt<'_>) -> Result<(), String> {
    let stage = stage_with_full_form()?;
    let before = message(at, &call(&stage, "form.read")?)?;
    let mut values = open_values(&before);
    values["email"] = json!("adres değil");
    let fields = json!([{ "pointer": "/values/email", "code": "format" }]);
    expect(at, &stage, &with_values(call(&stage, "form.check")?, &values), &fields)?;
    let mut refusal = problem(Code::FormInvalid, "form-invalid", 422);
    refusal["fields"] = fields;
    let etag = before["etag"].as_str().unwrap_or_default();
    expect_refusal(
        at,
        &stage,
        &with_values(call(&stage, "form.save")?.with("etag", etag), &values),
        refusal,
    )?;
    equal(&before, &from_the_service(&stage)?)
}

fn changed(at: &mut Attempt<'_>) -> Result<(), String> {
    let stage = stage_with_full_form()?;
    let before = message(at, &call(&stage, "form.read")?)?;
    let asked = with_values(call(&stage, "form.save")?.with("etag", "\"0\""), &open_values(&before));
    expect_refusal(at, &stage, &asked, problem(Code::FormChanged, "form-changed", 412))
}

fn reference(at: &mut Attempt<'_>) -> Result<(), String> {
    let stage = Stage::new(1, LeafKey::P256)?;
    let known = from_service(&stage, "/api/v1/reference/provinces", &[])?;
    if known["items"].as_array().map(Vec::len) != Some(81) {
        return Err("the service does not know 81 provinces".to_owned());
    }
    expect(at, &stage, &call(&stage, "reference.list")?.with("list", "provinces"), &known["items"])
}

fn of_province(at: &mut Attempt<'_>) -> Result<(), String> {
    let stage = Stage::new(1, LeafKey::P256)?;
    let known = from_service(&stage, "/api/v1/reference/delivery-methods?province=41", &[])?;
    let asked = call(&stage, "reference.list")?.with("list", "delivery-methods").with("province", "41");
    expect(at, &stage, &asked, &known["items"])
}

/// An order whose form is complete and may be changed.
pub(super) fn stage_with_full_form() -> Result<Stage, String> {
    let mut stage = Stage::new(1, LeafKey::P256)?;
    let order = Order { commitment_read: false, ..Order::ready(&chance::application()) };
    stage.apply_for(order)?;
    Ok(stage)
}
