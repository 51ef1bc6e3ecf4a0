//! Sonuç: result, payment, history, evidence, cancellation.

use kamusm::Code;
use kamusm_cades::algorithm::DigestAlgorithm;
use kamusm_sandbox::{LeafKey, Order};
use serde_json::{Value, json};

use super::{Row, application::status_of, cades, form, row};
use crate::{
    attempt::{self, Attempt},
    chance,
    single_call::{call, equal, expect, expect_refusal, from_service, message, path, problem},
    stage::Stage,
    want::{self, hex},
};

pub(super) const ROWS: &[Row] = &[
    row("result", "know the result and what comes next", result),
    row("payment", "know what is to be paid, and how", payment),
    row("payment-started", "start a payment by card (SANAL POS)", started),
    row("payment-nothing-due", "be told that nothing is to be paid", nothing_due),
    row("events", "know what happened to an application, when", events),
    row("application-whole", "know where an application stands: form, payment, production", whole),
    row(
        "application-watched",
        "be told when an application changes, and asked to pay nothing for waiting",
        watched,
    ),
    row("application-cancelled", "cancel an application", cancelled),
    row("evidence", "fetch the accepted signatures, octet for octet", evidence),
    row("evidence-verified", "judge the evidence that the service keeps", |at| verified(at, false)),
    row("evidence-altered", "be told that evidence was altered", |at| verified(at, true)),
];

fn result(at: &mut Attempt<'_>) -> Result<(), String> {
    let stage = Stage::new(1, LeafKey::P256)?;
    let mut wanted = from_service(&stage, &path(&stage, "/result"), &["receipt"])?;
    wanted["status"] = status_of(&wanted["status"]);
    expect(at, &stage, &call(&stage, "result.read")?, &wanted)
}

/// An approved order that waits for its payment.
fn unpaid() -> Result<Stage, String> {
    let mut stage = Stage::new(1, LeafKey::P256)?;
    stage.apply_for(Order { state: "payment_pending".to_owned(), ..Order::ready(&chance::application()) })?;
    Ok(stage)
}

fn payment(at: &mut Attempt<'_>) -> Result<(), String> {
    let stage = unpaid()?;
    let mut wanted = from_service(&stage, &path(&stage, "/payment"), &[])?;
    // Blocks as the status shows them.
    wanted["body"] = status_of(&json!({ "body": wanted["body"], "action": {} }))["body"].clone();
    equal(&json!("TRY"), &wanted["currency"])?;
    expect(at, &stage, &call(&stage, "payment.read")?, &wanted)
}

fn started(at: &mut Attempt<'_>) -> Result<(), String> {
    let stage = unpaid()?;
    let told = message(at, &call(&stage, "payment.start")?)?;
    let page = told["address"].as_str().and_then(|address| address.strip_prefix(stage.sandbox.base_url()));
    let page = stage.ask(page.ok_or("the address is elsewhere")?, None)?;
    if page.is_empty() {
        return Err("the page of the payment is empty".to_owned());
    }
    let known = json!({ "id": told["id"], "address": told["address"], "expires_in": want::within(1, 3600) });
    equal(&known, &told)
}

fn nothing_due(at: &mut Attempt<'_>) -> Result<(), String> {
    let mut stage = Stage::new(1, LeafKey::P256)?;
    let order =
        Order { payer: "institution".to_owned(), prepaid: false, ..Order::ready(&chance::application()) };
    stage.apply_for(order)?;
    let refusal = problem(Code::NothingToPay, "nothing-to-pay", 409);
    expect_refusal(at, &stage, &call(&stage, "payment.start")?, refusal)
}

fn events(at: &mut Attempt<'_>) -> Result<(), String> {
    let stage = form::stage_with_full_form()?;
    stage.save_form_as_it_is()?;
    let known = from_service(&stage, &path(&stage, "/events"), &[])?;
    if known["items"].as_array().is_none_or(Vec::is_empty) {
        return Err("the service tells of no event".to_owned());
    }
    expect(at, &stage, &call(&stage, "event.list")?, &known["items"])
}

