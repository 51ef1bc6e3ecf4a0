//! How the program ends: what is told and the exit code.

use std::path::PathBuf;

use kamusm::{
    error::Error,
    session::{Outcome, OutcomeKind},
};

/// The end of the run.
#[derive(Debug)]
pub(crate) struct Ending {
    /// An error if there was no session to end.
    pub(crate) outcome: Result<Outcome, Error>,
    /// Where the evidence was saved, or why not, if it was asked for.
    pub(crate) saved: Option<Result<PathBuf, String>>,
}

impl Ending {
    /// The service accepted and gave its receipt.
    pub(crate) const ACCEPTED: u8 = 0;
    /// Refused, cancelled, expired or failed: nothing counts as signed.
    pub(crate) const FAILED: u8 = 1;
    /// The command line or the surroundings are wrong; nothing was sent.
    pub(crate) const USAGE: u8 = 2;
    /// The signature was sent, but the service has not decided or its answer is not known.
    pub(crate) const OPEN: u8 = 3;

    pub(crate) fn error(&self) -> Option<&Error> {
        match &self.outcome {
            Ok(outcome) => outcome.error.as_ref(),
            Err(error) => Some(error),
        }
    }

    pub(crate) fn kind(&self) -> OutcomeKind {
        self.outcome.as_ref().map_or(OutcomeKind::Failed, |outcome| outcome.kind)
    }

    pub(crate) fn may_have_arrived(&self) -> bool {
        self.outcome.as_ref().is_ok_and(|outcome| outcome.may_have_arrived)
    }

    /// Why the record could not be written, where the end stands all the same.
    pub(crate) fn journal_failure(&self) -> Option<&Error> {
        self.outcome.as_ref().ok()?.journal_failure.as_ref()
    }

    pub(crate) fn exit_code(&self) -> u8 {
        match self.kind() {
            OutcomeKind::Accepted => Self::ACCEPTED,
            OutcomeKind::Received | OutcomeKind::Unknown => Self::OPEN,
            _ if self.may_have_arrived() => Self::OPEN,
            _ => Self::FAILED,
        }
    }
}

#[cfg(test)]
mod tests {
    use kamusm::error::Code;

    use super::*;

    #[test]
    fn an_end_without_a_session_is_a_failure_with_its_error() {
        let ending = Ending { outcome: Err(Error::new(Code::CodeMalformed, "short")), saved: None };
        assert_eq!(ending.exit_code(), Ending::FAILED);
        assert_eq!(ending.error().map(Error::code), Some(Code::CodeMalformed));
        assert!(!ending.may_have_arrived());
    }
}
