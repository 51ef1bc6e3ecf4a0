//! The default way to wait.

use std::sync::Arc;

use kamusm::drive;

use crate::{
    answer::Answer,
    cancel::{CancelToken, or_never},
    error::Result,
    step::wait::WaitStep,
};

/// Performs a Wait step. It blocks until the moment has come or `cancel` was cancelled.
#[uniffi::export]
pub fn wait_perform(wait: &WaitStep, cancel: Option<Arc<CancelToken>>) -> Result<Arc<Answer>> {
    Ok(Answer::new(drive::wait(&wait.0, &or_never(cancel))))
}
