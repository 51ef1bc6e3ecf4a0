//! `ETag`, `If-None-Match` and 304 (RFC 9110, 8.8.3 and 13.1.2).

use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// The tag of a row with a version.
pub(super) fn of_version(version: i64) -> String {
    format!("\"{version}\"")
}

fn known(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok())
}

/// Whether the caller knows another one.
pub(super) fn is_other(headers: &HeaderMap, tag: &str) -> bool {
    known(headers).is_some_and(|known| known != tag)
}

/// 304 where the caller knows this one, else the body.
pub(super) fn answer<B: IntoResponse>(headers: &HeaderMap, tag: &str, body: impl FnOnce() -> B) -> Response {
    let tag_header = [(header::ETAG, tag.to_owned())];
    if known(headers) == Some(tag) {
        return (StatusCode::NOT_MODIFIED, tag_header).into_response();
    }
    (tag_header, body()).into_response()
}
