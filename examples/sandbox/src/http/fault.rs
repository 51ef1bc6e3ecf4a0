//! Carries out the faults that were asked for; the outermost layer, so that what it breaks stays broken.

use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http_body::Frame;
use serde_json::Value;

use super::Shared;
use crate::connection::Peer;
use crate::domain::digest::{field, sha256};
use crate::domain::fault::{Fault, Place};

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
        fault => broken(next.run(request).await, &fault).await,
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

fn dropped(peer: Option<Peer>) -> Response {
    if let Some(peer) = peer {
        peer.cut();
    }
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}

/// The answer with another body.
async fn broken(response: Response, fault: &Fault) -> Response {
    let (mut parts, body) = response.into_parts();
    let Ok(octets) = to_bytes(body, LARGEST).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    parts.headers.remove(header::CONTENT_LENGTH);
    let body = match fault {
        Fault::Truncate => {
            parts.headers.insert(header::CONTENT_LENGTH, octets.len().into());
            Body::new(Half { rest: Some(octets.slice(..octets.len() / 2)) })
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

/// A body that breaks off.
struct Half {
    rest: Option<Bytes>,
}

/// The connection broke.
#[derive(Debug, thiserror::Error)]
#[error("broken off on demand")]
struct BrokenOff;

impl http_body::Body for Half {
    type Data = Bytes;
    type Error = BrokenOff;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BrokenOff>>> {
        Poll::Ready(Some(match self.rest.take() {
            Some(half) => Ok(Frame::data(half)),
            None => Err(BrokenOff),
        }))
    }
}
