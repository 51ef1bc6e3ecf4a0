//! `Idempotency-Key` on POST: missing 400, other payload 422, in flight 409, else the same answer again.
//!
//! What a request writes and its answer are one transaction: a crash leaves both or neither. A refusal keeps no answer,
//! so it is decided anew.
//! The redemption knows its repeats by the session itself and is left out here.

use std::collections::HashSet;
use std::sync::LazyLock;

use axum::body::{Body, to_bytes};
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use super::caller::{bearer, idempotency_key};
use super::json;
use super::{JSON_OCTETS, Shared};
use crate::domain::digest::sha256;
use crate::domain::problem::{Kind, Problem};
use crate::domain::secret::same;
use crate::domain::service::Service;
use crate::store::idempotency::{self, Entry};
use crate::store::unit::Unit;

const SEAL: &str = "idempotency";
const REDEMPTION: &str = "/api/v1/sign-sessions";
const KEPT_HEADERS: [HeaderName; 2] = [header::CONTENT_TYPE, header::LOCATION];
/// Codes are used once, so a repeated request is known by them (RFC 6749, 4.1.2).
const OAUTH: &str = "/oauth/";
/// Whoever signs in has no token yet: the key alone is the caller.
const SIGN_IN: &str = "/api/v1/auth/";
const LARGEST_ANSWER: usize = 1024 * 1024;

/// What is kept of an answer, sealed: it may hold a code.
#[derive(Deserialize, Serialize)]
struct Kept {
    headers: Vec<(String, String)>,
    body: String,
}

/// Where a key counts: the caller, the operation, the key.
struct Place {
    scope: [u8; 32],
    key: [u8; 32],
}

/// Answers a repeated POST as the first one was answered.
pub(super) async fn replay(State(service): State<Shared>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    if !is_posted(&request) || path == REDEMPTION || path.starts_with(OAUTH) {
        return next.run(request).await;
    }
    answer(&service, request, next).await.unwrap_or_else(IntoResponse::into_response)
}

/// Whether it is a POST to a path that takes one; on another path it is no request of ours, and HTTP refuses it.
fn is_posted(request: &Request) -> bool {
    static PATHS: LazyLock<HashSet<String>> = LazyLock::new(|| {
        let paths = super::description().paths.paths;
        paths.into_iter().filter(|(_, path)| path.post.is_some()).map(|(name, _)| name).collect()
    });
    let path = request.extensions().get::<MatchedPath>();
    request.method() == Method::POST && path.is_some_and(|path| PATHS.contains(path.as_str()))
}

async fn answer(service: &Service, request: Request, next: Next) -> Result<Response, Problem> {
    let (parts, body) = request.into_parts();
    let caller = match bearer(&parts.headers) {
        Some(token) => token,
        None if parts.uri.path().starts_with(SIGN_IN) => "",
        None => return Err(Kind::Unauthenticated.into()),
    };
    let key = sha256(idempotency_key(&parts.headers)?.as_bytes());
    let scope = sha256(format!("{caller}\0{}", parts.uri.path()).as_bytes());
    let place = Place { scope, key };
    let octets = json::read(&parts.headers, body, JSON_OCTETS).await?;
    let payload_hash = service.keys.payload_hash(&octets);
    let Some(_in_flight) = service.in_flight.begin(place.scope, place.key) else {
        return Err(in_flight());
    };
    if let Some(before) = known(service, &place).await? {
        if !same(&before.payload_hash, &payload_hash) {
            return Err(Kind::IdempotencyKeyReused.into());
        }
        return reopen(service, &before);
    }
    let unit = Unit::default();
    let response = unit.scope(next.run(Request::from_parts(parts, Body::from(octets)))).await;
    if response.status() == StatusCode::INTERNAL_SERVER_ERROR {
        return Ok(response);
    }
    let response = unit.scope(keep(service, &place, payload_hash, response)).await?;
    unit.commit().await?;
    // Who was woken before saw nothing yet.
    service.changed();
    Ok(response)
}

async fn known(service: &Service, place: &Place) -> Result<Option<Entry>, Problem> {
    let mut connection = service.store.read().await?;
    Ok(idempotency::get(&mut connection, &place.scope, &place.key).await?)
}

fn in_flight() -> Problem {
    Problem::new(Kind::IdempotencyInFlight).after(1)
}

fn reopen(service: &Service, before: &Entry) -> Result<Response, Problem> {
    let kept = service.keys.open(SEAL, &before.sealed).ok_or(Kind::Internal)?;
    let kept: Kept = serde_json::from_slice(&kept).map_err(|_| Kind::Internal)?;
    let body = STANDARD.decode(&kept.body).map_err(|_| Kind::Internal)?;
    let status = StatusCode::from_u16(before.status).map_err(|_| Kind::Internal)?;
    let mut response = (status, body).into_response();
    response.headers_mut().remove(header::CONTENT_TYPE);
    for (name, value) in &kept.headers {
        let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| Kind::Internal)?;
        response.headers_mut().insert(name, HeaderValue::from_str(value).map_err(|_| Kind::Internal)?);
    }
    Ok(response)
}

async fn keep(
    service: &Service,
    place: &Place,
    payload_hash: Vec<u8>,
    response: Response,
) -> Result<Response, Problem> {
    if !response.status().is_success() {
        return Ok(response);
    }
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, LARGEST_ANSWER).await.map_err(|_| Kind::Internal)?;
    let headers = KEPT_HEADERS.iter().filter_map(|name| {
        let value = parts.headers.get(name)?.to_str().ok()?;
        Some((name.to_string(), value.to_owned()))
    });
    let kept = Kept { headers: headers.collect(), body: STANDARD.encode(&body) };
    let kept = serde_json::to_vec(&kept).map_err(|_| Kind::Internal)?;
    let entry = Entry { payload_hash, status: parts.status.as_u16(), sealed: service.keys.seal(SEAL, &kept) };
    let mut transaction = service.store.begin().await?;
    if !idempotency::insert(&mut transaction, &place.scope, &place.key, &entry, service.now()).await? {
        // Another process over the same database was first: nothing of this is written.
        return Err(in_flight());
    }
    transaction.commit().await?;
    Ok(Response::from_parts(parts, Body::from(body)))
}
