//! The page's side of a doğrulama kodu.

use axum::Json as Answer;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::body::{Confirmation, SignCode, SignCodeRequest};
use crate::domain::application::sign_code::{self, Proof};
use crate::domain::problem::Problem;
use crate::http::Shared;
use crate::http::caller::{Address, Person};
use crate::http::json::Json;
use crate::http::prefer::Wait;
use crate::http::problem::Refused;

pub(super) fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new()
        .routes(routes!(issue_sign_code))
        .routes(routes!(get_sign_code, withdraw_sign_code))
        .routes(routes!(confirm_sign_code))
}

/// Issue a code
///
/// Earlier codes of the order and their sessions are over.
#[utoipa::path(
    post,
    path = "/api/v1/applications/{no}/sign-codes",
    tag = "applications",
    params(("no" = String, Path), ("Idempotency-Key" = String, Header)),
    request_body = SignCodeRequest,
    responses((status = 201, body = SignCode), (status = "default", response = Refused)),
    security(("person" = []))
)]
async fn issue_sign_code(
    State(service): State<Shared>,
    Path(no): Path<String>,
    Person(person): Person,
    Address(address): Address,
    Json { value, .. }: Json<SignCodeRequest>,
) -> Result<impl IntoResponse, Problem> {
    let whole = sign_code::issue(&service, &person, &no, Proof::Views(&value.view_ids), address).await?;
    let location = format!("/api/v1/applications/{no}/sign-codes/{}", whole.code.id);
    Ok((StatusCode::CREATED, [(header::LOCATION, location)], Answer(SignCode::new(&whole))))
}

/// Watch a code
#[utoipa::path(
    get,
    path = "/api/v1/applications/{no}/sign-codes/{id}",
    tag = "applications",
    params(
        ("no" = String, Path),
        ("id" = String, Path),
        ("Prefer" = Option<String>, Header, description = "`wait=N`, at most 25")
    ),
    responses((status = 200, body = SignCode), (status = "default", response = Refused)),
    security(("person" = []))
)]
async fn get_sign_code(
    State(service): State<Shared>,
    Path((no, id)): Path<(String, String)>,
    Person(person): Person,
    Wait(wait): Wait,
) -> Result<Answer<SignCode>, Problem> {
    let mut watch = service.watch(wait);
    loop {
        let whole = sign_code::read(&service, &person, &no, &id).await?;
        if watch.is_over(&whole).await {
            return Ok(Answer(SignCode::new(&whole)));
        }
    }
}

/// Take a code back, and the session that it was redeemed for
#[utoipa::path(
    delete,
    path = "/api/v1/applications/{no}/sign-codes/{id}",
    tag = "applications",
    params(("no" = String, Path), ("id" = String, Path)),
    responses((status = 204), (status = "default", response = Refused)),
    security(("person" = []))
)]
async fn withdraw_sign_code(
    State(service): State<Shared>,
    Path((no, id)): Path<(String, String)>,
    Person(person): Person,
) -> Result<StatusCode, Problem> {
    sign_code::withdraw(&service, &person, &no, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Answer "Evet, benim" or "Bu ben değilim"
#[utoipa::path(
    put,
    path = "/api/v1/applications/{no}/sign-codes/{id}/confirmation",
    tag = "applications",
    params(("no" = String, Path), ("id" = String, Path)),
    request_body = Confirmation,
    responses((status = 200, body = SignCode), (status = "default", response = Refused)),
    security(("person" = []))
)]
async fn confirm_sign_code(
    State(service): State<Shared>,
    Path((no, id)): Path<(String, String)>,
    Person(person): Person,
    Json { value, .. }: Json<Confirmation>,
) -> Result<Answer<SignCode>, Problem> {
    sign_code::confirm(&service, &person, &no, &id, value.confirmed).await?;
    Ok(Answer(SignCode::new(&sign_code::read(&service, &person, &no, &id).await?)))
}
