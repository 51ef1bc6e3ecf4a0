//! How an order can be approved: methods, what has to be read, e-onay.

use axum::Json as Answer;
use axum::extract::{Path, State};
use axum::http::{HeaderName, StatusCode, header};
use axum::response::IntoResponse;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::body::Outcome;
use crate::domain::application::approval::{self, Choice, Given};
use crate::domain::application::{commitment, read, warnings};
use crate::domain::digest::field;
use crate::domain::problem::Problem;
use crate::http::Shared;
use crate::http::caller::Person;
use crate::http::json::Json;
use crate::http::problem::Refused;

pub(super) fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new()
        .routes(routes!(get_approval))
        .routes(routes!(get_commitment_content))
        .routes(routes!(view_commitment))
        .routes(routes!(approve))
}

/// How the order can be approved.
#[derive(Serialize, ToSchema)]
struct Approval {
    methods: Vec<Method>,
    /// What has to be read first.
    commitments: Vec<Commitment>,
    /// What the person has to know first: `revokes_existing`, `production_date_may_differ` or a later one.
    #[schema(value_type = Vec<String>)]
    warnings: Vec<&'static str>,
    /// What the approval names the form by: `sha-256=:…:`
    form_digest: String,
}

/// A way to approve.
#[derive(Serialize, ToSchema)]
#[schema(as = ApprovalMethod)]
struct Method {
    code: approval::Method,
    /// As the button shows it, Turkish.
    #[schema(value_type = String)]
    title: &'static str,
    available: bool,
    /// `wrong_state`, `phone_not_verified`, `no_prior_consent`, `no_valid_certificate` or `not_read`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    reason: Option<&'static str>,
}

/// A text that has to be read.
#[derive(Serialize, ToSchema)]
struct Commitment {
    #[schema(value_type = String)]
    id: &'static str,
    #[schema(value_type = String)]
    title: &'static str,
    #[schema(value_type = String)]
    version: &'static str,
    /// `sha-256=:…:`
    digest: String,
    /// Octets.
    length: usize,
}

impl Approval {
    fn new(approval: &approval::Approval) -> Self {
        let method = |choice: &Choice| Method {
            code: choice.method,
            title: choice.method.title(),
            available: choice.reason.is_none(),
            reason: choice.reason,
        };
        let commitment = |commitment: &commitment::Commitment| Commitment {
            id: commitment.id,
            title: commitment.title,
            version: commitment.version,
            digest: field(&commitment.digest()),
            length: commitment.content.len(),
        };
        Self {
            methods: approval.choices.iter().map(method).collect(),
            commitments: commitment::ALL.iter().map(commitment).collect(),
            warnings: warnings(&approval.application),
            form_digest: approval.form_digest.clone(),
        }
    }
}

/// Read how the order can be approved
#[utoipa::path(
    get,
    path = "/api/v1/applications/{no}/approval",
    tag = "applications",
    params(("no" = String, Path)),
    responses((status = 200, body = Approval), (status = "default", response = Refused)),
    security(("person" = []))
)]
async fn get_approval(
    State(service): State<Shared>,
    Path(no): Path<String>,
    Person(person): Person,
) -> Result<Answer<Approval>, Problem> {
    Ok(Answer(Approval::new(&approval::read(&service, &person, &no).await?)))
}

/// Read a commitment
#[utoipa::path(
    get,
    path = "/api/v1/commitments/{id}/content",
    tag = "applications",
    params(("id" = String, Path)),
    responses(
        (status = 200, content_type = "text/plain; charset=utf-8", body = String,
            headers(("Repr-Digest" = String, description = "RFC 9530, sha-256"))),
        (status = "default", response = Refused)
    ),
    security(("person" = []))
)]
async fn get_commitment_content(
    Path(id): Path<String>,
    _person: Person,
) -> Result<impl IntoResponse, Problem> {
    let commitment = commitment::get(&id)?;
    let headers = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8".to_owned()),
        (HeaderName::from_static("repr-digest"), field(&commitment.digest())),
    ];
    Ok((headers, commitment.content))
}

/// A commitment was read.
#[derive(Deserialize, ToSchema)]
struct CommitmentViewRequest {
    commitment_id: String,
    /// Of the text that was shown: `sha-256=:…:`
    digest: String,
    /// Whether the person came to its end.
    read_to_end: bool,
}

/// The proof of reading.
#[derive(Serialize, ToSchema)]
struct CommitmentView {
    view_id: String,
}

/// Tell that a commitment was read to its end
#[utoipa::path(
    post,
    path = "/api/v1/applications/{no}/commitment-views",
    tag = "applications",
    params(("no" = String, Path), ("Idempotency-Key" = String, Header)),
    request_body = CommitmentViewRequest,
    responses((status = 201, body = CommitmentView), (status = "default", response = Refused)),
    security(("person" = []))
)]
async fn view_commitment(
    State(service): State<Shared>,
    Path(no): Path<String>,
    Person(person): Person,
    Json { value, .. }: Json<CommitmentViewRequest>,
) -> Result<impl IntoResponse, Problem> {
    let CommitmentViewRequest { commitment_id, digest, read_to_end } = value;
    let view = commitment::view(&service, &person, &no, &commitment_id, &digest, read_to_end).await?;
    Ok((StatusCode::CREATED, Answer(CommitmentView { view_id: view.id })))
}

/// E-Onay.
#[derive(Deserialize, ToSchema)]
struct ApprovalRequest {
    /// The proofs of reading.
    view_ids: Vec<String>,
    /// Of the form that was shown.
    form_digest: String,
    /// Whether the box was ticked.
    accepted: bool,
}

/// Approve by e-onay
#[utoipa::path(
    post,
    path = "/api/v1/applications/{no}/approvals",
    tag = "applications",
    params(("no" = String, Path), ("Idempotency-Key" = String, Header)),
    request_body = ApprovalRequest,
    responses((status = 201, body = Outcome), (status = "default", response = Refused)),
    security(("person" = []))
)]
async fn approve(
    State(service): State<Shared>,
    Path(no): Path<String>,
    Person(person): Person,
    Json { value, .. }: Json<ApprovalRequest>,
) -> Result<impl IntoResponse, Problem> {
    let ApprovalRequest { view_ids, form_digest, accepted } = value;
    let given = Given { view_ids: &view_ids, form_digest: &form_digest, accepted };
    approval::approve(&service, &person, &no, &given).await?;
    let outcome = read::outcome(&service, &person, &no).await?;
    Ok((StatusCode::CREATED, Answer(Outcome::new(&outcome))))
}
