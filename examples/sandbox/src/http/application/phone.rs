//! The SMS code of an order.

use axum::Json as Answer;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::body::Empty;
use crate::domain::application::phone;
use crate::domain::mask;
use crate::domain::problem::Problem;
use crate::http::Shared;
use crate::http::caller::Person;
use crate::http::json::Json;
use crate::http::problem::Refused;

pub(super) fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new().routes(routes!(send_sms_code)).routes(routes!(try_sms_code))
}

/// A code that was sent.
#[derive(Serialize, ToSchema)]
struct PhoneVerification {
    id: String,
    /// Masked.
    gsm: String,
    /// Seconds left to type it.
    expires_in: u32,
    attempts_left: i64,
    /// Seconds until another one can be asked for.
    resend_in: u32,
}

/// Send a code to the mobile telephone of the form
///
/// Codes that were sent before are over. One a minute, five an hour.
#[utoipa::path(
    post,
    path = "/api/v1/applications/{no}/phone-verifications",
    tag = "applications",
    params(("no" = String, Path), ("Idempotency-Key" = String, Header)),
    request_body = Empty,
    responses((status = 201, body = PhoneVerification), (status = "default", response = Refused)),
    security(("person" = []))
)]
async fn send_sms_code(
    State(service): State<Shared>,
    Path(no): Path<String>,
    Person(person): Person,
    Json { value: Empty {}, .. }: Json<Empty>,
) -> Result<impl IntoResponse, Problem> {
    let sent = phone::send(&service, &person, &no).await?;
    let body = PhoneVerification {
        id: sent.id,
        gsm: mask::gsm(&sent.gsm),
        expires_in: phone::LIFETIME_S,
        attempts_left: sent.attempts_left,
        resend_in: phone::RESEND_S,
    };
    Ok((StatusCode::CREATED, Answer(body)))
}

/// What the person typed.
#[derive(Deserialize, ToSchema)]
struct Attempt {
    /// Six digits.
    code: String,
}

/// The code was right.
#[derive(Serialize, ToSchema)]
struct Verified {
    verified: bool,
}

/// Try a code
///
/// A wrong one counts, three times.
#[utoipa::path(
    post,
    path = "/api/v1/applications/{no}/phone-verifications/{id}/attempts",
    tag = "applications",
    params(("no" = String, Path), ("id" = String, Path), ("Idempotency-Key" = String, Header)),
    request_body = Attempt,
    responses((status = 200, body = Verified), (status = "default", response = Refused)),
    security(("person" = []))
)]
async fn try_sms_code(
    State(service): State<Shared>,
    Path((no, id)): Path<(String, String)>,
    Person(person): Person,
    Json { value, .. }: Json<Attempt>,
) -> Result<Answer<Verified>, Problem> {
    phone::attempt(&service, &person, &no, &id, &value.code).await?;
    Ok(Answer(Verified { verified: true }))
}
