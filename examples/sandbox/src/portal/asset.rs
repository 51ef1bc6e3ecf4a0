//! The style sheet, the script and the mark.

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

const ASSETS: &[(&str, &str, &str)] = &[
    ("portal.css", "text/css; charset=utf-8", include_str!("../../static/portal.css")),
    ("portal.js", "text/javascript; charset=utf-8", include_str!("../../static/portal.js")),
    ("mark.svg", "image/svg+xml", include_str!("../../static/mark.svg")),
];

pub(super) async fn serve(Path(name): Path<String>) -> Response {
    match ASSETS.iter().find(|(known, ..)| *known == name) {
        // A page of a new version must not meet the style sheet of an old one.
        Some((_, media_type, text)) => {
            ([(header::CONTENT_TYPE, *media_type), (header::CACHE_CONTROL, "no-cache")], *text)
                .into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
