//! Parameters of an address and of a form, `application/x-www-form-urlencoded`; a wrong one is told as a problem.

use axum::body::Body;
use axum::extract::rejection::FormRejection;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

use super::{JSON_OCTETS, json};
use crate::domain::problem::{Kind, Problem};

/// The parameters of the address.
pub(super) struct Parameters<T>(pub(super) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Parameters<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let read = axum::extract::Query::from_request_parts(parts, state).await;
        read.map(|axum::extract::Query(value)| Self(value)).map_err(|_| Kind::Malformed.into())
    }
}

/// The fields of a form.
pub(super) struct Form<T>(pub(super) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Form<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        let octets = json::read(&parts.headers, body, JSON_OCTETS).await?;
        let request = Request::from_parts(parts, Body::from(octets));
        match axum::Form::from_request(request, state).await {
            Ok(axum::Form(value)) => Ok(Self(value)),
            Err(FormRejection::InvalidFormContentType(_)) => Err(Kind::UnsupportedMediaType.into()),
            Err(_) => Err(Kind::Malformed.into()),
        }
    }
}
