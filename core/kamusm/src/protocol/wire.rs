//! This project's own wire, version 1 (docs/protocol.md): messages to requests, responses to messages.

use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use kamusm_cades::algorithm::DigestAlgorithm;
use serde::{Serialize, de::DeserializeOwned};

use super::{
    problem::Problem,
    request::{Method, Request, Response},
};
use crate::{
    config::Config,
    error::{Code, Error, Result},
};

const MAX_JSON_OCTETS: usize = 256 * 1024;
pub(crate) const MAX_DOCUMENT_OCTETS: usize = 64 * 1024;
/// How long the service may hold an answer back, RFC 7240 `Prefer: wait`.
pub(crate) const LONG_POLL_S: u64 = 25;

/// A request to the service, with the headers that all of them carry.
pub(crate) fn request(config: &Config, method: Method, path: &str) -> Request {
    Request {
        method,
        url: format!("{}{path}", config.base_url()),
        headers: vec![
            ("accept".into(), "application/json, application/problem+json".into()),
            ("accept-language".into(), config.language().tag().into()),
            ("user-agent".into(), format!("{}/{}", config.client_name(), config.client_version())),
        ],
        body: Vec::new(),
        timeout_ms: config.timeout_ms(),
        max_response_octets: MAX_JSON_OCTETS,
        after_cancel: false,
    }
}

impl Request {
    pub(crate) fn with_token(self, token: &str) -> Self {
        self.with("authorization", format!("Bearer {token}"))
    }

    pub(crate) fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// The body with its `Content-Digest`, RFC 9530.
    pub(crate) fn with_json(mut self, message: &impl Serialize) -> Self {
        self.body = serde_json::to_vec(message).expect("our messages have only text keys");
        let digest = content_digest(&self.body);
        self.with("content-type", "application/json").with("content-digest", digest)
    }

    /// Lets the service hold the answer back until something changes.
    pub(crate) fn with_long_poll(mut self) -> Self {
        self.timeout_ms = self.timeout_ms.max((LONG_POLL_S + 10) * 1000);
        self.with("prefer", format!("wait={LONG_POLL_S}"))
    }
}

/// `sha-256=:…:`, RFC 9530 2.
pub(crate) fn content_digest(octets: &[u8]) -> String {
    format!("sha-256=:{}:", BASE64.encode(DigestAlgorithm::Sha256.digest(octets)))
}

/// The message of a success; everything else becomes its error.
pub(crate) fn decode<T: DeserializeOwned>(response: &Response) -> Result<T> {
    let body = body(response)?;
    // The reason names the place only: the body may hold personal data.
    serde_json::from_slice(body).map_err(|error| {
        let place = format!("line {} column {}", error.line(), error.column());
        Error::new(Code::BadResponse, format!("the body is not the message expected, {place}"))
    })
}

/// The body of a success; everything else becomes its error.
pub(crate) fn body(response: &Response) -> Result<&[u8]> {
    let kind = response.header("content-type").unwrap_or_default();
    let media_type = kind.split(';').next().unwrap_or_default().trim();
    match response.status {
        200..=299 if media_type.eq_ignore_ascii_case("text/html") => {
            Err(Error::new(Code::CaptivePortal, format!("a web page came with status {}", response.status)))
        }
        200..=299 => Ok(&response.body),
        300..=399 => Err(Error::new(Code::Redirected, format!("status {} redirects", response.status))),
        _ => Err(refusal(response, media_type)),
    }
}

fn refusal(response: &Response, media_type: &str) -> Error {
    let retry_after = response.header("retry-after").and_then(|value| value.trim().parse().ok());
    if media_type.eq_ignore_ascii_case("application/problem+json")
        && let Ok(problem) = serde_json::from_slice::<Problem>(&response.body)
    {
        return Error::from_problem(&problem, response.status, retry_after);
    }
    Error::from_status(response.status, retry_after, media_type.eq_ignore_ascii_case("text/html"))
}

/// Whether the same request may be sent again (protocol, section 7).
pub(crate) fn is_repeatable(error: &Error) -> bool {
    match error.http_status() {
        Some(status) => {
            matches!(status, 408 | 425 | 429 | 502..=504) || error.code() == Code::IdempotencyInFlight
        }
        None => matches!(error.code(), Code::Unreachable | Code::Timeout),
    }
}
