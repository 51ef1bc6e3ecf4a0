//! HTTP requests and responses as values (RFC 9110), for callers who perform them.

use kamusm::{Code, Error};

use crate::{clock::signed, error::Result};

/// A request to perform as it stands: no redirects, no cookies, no header added but `Host` and lengths.
///
/// Address, headers and body hold the code, a token and personal data: keep all of it out of logs.
#[derive(Clone, uniffi::Record)]
pub struct Request {
    /// `GET`, `POST`, `PUT` or `DELETE`.
    pub method: String,
    /// The absolute address; its host is always the configured one.
    pub url: String,
    /// Names in lower case with their values.
    pub headers: Vec<Header>,
    /// The body; empty for none.
    pub body: Vec<u8>,
    /// How long the whole exchange may take.
    pub timeout_ms: i64,
    /// How large the body of the answer may be; a larger one is not read.
    pub max_response_octets: i64,
    /// Sent even though everything was cancelled, without anybody waiting for its answer.
    pub after_cancel: bool,
}

/// One header.
#[derive(Clone, uniffi::Record)]
pub struct Header {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
}

/// The service's answer.
#[derive(Clone, uniffi::Record)]
pub struct Response {
    /// The status, 100 to 599.
    pub status: i32,
    /// Every header, its name in any case.
    pub headers: Vec<Header>,
    /// The body as it came.
    pub body: Vec<u8>,
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, uniffi::Enum)]
pub enum TransportFailure {
    /// No connection, or it broke.
    Unreachable,
    /// TLS was refused.
    Tls,
    /// The time of the request was over.
    Timeout,
    /// The body was larger than allowed.
    TooLarge,
    /// The exchange was not HTTP.
    Malformed,
}

impl Request {
    pub(crate) fn new(request: &kamusm::request::Request) -> Self {
        let headers = request.headers.iter();
        Self {
            method: request.method.name().to_owned(),
            url: request.url.clone(),
            headers: headers
                .map(|(name, value)| Header { name: name.clone(), value: value.clone() })
                .collect(),
            body: request.body.clone(),
            timeout_ms: signed(request.timeout_ms),
            max_response_octets: i64::try_from(request.max_response_octets).unwrap_or(i64::MAX),
            after_cancel: request.after_cancel,
        }
    }
}

impl Response {
    pub(crate) fn into_inner(self) -> Result<kamusm::request::Response> {
        let wrong = || Error::new(Code::Range, "an HTTP status is 100 to 599");
        let status = u16::try_from(self.status).ok().filter(|status| (100..600).contains(status));
        let headers = self.headers.into_iter().map(|header| (header.name, header.value)).collect();
        Ok(kamusm::request::Response::new(status.ok_or_else(wrong)?, headers, self.body))
    }
}

impl From<TransportFailure> for kamusm::request::TransportFailure {
    fn from(failure: TransportFailure) -> Self {
        match failure {
            TransportFailure::Unreachable => Self::Unreachable,
            TransportFailure::Tls => Self::Tls,
            TransportFailure::Timeout => Self::Timeout,
            TransportFailure::TooLarge => Self::TooLarge,
            TransportFailure::Malformed => Self::Malformed,
        }
    }
}
