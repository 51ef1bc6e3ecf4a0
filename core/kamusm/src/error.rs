//! Errors: one number, the data behind it, and a sentence for the person (docs/errors.md).

mod code;
mod field;
mod problem;
mod sentence;
mod signature;
mod token;
mod transport;

use std::fmt;

pub use code::{Category, Code};
pub use field::{FieldError, FieldErrorCode};
pub use sentence::{Entry, Language};

/// What went wrong, with the data that a caller may need. It never holds personal data.
#[derive(Clone)]
pub struct Error {
    code: Code,
    details: Box<Details>,
}

#[derive(Clone, Default, PartialEq)]
struct Details {
    reason: String,
    problem: Option<String>,
    request_id: Option<String>,
    http_status: Option<u16>,
    retry_after_s: Option<u32>,
    fields: Vec<FieldError>,
    attempts_left: Option<u32>,
    upstream: Option<String>,
    ck_rv: Option<u64>,
    pin_tries_left: Option<u8>,
    used_pin_try: bool,
    cause: Option<Error>,
}

/// The result of this crate's calls.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// An error with the reason for developers, in English.
    pub fn new(code: Code, reason: impl Into<String>) -> Self {
        Self { code, details: Box::new(Details { reason: reason.into(), ..Details::default() }) }
    }

    /// The number of the error.
    pub const fn code(&self) -> Code {
        self.code
    }

    /// What a caller can do about it.
    pub const fn category(&self) -> Category {
        self.code.category()
    }

    /// Whether the same call may succeed later without anybody changing anything.
    pub const fn is_retryable(&self) -> bool {
        self.code.is_retryable()
    }

    /// What happened, for developers, in English.
    pub fn reason(&self) -> &str {
        &self.details.reason
    }

    /// What happened and what to do, for the person.
    pub fn sentence(&self, language: Language) -> &'static str {
        self.code.sentence(language)
    }

    /// The service's problem type without its prefix, RFC 9457.
    pub fn problem(&self) -> Option<&str> {
        self.details.problem.as_deref()
    }

    /// The service's number of the request, for its support.
    pub fn request_id(&self) -> Option<&str> {
        self.details.request_id.as_deref()
    }

    /// The HTTP status that carried the problem.
    pub fn http_status(&self) -> Option<u16> {
        self.details.http_status
    }

    /// Seconds after which the service wants to be asked again.
    pub fn retry_after_s(&self) -> Option<u32> {
        self.details.retry_after_s
    }

    /// The fields that are wrong, with [`Code::FormInvalid`].
    pub fn fields(&self) -> &[FieldError] {
        &self.details.fields
    }

    /// Tries that are left for the code of an SMS, with [`Code::SmsCodeWrong`].
    pub fn attempts_left(&self) -> Option<u32> {
        self.details.attempts_left
    }

    /// Which service behind the service is down, such as `nvi`, with [`Code::UpstreamUnavailable`].
    pub fn upstream(&self) -> Option<&str> {
        self.details.upstream.as_deref()
    }

    /// The CK_RV of the PKCS#11 call that failed.
    pub fn ck_rv(&self) -> Option<u64> {
        self.details.ck_rv
    }

    /// PIN tries that are left; `None` where the token does not tell.
    pub fn pin_tries_left(&self) -> Option<u8> {
        self.details.pin_tries_left
    }

    /// Whether a PIN try was used.
    pub fn used_pin_try(&self) -> bool {
        self.details.used_pin_try
    }

    /// The error behind this one.
    pub fn cause(&self) -> Option<&Self> {
        self.details.cause.as_ref()
    }

    /// The same error with the fields it is about.
    #[must_use]
    pub(crate) fn at(mut self, fields: Vec<FieldError>) -> Self {
        self.details.fields = fields;
        self
    }

    /// The same error with the one behind it.
    #[must_use]
    pub fn caused_by(mut self, cause: Self) -> Self {
        self.details.cause = Some(cause);
        self
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}): {}", self.code.name(), self.code.number(), self.details.reason)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code.name(), self.details.reason)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.details.cause.as_ref().map(|cause| cause as &(dyn std::error::Error + 'static))
    }
}

impl PartialEq for Error {
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code && self.details == other.details
    }
}
