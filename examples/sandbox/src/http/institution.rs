//! The institution's side: orders that its e-imza sorumlusu begins and follows.

use axum::Json as Answer;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Shared;
use super::caller::Person;
use super::etag;
use super::json::Json;
use super::prefer::Wait;
use super::problem::{Refused, language};
use crate::domain::application::status::Status;
use crate::domain::institution::{self, Row};
use crate::domain::mask;
use crate::domain::problem::Problem;
use crate::store::pre_application;

pub(super) fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new()
        .routes(routes!(begin_applications, list_pre_applications))
        .routes(routes!(get_pre_application))
}

/// The persons who may apply.
#[derive(Deserialize, ToSchema)]
struct Batch {
    /// At most 500.
    items: Vec<Row>,
}

/// What became of each row.
#[derive(Serialize, ToSchema)]
struct Placed {
    items: Vec<PlacedRow>,
}

/// The number of the order, or the problem of this row.
#[derive(Serialize, ToSchema)]
struct PlacedRow {
    /// Counted from one.
    row: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    no: Option<String>,
    /// A problem as a whole answer has it; pointers are into the row.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    problem: Option<Value>,
}

/// An order that the institution began.
#[derive(Serialize, ToSchema)]
struct PreApplication {
    no: String,
    name: String,
    tckn: String,
    applied_on: String,
    status: Status,
}

impl PreApplication {
    fn new(order: &pre_application::PreApplication) -> Self {
        Self {
            no: order.application.no.clone(),
            name: mask::name(&order.name),
            tckn: mask::tckn(&order.tckn),
            applied_on: order.application.applied_on.clone(),
            status: order.status(),
        }
    }
}

/// All orders that the institution began.
#[derive(Serialize, ToSchema)]
struct PreApplicationList {
    items: Vec<PreApplication>,
}

/// Begin orders for the staff
///
/// Each row has its own result. Each person gets a mail that says where and how to apply.
#[utoipa::path(
    post,
    path = "/api/v1/institutions/{id}/pre-applications",
    tag = "institution",
    params(("id" = String, Path), ("Idempotency-Key" = String, Header)),
    request_body = Batch,
    responses((status = 200, body = Placed), (status = "default", response = Refused)),
    security(("person" = []))
)]
async fn begin_applications(
    State(service): State<Shared>,
    Path(id): Path<String>,
    Person(officer): Person,
    headers: HeaderMap,
    Json { value, .. }: Json<Batch>,
) -> Result<Answer<Placed>, Problem> {
    let placed = institution::begin(&service, &officer, &id, &value.items).await?;
    let language = language(&headers);
    let items = (1..).zip(placed).map(|(row, result)| match result {
        Ok(no) => PlacedRow { row, no: Some(no), problem: None },
        Err(problem) => {
            let members = problem.to_members(language.words(problem.kind()));
            PlacedRow { row, no: None, problem: Some(members.into()) }
        }
    });
    Ok(Answer(Placed { items: items.collect() }))
}

/// List the orders that the institution began
#[utoipa::path(
    get,
    path = "/api/v1/institutions/{id}/pre-applications",
    tag = "institution",
    params(("id" = String, Path)),
    responses((status = 200, body = PreApplicationList), (status = "default", response = Refused)),
    security(("person" = []))
)]
async fn list_pre_applications(
    State(service): State<Shared>,
    Path(id): Path<String>,
    Person(officer): Person,
) -> Result<Answer<PreApplicationList>, Problem> {
    let orders = institution::all(&service, &officer, &id).await?;
    Ok(Answer(PreApplicationList { items: orders.iter().map(PreApplication::new).collect() }))
}

/// Follow one of them
///
/// With `Prefer: wait=N` the answer comes when it has changed from what `If-None-Match` names, or after N seconds.
#[utoipa::path(
    get,
    path = "/api/v1/institutions/{id}/pre-applications/{no}",
    tag = "institution",
    params(
        ("id" = String, Path),
        ("no" = String, Path),
        ("Prefer" = Option<String>, Header, description = "`wait=N`, at most 25"),
        ("If-None-Match" = Option<String>, Header)
    ),
    responses(
        (status = 200, body = PreApplication, headers(("ETag" = String))),
        (status = 304, description = "Not changed"),
        (status = "default", response = Refused)
    ),
    security(("person" = []))
)]
async fn get_pre_application(
    State(service): State<Shared>,
    Path((id, no)): Path<(String, String)>,
    Person(officer): Person,
    Wait(wait): Wait,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let mut watch = service.watch(wait);
    loop {
        let order = institution::one(&service, &officer, &id, &no).await?;
        let tag = etag::of_version(order.application.version);
        if etag::is_other(&headers, &tag) || watch.is_over(&order).await {
            return Ok(etag::answer(&headers, &tag, || Answer(PreApplication::new(&order))));
        }
    }
}
