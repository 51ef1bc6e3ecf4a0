//! The person who is signed in.

use axum::Json as Answer;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Shared;
use super::caller::Person;
use super::json::Json;
use super::problem::Refused;
use crate::domain::problem::Problem;
use crate::domain::time::rfc3339;
use crate::domain::{mask, person};

pub(super) fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new()
        .routes(routes!(get_me))
        .routes(routes!(refresh_identity))
        .routes(routes!(consent_to_eonay))
}

/// The person, masked but for the name.
#[derive(Serialize, ToSchema)]
struct Me {
    name: String,
    tckn: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    gsm: Option<String>,
    eonay_consent: Consent,
    has_valid_certificate: bool,
    /// Where the person is e-imza sorumlusu.
    institutions: Vec<Institution>,
}

/// Whether the person agreed to e-onay.
#[derive(Serialize, ToSchema)]
#[schema(as = EonayConsent)]
struct Consent {
    given: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    given_at: Option<String>,
}

/// An institution by its name.
#[derive(Serialize, ToSchema)]
struct Institution {
    id: String,
    name: String,
}

/// Who is signed in
#[utoipa::path(
    get,
    path = "/api/v1/me",
    tag = "person",
    responses((status = 200, body = Me), (status = "default", response = Refused)),
    security(("person" = []))
)]
async fn get_me(State(service): State<Shared>, Person(person): Person) -> Result<Answer<Me>, Problem> {
    let me = person::me(&service, &person).await?;
    let institutions = me.institutions.into_iter().map(|one| Institution { id: one.id, name: one.name });
    let person = me.person;
    Ok(Answer(Me {
        tckn: mask::tckn(&person.tckn),
        email: person.email.as_deref().map(mask::email),
        gsm: person.gsm.as_deref().map(mask::gsm),
        eonay_consent: Consent {
            given: person.eonay_consent_at.is_some(),
            given_at: person.eonay_consent_at.map(rfc3339),
        },
        name: person.name,
        has_valid_certificate: me.has_valid_certificate,
        institutions: institutions.collect(),
    }))
}

/// Nothing has to be said.
#[derive(Deserialize, ToSchema)]
struct IdentityRequest {}

/// The person by the register.
#[derive(Serialize, ToSchema)]
struct IdentityRefresh {
    name: String,
    tckn: String,
    /// Whether the name was another before.
    changed: bool,
}

/// Take the name from the civil register
///
/// "Kimlik Bilgilerimi Güncelle".
#[utoipa::path(
    post,
    path = "/api/v1/me/identity-refresh",
    tag = "person",
    params(("Idempotency-Key" = String, Header)),
    request_body = IdentityRequest,
    responses((status = 200, body = IdentityRefresh), (status = "default", response = Refused)),
    security(("person" = []))
)]
async fn refresh_identity(
    State(service): State<Shared>,
    Person(person): Person,
    Json { .. }: Json<IdentityRequest>,
) -> Result<Answer<IdentityRefresh>, Problem> {
    let (person, changed) = person::refresh_identity(&service, &person).await?;
    Ok(Answer(IdentityRefresh { tckn: mask::tckn(&person.tckn), name: person.name, changed }))
}

/// The person's tick.
#[derive(Deserialize, ToSchema)]
struct ConsentRequest {
    accepted: bool,
}

/// Agree to e-onay
#[utoipa::path(
    post,
    path = "/api/v1/me/eonay-consent",
    tag = "person",
    params(("Idempotency-Key" = String, Header)),
    request_body = ConsentRequest,
    responses((status = 200, body = Consent), (status = "default", response = Refused)),
    security(("person" = []))
)]
async fn consent_to_eonay(
    State(service): State<Shared>,
    Person(person): Person,
    Json { value, .. }: Json<ConsentRequest>,
) -> Result<Answer<Consent>, Problem> {
    let given_at = person::consent_to_eonay(&service, &person, value.accepted).await?;
    Ok(Answer(Consent { given: true, given_at: Some(rfc3339(given_at)) }))
}
