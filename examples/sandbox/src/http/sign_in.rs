//! Sign-in (protocol, section 3): by e-imza, and by e-Devlet as OAuth 2.0.

mod body;
mod edevlet;

use axum::Json as Answer;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use self::body::{Challenge, ChallengeRequest, SignedIn, SignedText};
use super::Shared;
use super::caller::Address;
use super::json::Json;
use super::problem::Refused;
use crate::domain::problem::{Kind, Problem};
use crate::domain::sign_in::eimza;

pub(super) fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new()
        .routes(routes!(begin_sign_in))
        .routes(routes!(finish_sign_in))
        .merge(edevlet::routes())
}

/// Get a text to sign in with
///
/// Signed within its time and once, it opens the account of the certificate's person.
#[utoipa::path(
    post,
    path = "/api/v1/auth/eimza/challenges",
    tag = "sign-in",
    params(("Idempotency-Key" = String, Header)),
    request_body = ChallengeRequest,
    responses((status = 201, body = Challenge), (status = "default", response = Refused))
)]
async fn begin_sign_in(
    State(service): State<Shared>,
    Address(address): Address,
    Json { .. }: Json<ChallengeRequest>,
) -> Result<impl IntoResponse, Problem> {
    let challenge = eimza::begin(&service, address).await?;
    let location = format!("/api/v1/auth/eimza/challenges/{}", challenge.id);
    Ok((StatusCode::CREATED, [(header::LOCATION, location)], Answer(Challenge::new(&challenge))))
}

/// Sign in with the signed text
///
/// A refused signature leaves the text to be signed again until its time is over.
#[utoipa::path(
    put,
    path = "/api/v1/auth/eimza/challenges/{id}/response",
    tag = "sign-in",
    params(("id" = String, Path)),
    request_body = SignedText,
    responses((status = 200, body = SignedIn), (status = "default", response = Refused))
)]
async fn finish_sign_in(
    State(service): State<Shared>,
    Path(id): Path<String>,
    Address(address): Address,
    Json { value, .. }: Json<SignedText>,
) -> Result<Answer<SignedIn>, Problem> {
    let cms =
        STANDARD.decode(&value.cms).map_err(|_| Problem::new(Kind::Malformed).with("pointer", "/cms"))?;
    Ok(Answer(SignedIn::new(eimza::finish(&service, &id, &cms, address).await?)))
}
