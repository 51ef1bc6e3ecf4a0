//! What stands before every action: it must come from a page of this portal, in this browser session.

use axum::Form;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{FromRequest, Multipart, Request, State};
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::Response;

use super::cookie;
use crate::domain::problem::{Kind, Problem};
use crate::domain::secret::same;
use crate::http::Shared;

/// The largest form; a form of the portal has some lines of text, an uploaded signature some kilobytes.
const FORM_OCTETS: usize = 64 * 1024;
/// The field that carries the form's token.
const TOKEN: &str = "form_token";

/// Refuses what another site made the browser send: by where it comes from, and by the token that only a page of this
/// session carries.
pub(super) async fn guard(
    State(service): State<Shared>,
    request: Request,
    next: Next,
) -> Result<Response, Problem> {
    check_origin(request.headers(), &service.base_url)?;
    let (parts, body) = request.into_parts();
    let octets = to_bytes(body, FORM_OCTETS).await;
    let octets = octets.map_err(|_| Problem::new(Kind::TooLarge).with("limit", FORM_OCTETS))?;
    let expected =
        cookie::read(&parts.headers, cookie::SESSION).map(|session| service.keys.form_token(session));
    let given = token(Request::from_parts(parts.clone(), Body::from(octets.clone()))).await;
    match (expected, given) {
        (Some(expected), Some(given)) if same(expected.as_bytes(), given.as_bytes()) => {
            Ok(next.run(Request::from_parts(parts, Body::from(octets))).await)
        }
        _ => Err(Kind::Forbidden.into()),
    }
}

/// Browsers name the origin of every POST, and say whether it is this one; scripts of a page cannot change either.
fn check_origin(headers: &HeaderMap, own: &str) -> Result<(), Problem> {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    let is_own = match (text(header::ORIGIN.as_str()), text("sec-fetch-site")) {
        (None, None) => false,
        (origin, site) => {
            origin.is_none_or(|origin| origin == own) && site.is_none_or(|site| site == "same-origin")
        }
    };
    if is_own { Ok(()) } else { Err(Kind::Forbidden.into()) }
}

async fn token(request: Request) -> Option<String> {
    let media_type = request.headers().get(header::CONTENT_TYPE)?.to_str().ok()?;
    if !media_type.starts_with("multipart/form-data") {
        let Form(fields) = Form::<Vec<(String, String)>>::from_request(request, &()).await.ok()?;
        return fields.into_iter().find(|(name, _)| name == TOKEN).map(|(_, value)| value);
    }
    let mut form = Multipart::from_request(request, &()).await.ok()?;
    while let Some(field) = form.next_field().await.ok()? {
        if field.name() == Some(TOKEN) {
            return field.text().await.ok();
        }
    }
    None
}

/// An uploaded file of the form.
pub(super) async fn file(mut form: Multipart, name: &str) -> Option<Bytes> {
    while let Some(field) = form.next_field().await.ok()? {
        if field.name() == Some(name) {
            return field.bytes().await.ok();
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_of_this_origin_act() {
        let own = "http://127.0.0.1:1";
        for (origin, site, is_own) in [
            (Some(own), Some("same-origin"), true),
            (Some(own), None, true),
            (None, Some("same-origin"), true),
            (None, None, false),
            (Some("null"), Some("same-origin"), false),
            (Some("http://127.0.0.1:2"), None, false),
            (Some("http://127.0.0.1:1.evil.example"), None, false),
            (Some(own), Some("same-site"), false),
            (Some(own), Some("cross-site"), false),
            (None, Some("none"), false),
        ] {
            let mut headers = HeaderMap::new();
            for (name, value) in [("origin", origin), ("sec-fetch-site", site)] {
                if let Some(value) = value {
                    headers.insert(name, value.parse().unwrap());
                }
            }
            assert_eq!(check_origin(&headers, own).is_ok(), is_own, "{origin:?} {site:?}");
        }
    }
}
