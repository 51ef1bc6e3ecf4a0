//! Carries out the faults that were asked for; the outermost layer, so that what it breaks stays broken.

mod body;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::Value;

use self::body::{Half, Slow};
use super::Shared;
use crate::connection::Peer;
use crate::domain::digest::{field, sha256};
use crate::domain::fault::{Fault, Place};
use crate::domain::time::{http_date, rfc3339};

const LARGEST: usize = 4 * 1024 * 1024;

/// Answers with the fault that waits for this request, if there is one.
pub(super) async fn inject(State(service): State<Shared>, request: Request, next: Next) -> Response {
    let fault = service.faults.take(Place::Outside, request.method().as_str(), request.uri().path());
    let Some(fault) = fault else { return next.run(request).await };
    let peer = request.extensions().get::<ConnectInfo<Peer>>().map(|peer| peer.0.clone());
    match fault {
        Fault::Status { status } => {
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            (status, [(header::RETRY_AFTER, "1")], "arıza").into_response()
        }
        Fault::DropBefore => dropped(peer),
        Fault::DropAfter => {
            next.run(request).await;
            dropped(peer)
        }
        Fault::KillBefore => killed(&service, peer),
        Fault::KillAfter => {
            next.run(request).await;
            killed(&service, peer)
        }
        Fault::Duplicate => {
            let (parts, body) = request.into_parts();
            let Ok(octets) = to_bytes(body, LARGEST).await else {
                return StatusCode::INTERNAL_SERVER_ERROR.into_response();
            };
            let again = || Request::from_parts(parts.clone(), Body::from(octets.clone()));
            next.clone().run(again()).await;
            next.run(again()).await
        }
        Fault::ClockSkew { seconds } => {
            let other = service.now() + seconds * 1000;
            let mut response = next.run(request).await;
            for pointer in ["/server_time", "/session/server_time"] {
                let value = Value::from(rfc3339(other));
                let fault = Fault::Json { pointer: pointer.to_owned(), value };
                response = broken(&service, response, &fault).await;
            }
            if let Ok(date) = HeaderValue::from_str(&http_date(other)) {
                response.headers_mut().insert(header::DATE, date);
            }
            response
        }
        Fault::CaptivePortal => {
            let page = "<!doctype html><title>Otel</title><form>Oda numarası <input></form>";
            ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response()
        }
        Fault::Redirect { location } => {
            let location = HeaderValue::from_str(&location).unwrap_or(HeaderValue::from_static("/"));
            (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, location)]).into_response()
        }
        Fault::WrongDigest => {
            let mut response = next.run(request).await;
            let digest = HeaderValue::from_str(&field(&sha256(b"baska")));
            if let Ok(digest) = digest {
                response.headers_mut().insert(HeaderName::from_static("repr-digest"), digest);
            }
            response
        }
        fault => broken(&service, next.run(request).await, &fault).await,
    }
}

/// Lets a request wait, or fail, while it is in flight.
pub(super) async fn delay(State(service): State<Shared>, request: Request, next: Next) -> Response {
    let fault = service.faults.take(Place::Inside, request.method().as_str(), request.uri().path());
    match fault {
        Some(Fault::Latency { seconds }) => {
            service.clock.reached(service.now() + i64::from(seconds) * 1000).await;
        }
        Some(Fault::Panic) => panic!("a defect was asked for"),
        _ => {}
    }
    next.run(request).await
}

/// The first part of a body; then the connection breaks.
pub(super) fn half(octets: Bytes) -> Body {
    Body::new(Half { rest: Some(octets) })
}

fn dropped(peer: Option<Peer>) -> Response {
    if let Some(peer) = peer {
        peer.cut();
    }
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}

/// Ends the program as a crash does.
fn killed(service: &Shared, peer: Option<Peer>) -> Response {
    if service.faults.may_abort() {
        std::process::abort();
    }
    dropped(peer)
}

/// The answer with another body.
async fn broken(service: &Shared, response: Response, fault: &Fault) -> Response {
    let (mut parts, body) = response.into_parts();
    let Ok(octets) = to_bytes(body, LARGEST).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    parts.headers.remove(header::CONTENT_LENGTH);
    let body = match fault {
        Fault::Truncate => {
            parts.headers.insert(header::CONTENT_LENGTH, octets.len().into());
            half(octets.slice(..octets.len() / 2))
        }
        Fault::SlowBody { seconds } => {
            let (service, until) = (service.clone(), service.now() + i64::from(*seconds) * 1000);
            let half = octets.len() / 2;
            Body::new(Slow {
                first: Some(octets.slice(..half)),
                rest: Some(octets.slice(half..)),
                wait: Box::pin(async move { service.clock.reached(until).await }),
            })
        }
        Fault::Garbage => Body::from("{\"state\": \"op"),
        Fault::Oversize { octets: spaces } => {
            let spaces = usize::try_from(*spaces).unwrap_or(LARGEST);
            Body::from([vec![b' '; spaces], octets.to_vec()].concat())
        }
        Fault::Json { pointer, value } => Body::from(replaced(&octets, pointer, value)),
        _ => Body::from(octets),
    };
    Response::from_parts(parts, body)
}

fn replaced(octets: &[u8], pointer: &str, value: &Value) -> Vec<u8> {
    let Ok(mut document) = serde_json::from_slice::<Value>(octets) else { return octets.to_vec() };
    if let Some(member) = document.pointer_mut(pointer) {
        *member = value.clone();
    }
    document.to_string().into_bytes()
}
