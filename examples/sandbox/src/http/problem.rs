//! Problem documents, RFC 9457, in the language of the request.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value};
use utoipa::{ToResponse, ToSchema};

use super::Shared;
use crate::domain::language::Language;
use crate::domain::problem::{Kind, Outcome, Problem, Retry};
use crate::domain::secret::random_id;

const MEDIA_TYPE: &str = "application/problem+json";
const REQUEST_ID: &str = "x-request-id";

/// The better liked of the two; Turkish where nothing is said.
pub(super) fn language(headers: &HeaderMap) -> Language {
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let mut best = (0.0, Language::default());
    for range in accepted.unwrap_or_default().split(',') {
        let mut parts = range.split(';').map(str::trim);
        let primary = parts.next().and_then(|tag| tag.split('-').next()).unwrap_or_default();
        let quality = parts.find_map(|part| part.strip_prefix("q=")).unwrap_or("1");
        let quality = quality.parse::<f32>().unwrap_or(0.0);
        if let Some(language) = Language::from_tag(&primary.to_ascii_lowercase())
            && quality > best.0
        {
            best = (quality, language);
        }
    }
    best.1
}

/// The body is written by [`render`], which knows the request.
impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.kind().status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = status.into_response();
        if self.kind() == Kind::Unauthenticated {
            // RFC 6750 3: at least one parameter follows the scheme.
            let challenge = HeaderValue::from_static("Bearer realm=\"kamusm\"");
            response.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
        }
        if let Some(seconds) = self.retry_after_s() {
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        }
        response.extensions_mut().insert(self);
        response
    }
}

/// A path that nothing answers.
pub(super) async fn no_such_path() -> Problem {
    Kind::NotFound.into()
}

/// Numbers the request and writes the document of each refusal. A client that leaves does not stop what it began.
pub(super) async fn render(State(service): State<Shared>, request: Request, next: Next) -> Response {
    let language = language(request.headers());
    let instance = request.uri().path().to_owned();
    let request_id = random_id();
    let answering = tokio::spawn(tokio::time::timeout(service.longest_request(), next.run(request)));
    let mut response = match answering.await {
        Ok(Ok(response)) => response,
        Ok(Err(_)) => Problem::new(Kind::ServiceUnavailable).into_response(),
        Err(error) => {
            tracing::error!(%error, "a request panicked");
            Problem::new(Kind::Internal).into_response()
        }
    };
    if let Ok(value) = HeaderValue::from_str(&request_id) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    let status = response.status();
    let mut members = match response.extensions_mut().remove::<Problem>() {
        Some(problem) => problem.to_members(language.words(problem.kind())),
        None if status.is_client_error() || status.is_server_error() => plain(status),
        None => return response,
    };
    members.insert("instance".into(), instance.into());
    members.insert("request_id".into(), request_id.into());
    let (mut parts, _) = response.into_parts();
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
    parts.headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(language.tag()));
    Response::from_parts(parts, Value::Object(members).to_string().into())
}

/// What HTTP itself refuses, for instance a method that a path does not have (RFC 9457, 4.2.1).
fn plain(status: StatusCode) -> Map<String, Value> {
    let mut members = Map::new();
    members.insert("type".into(), "about:blank".into());
    members.insert("title".into(), status.canonical_reason().unwrap_or_default().into());
    members.insert("status".into(), status.as_u16().into());
    members.insert("detail".into(), status.canonical_reason().unwrap_or_default().into());
    members.insert("retry".into(), "no".into());
    members.insert("outcome".into(), "not_done".into());
    members
}

/// A refusal, RFC 9457; each type has its own further members.
#[derive(ToSchema)]
#[schema(as = Problem)]
#[expect(dead_code, reason = "the description's schema; problems are written from their members")]
pub(super) struct ProblemDocument {
    /// `urn:kamusm:problem:<name>`, never localised.
    #[schema(rename = "type")]
    kind: String,
    /// Localised by Accept-Language: tr, en.
    title: String,
    status: u16,
    /// Localised by Accept-Language: tr, en.
    detail: String,
    /// The path asked for.
    instance: String,
    request_id: String,
    retry: Retry,
    /// Seconds to wait.
    retry_after: Option<u32>,
    outcome: Outcome,
}

/// Refused: a problem document, RFC 9457
#[derive(ToResponse)]
#[response(content_type = "application/problem+json")]
#[expect(dead_code, reason = "the description's response")]
pub(super) struct Refused(ProblemDocument);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_better_liked_language_is_taken() {
        for (accepted, liked) in [
            ("", Language::Turkish),
            ("de", Language::Turkish),
            ("en-GB", Language::English),
            ("EN", Language::English),
            ("en;q=0.5, tr-TR;q=0.9", Language::Turkish),
            ("tr;q=0.1, de, en;q=0.2", Language::English),
            ("en;q=x", Language::Turkish),
        ] {
            let headers = HeaderMap::from_iter([(header::ACCEPT_LANGUAGE, accepted.parse().unwrap())]);
            assert_eq!(language(&headers), liked, "{accepted}");
        }
    }
}
