//! The problem document of every answer that is not a success, RFC 9457.

use serde::Deserialize;

use crate::error::FieldError;

const PREFIX: &str = "urn:kamusm:problem:";

/// A problem as the service tells it; unknown members are left out.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub(crate) struct Problem {
    /// `urn:kamusm:problem:<name>`.
    #[serde(rename = "type")]
    pub(crate) kind: String,
    /// The service's sentence in the language asked for.
    #[serde(default)]
    pub(crate) detail: Option<String>,
    /// The service's number of the request.
    #[serde(default)]
    pub(crate) request_id: Option<String>,
    /// What the caller may do.
    #[serde(default)]
    pub(crate) retry: Retry,
    /// Seconds to wait.
    #[serde(default)]
    pub(crate) retry_after: Option<u32>,
    /// The fields that are wrong, of `form-invalid`.
    #[serde(default)]
    pub(crate) errors: Vec<FieldError>,
    /// Tries that are left, of `sms-code-wrong`.
    #[serde(default)]
    pub(crate) attempts_left: Option<u32>,
    /// What is down, of `upstream-unavailable`.
    #[serde(default)]
    pub(crate) upstream: Option<String>,
    /// Whether the operation took effect.
    #[serde(default)]
    pub(crate) outcome: Effect,
}

impl Problem {
    /// The name of the type without the prefix of the protocol.
    pub(crate) fn name(&self) -> &str {
        self.kind.strip_prefix(PREFIX).unwrap_or(&self.kind)
    }
}

/// `retry` of a problem.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Retry {
    /// Never.
    No,
    /// The same request again.
    Same,
    /// The same request after `retry_after`.
    After,
    /// With a new code.
    NewCode,
    /// After the person did something.
    UserAction,
    /// A value of a newer service.
    #[default]
    #[serde(other)]
    Unknown,
}

/// `outcome` of a problem.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Effect {
    /// Nothing happened.
    NotDone,
    /// It happened.
    Done,
    /// The service does not know, or did not say.
    #[default]
    #[serde(other)]
    Unknown,
}
