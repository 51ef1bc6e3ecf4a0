//! The applications, their payment, events and evidence.

use kamusm::{
    Code,
    application::{Application, FormState, PaymentState, ProductionState, State},
    event::Event,
    evidence::Evidence,
    payment::{Payer, Payment},
    status::Block,
};
use serde_json::json;

use crate::caller::{Caller, answered, decoded, digest, sent, status};

#[test]
fn applications() {
    let Caller { config, token, number, key } = Caller::new();
    let application = json!({
        "no": "SD-1", "applied_on": "2026-11-01", "reason": "renewal", "status": status(), "state": "production_pending",
        "form": "submitted", "payment": "not_required",
        "production": { "state": "scheduled", "earliest_on": "2027-01-01" },
    });
    let call = Application::read(&config, &token, &number);
    assert_eq!(sent(&call).0, "GET /api/v1/applications/SD-1");
    let read = decoded(&call, &application);
    assert_eq!(
        (read.state, read.form, read.payment),
        (State::ProductionPending, FormState::Submitted, PaymentState::NotRequired)
    );
    assert_eq!(
        (read.production.state, read.production.earliest_on.unwrap()),
        (ProductionState::Scheduled, "2027-01-01".into())
    );
    assert_eq!(read.etag.as_deref(), Some("\"t\""));

    let call = Application::watch(&config, &token, &number, "\"t\"");
    assert_eq!(call.request().header("if-none-match"), Some("\"t\""));
    assert_eq!(call.request().header("prefer"), Some("wait=25"));
    assert!(call.request().timeout_ms > 25_000);
    assert_eq!(answered(&call, 304, &[], "").unwrap(), None);
    assert_eq!(decoded(&call, &application).unwrap().no, "SD-1");
    // Elsewhere an unasked 304 is none of the service's answers.
    let call = Application::cancel(&config, &token, &number, &key);
    assert_eq!(sent(&call), ("POST /api/v1/applications/SD-1/cancellation".into(), json!({})));
    assert_eq!(answered(&call, 304, &[], "").unwrap_err().code(), Code::Redirected);
}

#[test]
fn payment_events_and_evidence() {
    let Caller { config, token, number, key } = Caller::new();
    let call = Payment::read(&config, &token, &number);
    assert_eq!(sent(&call).0, "GET /api/v1/applications/SD-1/payment");
    let payment = decoded(
        &call,
        &json!({
            "state": "pending", "payer": "person", "prepaid": true, "amount_kurus": 60000, "currency": "TRY",
            "body": [{ "kind": "paragraph", "text": "Ödeyin." }], "virtual_pos": true,
        }),
    );
    assert_eq!((payment.payer, payment.amount_kurus), (Payer::Person, 60_000));
    assert_eq!(payment.body, [Block::Paragraph { text: "Ödeyin.".into() }]);
    let call = Payment::start(&config, &token, &number, &key);
    assert_eq!(sent(&call), ("POST /api/v1/applications/SD-1/payment-intents".into(), json!({})));
    let intent = decoded(
        &call,
        &json!({ "id": "p1", "address": "https://basvuru.example/pos/p1", "expires_in": 900 }),
    );
    assert!(!format!("{intent:?}").contains("pos/"));
    let call = Event::list(&config, &token, &number);
    assert_eq!(sent(&call).0, "GET /api/v1/applications/SD-1/events");
    assert_eq!(
        decoded(&call, &json!({ "items": [{ "at": "t", "code": "form_saved", "text": "Kaydedildi" }] }))
            .len(),
        1
    );

    let call = Evidence::list(&config, &token, &number);
    assert_eq!(sent(&call).0, "GET /api/v1/applications/SD-1/evidence");
    let announced = digest(b"cms");
    let listed = decoded(
        &call,
        &json!({ "items": [{
            "id": "e1", "media_type": "application/cms", "length": 3, "digest": announced, "created_at": "t",
        }] }),
    );
    let call = listed[0].download(&config, &token, &number);
    assert_eq!(sent(&call).0, "GET /api/v1/applications/SD-1/evidence/e1");
    assert_eq!(answered(&call, 200, &[("repr-digest", &announced)], "cms").unwrap(), b"cms");
    assert_eq!(
        answered(&call, 200, &[("repr-digest", &announced)], "cmt").unwrap_err().code(),
        Code::DigestMismatch
    );
}
