//! The code that was sent to the mobile telephone (TAL.01.16, Şekil 4).

use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::page::{Own, Page};
use crate::domain::application::{phone, read};
use crate::domain::mask;
use crate::domain::problem::{Kind, Problem};
use crate::domain::time::seconds_left;
use crate::http::Shared;

#[derive(Template)]
#[template(path = "phone.html")]
struct Code<'a> {
    page: &'a Page,
    no: &'a str,
    /// The code that was sent: its identifier, where to, how long it is good.
    sent: Option<(&'a str, String, u32)>,
    error: Option<String>,
}

/// Asks for the sending.
pub(super) async fn unsent(
    State(service): State<Shared>,
    Path(no): Path<String>,
    own: Own,
) -> Result<Response, Problem> {
    read::one(&service, &own.person, &no).await?;
    own.page.show(&Code { page: &own.page, no: &no, sent: None, error: None })
}

pub(super) async fn send(
    State(service): State<Shared>,
    Path(no): Path<String>,
    own: Own,
) -> Result<Redirect, Problem> {
    let sent = phone::send(&service, &own.person, &no).await?;
    Ok(Redirect::to(&format!("/basvurularim/{no}/sms/{}", sent.id)))
}

pub(super) async fn page(
    State(service): State<Shared>,
    Path((no, id)): Path<(String, String)>,
    own: Own,
) -> Result<Response, Problem> {
    show(&service, &own, &no, &id, None).await
}

async fn show(
    service: &Shared,
    own: &Own,
    no: &str,
    id: &str,
    error: Option<String>,
) -> Result<Response, Problem> {
    let sent = phone::read(service, &own.person, no, id).await?;
    let ends_at = sent.sent_at + i64::from(phone::LIFETIME_S) * 1000;
    let sent = (id, mask::gsm(&sent.gsm), seconds_left(ends_at, service.now()));
    own.page.show(&Code { page: &own.page, no, sent: Some(sent), error })
}

#[derive(Deserialize)]
pub(super) struct Typed {
    #[serde(default)]
    code: String,
}

pub(super) async fn attempt(
    State(service): State<Shared>,
    Path((no, id)): Path<(String, String)>,
    own: Own,
    Form(typed): Form<Typed>,
) -> Result<Response, Problem> {
    let Err(problem) = phone::attempt(&service, &own.person, &no, &id, &typed.code).await else {
        return Ok(Redirect::to(&format!("/basvurularim/{no}/onay")).into_response());
    };
    let is_of_code = [Kind::SmsCodeWrong, Kind::SmsCodeExpired, Kind::SmsAttemptsExhausted];
    if !is_of_code.contains(&problem.kind()) {
        return Err(problem);
    }
    let lang = own.page.lang;
    let mut sentence = lang.words(problem.kind()).detail.to_owned();
    if let Some(left) = problem.member("attempts_left") {
        sentence += &format!(" {} {left}", lang.of("Kalan deneme:", "Attempts left:"));
    }
    let page = show(&service, &own, &no, &id, Some(sentence)).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}
