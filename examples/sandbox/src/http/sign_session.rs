//! The sign session (protocol, section 3): from the code to the receipt.

mod body;
mod submission;

use axum::Json as Answer;
use axum::extract::{Path, State};
use axum::http::{HeaderName, StatusCode, header};
use axum::response::IntoResponse;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use self::body::{Cancellation, CertificateCheck, CertificateChecked, Redeemed, Redemption, Session};
use super::Shared;
use super::caller::{Address, Bearer, IdempotencyKey};
use super::json::Json;
use super::prefer::Wait;
use super::problem::Refused;
use crate::domain::digest::field;
use crate::domain::problem::{Kind, Problem};
use crate::domain::session::{cancel, certificate_check, read, redeem, window};
use crate::domain::text;

pub(super) fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new()
        .routes(routes!(redeem_code))
        .routes(routes!(get_session))
        .routes(routes!(get_document))
        .routes(routes!(start_window))
        .routes(routes!(check_certificate))
        .routes(routes!(extend_window))
        .routes(routes!(cancel_session))
        .merge(submission::routes())
}

/// Redeem a code
///
/// The code is the only credential. The same key and body give the same session and token again.
#[utoipa::path(
    post,
    path = "/api/v1/sign-sessions",
    tag = "sign session",
    params(("Idempotency-Key" = String, Header, description = "At least 22 random characters")),
    request_body = Redemption,
    responses((status = 201, body = Redeemed), (status = "default", response = Refused))
)]
async fn redeem_code(
    State(service): State<Shared>,
    Address(address): Address,
    IdempotencyKey(key): IdempotencyKey,
    Json { value, octets }: Json<Redemption>,
) -> Result<impl IntoResponse, Problem> {
    let accept = value.accept.unwrap_or_default();
    let redeemed = redeem::redeem(
        &service,
        &redeem::Redemption {
            code: &value.code,
            client_name: &value.client.name,
            client_version: &value.client.version,
            sdk_version: value.client.sdk_version.as_deref(),
            profiles: accept.profiles.as_deref(),
            digests: accept.digests.as_deref(),
            idempotency_key: &key,
            payload: &octets,
            address,
        },
    )
    .await?;
    let whole = read::by_id(&service, &redeemed.session).await?;
    let location = format!("/api/v1/sign-sessions/{}", redeemed.session);
    let body =
        Redeemed { session: Session::new(&service, &whole), token: redeemed.token, token_type: "Bearer" };
    Ok((StatusCode::CREATED, [(header::LOCATION, location)], Answer(body)))
}

/// Read the session
///
/// With `Prefer: wait=N` the answer comes when the state has changed, or after N seconds.
#[utoipa::path(
    get,
    path = "/api/v1/sign-sessions/{sid}",
    tag = "sign session",
    params(("sid" = String, Path), ("Prefer" = Option<String>, Header, description = "`wait=N`, at most 25")),
    responses((status = 200, body = Session), (status = "default", response = Refused)),
    security(("session" = []))
)]
async fn get_session(
    State(service): State<Shared>,
    Path(id): Path<String>,
    Bearer(token): Bearer,
    Wait(wait): Wait,
) -> Result<Answer<Session>, Problem> {
    let mut watch = service.watch(wait);
    loop {
        let whole = read::read(&service, &id, &token).await?;
        if watch.is_over(&whole).await {
            return Ok(Answer(Session::new(&service, &whole)));
        }
    }
}

/// Read a text to sign
///
/// Exactly the octets that are shown and signed.
#[utoipa::path(
    get,
    path = "/api/v1/sign-sessions/{sid}/documents/{n}",
    tag = "sign session",
    params(("sid" = String, Path), ("n" = u32, Path, description = "Counted from one")),
    responses(
        (status = 200, content_type = "text/plain", body = String,
            headers(("Repr-Digest" = String, description = "RFC 9530, sha-256"))),
        (status = "default", response = Refused)
    ),
    security(("session" = []))
)]
async fn get_document(
    State(service): State<Shared>,
    Path((id, place)): Path<(String, String)>,
    Bearer(token): Bearer,
) -> Result<impl IntoResponse, Problem> {
    let place = place.parse().map_err(|_| Kind::NotFound)?;
    let document = read::text(&service, &id, &token, place).await?;
    let digest = field(&document.digest);
    let headers = [
        (header::CONTENT_TYPE, text::MEDIA_TYPE.to_owned()),
        (HeaderName::from_static("repr-digest"), digest),
    ];
    Ok((headers, document.content))
}

/// Start the 150 seconds
///
/// After the texts arrived and their digests were checked. A second start changes nothing.
#[utoipa::path(
    post,
    path = "/api/v1/sign-sessions/{sid}/window",
    tag = "sign session",
    params(("sid" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = Session), (status = "default", response = Refused)),
    security(("session" = []))
)]
async fn start_window(
    State(service): State<Shared>,
    Path(id): Path<String>,
    Bearer(token): Bearer,
) -> Result<Answer<Session>, Problem> {
    window::start(&service, &id, &token).await?;
    Ok(Answer(Session::new(&service, &read::by_id(&service, &id).await?)))
}

/// Check a certificate before the PIN
///
/// The one that passed is bound to the session.
#[utoipa::path(
    post,
    path = "/api/v1/sign-sessions/{sid}/certificate-checks",
    tag = "sign session",
    params(("sid" = String, Path), ("Idempotency-Key" = String, Header)),
    request_body = CertificateCheck,
    responses((status = 200, body = CertificateChecked), (status = "default", response = Refused)),
    security(("session" = []))
)]
async fn check_certificate(
    State(service): State<Shared>,
    Path(id): Path<String>,
    Bearer(token): Bearer,
    Json { value, .. }: Json<CertificateCheck>,
) -> Result<Answer<CertificateChecked>, Problem> {
    let certificate = STANDARD
        .decode(&value.certificate)
        .map_err(|_| Problem::new(Kind::Malformed).with("pointer", "/certificate"))?;
    let checked = certificate_check::check(&service, &id, &token, &certificate).await?;
    Ok(Answer(CertificateChecked::new(&checked)))
}

/// Another 150 seconds
#[utoipa::path(
    post,
    path = "/api/v1/sign-sessions/{sid}/extensions",
    tag = "sign session",
    params(("sid" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = Session), (status = "default", response = Refused)),
    security(("session" = []))
)]
async fn extend_window(
    State(service): State<Shared>,
    Path(id): Path<String>,
    Bearer(token): Bearer,
) -> Result<Answer<Session>, Problem> {
    window::extend(&service, &id, &token).await?;
    Ok(Answer(Session::new(&service, &read::by_id(&service, &id).await?)))
}

/// Give up
#[utoipa::path(
    post,
    path = "/api/v1/sign-sessions/{sid}/cancellation",
    tag = "sign session",
    params(("sid" = String, Path), ("Idempotency-Key" = String, Header)),
    request_body = Cancellation,
    responses((status = 200, body = Session), (status = "default", response = Refused)),
    security(("session" = []))
)]
async fn cancel_session(
    State(service): State<Shared>,
    Path(id): Path<String>,
    Bearer(token): Bearer,
    Json { value, .. }: Json<Cancellation>,
) -> Result<Answer<Session>, Problem> {
    cancel::cancel(&service, &id, &token, &value.reason).await?;
    Ok(Answer(Session::new(&service, &read::by_id(&service, &id).await?)))
}
