//! Sonuç: "İşlem Başarılı" (TAL.01.16, Şekil 6 and 11), and what comes next.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;

use super::page::{Own, Page};
use crate::domain::application::read;
use crate::domain::application::status::{Status, status};
use crate::domain::problem::Problem;
use crate::http::Shared;

#[derive(Template)]
#[template(path = "result.html")]
struct Shown<'a> {
    page: &'a Page,
    no: &'a str,
    stage: &'static str,
    status: Status,
}

pub(super) async fn page(
    State(service): State<Shared>,
    Path(no): Path<String>,
    own: Own,
) -> Result<Response, Problem> {
    let outcome = read::outcome(&service, &own.person, &no).await?;
    let stage = match outcome.submission.as_ref().map(|submission| submission.state.as_str()) {
        _ if outcome.is_approved => "done",
        Some("received") => "received",
        Some(_) => "rejected",
        None => "waiting",
    };
    own.page.show(&Shown { page: &own.page, no: &no, stage, status: status(&outcome.application) })
}
