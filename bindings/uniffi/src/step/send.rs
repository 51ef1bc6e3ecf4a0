//! The request of a Send step, and the answers of a caller who performs it.

use std::sync::Arc;

use crate::{
    answer::Answer,
    error::Result,
    request::{Request, Response, TransportFailure},
};

/// Perform its request.
#[derive(uniffi::Object)]
pub struct SendStep(pub(crate) kamusm::session::Send);

#[uniffi::export]
impl SendStep {
    /// What to send, exactly as it stands.
    pub fn request(&self) -> Result<Request> {
        Ok(Request::new(self.0.request()))
    }

    /// The service answered, with whatever status; hand over every header.
    pub fn response(&self, response: Response) -> Result<Arc<Answer>> {
        Ok(Answer::new(self.0.response(response.into_inner()?)))
    }

    /// There is no answer; the machine decides about a retry.
    pub fn failed(&self, failure: TransportFailure) -> Result<Arc<Answer>> {
        Ok(Answer::new(self.0.failed(failure.into())))
    }

    /// The person cancelled.
    pub fn cancelled(&self) -> Result<Arc<Answer>> {
        Ok(Answer::new(self.0.cancelled()))
    }
}
