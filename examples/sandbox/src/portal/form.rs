//! 1 Başvuru Bilgileri (TAL.01.16, Şekil 3): the form by sections, its errors at their fields.

use std::collections::BTreeMap;

use askama::Template;
use axum::Form as Posted;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::page::{Own, Page};
use crate::domain::application::form::field::{self, Kind, SECTIONS};
use crate::domain::application::form::{self, Form, Values};
use crate::domain::application::{phone, read};
use crate::domain::language::Language;
use crate::domain::person;
use crate::domain::problem::{Kind as ProblemKind, Problem};
use crate::http::Shared;

/// A field as the page shows it.
struct Shown<'a> {
    field: &'static field::Field,
    value: &'a str,
    error: Option<&'static str>,
}

impl Shown<'_> {
    fn is_locked(&self) -> bool {
        self.field.kind == Kind::Locked
    }

    fn is_chosen(&self, code: &str) -> bool {
        self.value == code
    }

    /// For the browser: what is typed here.
    fn input(&self) -> (&'static str, &'static str) {
        match self.field.kind {
            Kind::Email => ("email", "email"),
            Kind::Gsm => ("tel", "tel"),
            _ => ("text", "off"),
        }
    }
}

struct Part<'a> {
    title: &'static str,
    id: &'static str,
    fields: Vec<Shown<'a>>,
}

#[derive(Template)]
#[template(path = "form.html")]
struct Whole<'a> {
    page: &'a Page,
    no: &'a str,
    etag: String,
    parts: Vec<Part<'a>>,
    /// Name, label and sentence of each error, in the order of the form.
    errors: Vec<(&'static str, &'static str, &'static str)>,
}

type Errors = BTreeMap<String, String>;

fn show(own: &Own, no: &str, form: &Form, values: &Values, errors: &Errors) -> Result<Response, Problem> {
    let lang = own.page.lang;
    let parts: Vec<Part<'_>> = SECTIONS
        .iter()
        .map(|section| Part {
            title: section.title,
            id: section.id,
            fields: section
                .fields
                .iter()
                .map(|field| Shown {
                    field,
                    value: values.get(field.name).map(String::as_str).unwrap_or_default(),
                    error: errors.get(field.name).map(|code| sentence(code, lang)),
                })
                .collect(),
        })
        .collect();
    let shown = parts.iter().flat_map(|part| &part.fields);
    let list = shown.filter_map(|shown| Some((shown.field.name, shown.field.label, shown.error?))).collect();
    own.page.show(&Whole { page: &own.page, no, etag: form.etag(), parts, errors: list })
}

/// What a code of an error means to who fills the form.
fn sentence(code: &str, lang: Language) -> &'static str {
    match code {
        "required" => lang.of("Bu alan doldurulmalıdır.", "This field must be filled in."),
        "format" => lang.of("Beklenen biçimde değil.", "This is not in the expected form."),
        "too_long" => lang.of("Çok uzun.", "This is too long."),
        "characters" => lang.of(
            "İmzalanacak metinde kullanılamayan bir karakter var.",
            "It has a character that the text to sign cannot have.",
        ),
        "locked" => lang.of("Bu alan burada değiştirilemez.", "This field cannot be changed here."),
        _ => lang.of("Listeden bir değer seçilmelidir.", "Choose a value from the list."),
    }
}

pub(super) async fn page(
    State(service): State<Shared>,
    Path(no): Path<String>,
    own: Own,
) -> Result<Response, Problem> {
    let form = form::read(&service, &own.person, &no).await?;
    show(&own, &no, &form, &form.values, &Errors::new())
}

/// Saves, or shows the form again with what was typed and what is wrong with it.
pub(super) async fn save(
    State(service): State<Shared>,
    Path(no): Path<String>,
    own: Own,
    Posted(posted): Posted<BTreeMap<String, String>>,
) -> Result<Response, Problem> {
    let is_field = |name: &str| field::all().any(|field| field.name == name && field.kind != Kind::Locked);
    let etag = posted.get("etag").cloned();
    let values: Values = posted.into_iter().filter(|(name, _)| is_field(name)).collect();
    let saved = form::save(&service, &own.person, &no, etag.as_deref(), values.clone()).await;
    match saved {
        Ok(_) => Ok(Redirect::to(&next(&service, &own, &no).await?).into_response()),
        Err(problem) if problem.kind() == ProblemKind::FormInvalid => {
            let form = form::read(&service, &own.person, &no).await?;
            let mut typed = form.values.clone();
            typed.extend(values);
            let page = show(&own, &no, &form, &typed, &errors(&problem))?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(problem) => Err(problem),
    }
}

/// The code of each field that was refused.
fn errors(problem: &Problem) -> Errors {
    let listed = problem.member("errors").and_then(|errors| errors.as_array()).cloned().unwrap_or_default();
    let pair = |error: serde_json::Value| {
        let name = error["pointer"].as_str()?.strip_prefix("/values/")?.to_owned();
        Some((name, error["code"].as_str()?.to_owned()))
    };
    listed.into_iter().filter_map(pair).collect()
}

/// Where the person goes from a saved form: to the code that is on its way to the telephone, or to the approval.
async fn next(service: &Shared, own: &Own, no: &str) -> Result<String, Problem> {
    let application = read::one(service, &own.person, no).await?;
    if application.state == "phone_verified" {
        return Ok(format!("/basvurularim/{no}/onay"));
    }
    Ok(match phone::send(service, &own.person, no).await {
        Ok(sent) => format!("/basvurularim/{no}/sms/{}", sent.id),
        // The page says so and lets it be tried again.
        Err(_) => format!("/basvurularim/{no}/sms"),
    })
}

/// "Kimlik Bilgilerimi Güncelle"
pub(super) async fn refresh_identity(
    State(service): State<Shared>,
    Path(no): Path<String>,
    own: Own,
) -> Result<Redirect, Problem> {
    read::one(&service, &own.person, &no).await?;
    person::refresh_identity(&service, &own.person).await?;
    Ok(Redirect::to(&format!("/basvurularim/{no}/form")))
}
