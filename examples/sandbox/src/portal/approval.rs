//! 2 Onay (TAL.01.16, 4.5): the taahhütname to read, the choice of the way, E-Onay.

use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::page::{Own, Page};
use crate::domain::application::approval::{self, Given, Method};
use crate::domain::application::commitment::{self, Commitment};
use crate::domain::application::{form, read as order, warnings};
use crate::domain::digest::field;
use crate::domain::person;
use crate::domain::problem::{Kind, Problem};
use crate::http::Shared;

#[derive(Template)]
#[template(path = "approval.html")]
struct Choice<'a> {
    page: &'a Page,
    no: &'a str,
    commitments: &'static [Commitment],
    is_read: bool,
    choices: Vec<approval::Choice>,
    warnings: Vec<&'static str>,
}

pub(super) async fn page(
    State(service): State<Shared>,
    Path(no): Path<String>,
    own: Own,
) -> Result<Response, Problem> {
    let approval = approval::read(&service, &own.person, &no).await?;
    let is_read = !commitment::views(&service, &own.person, &no).await?.is_empty();
    own.page.show(&Choice {
        page: &own.page,
        no: &no,
        commitments: &commitment::ALL,
        is_read,
        warnings: warnings(&approval.application),
        choices: approval.choices,
    })
}

#[derive(Template)]
#[template(path = "commitment.html")]
struct Reading<'a> {
    page: &'a Page,
    no: &'a str,
    commitment: &'static Commitment,
    digest: String,
}

/// The whole text, with the button behind its end.
pub(super) async fn read(
    State(service): State<Shared>,
    Path((no, id)): Path<(String, String)>,
    own: Own,
) -> Result<Response, Problem> {
    order::one(&service, &own.person, &no).await?;
    let commitment = commitment::get(&id)?;
    let digest = field(&commitment.digest());
    own.page.show(&Reading { page: &own.page, no: &no, commitment, digest })
}

#[derive(Deserialize)]
pub(super) struct HasRead {
    #[serde(default)]
    digest: String,
}

pub(super) async fn has_read(
    State(service): State<Shared>,
    Path((no, id)): Path<(String, String)>,
    own: Own,
    Form(read): Form<HasRead>,
) -> Result<Redirect, Problem> {
    commitment::view(&service, &own.person, &no, &id, &read.digest, true).await?;
    Ok(Redirect::to(&format!("/basvurularim/{no}/onay")))
}

#[derive(Template)]
#[template(path = "e_onay.html")]
struct Eonay<'a> {
    page: &'a Page,
    no: &'a str,
    lines: Vec<(&'static str, String)>,
    commitments: &'static [Commitment],
    form_digest: &'a str,
    is_missing: bool,
}

async fn show(service: &Shared, own: &Own, no: &str, is_missing: bool) -> Result<Response, Problem> {
    let approval = approval::read(service, &own.person, no).await?;
    let form = form::read(service, &own.person, no).await?;
    let lines = form::field::all().filter_map(|field| Some((field.label, form.shown(field)?.to_owned())));
    own.page.show(&Eonay {
        page: &own.page,
        no,
        lines: lines.collect(),
        commitments: &commitment::ALL,
        form_digest: &approval.form_digest,
        is_missing,
    })
}

pub(super) async fn eonay_page(
    State(service): State<Shared>,
    Path(no): Path<String>,
    own: Own,
) -> Result<Response, Problem> {
    show(&service, &own, &no, false).await
}

#[derive(Deserialize)]
pub(super) struct Tick {
    #[serde(default)]
    form_digest: String,
    accepted: Option<String>,
}

pub(super) async fn approve(
    State(service): State<Shared>,
    Path(no): Path<String>,
    own: Own,
    Form(tick): Form<Tick>,
) -> Result<Response, Problem> {
    let view_ids = commitment::views(&service, &own.person, &no).await?;
    let given =
        Given { view_ids: &view_ids, form_digest: &tick.form_digest, accepted: tick.accepted.is_some() };
    match approval::approve(&service, &own.person, &no, &given).await {
        Ok(_) => Ok(Redirect::to(&format!("/basvurularim/{no}/sonuc")).into_response()),
        Err(problem) if problem.kind() == Kind::NotAccepted => {
            let page = show(&service, &own, &no, true).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(problem) => Err(problem),
    }
}

#[derive(Template)]
#[template(path = "consent.html")]
struct Consent<'a> {
    page: &'a Page,
    is_given: bool,
}

pub(super) async fn consent_page(own: Own) -> Result<Response, Problem> {
    let is_given = own.person.eonay_consent_at.is_some();
    own.page.show(&Consent { page: &own.page, is_given })
}

#[derive(Deserialize)]
pub(super) struct Agreed {
    accepted: Option<String>,
}

/// Agrees to approving by e-onay from now on.
pub(super) async fn consent(
    State(service): State<Shared>,
    own: Own,
    Form(agreed): Form<Agreed>,
) -> Result<Redirect, Problem> {
    person::consent_to_eonay(&service, &own.person, agreed.accepted.is_some()).await?;
    Ok(Redirect::to("/e-onay-izni"))
}
