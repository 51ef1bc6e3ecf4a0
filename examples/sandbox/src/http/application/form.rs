//! The form of an order.

use std::collections::BTreeMap;

use axum::Json as Answer;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use axum::response::IntoResponse;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::domain::application::form::field::{self, Kind, SECTIONS};
use crate::domain::application::form::{self, schema};
use crate::domain::problem::Problem;
use crate::domain::reference::List;
use crate::http::Shared;
use crate::http::caller::Person;
use crate::http::json::Json;
use crate::http::problem::Refused;

pub(super) fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new().routes(routes!(get_form, put_form))
}

/// The form with its rules.
#[derive(Serialize, ToSchema)]
struct Form {
    /// JSON Schema 2020-12 of `values`.
    #[schema(value_type = Object)]
    schema: Value,
    sections: Vec<Section>,
    /// By the names of the fields; a field that is not filled is not there.
    values: BTreeMap<String, String>,
    /// The fields that cannot be changed here.
    #[schema(value_type = Vec<String>)]
    locked: Vec<&'static str>,
}

/// A part of the form.
#[derive(Serialize, ToSchema)]
#[schema(as = FormSection)]
struct Section {
    #[schema(value_type = String)]
    id: &'static str,
    /// As the page shows it, Turkish.
    #[schema(value_type = String)]
    title: &'static str,
    fields: Vec<Field>,
}

/// A field of the form.
#[derive(Serialize, ToSchema)]
#[schema(as = FormField)]
struct Field {
    #[schema(value_type = String)]
    name: &'static str,
    /// As the page shows it, Turkish.
    #[schema(value_type = String)]
    label: &'static str,
    required: bool,
    kind: Kind,
    /// The list of `/reference/{list}` that a choice is taken from.
    #[schema(value_type = Option<String>)]
    options_list: Option<&'static str>,
    value: Option<String>,
}

impl Form {
    fn new(form: &form::Form) -> Self {
        let field = |field: &field::Field| Field {
            name: field.name,
            label: field.label,
            required: field.kind != Kind::Locked,
            kind: field.kind,
            options_list: field.list.map(List::name),
            value: form.values.get(field.name).cloned(),
        };
        let section = |section: &field::Section| Section {
            id: section.id,
            title: section.title,
            fields: section.fields.iter().map(field).collect(),
        };
        Self {
            schema: schema::schema(),
            sections: SECTIONS.iter().map(section).collect(),
            values: form.values.clone(),
            locked: field::all().filter(|field| field.kind == Kind::Locked).map(|field| field.name).collect(),
        }
    }
}

fn answer(form: &form::Form) -> impl IntoResponse + use<> {
    ([(header::ETAG, form.etag())], Answer(Form::new(form)))
}

/// Read the form
#[utoipa::path(
    get,
    path = "/api/v1/applications/{no}/form",
    tag = "applications",
    params(("no" = String, Path)),
    responses(
        (status = 200, body = Form, headers(("ETag" = String, description = "strong"))),
        (status = "default", response = Refused)
    ),
    security(("person" = []))
)]
async fn get_form(
    State(service): State<Shared>,
    Path(no): Path<String>,
    Person(person): Person,
) -> Result<impl IntoResponse, Problem> {
    Ok(answer(&form::read(&service, &person, &no).await?))
}

/// What the form shall hold.
#[derive(Deserialize, ToSchema)]
struct FormValues {
    /// All fields by their names; locked ones may be left out.
    values: BTreeMap<String, String>,
}

/// Save the form
///
/// Before production at any time ("Başvuruyu Güncelle"). An approval that stands becomes void, another mobile telephone
/// has to be verified again, codes and sessions end.
#[utoipa::path(
    put,
    path = "/api/v1/applications/{no}/form",
    tag = "applications",
    params(("no" = String, Path), ("If-Match" = String, Header, description = "the form's `ETag`")),
    request_body = FormValues,
    responses(
        (status = 200, body = Form, headers(("ETag" = String, description = "strong"))),
        (status = "default", response = Refused)
    ),
    security(("person" = []))
)]
async fn put_form(
    State(service): State<Shared>,
    Path(no): Path<String>,
    Person(person): Person,
    headers: HeaderMap,
    Json { value, .. }: Json<FormValues>,
) -> Result<impl IntoResponse, Problem> {
    let if_match = headers.get(header::IF_MATCH).and_then(|value| value.to_str().ok());
    Ok(answer(&form::save(&service, &person, &no, if_match, value.values).await?))
}
