//! HTTP requests and responses as values (RFC 9110): made here, performed elsewhere.

use std::fmt;

/// The methods of the protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Method {
    /// Reads; changes nothing.
    Get,
    /// Creates or acts; carries an idempotency key.
    Post,
    /// Stores the same thing at the same place.
    Put,
    /// Takes back.
    Delete,
}

impl Method {
    /// The name on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }
}

/// A request to perform as it stands: no redirects, no cookies, no header added but `Host` and lengths.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Request {
    /// The method.
    pub method: Method,
    /// The absolute address; its host is always the configured one.
    pub url: String,
    /// Header names in lower case with their values.
    pub headers: Vec<(String, String)>,
    /// The body; empty for none.
    pub body: Vec<u8>,
    /// How long the whole exchange may take.
    pub timeout_ms: u64,
    /// How large the body of the answer may be; a larger one is not read.
    pub max_response_octets: usize,
    /// Sent even though everything was cancelled, without anybody waiting for its answer.
    pub after_cancel: bool,
}

impl Request {
    /// The first header of this name.
    pub fn header(&self, name: &str) -> Option<&str> {
        header(&self.headers, name)
    }
}

/// Neither headers nor body nor path: they hold the code, the token and personal data.
impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Request({}, {} octets)", self.method.name(), self.body.len())
    }
}

/// The service's answer.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Response {
    /// The status, RFC 9110 15.
    pub status: u16,
    /// Header names in any case with their values.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Response {
    /// An answer with its parts.
    pub fn new(status: u16, headers: Vec<(String, String)>, body: Vec<u8>) -> Self {
        Self { status, headers, body }
    }

    /// The first header of this name.
    pub fn header(&self, name: &str) -> Option<&str> {
        header(&self.headers, name)
    }
}

impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Response({}, {} octets)", self.status, self.body.len())
    }
}

fn header<'a>(headers: &'a [(String, String)], name: &str) -> Option<&'a str> {
    headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
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
