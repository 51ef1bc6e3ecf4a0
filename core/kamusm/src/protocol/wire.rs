//! What every dialect shares: HTTP's own headers and statuses (RFC 9110), and the bounds of an answer.

use std::borrow::Cow;

use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use kamusm_cades::algorithm::DigestAlgorithm;
use serde::de::DeserializeOwned;

use super::{
    dialect::{Ask, Operation, Outgoing},
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

/// The request that carries what is asked, with the headers that all of them carry.
pub(crate) fn request(config: &Config, ask: &Ask<'_>) -> Request {
    let outgoing = config.dialect().request(ask);
    let url = format!("{}{}", config.base_url(), outgoing.path);
    build(config, url, outgoing)
}

/// Reads what stands at an address of the service's own.
pub(crate) fn get(config: &Config, url: &str) -> Request {
    let outgoing =
        Outgoing { method: Method::Get, path: String::new(), headers: Vec::new(), body: Vec::new() };
    build(config, url.to_owned(), outgoing)
}

fn build(config: &Config, url: String, outgoing: Outgoing) -> Request {
    let mut headers = vec![
        ("accept".into(), "application/json, application/problem+json".into()),
        ("accept-language".into(), config.language().tag().into()),
        ("user-agent".into(), format!("{}/{}", config.client_name(), config.client_version())),
    ];
    headers.extend(outgoing.headers);
    if !outgoing.body.is_empty() {
        headers.push(("content-digest".into(), content_digest(&outgoing.body)));
    }
    Request {
        method: outgoing.method,
        url,
        headers,
        body: outgoing.body,
        timeout_ms: config.timeout_ms(),
        max_response_octets: MAX_JSON_OCTETS,
        after_cancel: false,
    }
}

impl Request {
    pub(crate) fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Octets of this media type are awaited, not a message; at most so many.
    pub(crate) fn for_octets(mut self, media_type: &str, at_most: usize) -> Self {
        self.headers[0].1 = format!("{media_type}, application/problem+json");
        self.max_response_octets = at_most;
        self
    }

    /// Lets the service hold the answer back until something changes.
    pub(crate) fn with_long_poll(mut self) -> Self {
        self.timeout_ms = self.timeout_ms.max((LONG_POLL_S + 10) * 1000);
        self.with("prefer", format!("wait={LONG_POLL_S}"))
    }
}

impl Response {
    /// Whether the body has this media type, whatever its parameters are.
    pub(crate) fn is_of(&self, media_type: &str) -> bool {
        let kind = self.header("content-type").unwrap_or_default();
        kind.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case(media_type)
    }
}

/// `sha-256=:…:`, RFC 9530 2.
pub(crate) fn content_digest(octets: &[u8]) -> String {
    format!("sha-256=:{}:", BASE64.encode(DigestAlgorithm::Sha256.digest(octets)))
}

/// The message of a success; everything else becomes its error.
pub(crate) fn decode<T: DeserializeOwned>(
    config: &Config,
    operation: Operation,
    response: &Response,
) -> Result<T> {
    let body = body(config, operation, response)?;
    // The reason names the place only: the body may hold personal data.
    serde_json::from_slice(&body).map_err(|error| {
        let place = format!("line {} column {}", error.line(), error.column());
        Error::new(Code::BadResponse, format!("the body is not the message expected, {place}"))
    })
}

/// The body of a success; everything else becomes its error.
pub(crate) fn body<'r>(
    config: &Config,
    operation: Operation,
    response: &'r Response,
) -> Result<Cow<'r, [u8]>> {
    let is_redirect = matches!(response.status, 300..=399);
    if let Some(problem) = config.dialect().problem(response).filter(|_| !is_redirect)
        && let Ok(problem) = serde_json::from_slice::<Problem>(&problem)
    {
        return Err(Error::from_problem(&problem, response.status, retry_after(response)));
    }
    match response.status {
        200..=299 if response.is_of("text/html") => {
            Err(Error::new(Code::CaptivePortal, format!("a web page came with status {}", response.status)))
        }
        200..=299 => config
            .dialect()
            .answer(operation, response)
            .ok_or_else(|| Error::new(Code::BadResponse, "the body is not what the protocol answers")),
        300..=399 => Err(Error::new(Code::Redirected, format!("status {} redirects", response.status))),
        status => Err(Error::from_status(status, retry_after(response), response.is_of("text/html"))),
    }
}

fn retry_after(response: &Response) -> Option<u32> {
    response.header("retry-after").and_then(|value| value.trim().parse().ok())
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
