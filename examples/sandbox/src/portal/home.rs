//! The first page with the menu, where the e-İmza application is had, the choice of language.

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::cookie;
use super::page::Page;
use crate::domain::language::Language;
use crate::domain::problem::Problem;
use crate::http::Shared;

#[derive(Template)]
#[template(path = "home.html")]
struct Home<'a> {
    page: &'a Page,
}

pub(super) async fn page(page: Page) -> Result<Response, Problem> {
    page.show(&Home { page: &page })
}

#[derive(Template)]
#[template(path = "application.html")]
struct Application<'a> {
    page: &'a Page,
    service: &'a str,
}

pub(super) async fn application(State(service): State<Shared>, page: Page) -> Result<Response, Problem> {
    page.show(&Application { page: &page, service: &service.base_url })
}

#[derive(Deserialize)]
pub(super) struct LanguageChoice {
    language: String,
    /// Where the person was.
    page: String,
}

pub(super) async fn change_language(Form(choice): Form<LanguageChoice>) -> Response {
    let language = Language::from_tag(&choice.language).unwrap_or_default();
    // An address of this origin only: two slashes would lead elsewhere.
    let is_here =
        choice.page.starts_with('/') && !choice.page.starts_with("//") && !choice.page.contains('\\');
    let mut response = Redirect::to(if is_here { &choice.page } else { "/" }).into_response();
    cookie::set(response.headers_mut(), cookie::LANGUAGE, language.tag());
    response
}
