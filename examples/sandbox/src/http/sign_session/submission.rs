//! Signatures come in, receipts go out.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::body::{Submission, Submitted};
use crate::domain::problem::{Kind, Problem};
use crate::domain::session::State as SessionState;
use crate::domain::submission::{self, Submitted as Outcome, worker};
use crate::domain::time::rfc3339;
use crate::http::caller::Bearer;
use crate::http::json::{is_json, parse, read, require_digest};
use crate::http::prefer::Wait;
use crate::http::problem::Refused;
use crate::http::{SUBMISSION_OCTETS, Shared};
use crate::store::submission::Item;

pub(super) fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new().routes(routes!(put_submission, get_submission))
}

/// Submit all signatures
///
/// 200 with the receipt, or 202 while a service that has to be asked is away. The same signatures again get the same
/// answer; others after acceptance are `submission-conflict`.
#[utoipa::path(
    put,
    path = "/api/v1/sign-sessions/{sid}/submission",
    tag = "sign session",
    params(("sid" = String, Path), ("Content-Digest" = String, Header, description = "RFC 9530, sha-256")),
    request_body = Submission,
    responses(
        (status = 200, body = Submitted, description = "Accepted, with the receipt"),
        (status = 202, body = Submitted, description = "Received, to be decided"),
        (status = "default", response = Refused)
    ),
    security(("session" = []))
)]
async fn put_submission(
    State(service): State<Shared>,
    Path(id): Path<String>,
    Bearer(token): Bearer,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    is_json(&headers)?;
    let octets = read(&headers, body, SUBMISSION_OCTETS).await?;
    require_digest(&headers, &octets)?;
    let submission: Submission = parse(&octets)?;
    let mut items = Vec::with_capacity(submission.items.len());
    for (index, item) in submission.items.into_iter().enumerate() {
        let malformed = |_| Problem::new(Kind::Malformed).with("pointer", format!("/items/{index}/cms"));
        items.push(Item {
            cms: STANDARD.decode(&item.cms).map_err(malformed)?,
            document_id: item.document_id,
        });
    }
    Ok(told(submission::submit(&service, &id, &token, items).await?))
}

/// Read what became of the signatures
///
/// Any number of times, for at least 30 days; also after the session's hard end.
#[utoipa::path(
    get,
    path = "/api/v1/sign-sessions/{sid}/submission",
    tag = "sign session",
    params(("sid" = String, Path), ("Prefer" = Option<String>, Header, description = "`wait=N`, at most 25")),
    responses(
        (status = 200, body = Submitted, description = "Decided"),
        (status = 202, body = Submitted, description = "Received, to be decided"),
        (status = "default", response = Refused)
    ),
    security(("session" = []))
)]
async fn get_submission(
    State(service): State<Shared>,
    Path(id): Path<String>,
    Bearer(token): Bearer,
    Wait(wait): Wait,
) -> Result<Response, Problem> {
    let mut watch = service.watch(wait);
    loop {
        let outcome = submission::latest(&service, &id, &token).await?;
        // A decision does not change any more; only `received` is worth waiting for.
        if outcome.state != SessionState::Received || watch.is_over(&outcome).await {
            return Ok(told(outcome));
        }
    }
}

fn told(outcome: Outcome) -> Response {
    let problem = outcome.problem.map(|problem| problem.to_members(problem.kind().turkish()).into());
    let submitted = Submitted {
        state: outcome.state,
        received_at: rfc3339(outcome.received_at),
        receipt: outcome.receipt,
        problem,
    };
    match outcome.state {
        SessionState::Received => {
            let headers = [(header::RETRY_AFTER, worker::RETRY_S.to_string())];
            (StatusCode::ACCEPTED, headers, axum::Json(submitted)).into_response()
        }
        _ => axum::Json(submitted).into_response(),
    }
}
