//! Why a request was refused, as RFC 9457 tells it; the words are chosen by the reader's language.

mod kind;

use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

pub(crate) use kind::{Kind, Words};

/// What the client may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Retry {
    /// Nothing.
    No,
    /// The same request again.
    Same,
    /// The same request after a while.
    After,
    /// Everything with a new code.
    NewCode,
    /// Something that the person does.
    UserAction,
}

/// Whether the operation took effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Outcome {
    /// Nothing was changed.
    NotDone,
    /// It was done before.
    Done,
    /// Not known.
    Unknown,
}

/// A refusal with its own members.
#[derive(Clone, Debug)]
pub(crate) struct Problem {
    kind: Kind,
    retry: Retry,
    outcome: Outcome,
    retry_after_s: Option<u32>,
    members: Map<String, Value>,
}

impl Problem {
    /// A problem of this type.
    pub(crate) fn new(kind: Kind) -> Self {
        Self { kind, retry: kind.retry(), outcome: kind.outcome(), retry_after_s: None, members: Map::new() }
    }

    /// Adds a member of the type's own.
    #[must_use]
    pub(crate) fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.members.insert(name.to_owned(), value.into());
        self
    }

    /// Tells how long to wait.
    #[must_use]
    pub(crate) fn after(mut self, seconds: u32) -> Self {
        self.retry_after_s = Some(seconds);
        self
    }

    /// Changes the advice where the type's own would mislead.
    #[must_use]
    pub(crate) fn advise(mut self, retry: Retry) -> Self {
        self.retry = retry;
        self
    }

    /// The type.
    pub(crate) fn kind(&self) -> Kind {
        self.kind
    }

    /// A member of the type's own.
    pub(crate) fn member(&self, name: &str) -> Option<&Value> {
        self.members.get(name)
    }

    /// Seconds to wait, for the header.
    pub(crate) fn retry_after_s(&self) -> Option<u32> {
        self.retry_after_s
    }

    /// The members that do not depend on the request, for the answer and for the store.
    pub(crate) fn to_members(&self, words: Words) -> Map<String, Value> {
        let mut members = self.members.clone();
        members.insert("type".into(), format!("urn:kamusm:problem:{}", self.kind.name()).into());
        members.insert("title".into(), words.title.into());
        members.insert("status".into(), self.kind.status().into());
        members.insert("detail".into(), words.detail.into());
        members.insert("retry".into(), serde_json::to_value(self.retry).unwrap_or_default());
        members.insert("outcome".into(), serde_json::to_value(self.outcome).unwrap_or_default());
        if let Some(seconds) = self.retry_after_s {
            members.insert("retry_after".into(), seconds.into());
        }
        members
    }

    /// What the store keeps of a rejection.
    pub(crate) fn to_stored(&self) -> String {
        let stored = serde_json::json!({ "name": self.kind.name(), "members": self.members });
        stored.to_string()
    }

    /// The rejection that the store kept; `None` where a later version wrote it.
    pub(crate) fn from_stored(stored: &str) -> Option<Self> {
        let stored: Value = serde_json::from_str(stored).ok()?;
        let name = stored.get("name")?.as_str()?;
        let kind = Kind::ALL.iter().find(|kind| kind.name() == name)?;
        let members = stored.get("members")?.as_object()?.clone();
        Some(Self { members, ..Self::new(*kind) })
    }
}

impl From<Kind> for Problem {
    fn from(kind: Kind) -> Self {
        Self::new(kind)
    }
}

/// The client learns nothing of the cause; the service's own log does.
impl From<sqlx::Error> for Problem {
    fn from(error: sqlx::Error) -> Self {
        tracing::error!(%error, "the store failed");
        Self::new(Kind::Internal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_words_are_given_twice() {
        for (index, kind) in Kind::ALL.iter().enumerate() {
            assert!(Kind::ALL[..index].iter().all(|other| other.name() != kind.name()), "{kind:?}");
            assert!((400..600).contains(&kind.status()));
            assert_ne!(kind.turkish().detail, kind.english().detail);
        }
    }

    #[test]
    fn a_rejection_survives_the_store() {
        let problem = Problem::new(Kind::PolicyViolation).with("attribute", "signing-time");
        let read = Problem::from_stored(&problem.to_stored()).unwrap();
        assert_eq!(read.to_members(Kind::Malformed.english()), problem.to_members(Kind::Malformed.english()));
        assert_eq!(read.kind(), Kind::PolicyViolation);
    }
}
