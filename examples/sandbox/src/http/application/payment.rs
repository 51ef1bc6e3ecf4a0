//! What an order costs, its cancellation, its history.

use axum::Json as Answer;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::body::{Application, Empty};
use crate::domain::application::texts::Block;
use crate::domain::application::{cancellation, events, payment, read, texts};
use crate::domain::problem::Problem;
use crate::domain::time::{rfc3339, seconds_left};
use crate::http::Shared;
use crate::http::caller::Person;
use crate::http::json::Json;
use crate::http::problem::Refused;
use crate::store;

pub(super) fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new()
        .routes(routes!(get_payment))
        .routes(routes!(begin_payment))
        .routes(routes!(cancel_application))
        .routes(routes!(list_events))
}

/// What the order costs.
#[derive(Serialize, ToSchema)]
struct Payment {
    /// `not_required`, `pending`, `received` or `refunded`.
    state: String,
    /// `institution` or `person`.
    payer: String,
    /// Whether production waits for the payment.
    prepaid: bool,
    amount_kurus: i64,
    #[schema(value_type = String)]
    currency: &'static str,
    /// How it can be paid, Turkish.
    body: Vec<Block>,
    /// Whether the person can pay by card now, `payment-intents`.
    virtual_pos: bool,
}

impl Payment {
    fn new(application: &store::application::Application) -> Result<Self, Problem> {
        let virtual_pos = payment::is_payable(application)?;
        Ok(Self {
            state: application.payment.clone(),
            payer: application.payer.clone(),
            prepaid: application.prepaid,
            amount_kurus: payment::amount_kurus(application)?,
            currency: "TRY",
            body: if virtual_pos { texts::result() } else { Vec::new() },
            virtual_pos,
        })
    }
}

/// Read what the order costs
#[utoipa::path(
    get,
    path = "/api/v1/applications/{no}/payment",
    tag = "applications",
    params(("no" = String, Path)),
    responses((status = 200, body = Payment), (status = "default", response = Refused)),
    security(("person" = []))
)]
async fn get_payment(
    State(service): State<Shared>,
    Path(no): Path<String>,
    Person(person): Person,
) -> Result<Answer<Payment>, Problem> {
    Ok(Answer(Payment::new(&read::one(&service, &person, &no).await?)?))
}

/// A payment by card that was begun.
#[derive(Serialize, ToSchema)]
struct PaymentIntent {
    id: String,
    /// The page where the card is asked for.
    address: String,
    /// Seconds left.
    expires_in: u32,
}

/// Begin a payment by card
#[utoipa::path(
    post,
    path = "/api/v1/applications/{no}/payment-intents",
    tag = "applications",
    params(("no" = String, Path), ("Idempotency-Key" = String, Header)),
    request_body = Empty,
    responses((status = 201, body = PaymentIntent), (status = "default", response = Refused)),
    security(("person" = []))
)]
async fn begin_payment(
    State(service): State<Shared>,
    Path(no): Path<String>,
    Person(person): Person,
    Json { value: Empty {}, .. }: Json<Empty>,
) -> Result<impl IntoResponse, Problem> {
    let intent = payment::begin(&service, &person, &no).await?;
    let body = PaymentIntent {
        address: format!("{}/pos/{}", service.base_url, intent.id),
        expires_in: seconds_left(intent.expires_at, service.now()),
        id: intent.id,
    };
    Ok((StatusCode::CREATED, Answer(body)))
}

/// Give the order up
///
/// As long as its card is not being made.
#[utoipa::path(
    post,
    path = "/api/v1/applications/{no}/cancellation",
    tag = "applications",
    params(("no" = String, Path), ("Idempotency-Key" = String, Header)),
    request_body = Empty,
    responses((status = 200, body = Application), (status = "default", response = Refused)),
    security(("person" = []))
)]
async fn cancel_application(
    State(service): State<Shared>,
    Path(no): Path<String>,
    Person(person): Person,
    Json { value: Empty {}, .. }: Json<Empty>,
) -> Result<Answer<Application>, Problem> {
    cancellation::cancel(&service, &person, &no).await?;
    Ok(Answer(Application::new(&read::one(&service, &person, &no).await?)?))
}

/// What happened to the order, the latest first.
#[derive(Serialize, ToSchema)]
struct EventList {
    items: Vec<Event>,
}

/// Something that happened.
#[derive(Serialize, ToSchema)]
struct Event {
    at: String,
    /// `form_saved`, `phone_verified`, `approved_by_eonay`, `shipped` and others, also later ones.
    code: String,
    /// Turkish.
    #[schema(value_type = String)]
    text: &'static str,
}

/// Read what happened to the order
#[utoipa::path(
    get,
    path = "/api/v1/applications/{no}/events",
    tag = "applications",
    params(("no" = String, Path)),
    responses((status = 200, body = EventList), (status = "default", response = Refused)),
    security(("person" = []))
)]
async fn list_events(
    State(service): State<Shared>,
    Path(no): Path<String>,
    Person(person): Person,
) -> Result<Answer<EventList>, Problem> {
    let events = events::all(&service, &person, &no).await?.into_iter().map(|event| Event {
        at: rfc3339(event.at),
        text: events::text(&event.code),
        code: event.code,
    });
    Ok(Answer(EventList { items: events.collect() }))
}
