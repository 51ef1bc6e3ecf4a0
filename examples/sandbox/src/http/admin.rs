//! The tests' door over HTTP, for programs in other languages: `/admin/v1`, from this machine and with the admin token.
//! Outside the protocol's description.
//!
//! | Operation | Body |
//! |---|---|
//! | POST `/clock` | `{"advance_seconds": 150}` |
//! | POST `/persons/{tckn}/orders` | `{"no": "SD-20001", "texts": 10, "form": [["Ünvan", "Mühendis"]]}` |
//! | PUT `/institutions/{id}` | `{"name": "Deneme Kurumu", "officers": ["10000011036"]}` |
//! | POST `/persons/{tckn}/tokens` | – ; answers `{"token"}` |
//! | POST `/persons/{tckn}/certificates` | `{"key": "p256"}`, also `p384`, `rsa2048`; answers PEM and digest |
//! | PUT `/certificates/{digest}/status` | `{"status": "good"}`, also `revoked`, `unknown`; the digest in hexadecimal |
//! | POST `/orders/{no}/sign-codes` | – ; answers `{"id", "code"}` |
//! | POST `/orders/{no}/steps` | `{"step": "pay"}`, also `cancel` (by the institution), `produce` (its next step) |
//! | PUT `/switches` | any of `maintenance`, `ocsp_down`, `hold_decisions`, `redeem_confirmation`, `spoof`, `sms_gateway_down`, `sms_lost`, `sms_delay_seconds`, `nvi_down` |
//! | POST `/erasures` | – ; erases what is over and answers `{"erased"}` |
//! | GET `/outbox` | – ; answers `{"items": [{"kind", "to", "text", "created_at"}]}`: the SMS and mails that arrived |
//! | POST, DELETE `/faults` | a rule: `{"method": "PUT", "path_end": "/submission", "kind": "drop_after", "times": 1}` |

use axum::extract::{ConnectInfo, Path, Request, State};
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post, put};
use axum::{Json as Answer, Router};
use kamusm_test_ca::{LeafKey, LeafSpec, certificate_pem, private_key_pem};
use serde::Deserialize;
use serde_json::{Value, json};
use std::time::Duration;

use super::Shared;
use super::caller::bearer;
use super::json::Json;
use crate::connection::Peer;
use crate::domain::control::{self, CertificateStatus, OrderStep};
use crate::domain::digest::sha256;
use crate::domain::fault::{FaultRule, Spoof};
use crate::domain::pki::{Ocsp, issue};
use crate::domain::problem::{Kind, Problem};
use crate::domain::retention;
use crate::domain::secret::same;
use crate::domain::seed::{Institution, Order, add_institution};
use crate::domain::service::RedeemConfirmation;
use crate::domain::time::rfc3339;

pub(super) fn routes(service: &Shared) -> Router<Shared> {
    let door = Router::new()
        .route("/clock", post(clock))
        .route("/persons/{tckn}/orders", post(order))
        .route("/institutions/{id}", put(institution))
        .route("/persons/{tckn}/tokens", post(token))
        .route("/persons/{tckn}/certificates", post(certificate))
        .route("/certificates/{digest}/status", put(status))
        .route("/orders/{no}/sign-codes", post(sign_code))
        .route("/orders/{no}/steps", post(order_step))
        .route("/switches", put(switches))
        .route("/outbox", get(outbox))
        .route("/erasures", post(erase))
        .route("/faults", post(add_fault).delete(clear_faults))
        .layer(from_fn_with_state(service.clone(), guard));
    Router::new().nest("/admin/v1", door)
}

async fn guard(State(service): State<Shared>, request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<Peer>>();
    let is_here = peer.is_some_and(|peer| peer.0.address.ip().to_canonical().is_loopback());
    let token = bearer(request.headers()).unwrap_or_default();
    if !is_here {
        return Problem::new(Kind::Forbidden).into_response();
    }
    if !same(token.as_bytes(), service.admin_token.as_bytes()) {
        return Problem::new(Kind::Unauthenticated).into_response();
    }
    next.run(request).await
}

#[derive(Deserialize)]
struct Advance {
    advance_seconds: u32,
}

