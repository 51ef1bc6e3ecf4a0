//! What needs no session and no service.

use kamusm::{Code, error::Language};
use kamusm_sandbox::LeafKey;
use serde_json::{Value, json};

use super::{Row, row};
use crate::{attempt::Attempt, scenario::Scenario, stage::Stage, want};

pub(super) const ROWS: &[Row] = &[
    row("errors", "know every error: number, category, sentences in Turkish and English", errors),
    row("code-typed", "read a code as people type it", typed),
    row("code-no-code", "be told that something is no code", no_code),
    row("config-plain-http", "be kept from sending secrets over plain HTTP", plain_http),
    row("config-proxy", "be told that a proxy's address is none", proxy),
];

fn errors(at: &mut Attempt<'_>) -> Result<(), String> {
    let codes = Code::all().iter().map(|entry| {
        json!({
            "code": entry.code.number(),
            "category": entry.code.category() as i32,
            "retryable": entry.code.is_retryable(),
            "tr": entry.code.sentence(Language::Turkish),
            "en": entry.code.sentence(Language::English),
        })
    });
    let mut codes: Vec<Value> = codes.collect();
    codes.sort_by_key(|entry| std::cmp::Reverse(entry["code"].as_i64()));
    at.expect(&Scenario::new("errors").with("name", "errors"), &json!({ "name": "errors", "codes": codes }))
}

/// In small letters, with spaces for dashes, and letters for the digits that they look like.
fn typed(at: &mut Attempt<'_>) -> Result<(), String> {
    let code = Stage::new(1, LeafKey::P256)?.code()?;
    let typed = code.to_ascii_lowercase().replace('-', "  ").replace('0', "o").replace('1', "ı");
    let wanted = json!({ "name": "typed", "environment": "sandbox", "thrown": null });
    at.expect(&Scenario::new("code").with("name", "typed").with("code", typed), &wanted)
}

fn no_code(at: &mut Attempt<'_>) -> Result<(), String> {
    let wanted = json!({ "name": "none", "environment": null, "thrown": want::error(Code::CodeMalformed) });
    at.expect(&Scenario::new("code").with("name", "none").with("code", "çok gizli"), &wanted)
}

fn plain_http(at: &mut Attempt<'_>) -> Result<(), String> {
    let scenario = Scenario::new("config").with("name", "plain").with("base_url", "http://basvuru.example");
    at.expect(&scenario, &json!({ "name": "plain", "ok": false, "thrown": want::error(Code::Config) }))
}

fn proxy(at: &mut Attempt<'_>) -> Result<(), String> {
    let scenario = Scenario::new("config")
        .with("name", "client")
        .with("base_url", "https://basvuru.example")
        .with("client", "çok yeni");
    at.expect(&scenario, &json!({ "name": "client", "ok": false, "thrown": want::error(Code::Config) }))
}
