//! The person's applications.

use kamusm::Code;
use kamusm_sandbox::{Fault, FaultRule, LeafKey};
use serde_json::{Value, json};

use super::{Row, row};
use crate::{attempt::Attempt, compare, scenario::Scenario, stage::Stage, want};

pub(super) const ROWS: &[Row] = &[
    row("applications", "list the applications with their statuses", list),
    row("application", "read one application, texts and banks as data", one),
    row("application-unknown-status", "be shown statuses that are newer than the library", unknown_status),
    row("application-not-found", "be told that there is no such application", not_found),
    row("applications-unauthenticated", "be told that the sign-in is over", unauthenticated),
    row("application-number-malformed", "be told that a number is none, before anything is sent", malformed),
    row("applications-own-http", "ask with its own HTTP", own_http),
];

fn scenario(stage: &Stage, kind: &str) -> Result<Scenario, String> {
    Ok(Scenario::new(kind)
        .with("name", &stage.application)
        .with("base_url", stage.sandbox.base_url())
        .with("client", "parity")
        .with("person_token", stage.person_token()?))
}

/// The service's own JSON, with what its readers may rely on.
fn from_service(stage: &Stage) -> Result<Vec<Value>, String> {
    let answer = stage.ask("/api/v1/applications", Some(&stage.person_token()?))?;
    let body: Value = serde_json::from_slice(&answer).map_err(|why| why.to_string())?;
    let items = body["items"].as_array().ok_or("the service lists nothing")?;
    Ok(items.iter().map(row_of).collect())
}

/// An application as every trace shows it.
pub(super) fn row_of(item: &Value) -> Value {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    json!({
        "no": item["no"],
        "applied_on": item["applied_on"],
        "institution": text(&item["institution"]),
        "product": text(&item["product"]),
        "reason": item["reason"],
        "status": status_of(&item["status"]),
        "warnings": item.get("warnings").cloned().unwrap_or_else(|| json!([])),
    })
}

/// A status as every trace shows it.
pub(super) fn status_of(status: &Value) -> Value {
    let blocks = status["body"].as_array().into_iter().flatten().map(|block| match block["kind"].as_str() {
        Some("channels") => {
            let banks = block["banks"].as_array().into_iter().flatten().map(|bank| {
                let has = |channel: &str| bank[channel].as_bool().unwrap_or_default();
                json!({
                    "name": bank["name"],
                    "branch": has("branch"),
                    "internet": has("internet"),
                    "mobile": has("mobile"),
                    "atm": has("atm"),
                    "call_centre": has("call_centre"),
                })
            });
            json!({ "kind": "channels", "banks": banks.collect::<Vec<_>>() })
        }
        Some("item") => json!({ "kind": "item", "label": block["label"], "text": block["text"] }),
        _ => json!({ "kind": "paragraph", "text": block["text"] }),
    });
    json!({
        "code": status["code"],
        "title": status["title"],
        "cancelled_by": status.get("cancelled_by").cloned().unwrap_or_default(),
        "action": { "code": status["action"]["code"], "title": status["action"]["title"] },
        "body": blocks.collect::<Vec<_>>(),
    })
}

fn list(at: &mut Attempt<'_>) -> Result<(), String> {
    let mut stage = Stage::new(1, LeafKey::P256)?;
    stage.apply()?;
    let wanted = json!({ "name": stage.application, "applications": from_service(&stage)?, "thrown": null });
    at.expect(&scenario(&stage, "applications")?, &wanted)
}

fn own_http(at: &mut Attempt<'_>) -> Result<(), String> {
    let stage = Stage::new(1, LeafKey::P256)?;
    let wanted = json!({ "name": stage.application, "applications": from_service(&stage)?, "thrown": null });
    at.expect(&scenario(&stage, "applications")?.with("http", "own"), &wanted)
}

fn one(at: &mut Attempt<'_>) -> Result<(), String> {
    let stage = Stage::new(1, LeafKey::P256)?;
    let wanted = from_service(&stage)?.pop().ok_or("no application")?;
    if wanted["institution"] != json!(stage.institution) {
        return Err(format!("the service tells of {}", wanted["institution"]));
    }
    let wanted = json!({ "name": stage.application, "application": wanted, "thrown": null });
    at.expect(&scenario(&stage, "application")?.with("number", &stage.application), &wanted)
}

fn unknown_status(at: &mut Attempt<'_>) -> Result<(), String> {
    let stage = Stage::new(1, LeafKey::P256)?;
    let (word, by) = (format!("word_{}", crate::chance::pin()), format!("by_{}", crate::chance::pin()));
    let status = json!({
        "code": word,
        "title": "Kargoda",
        "cancelled_by": by,
        "action": { "code": "track", "title": "İzle" },
        "body": [{ "kind": "map", "place": "x" }, { "kind": "paragraph", "text": "Yolda." }],
    });
    let mut wanted = from_service(&stage)?.pop().ok_or("no application")?;
    wanted["status"] = status.clone();
    wanted["status"]["body"][0] = json!({ "kind": "unknown" });
    let fault = Fault::Json { pointer: "/status".into(), value: status };
    let path_end = format!("/applications/{}", stage.application);
    stage.sandbox.admin().inject(FaultRule::once("GET", &path_end, fault));
    let seen = at.see(&scenario(&stage, "application")?.with("number", &stage.application))?;
    let wanted = json!({ "name": stage.application, "application": wanted, "thrown": null });
    compare::equal(&wanted, &seen)
}

fn not_found(at: &mut Attempt<'_>) -> Result<(), String> {
    let stage = Stage::new(1, LeafKey::P256)?;
    let error = want::problem(Code::NotFound, "not-found", 404);
    let wanted = json!({ "name": stage.application, "application": null, "thrown": error });
    at.expect(&scenario(&stage, "application")?.with("number", "SD-1"), &wanted)
}

fn unauthenticated(at: &mut Attempt<'_>) -> Result<(), String> {
    let stage = Stage::new(1, LeafKey::P256)?;
    let error = want::problem(Code::Unauthenticated, "unauthenticated", 401);
    let wanted = json!({ "name": stage.application, "applications": null, "thrown": error });
    let scenario = scenario(&stage, "applications")?.without("person_token");
    at.expect(&scenario.with("person_token", "nobody"), &wanted)
}

fn malformed(at: &mut Attempt<'_>) -> Result<(), String> {
    let stage = Stage::new(1, LeafKey::P256)?;
    let wanted =
        json!({ "name": stage.application, "application": null, "thrown": want::error(Code::Range) });
    at.expect(&scenario(&stage, "application")?.with("number", "sd/1"), &wanted)
}
