//! Errors: one number, the data behind it, and a sentence for the person (docs/errors.md).

use std::fmt;

use kamusm::{Code, Error, error::Category};

use crate::clock::signed;

/// The result of this crate's calls.
pub type Result<T, E = KamusmError> = std::result::Result<T, E>;

/// What went wrong, by what the caller can do about it.
#[derive(Clone, Debug, uniffi::Error)]
pub enum KamusmError {
    /// Fix the program.
    Usage {
        /// The error.
        details: ErrorDetails,
    },
    /// Retry later.
    Network {
        /// The error.
        details: ErrorDetails,
    },
    /// Tell the person; mostly a new code is needed.
    Service {
        /// The error.
        details: ErrorDetails,
    },
    /// Tell the person; about the card, its reader, its driver or its PIN.
    Card {
        /// The error.
        details: ErrorDetails,
    },
    /// Choose another certificate.
    Certificate {
        /// The error.
        details: ErrorDetails,
    },
    /// Report.
    Signature {
        /// The error.
        details: ErrorDetails,
    },
    /// The journal.
    Storage {
        /// The error.
        details: ErrorDetails,
    },
    /// Report; the object may only be let go.
    Internal {
        /// The error.
        details: ErrorDetails,
    },
}

/// An error with the data that a caller may need. It never holds personal data.
#[derive(Clone, Debug, uniffi::Record)]
pub struct ErrorDetails {
    /// The number, negative, as in docs/errors.md.
    pub code: i32,
    /// The name of the number, such as `PIN_INCORRECT`.
    pub name: String,
    /// What a caller can do about it: 0 usage, 1 network, 2 service, 3 card, 4 certificate, 5 signature, 6 storage,
    /// 9 internal.
    pub category: i32,
    /// What happened, for developers, in English. What the person reads comes from `error_text`.
    pub reason: String,
    /// Whether the same call may succeed later without anybody changing anything. A PIN is never retried.
    pub retryable: bool,
    /// The service's problem type without its prefix, such as `code-expired`.
    pub problem: Option<String>,
    /// The service's number of the request, for its support.
    pub request_id: Option<String>,
    /// The HTTP status that carried the problem.
    pub http_status: Option<i32>,
    /// Seconds after which the service wants to be asked again.
    pub retry_after_s: Option<i64>,
    /// The fields of what was sent that are wrong.
    pub fields: Vec<FieldError>,
    /// How often a code may still be tried.
    pub attempts_left: Option<i64>,
    /// Whose service behind the service does not answer, such as `nvi`.
    pub upstream: Option<String>,
    /// The CK_RV of the PKCS#11 call that failed.
    pub ck_rv: Option<i64>,
    /// PIN tries that are left, where the token tells.
    pub pin_tries_left: Option<i32>,
    /// Whether a PIN try was used, or may have been.
    pub used_pin_try: bool,
    /// The errors behind this one, the nearest first.
    pub causes: Vec<Cause>,
}

/// What is wrong with a field.
#[derive(Clone, Debug, uniffi::Record)]
pub struct FieldError {
    /// Its place, such as `/values/email` (RFC 6901).
    pub pointer: String,
    /// What is wrong, such as `required`; words of the service come as they are.
    pub code: String,
}

/// An error behind another one.
#[derive(Clone, Debug, uniffi::Record)]
pub struct Cause {
    /// The number.
    pub code: i32,
    /// What happened, for developers, in English.
    pub reason: String,
}

/// A row of the table of errors.
#[derive(Clone, Debug, uniffi::Record)]
pub struct ErrorCode {
    /// The number.
    pub number: i32,
    /// Its name, such as `PIN_INCORRECT`.
    pub name: String,
    /// What a caller can do about it, as in `ErrorDetails`.
    pub category: i32,
    /// Whether the same call may succeed later without anybody changing anything.
    pub retryable: bool,
}

/// The languages of the sentences.
#[derive(Clone, Copy, Debug, uniffi::Enum)]
pub enum Language {
    /// Türkçe.
    Turkish,
    /// English.
    English,
}

/// What happened and what to do, one or two sentences for the person.
#[uniffi::export]
pub fn error_text(code: i32, language: Language) -> Result<String> {
    Ok(known(code)?.sentence(language.into()).to_owned())
}

/// Every error that there is, in the order of docs/errors.md.
#[uniffi::export]
pub fn error_codes() -> Result<Vec<ErrorCode>> {
    let rows = Code::all().iter().map(|entry| ErrorCode {
        number: entry.code.number(),
        name: entry.name.to_owned(),
        category: entry.code.category() as i32,
        retryable: entry.code.is_retryable(),
    });
    Ok(rows.collect())
}

/// The code with this number.
pub(crate) fn known(code: i32) -> Result<Code> {
    let unknown = || Error::new(Code::Range, "this is the number of no error").into();
    Code::from_number(code).ok_or_else(unknown)
}

/// An error that the caller makes, for a step that it could not perform.
pub(crate) fn made(code: i32, reason: String) -> Result<Error> {
    Ok(Error::new(known(code)?, reason))
}

impl ErrorDetails {
    pub(crate) fn new(error: &Error) -> Self {
        let causes = std::iter::successors(error.cause(), |cause| cause.cause());
        Self {
            code: error.code().number(),
            name: error.code().name().to_owned(),
            category: error.category() as i32,
            reason: error.reason().to_owned(),
            retryable: error.is_retryable(),
            problem: error.problem().map(str::to_owned),
            request_id: error.request_id().map(str::to_owned),
            http_status: error.http_status().map(i32::from),
            retry_after_s: error.retry_after_s().map(i64::from),
            fields: error.fields().iter().map(FieldError::new).collect(),
            attempts_left: error.attempts_left().map(i64::from),
            upstream: error.upstream().map(str::to_owned),
            ck_rv: error.ck_rv().map(signed),
            pin_tries_left: error.pin_tries_left().map(i32::from),
            used_pin_try: error.used_pin_try(),
            causes: causes
                .map(|cause| Cause { code: cause.code().number(), reason: cause.reason().to_owned() })
                .collect(),
        }
    }
}

impl FieldError {
    pub(crate) fn new(field: &kamusm::error::FieldError) -> Self {
        Self { pointer: field.pointer.clone(), code: field.code.word().to_owned() }
    }
}

impl KamusmError {
    fn details(&self) -> &ErrorDetails {
        match self {
            Self::Usage { details }
            | Self::Network { details }
            | Self::Service { details }
            | Self::Card { details }
            | Self::Certificate { details }
            | Self::Signature { details }
            | Self::Storage { details }
            | Self::Internal { details } => details,
        }
    }
}

impl From<Error> for KamusmError {
    fn from(error: Error) -> Self {
        let details = ErrorDetails::new(&error);
        match error.category() {
            Category::Usage => Self::Usage { details },
            Category::Network => Self::Network { details },
            Category::Service => Self::Service { details },
            Category::Card => Self::Card { details },
            Category::Certificate => Self::Certificate { details },
            Category::Signature => Self::Signature { details },
            Category::Storage => Self::Storage { details },
            _ => Self::Internal { details },
        }
    }
}

impl fmt::Display for KamusmError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.details().name, self.details().reason)
    }
}

impl std::error::Error for KamusmError {}

impl From<Language> for kamusm::error::Language {
    fn from(language: Language) -> Self {
        match language {
            Language::Turkish => Self::Turkish,
            Language::English => Self::English,
        }
    }
}
