//! Who calls: bearer token (RFC 6750), address, idempotency key.

use std::net::IpAddr;

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};

use super::Shared;
use crate::connection::Peer;
use crate::domain::application::read::person;
use crate::domain::problem::{Kind, Problem};
use crate::store::applicant::Applicant;

/// A key has at least 128 random bits: 22 letters of base64url.
pub(super) const SHORTEST_KEY: usize = 22;
pub(super) const LONGEST_KEY: usize = 255;

/// The token of the request.
pub(super) struct Bearer(pub(super) String);

impl<S: Send + Sync> FromRequestParts<S> for Bearer {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        bearer(&parts.headers).map(|token| Self(token.to_owned())).ok_or_else(|| Kind::Unauthenticated.into())
    }
}

/// The token, if there is one.
pub(super) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// The person whose token the request has.
pub(super) struct Person(pub(super) Applicant);

impl FromRequestParts<Shared> for Person {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, service: &Shared) -> Result<Self, Problem> {
        let Bearer(token) = Bearer::from_request_parts(parts, service).await?;
        Ok(Self(person(service, &token).await?))
    }
}

/// Where the request comes from.
pub(crate) struct Address(pub(crate) IpAddr);

impl<S: Send + Sync> FromRequestParts<S> for Address {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let peer = parts.extensions.get::<ConnectInfo<Peer>>().ok_or(Kind::Internal)?;
        Ok(Self(peer.0.address.ip()))
    }
}

/// The key that makes a repeated request known.
pub(super) struct IdempotencyKey(pub(super) String);

impl<S: Send + Sync> FromRequestParts<S> for IdempotencyKey {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        idempotency_key(&parts.headers).map(|key| Self(key.to_owned()))
    }
}

/// The key, which must be long enough to be random.
pub(super) fn idempotency_key(headers: &HeaderMap) -> Result<&str, Problem> {
    let key = headers.get("idempotency-key").and_then(|value| value.to_str().ok()).unwrap_or_default();
    if (SHORTEST_KEY..=LONGEST_KEY).contains(&key.len()) {
        Ok(key)
    } else {
        Err(Problem::new(Kind::IdempotencyKeyRequired).with("least_characters", SHORTEST_KEY))
    }
}
