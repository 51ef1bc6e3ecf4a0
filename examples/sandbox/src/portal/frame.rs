//! Around every page: what browsers may do with it, and refusals as pages.

use askama::Template;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::page::Page;
use crate::domain::policy;
use crate::domain::problem::{Kind, Problem};
use crate::http::Shared;

/// Nothing but what this origin serves; no frame, no inline script or style.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const HEADERS: [(HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    // With `no-referrer` browsers would hide the origin of our own forms from us too.
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=(), payment=()"),
];

/// Adds what browsers must know of every answer.
pub(super) async fn protect(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    // Pages hold personal data: no cache keeps them.
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

#[derive(Template)]
#[template(path = "problem.html")]
struct Refused<'a> {
    page: &'a Page,
    title: &'a str,
    detail: &'a str,
    retry_after: Option<u32>,
    phone: &'a str,
}

/// Serves nothing under maintenance, turns refusals into pages; a person who leaves does not stop what began.
pub(super) async fn render(State(service): State<Shared>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let answering =
        tokio::time::timeout(service.longest_request(), next.run(Request::from_parts(parts.clone(), body)));
    let mut response = if service.is_in_maintenance() {
        Problem::new(Kind::Maintenance).into_response()
    } else {
        match tokio::spawn(answering).await {
            Ok(Ok(response)) => response,
            Ok(Err(_)) => Problem::new(Kind::ServiceUnavailable).into_response(),
            Err(error) => {
                tracing::error!(%error, "a page panicked");
                Problem::new(Kind::Internal).into_response()
            }
        }
    };
    let problem = response.extensions_mut().remove::<Problem>().or_else(|| of_http(&response));
    let Some(problem) = problem else { return response };
    match refused(&mut parts, &service, &problem).await {
        Ok(mut page) => {
            *page.status_mut() = response.status();
            page
        }
        Err(_) => response,
    }
}

async fn refused(parts: &mut Parts, service: &Shared, problem: &Problem) -> Result<Response, Problem> {
    let page = Page::from_request_parts(parts, service).await?;
    let words = page.lang.words(problem.kind());
    page.show(&Refused {
        page: &page,
        title: words.title,
        detail: words.detail,
        retry_after: problem.retry_after_s(),
        phone: policy::SUPPORT_PHONE,
    })
}

/// What HTTP itself refuses. A page that tells of errors by itself stays as it is.
fn of_http(response: &Response) -> Option<Problem> {
    if response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|found| found.as_bytes().starts_with(b"text/html"))
    {
        return None;
    }
    match response.status() {
        StatusCode::NOT_FOUND => Some(Kind::NotFound.into()),
        status if status.is_client_error() => Some(Kind::Malformed.into()),
        status if status.is_server_error() => Some(Kind::Internal.into()),
        _ => None,
    }
}
