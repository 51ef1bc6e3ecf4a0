//! The lists that a form's choices are taken from.

use axum::Json as Answer;
use axum::extract::{Path, Query};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Shared;
use super::caller::Person;
use super::problem::Refused;
use crate::domain::problem::Problem;
use crate::domain::reference;

pub(super) fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new().routes(routes!(get_reference_list))
}

/// Which rows are asked for.
#[derive(Deserialize)]
struct Filter {
    province: Option<String>,
}

/// A list of codes with their titles.
#[derive(Serialize, ToSchema)]
struct ReferenceList {
    items: Vec<ReferenceItem>,
}

/// A code with its title.
#[derive(Serialize, ToSchema)]
struct ReferenceItem {
    #[schema(value_type = String)]
    code: &'static str,
    /// Turkish.
    #[schema(value_type = String)]
    title: &'static str,
}

/// Read a list of the form's choices
///
/// `provinces`, `delivery-methods`, `operators`, `card-readers`, `certificate-durations`, `info-channels`.
#[utoipa::path(
    get,
    path = "/api/v1/reference/{list}",
    tag = "applications",
    params(
        ("list" = String, Path),
        ("province" = Option<String>, Query, description = "plate code; of `delivery-methods` those that the province has")
    ),
    responses((status = 200, body = ReferenceList), (status = "default", response = Refused)),
    security(("person" = []))
)]
async fn get_reference_list(
    Path(list): Path<String>,
    Query(filter): Query<Filter>,
    _person: Person,
) -> Result<Answer<ReferenceList>, Problem> {
    let list = reference::List::parse(&list)?;
    let rows = filter.province.map_or_else(|| list.rows(), |province| list.rows_of(&province));
    let items = rows.iter().map(|(code, title)| ReferenceItem { code, title });
    Ok(Answer(ReferenceList { items: items.collect() }))
}