/// The service's application as the trace of a call shows it.
fn known(stage: &Stage) -> Result<Value, String> {
    let body = from_service(stage, &path(stage, ""), &[])?;
    let mut wanted = super::application::row_of(&body);
    for axis in ["state", "form", "payment"] {
        wanted[axis] = body[axis].clone();
    }
    let earliest = body["production"].get("earliest_on").cloned().unwrap_or_default();
    wanted["production"] = json!({ "state": body["production"]["state"], "earliest_on": earliest });
    wanted["etag"] = json!(stage.etag(&path(stage, ""))?);
    Ok(wanted)
}

fn whole(at: &mut Attempt<'_>) -> Result<(), String> {
    let stage = unpaid()?;
    expect(at, &stage, &call(&stage, "application.read")?, &known(&stage)?)
}

fn watched(at: &mut Attempt<'_>) -> Result<(), String> {
    let stage = form::stage_with_full_form()?;
    let before = known(&stage)?;
    stage.save_form_as_it_is()?;
    let asked = call(&stage, "application.watch")?.with("etag", before["etag"].as_str().unwrap_or_default());
    expect(at, &stage, &asked, &known(&stage)?)
}

fn cancelled(at: &mut Attempt<'_>) -> Result<(), String> {
    let stage = form::stage_with_full_form()?;
    let told = message(at, &call(&stage, "application.cancel")?)?;
    equal(&json!("person"), &told["status"]["cancelled_by"])?;
    let mut wanted = known(&stage)?;
    // What a POST answers carries no ETag.
    wanted["etag"] = Value::Null;
    equal(&wanted, &told)
}

fn evidence(at: &mut Attempt<'_>) -> Result<(), String> {
    let stage = Stage::new(2, LeafKey::P256)?;
    let seen = at.see(&attempt::session(&stage)?)?;
    equal(&json!("accepted"), &seen["outcome"])?;
    let known = from_service(&stage, &path(&stage, "/evidence"), &[])?;
    expect(at, &stage, &call(&stage, "evidence.list")?, &known["items"])?;
    let stored = stage.sandbox.admin().evidence(&stage.application).map_err(|why| why.to_string())?;
    if stored.len() != 2 {
        return Err(format!("the service has stored {} signatures", stored.len()));
    }
    for (item, row) in known["items"].as_array().into_iter().flatten().zip(&stored) {
        let asked = call(&stage, "evidence.download")?.with("id", item["id"].as_str().unwrap_or_default());
        expect(at, &stage, &asked, &json!(hex(DigestAlgorithm::Sha256.digest(&row.cms))))?;
    }
    Ok(())
}

/// Evidence of a session of this language, judged by it against the service's root.
fn verified(at: &mut Attempt<'_>, altered: bool) -> Result<(), String> {
    let stage = Stage::new(1, LeafKey::P256)?;
    let begin = stage.sandbox.admin().now_ms() / 1000;
    let seen = at.see(&attempt::session(&stage)?)?;
    equal(&json!("accepted"), &seen["outcome"])?;
    let end = stage.sandbox.admin().now_ms() / 1000;
    let mut stored = stage.sandbox.admin().evidence(&stage.application).map_err(|why| why.to_string())?;
    let mut cms = stored.pop().ok_or("the service keeps no evidence")?.cms;
    if altered && let Some(last) = cms.last_mut() {
        *last ^= 1;
    }
    let (indication, sub_indication) =
        if altered { ("TOTAL_FAILED", Some("SIG_CRYPTO_FAILURE")) } else { ("TOTAL_PASSED", None) };
    let wanted = json!({
        "name": stage.application,
        "signatures": [{
            "indication": indication,
            "sub_indication": sub_indication,
            "signer": hex(DigestAlgorithm::Sha256.digest(&stage.issued.certificate_der)),
            "signing_time_unix_s": want::within(begin - 1, end + 1),
        }],
        "thrown": null,
    });
    at.expect(&cades::with_lists(&stage, cades::verification(&stage, &cms, end + 1)?)?, &wanted)
}
