//! One call of the application in one language: how it is asked for, and how its message and its refusal are told.

use kamusm::Code;
use serde_json::{Value, json};

use crate::{attempt::Attempt, compare, scenario::Scenario, stage::Stage, want};

/// The call by this name, about the stage's application, with the token of its person.
pub(crate) fn call(stage: &Stage, name: &str) -> Result<Scenario, String> {
    Ok(anonymous(stage, name).with("person_token", stage.person_token()?).with("number", &stage.application))
}

/// The call by this name without anybody's token.
pub(crate) fn anonymous(stage: &Stage, name: &str) -> Scenario {
    Scenario::new("call")
        .with("name", &stage.application)
        .with("base_url", stage.sandbox.base_url())
        .with("client", "parity")
        .with("call", name)
}

/// Performs the call, which must bring a message.
pub(crate) fn message(at: &mut Attempt<'_>, scenario: &Scenario) -> Result<Value, String> {
    let mut seen = at.see(scenario)?;
    match seen["thrown"] {
        Value::Null => Ok(seen["message"].take()),
        _ => Err(format!("refused: {}", seen["thrown"])),
    }
}

/// Performs the call, whose message must be this one.
pub(crate) fn expect(
    at: &mut Attempt<'_>,
    stage: &Stage,
    scenario: &Scenario,
    wanted: &Value,
) -> Result<(), String> {
    at.expect(scenario, &json!({ "name": stage.application, "message": wanted, "thrown": null }))
}

/// Performs the call, which must be refused so.
pub(crate) fn expect_refusal(
    at: &mut Attempt<'_>,
    stage: &Stage,
    scenario: &Scenario,
    refusal: Value,
) -> Result<(), String> {
    at.expect(scenario, &json!({ "name": stage.application, "message": null, "thrown": refusal }))
}

/// The service's refusal by a problem document.
pub(crate) fn problem(code: Code, name: &str, status: u16) -> Value {
    of_call(want::problem(code, name, status))
}

/// A refusal that was found on this side.
pub(crate) fn error(code: Code) -> Value {
    of_call(want::error(code))
}

fn of_call(mut error: Value) -> Value {
    error["fields"] = json!([]);
    error["attempts_left"] = Value::Null;
    error["upstream"] = Value::Null;
    error
}

/// The service's own JSON, with null for each of these members that it leaves out.
pub(crate) fn from_service(stage: &Stage, path: &str, optional: &[&str]) -> Result<Value, String> {
    let answer = stage.ask(path, Some(&stage.person_token()?))?;
    let mut body: Value = serde_json::from_slice(&answer).map_err(|why| why.to_string())?;
    for name in optional {
        if body.get(name).is_none() {
            body[name] = Value::Null;
        }
    }
    Ok(body)
}

/// The path of the stage's application, with what follows.
pub(crate) fn path(stage: &Stage, rest: &str) -> String {
    format!("/api/v1/applications/{}{rest}", stage.application)
}

/// Compares what was seen before with what the service knows now.
pub(crate) fn equal(wanted: &Value, seen: &Value) -> Result<(), String> {
    compare::equal(wanted, seen)
}
