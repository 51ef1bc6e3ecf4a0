//! How long a Wait step lasts and what for, and the answer of a caller who waits by itself.

use std::sync::Arc;

use crate::{answer::Answer, clock::signed, error::Result};

/// Wait until its moment on the monotonic clock.
#[derive(uniffi::Object)]
pub struct WaitStep(pub(crate) kamusm::session::Wait);

/// What is waited for.
#[derive(Clone, Copy, Debug, uniffi::Enum)]
pub enum WaitReason {
    /// The pause before a retry.
    Retry,
    /// The person's "Evet, benim" on the portal.
    Confirmation,
    /// The service's checks of the submission.
    Checks,
    /// One that this version does not know.
    Unknown,
}

#[uniffi::export]
impl WaitStep {
    /// Until when to wait, in milliseconds on the monotonic clock.
    pub fn until_ms(&self) -> Result<i64> {
        Ok(signed(self.0.until()))
    }

    /// What is waited for, to tell the person.
    pub fn reason(&self) -> Result<WaitReason> {
        Ok(match self.0.reason() {
            kamusm::session::WaitReason::Retry => WaitReason::Retry,
            kamusm::session::WaitReason::Confirmation => WaitReason::Confirmation,
            kamusm::session::WaitReason::Checks => WaitReason::Checks,
            _ => WaitReason::Unknown,
        })
    }

    /// The time came.
    pub fn elapsed(&self) -> Result<Arc<Answer>> {
        Ok(Answer::new(self.0.elapsed()))
    }

    /// The person cancelled.
    pub fn cancelled(&self) -> Result<Arc<Answer>> {
        Ok(Answer::new(self.0.cancelled()))
    }
}
