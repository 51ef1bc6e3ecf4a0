//! The default transport, for callers who do not bring their own (feature `http`).

use std::sync::Arc;

use kamusm::{
    Error,
    drive::{Failure, Transport},
    request::TransportFailure,
};

use crate::{
    answer::Answer,
    call::Call,
    cancel::{CancelToken, or_never},
    config::Config,
    error::Result,
    follow::{Change, Follow},
    message::Message,
    step::send::SendStep,
};

/// An HTTP client with one kept connection; it follows no redirects. Any number of sessions and threads may share it.
#[derive(uniffi::Object)]
pub struct HttpClient(kamusm::http::HttpClient);

#[uniffi::export]
impl HttpClient {
    /// A client with the configuration's trust roots and proxy.
    #[uniffi::constructor]
    pub fn new(config: &Config) -> Result<Arc<Self>> {
        Ok(Arc::new(Self(kamusm::http::HttpClient::new(&config.0)?)))
    }

    /// Performs a Send step. It blocks; a lost network and a cancelled wait are answers, not errors.
    pub fn perform(&self, send: &SendStep, cancel: Option<Arc<CancelToken>>) -> Result<Arc<Answer>> {
        Ok(Answer::new(match self.0.perform(send.0.request(), &or_never(cancel)) {
            Ok(response) => send.0.response(response),
            Err(Failure::Transport(failure)) => send.0.failed(failure),
            Err(Failure::Cancelled) => send.0.cancelled(),
        }))
    }

    /// Performs a call. It blocks.
    pub fn call(&self, call: &Call, cancel: Option<Arc<CancelToken>>) -> Result<Message> {
        let response = self.0.perform(call.outgoing(), &or_never(cancel)).map_err(Error::from)?;
        call.decoded(&response)
    }

    /// Asks the next question of the follower that is due, and tells what its answer changed. It blocks; if none is due
    /// it comes back at once. Several threads may ask the questions of one follower.
    pub fn follow(&self, follow: &Follow, cancel: Option<Arc<CancelToken>>) -> Result<Option<Change>> {
        let Some(question) = follow.due()? else { return Ok(None) };
        match self.0.perform(&question.request, &or_never(cancel)) {
            Ok(response) => follow.answered(question.index, Ok(response)),
            Err(Failure::Transport(failure)) => follow.answered(question.index, Err(failure)),
            Err(Failure::Cancelled) => {
                // The question is asked again later, if anybody still follows.
                follow.answered(question.index, Err(TransportFailure::Unreachable))?;
                Err(Error::from(Failure::Cancelled).into())
            }
        }
    }
}
