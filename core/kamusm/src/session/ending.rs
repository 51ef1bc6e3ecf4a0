//! What fails, what is tried again, and how a session ends.

use super::{Opened, Outcome, OutcomeKind, Session, Stage};
use crate::{
    error::{Category, Code, Error},
    protocol::{request::TransportFailure, wire},
    time::{MonotonicMs, Now},
};

impl Session {
    pub(super) fn lost(&mut self, failure: TransportFailure, now: Now) {
        self.refused(failure.into(), now);
    }

    /// The request of this stage failed: again after a pause, or the end.
    pub(super) fn refused(&mut self, error: Error, now: Now) {
        if let Stage::Farewell(kind) = self.stage {
            let error = self.failure.take().unwrap_or(error);
            return self.end(kind, error);
        }
        // Once the signatures may have arrived, only the service's own word ends the waiting.
        let is_silent = error.category() == Category::Network || error.code() == Code::ServiceInternal;
        let is_open = wire::is_repeatable(&error) || (self.submitted && is_silent);
        if is_open {
            let deadline = self.opened.as_ref().map(Opened::submission_end);
            let deadline = deadline.filter(|_| matches!(self.stage, Stage::Submission));
            let (after, salt) = (error.retry_after_s(), self.number);
            if let Some(pause) = self.retries.next(now.monotonic_ms, after, deadline, &self.entropy, salt) {
                return self.pause(pause);
            }
        }
        if self.submitted {
            return self.refused_after_submission(error, is_open);
        }
        let kind = kind_of(&error);
        // Found on this side, which the service does not know: it need not keep the session open.
        if kind == OutcomeKind::Failed && error.problem().is_none() && !is_open {
            return self.leave(kind, error);
        }
        // Nothing is decided: a journal can go on later.
        self.stays_open = is_open;
        self.end(kind, error);
    }

    /// The signatures may be there: what is the truth about them?
    fn refused_after_submission(&mut self, error: Error, is_open: bool) {
        let is_word = error.problem().is_some() && !is_open;
        let is_refusal = matches!(self.stage, Stage::Submission)
            || matches!(error.category(), Category::Certificate | Category::Signature);
        if is_word && !matches!(self.stage, Stage::Collection | Stage::ReceiptKeys { .. }) {
            // The end of a session does not tell whether signatures had arrived before it.
            if self.absent || kind_of(&error) != OutcomeKind::Failed {
                self.verdict = Some(error);
                return self.enter(Stage::Collection);
            }
        }
        if is_word && is_refusal && !matches!(self.stage, Stage::ReceiptKeys { .. }) {
            return self.end(OutcomeKind::Rejected, error);
        }
        let error = match self.stage {
            // Accepted by the service's word, but not proven by its receipt.
            Stage::ReceiptKeys { .. } if !is_open => error,
            _ => {
                let reason = "the signatures were sent and no answer came";
                Error::new(Code::OutcomeUnknown, reason).caused_by(error)
            }
        };
        self.end(OutcomeKind::Unknown, error);
    }

    /// Ends the session from this side; the service is told where it waits for us.
    pub(super) fn leave(&mut self, kind: OutcomeKind, error: Error) {
        match self.stage {
            Stage::Ended(_) => {}
            Stage::Farewell(_) => self.end(kind, error),
            // A challenge is left to its end; nobody waits for its answer.
            _ if self.opened.is_some() && !self.submitted && !self.is_sign_in() => {
                self.failure = Some(error);
                self.enter(Stage::Farewell(kind));
            }
            _ => self.end(kind, error),
        }
    }

    /// The end by time: the hard end of the session, or a lapsed window that cannot be extended.
    pub(super) fn overdue(&self, now: MonotonicMs) -> Option<Outcome> {
        let opened = self.opened.as_ref()?;
        if self.submitted || matches!(self.stage, Stage::Farewell(_) | Stage::Response) {
            return None;
        }
        let error = if opened.is_over(now) && self.is_sign_in() {
            Error::new(Code::ChallengeExpired, "the time to sign in is over")
        } else if opened.is_over(now) {
            Error::new(Code::SessionExpired, "the hard end of the session is over")
        } else if self.needs_extension(now) && opened.body.extensions_left == 0 {
            Error::new(Code::NoExtensionsLeft, "the window lapsed and no extension is left")
        } else {
            return None;
        };
        let mut outcome = Outcome::new(OutcomeKind::Expired, Some(error));
        self.complete(&mut outcome);
        Some(outcome)
    }

    pub(super) fn needs_extension(&self, now: MonotonicMs) -> bool {
        let Some(opened) = &self.opened else { return false };
        match self.stage {
            Stage::Choosing | Stage::Checking | Stage::Signing => opened.has_lapsed(now),
            Stage::Submission if self.submitted => {
                // Without an extension left the service says whether there is grace.
                self.absent && opened.body.extensions_left > 0 && now >= opened.submission_end()
            }
            Stage::Submission => now >= opened.submission_end(),
            _ => false,
        }
    }

    pub(super) fn end(&mut self, kind: OutcomeKind, error: Error) {
        self.finish(Outcome::new(kind, Some(error)));
    }

    pub(super) fn finish(&mut self, mut outcome: Outcome) {
        self.complete(&mut outcome);
        self.enter(Stage::Ended(Box::new(outcome)));
        let is_kept = self.journal.as_ref().is_some_and(|journal| journal.is_kept);
        if is_kept && !self.stays_open {
            self.write();
        }
    }

    /// Adds what every end carries: the page to go back to and the signatures that were made.
    pub(super) fn complete(&self, outcome: &mut Outcome) {
        if self.is_sign_in() {
            return;
        }
        outcome.return_to = self.opened.as_ref().map(|opened| opened.body.service.origin.clone());
        outcome.may_have_arrived = self.submitted && outcome.kind != OutcomeKind::Rejected;
        if let Some(signing) = &self.signing {
            outcome.signatures = signing.signatures.iter().flatten().cloned().collect();
        }
    }
}

/// Which end the service's word is, where nothing was submitted.
pub(super) fn kind_of(error: &Error) -> OutcomeKind {
    match error.code() {
        Code::SessionExpired | Code::NoExtensionsLeft | Code::ChallengeExpired => OutcomeKind::Expired,
        Code::SessionCancelled | Code::ConfirmationRefused => OutcomeKind::Cancelled,
        _ => OutcomeKind::Failed,
    }
}
