//! What else a person does with an order: pay, read its history, give it up.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Redirect, Response};

use super::page::{Own, Page, moment};
use crate::domain::application::texts::{self, Block};
use crate::domain::application::{cancellation, events, payment, read};
use crate::domain::problem::Problem;
use crate::http::Shared;

#[derive(Template)]
#[template(path = "payment.html")]
struct Payment<'a> {
    page: &'a Page,
    no: &'a str,
    state: &'a str,
    is_payable: bool,
    amount: String,
    body: Vec<Block>,
}

pub(super) async fn payment(
    State(service): State<Shared>,
    Path(no): Path<String>,
    own: Own,
) -> Result<Response, Problem> {
    let application = read::one(&service, &own.person, &no).await?;
    let kurus = payment::amount_kurus(&application)?;
    own.page.show(&Payment {
        page: &own.page,
        no: &no,
        state: &application.payment,
        is_payable: payment::is_payable(&application)?,
        amount: format!("{},{:02} ₺", kurus / 100, kurus % 100),
        body: texts::result(),
    })
}

/// Goes to the simulator of the virtual POS.
pub(super) async fn pay(
    State(service): State<Shared>,
    Path(no): Path<String>,
    own: Own,
) -> Result<Redirect, Problem> {
    let intent = payment::begin(&service, &own.person, &no).await?;
    Ok(Redirect::to(&format!("/pos/{}", intent.id)))
}

#[derive(Template)]
#[template(path = "events.html")]
struct Events<'a> {
    page: &'a Page,
    no: &'a str,
    /// When and what.
    events: Vec<(String, &'static str)>,
}

pub(super) async fn events(
    State(service): State<Shared>,
    Path(no): Path<String>,
    own: Own,
) -> Result<Response, Problem> {
    let all = events::all(&service, &own.person, &no).await?;
    let events = all.iter().map(|event| (moment(event.at), events::text(&event.code))).collect();
    own.page.show(&Events { page: &own.page, no: &no, events })
}

#[derive(Template)]
#[template(path = "cancellation.html")]
struct Cancellation<'a> {
    page: &'a Page,
    no: &'a str,
}

pub(super) async fn ask_cancel(
    State(service): State<Shared>,
    Path(no): Path<String>,
    own: Own,
) -> Result<Response, Problem> {
    read::one(&service, &own.person, &no).await?;
    own.page.show(&Cancellation { page: &own.page, no: &no })
}

pub(super) async fn cancel(
    State(service): State<Shared>,
    Path(no): Path<String>,
    own: Own,
) -> Result<Redirect, Problem> {
    cancellation::cancel(&service, &own.person, &no).await?;
    Ok(Redirect::to(&format!("/basvurularim/{no}")))
}
