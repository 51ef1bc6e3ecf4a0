//! Belgelerim: accepted signatures and e-onays, to keep.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};

use super::page::{Own, Page, moment};
use crate::domain::application::evidence;
use crate::domain::problem::Problem;
use crate::http::Shared;

struct File {
    id: String,
    created_at: String,
    octets: usize,
    is_signature: bool,
}

#[derive(Template)]
#[template(path = "evidence.html")]
struct List<'a> {
    page: &'a Page,
    no: &'a str,
    files: Vec<File>,
}

pub(super) async fn list(
    State(service): State<Shared>,
    Path(no): Path<String>,
    own: Own,
) -> Result<Response, Problem> {
    let all = evidence::all(&service, &own.person, &no).await?;
    let files = all.into_iter().map(|evidence| File {
        created_at: moment(evidence.created_at),
        octets: evidence.octets.len(),
        is_signature: evidence.signed.is_some(),
        id: evidence.id,
    });
    own.page.show(&List { page: &own.page, no: &no, files: files.collect() })
}

pub(super) async fn download(
    State(service): State<Shared>,
    Path((no, id)): Path<(String, String)>,
    own: Own,
) -> Result<Response, Problem> {
    let evidence = evidence::one(&service, &own.person, &no, &id).await?;
    let ending = if evidence.signed.is_some() { "p7m" } else { "json" };
    // Both are of the store and of letters and digits: nothing in the name can end it early.
    let name = format!("attachment; filename=\"{no}-{}.{ending}\"", evidence.id);
    let headers =
        [(header::CONTENT_TYPE, evidence.media_type().to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, evidence.octets).into_response())
}
