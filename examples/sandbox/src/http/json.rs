//! JSON bodies: type, size, digest, form, in this order.

use axum::body::{Bytes, to_bytes};
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, header};
use serde::de::DeserializeOwned;

use super::JSON_OCTETS;
use crate::domain::digest::{ContentDigest, check};
use crate::domain::problem::{Kind, Problem};

const CONTENT_DIGEST: &str = "content-digest";

/// A body of at most 256 KiB with the octets it came in; its `Content-Digest` is checked if there is one.
pub(super) struct Json<T> {
    pub(super) value: T,
    pub(super) octets: Bytes,
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        is_json(&parts.headers)?;
        let octets = read(&parts.headers, body, JSON_OCTETS).await?;
        check_digest(&parts.headers, &octets)?;
        Ok(Self { value: parse(&octets)?, octets })
    }
}

/// Refuses what is not declared as JSON.
pub(super) fn is_json(headers: &HeaderMap) -> Result<(), Problem> {
    let declared =
        headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let media_type = declared.split(';').next().unwrap_or_default().trim();
    if media_type.eq_ignore_ascii_case("application/json") {
        Ok(())
    } else {
        Err(Kind::UnsupportedMediaType.into())
    }
}

/// Reads a body that must not be longer than this.
pub(super) async fn read(
    headers: &HeaderMap,
    body: axum::body::Body,
    limit: usize,
) -> Result<Bytes, Problem> {
    let too_large = || Problem::new(Kind::TooLarge).with("limit", limit);
    let declared = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok());
    if declared.and_then(|value| value.parse::<usize>().ok()).is_some_and(|length| length > limit) {
        return Err(too_large());
    }
    // What fails otherwise is a connection that broke: nobody is there to read an answer.
    to_bytes(body, limit).await.map_err(|_| too_large())
}

/// A digest that is there must be right.
pub(super) fn check_digest(headers: &HeaderMap, octets: &[u8]) -> Result<(), Problem> {
    match headers.get(CONTENT_DIGEST) {
        None => Ok(()),
        Some(_) => require_digest(headers, octets),
    }
}

/// The digest must be there and right.
pub(super) fn require_digest(headers: &HeaderMap, octets: &[u8]) -> Result<(), Problem> {
    let malformed = |reason: &str| {
        Err(Problem::new(Kind::Malformed).with("header", CONTENT_DIGEST).with("reason", reason))
    };
    let Some(digest) = headers.get(CONTENT_DIGEST) else { return malformed("missing") };
    match digest.to_str().map(|digest| check(digest, octets)) {
        Ok(ContentDigest::Right) => Ok(()),
        Ok(ContentDigest::Wrong) => malformed("differs"),
        Ok(ContentDigest::Unusable) | Err(_) => malformed("unusable"),
    }
}

/// Reads JSON; the problem tells the place, never the content.
pub(super) fn parse<T: DeserializeOwned>(octets: &[u8]) -> Result<T, Problem> {
    // Serde would take an array too, as the members in their order.
    if !octets.trim_ascii_start().starts_with(b"{") {
        return Err(Problem::new(Kind::Malformed).with("line", 1).with("column", 1));
    }
    serde_json::from_slice(octets).map_err(|error| {
        Problem::new(Kind::Malformed).with("line", error.line()).with("column", error.column())
    })
}
