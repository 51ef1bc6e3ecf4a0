//! The table: one row for each problem type that a sign session can meet.

mod altered;
mod certificate;
mod elsewhere;
mod service;
mod submission;

use super::caller::{Callers, Told};

/// A problem type, why it arises, and how that comes about.
pub(super) struct Row {
    pub(super) problem: &'static str,
    pub(super) status: u16,
    pub(super) cause: Cause,
    pub(super) run: fn(&Callers) -> Told,
}

/// Where the cause lies.
#[derive(Clone, Copy, Debug)]
pub(super) enum Cause {
    /// The session, the page, the certificate or the service is really so.
    Real(&'static str),
    /// The service refuses for its real reason; the request was altered on its way, for an honest client never sends it.
    Altered(&'static str),
    /// Injected, with the reason why it cannot be had otherwise.
    Injected(&'static str),
}

impl Cause {
    pub(super) fn words(&self) -> &'static str {
        match self {
            Self::Real(words) | Self::Altered(words) | Self::Injected(words) => words,
        }
    }
}

pub(super) fn all() -> Vec<Row> {
    [altered::ROWS, elsewhere::ROWS, certificate::ROWS, submission::ROWS, service::ROWS]
        .into_iter()
        .flatten()
        .map(|(problem, status, cause, run)| Row { problem, status: *status, cause: *cause, run: *run })
        .collect()
}

/// As a row is written.
type Line = (&'static str, u16, Cause, fn(&Callers) -> Told);

const REDEEM: &str = "/sign-sessions";
