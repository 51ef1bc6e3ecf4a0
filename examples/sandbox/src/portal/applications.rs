//! Başvurularım: the person's orders (TAL.01.16, Şekil 2), and one of them.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;

use super::page::{Own, Page, day};
use crate::domain::application::read;
use crate::domain::application::status::{Status, status};
use crate::domain::problem::Problem;
use crate::http::Shared;
use crate::store::application::Application;

/// An order as a row shows it.
struct Row {
    no: String,
    applied_on: String,
    payer: &'static str,
    status: Status,
}

impl Row {
    fn new(application: &Application) -> Self {
        Self {
            no: application.no.clone(),
            applied_on: day(&application.applied_on),
            payer: if application.payer == "institution" { "Kurum Ödemeli" } else { "Kişi Ödemeli" },
            status: status(application),
        }
    }

    /// Where the button of the row leads.
    fn address(&self) -> String {
        let end = if self.status.action.code == "details" { "" } else { "/form" };
        format!("/basvurularim/{}{end}", self.no)
    }
}

#[derive(Template)]
#[template(path = "applications.html")]
struct List<'a> {
    page: &'a Page,
    rows: Vec<Row>,
}

pub(super) async fn list(State(service): State<Shared>, own: Own) -> Result<Response, Problem> {
    let applications = read::all(&service, &own.person).await?;
    own.page.show(&List { page: &own.page, rows: applications.iter().map(Row::new).collect() })
}

#[derive(Template)]
#[template(path = "order.html")]
struct One<'a> {
    page: &'a Page,
    row: Row,
}

pub(super) async fn one(
    State(service): State<Shared>,
    Path(no): Path<String>,
    own: Own,
) -> Result<Response, Problem> {
    let application = read::one(&service, &own.person, &no).await?;
    own.page.show(&One { page: &own.page, row: Row::new(&application) })
}
