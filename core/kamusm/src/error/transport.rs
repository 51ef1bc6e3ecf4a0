//! From a request without an answer to a [`Code`].

use super::{Code, Error};
use crate::{drive::Failure, request::TransportFailure};

impl From<TransportFailure> for Error {
    fn from(failure: TransportFailure) -> Self {
        let (code, reason) = match failure {
            TransportFailure::Unreachable => (Code::Unreachable, "no connection, or it broke"),
            TransportFailure::Tls => (Code::Tls, "TLS was refused"),
            TransportFailure::Timeout => (Code::Timeout, "no answer in time"),
            TransportFailure::TooLarge => (Code::ResponseTooLarge, "the body is larger than allowed"),
            TransportFailure::Malformed => (Code::BadResponse, "the answer is not HTTP"),
        };
        Self::new(code, reason)
    }
}

/// For single calls: a session gets the failure as an answer.
impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Transport(failure) => failure.into(),
            Failure::Cancelled => Self::new(Code::Cancelled, "the caller cancelled"),
        }
    }
}