async fn clock(State(service): State<Shared>, Json { value, .. }: Json<Advance>) -> StatusCode {
    service.clock.advance(Duration::from_secs(value.advance_seconds.into()));
    StatusCode::NO_CONTENT
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewOrder {
    no: String,
    texts: u8,
    /// Label and value; the texts are composed of them and checked as those of any other order.
    form: Vec<(String, String)>,
}

async fn order(
    State(service): State<Shared>,
    Path(tckn): Path<String>,
    Json { value, .. }: Json<NewOrder>,
) -> Result<StatusCode, Problem> {
    let NewOrder { no, texts, form } = value;
    control::add_order(&service, &tckn, Order { texts, form, ..Order::ready(&no) }).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewInstitution {
    name: String,
    officers: Vec<String>,
}

async fn institution(
    State(service): State<Shared>,
    Path(id): Path<String>,
    Json { value: NewInstitution { name, officers }, .. }: Json<NewInstitution>,
) -> Result<StatusCode, Problem> {
    add_institution(&service, &Institution { id, name, officers }).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn token(State(service): State<Shared>, Path(tckn): Path<String>) -> Result<Answer<Value>, Problem> {
    Ok(Answer(json!({ "token": control::person_token(&service, &tckn).await? })))
}

#[derive(Deserialize)]
struct CertificateRequest {
    key: KeyKind,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum KeyKind {
    P256,
    P384,
    Rsa2048,
}

async fn certificate(
    State(service): State<Shared>,
    Path(tckn): Path<String>,
    Json { value, .. }: Json<CertificateRequest>,
) -> Result<Answer<Value>, Problem> {
    let key = match value.key {
        KeyKind::P256 => LeafKey::P256,
        KeyKind::P384 => LeafKey::P384,
        KeyKind::Rsa2048 => LeafKey::Rsa2048,
    };
    let spec = LeafSpec { key, ..control::leaf_spec(&service, &tckn).await? };
    let issued = issue::issue(&service, spec).await?;
    let digest = sha256(&issued.certificate_der).map(|octet| format!("{octet:02x}")).concat();
    Ok(Answer(json!({
        "certificate": certificate_pem(&issued.certificate_der),
        "private_key": private_key_pem(&issued.private_key_pkcs8_der).as_str(),
        "digest": digest,
    })))
}

#[derive(Deserialize)]
struct StatusChange {
    status: CertificateStatus,
}

async fn status(
    State(service): State<Shared>,
    Path(digest): Path<String>,
    Json { value, .. }: Json<StatusChange>,
) -> Result<StatusCode, Problem> {
    let pairs = digest.as_bytes().chunks(2).map(|pair| std::str::from_utf8(pair).ok());
    let octets = pairs.map(|pair| pair.and_then(|pair| u8::from_str_radix(pair, 16).ok()));
    let hash: Vec<u8> = octets.collect::<Option<_>>().ok_or(Kind::NotFound)?;
    control::set_certificate_status(&service, &hash, value.status).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn sign_code(State(service): State<Shared>, Path(no): Path<String>) -> Result<Answer<Value>, Problem> {
    let (id, code) = control::issue_sign_code(&service, &no).await?;
    Ok(Answer(json!({ "id": id, "code": code })))
}

#[derive(Deserialize)]
struct StepRequest {
    step: OrderStep,
}

async fn order_step(
    State(service): State<Shared>,
    Path(no): Path<String>,
    Json { value, .. }: Json<StepRequest>,
) -> Result<StatusCode, Problem> {
    control::step_order(&service, &no, value.step).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Switches {
    maintenance: Option<bool>,
    ocsp_down: Option<bool>,
    hold_decisions: Option<bool>,
    redeem_confirmation: Option<RedeemConfirmation>,
    spoof: Option<Spoof>,
    sms_gateway_down: Option<bool>,
    sms_lost: Option<bool>,
    sms_delay_seconds: Option<u32>,
    nvi_down: Option<bool>,
}

async fn switches(State(service): State<Shared>, Json { value, .. }: Json<Switches>) -> StatusCode {
    if let Some(is_in_maintenance) = value.maintenance {
        service.set_maintenance(is_in_maintenance);
    }
    if let Some(is_down) = value.ocsp_down {
        service.pki.set_ocsp(if is_down { Ocsp::Down } else { Ocsp::Up });
    }
    if let Some(hold) = value.hold_decisions {
        service.hold_decisions(hold);
    }
    if let Some(policy) = value.redeem_confirmation {
        service.set_confirmation(policy);
    }
    if let Some(spoof) = value.spoof {
        service.set_spoof(spoof);
    }
    if let Some(is_down) = value.sms_gateway_down {
        service.outages.set_sms_gateway_down(is_down);
    }
    if let Some(are_lost) = value.sms_lost {
        service.outages.set_sms_lost(are_lost);
    }
    if let Some(seconds) = value.sms_delay_seconds {
        service.outages.set_sms_delay(seconds);
    }
    if let Some(is_down) = value.nvi_down {
        service.outages.set_nvi_down(is_down);
    }
    StatusCode::NO_CONTENT
}

async fn outbox(State(service): State<Shared>) -> Result<Answer<Value>, Problem> {
    let items = control::outbox(&service).await?.into_iter().map(|message| {
        json!({
            "kind": message.kind.name(),
            "to": message.to,
            "text": message.text,
            "created_at": rfc3339(message.created_at),
        })
    });
    Ok(Answer(json!({ "items": items.collect::<Vec<_>>() })))
}

async fn erase(State(service): State<Shared>) -> Result<Answer<Value>, Problem> {
    Ok(Answer(json!({ "erased": retention::erase(&service).await? })))
}

async fn add_fault(State(service): State<Shared>, Json { value, .. }: Json<FaultRule>) -> StatusCode {
    service.faults.add(value);
    StatusCode::NO_CONTENT
}

async fn clear_faults(State(service): State<Shared>) -> StatusCode {
    service.faults.clear();
    StatusCode::NO_CONTENT
}
