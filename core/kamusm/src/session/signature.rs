//! From the chosen certificate to the last signature: what is handed out, and what comes back.

use super::{OutcomeKind, Session, Stage, StepId, internal, signing::Signing};
use crate::{
    error::{Code, Error, Result},
    time::Now,
};

/// How often signing may fail in a row before the session ends.
const MAX_SIGN_FAILURES: u32 = 5;

impl Session {
    pub(super) fn chosen(&mut self, der: &[u8], chain: &[Vec<u8>], now: Now) -> Result<()> {
        let opened = self.opened()?;
        let attached = opened.body.signature_policy.attached;
        let intermediates = self.config.intermediates();
        let mut signing = Signing::new(der, chain, intermediates, attached, self.texts.len())?;
        if let Some(before) = self.signing.take() {
            signing.keep(before);
        }
        self.signing = Some(signing);
        if self.is_sign_in() {
            return self.prepare(now);
        }
        self.enter(Stage::Checking);
        Ok(())
    }

    /// Hands out the values to sign, with the service's time of this moment.
    pub(super) fn prepare(&mut self, now: Now) -> Result<()> {
        let signing_time = self.opened()?.service_time_unix_s(now.monotonic_ms);
        let number = self.number + 1;
        let texts = &self.texts;
        let signing = self.signing.as_mut().ok_or_else(|| internal("no certificate is chosen"))?;
        signing.prepare(number, signing_time, texts)?;
        let is_journaled = std::mem::replace(&mut signing.is_journaled, true);
        self.enter(Stage::Signing);
        if !is_journaled {
            self.write();
        }
        Ok(())
    }

    pub(super) fn signed(&mut self, id: StepId, values: &[Option<Vec<u8>>], now: Now) -> Result<()> {
        let signing = self.signing.as_mut().ok_or_else(|| internal("no certificate is chosen"))?;
        let taken = signing.take(id, values)?;
        let is_complete = signing.is_complete();
        self.failure = taken.wrong;
        if is_complete {
            self.enter_submission();
        } else {
            self.sign_again(now)?;
        }
        if taken.kept > 0 {
            self.write();
        }
        Ok(())
    }

    fn enter_submission(&mut self) {
        self.enter(if self.is_sign_in() { Stage::Response } else { Stage::Submission });
    }

    pub(super) fn sign_again(&mut self, now: Now) -> Result<()> {
        self.sign_failures += 1;
        if self.sign_failures >= MAX_SIGN_FAILURES {
            let error = self
                .failure
                .take()
                .unwrap_or_else(|| Error::new(Code::IncompleteSubmission, "not every text was signed"));
            self.leave(OutcomeKind::Failed, error);
            return Ok(());
        }
        self.prepare(now)
    }

    /// A signature that comes late is kept; if it was the last one missing, the session goes on with it.
    pub(super) fn take_late(&mut self, id: StepId, values: &[Option<Vec<u8>>]) -> Result<()> {
        let stale = || Error::new(Code::Stale, "the answer belongs to a step that is over");
        let signing = self.signing.as_mut().filter(|signing| signing.has_handed_out(id)).ok_or_else(stale)?;
        let taken = signing.take(id, values)?;
        if let (0, Some(wrong)) = (taken.kept, taken.wrong) {
            return Err(wrong);
        }
        let is_complete = signing.is_complete();
        match &mut self.stage {
            Stage::Ended(outcome) => {
                outcome.signatures = signing.signatures.iter().flatten().cloned().collect();
            }
            Stage::Choosing | Stage::Checking | Stage::Signing if is_complete => self.enter_submission(),
            _ => {}
        }
        if taken.kept > 0 {
            self.write();
        }
        Ok(())
    }

    /// The caller cannot choose or sign. What can be mended by the person comes again, the rest ends it.
    pub(super) fn gave_up(&mut self, error: Error, now: Now) -> Result<()> {
        if !error.is_retryable() {
            self.leave(OutcomeKind::Failed, error);
            return Ok(());
        }
        self.failure = Some(error);
        if matches!(self.stage, Stage::Signing) {
            return self.sign_again(now);
        }
        self.go_on();
        Ok(())
    }
}
