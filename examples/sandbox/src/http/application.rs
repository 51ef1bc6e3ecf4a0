//! The person's side (protocol, section 3): orders, codes, results, evidence.

mod approval;
mod body;
mod form;
mod payment;
mod phone;
mod sign_code;

use axum::Json as Answer;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, header};
use axum::response::{IntoResponse, Response};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use self::body::{Application, Evidence, EvidenceList, List, Outcome};
use super::Shared;
use super::caller::Person;
use super::etag;
use super::prefer::Wait;
use super::problem::Refused;
use crate::domain::application::{evidence, read};
use crate::domain::digest::field;
use crate::domain::problem::Problem;

pub(super) fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new()
        .routes(routes!(list_applications))
        .routes(routes!(get_application))
        .routes(routes!(get_result))
        .routes(routes!(list_evidence))
        .routes(routes!(get_evidence))
        .merge(form::routes())
        .merge(phone::routes())
        .merge(approval::routes())
        .merge(sign_code::routes())
        .merge(payment::routes())
}

/// List the person's orders
#[utoipa::path(
    get,
    path = "/api/v1/applications",
    tag = "applications",
    responses((status = 200, body = List), (status = "default", response = Refused)),
    security(("person" = []))
)]
async fn list_applications(
    State(service): State<Shared>,
    Person(person): Person,
) -> Result<Answer<List>, Problem> {
    let applications = read::all(&service, &person).await?;
    let items = applications.iter().map(Application::new).collect::<Result<_, _>>()?;
    Ok(Answer(List { items }))
}

/// Read an order
///
/// With `Prefer: wait=N` the answer comes when it has changed from what `If-None-Match` names, or after N seconds.
#[utoipa::path(
    get,
    path = "/api/v1/applications/{no}",
    tag = "applications",
    params(
        ("no" = String, Path),
        ("Prefer" = Option<String>, Header, description = "`wait=N`, at most 25"),
        ("If-None-Match" = Option<String>, Header)
    ),
    responses(
        (status = 200, body = Application, headers(("ETag" = String))),
        (status = 304, description = "Not changed"),
        (status = "default", response = Refused)
    ),
    security(("person" = []))
)]
async fn get_application(
    State(service): State<Shared>,
    Path(no): Path<String>,
    Person(person): Person,
    Wait(wait): Wait,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let mut watch = service.watch(wait);
    loop {
        let application = read::one(&service, &person, &no).await?;
        let tag = etag::of_version(application.version);
        if etag::is_other(&headers, &tag) || watch.is_over(&application).await {
            let body = Application::new(&application)?;
            return Ok(etag::answer(&headers, &tag, || Answer(body)));
        }
    }
}

/// Read the result page
///
/// "İşlem Başarılı" once signatures are accepted. With `Prefer: wait=N` the answer comes when that changes.
#[utoipa::path(
    get,
    path = "/api/v1/applications/{no}/result",
    tag = "applications",
    params(("no" = String, Path), ("Prefer" = Option<String>, Header, description = "`wait=N`, at most 25")),
    responses((status = 200, body = Outcome), (status = "default", response = Refused)),
    security(("person" = []))
)]
async fn get_result(
    State(service): State<Shared>,
    Path(no): Path<String>,
    Person(person): Person,
    Wait(wait): Wait,
) -> Result<Answer<Outcome>, Problem> {
    let mut watch = service.watch(wait);
    loop {
        let outcome = read::outcome(&service, &person, &no).await?;
        if watch.is_over(&outcome).await {
            return Ok(Answer(Outcome::new(&outcome)));
        }
    }
}

/// List the evidence
///
/// Accepted signatures and e-onays, also those of an approval that an edit has voided.
#[utoipa::path(
    get,
    path = "/api/v1/applications/{no}/evidence",
    tag = "applications",
    params(("no" = String, Path)),
    responses((status = 200, body = EvidenceList), (status = "default", response = Refused)),
    security(("person" = []))
)]
async fn list_evidence(
    State(service): State<Shared>,
    Path(no): Path<String>,
    Person(person): Person,
) -> Result<Answer<EvidenceList>, Problem> {
    let all = evidence::all(&service, &person, &no).await?;
    Ok(Answer(EvidenceList { items: all.into_iter().map(Evidence::new).collect() }))
}

/// Read a piece of evidence
///
/// The CMS exactly as it was submitted, or the record of what was approved by e-onay.
#[utoipa::path(
    get,
    path = "/api/v1/applications/{no}/evidence/{eid}",
    tag = "applications",
    params(("no" = String, Path), ("eid" = String, Path)),
    responses(
        (status = 200, content((Vec<u8> = "application/cms"), (Value = "application/json")),
            headers(("Repr-Digest" = String, description = "RFC 9530, sha-256"))),
        (status = "default", response = Refused)
    ),
    security(("person" = []))
)]
async fn get_evidence(
    State(service): State<Shared>,
    Path((no, id)): Path<(String, String)>,
    Person(person): Person,
) -> Result<impl IntoResponse, Problem> {
    let evidence = evidence::one(&service, &person, &no, &id).await?;
    let headers = [
        (header::CONTENT_TYPE, evidence.media_type().to_owned()),
        (HeaderName::from_static("repr-digest"), field(&evidence.digest)),
    ];
    Ok((headers, evidence.octets))
}
