//! The loop over a session's steps: the reference for every language.

use std::time::Duration;

use kamusm_token::cancel::CancelToken;

use crate::{
    error::{Code, Error, Result},
    journal::Store,
    request::{Request, Response, TransportFailure},
    session::{Answer, Outcome, Requirements, Session, SignRequest, Step, Texts, Wait},
    time::Now,
};

/// Performs requests: reqwest ([`crate::http::HttpClient`]), or whatever the host has.
pub trait Transport {
    /// Sends the request as it stands. A cancelled token ends the wait at once, except that a request marked
    /// `after_cancel` is still handed to the network.
    fn perform(&self, request: &Request, cancel: &CancelToken) -> Result<Response, Failure>;
}

/// Why a transport has no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "the two are answered differently")]
pub enum Failure {
    /// The network.
    Transport(TransportFailure),
    /// The token was cancelled.
    Cancelled,
}

/// What only the person and the card can answer.
pub trait Person {
    /// Shows the texts; `texts.accept()` or `texts.decline()`.
    fn show(&mut self, texts: &Texts, cancel: &CancelToken) -> Result<Answer>;
    /// Chooses a certificate; `requirements.certificate(…)`.
    fn choose(&mut self, requirements: &Requirements, cancel: &CancelToken) -> Result<Answer>;
    /// Asks for the PIN, signs, wipes the PIN; `request.signatures(…)`. A wrong PIN is asked for again here.
    fn sign(&mut self, request: &SignRequest, cancel: &CancelToken) -> Result<Answer>;
}

/// Runs the session to its end. Without a journal key [`crate::journal::NoStore`] is the store.
pub fn drive(
    session: &mut Session,
    transport: &impl Transport,
    store: &impl Store,
    person: &mut impl Person,
    cancel: &CancelToken,
) -> Result<Outcome> {
    loop {
        let answer = match session.step(Now::system())? {
            Step::Send(send) => match transport.perform(send.request(), cancel) {
                Ok(response) => send.response(response),
                Err(Failure::Transport(failure)) => send.failed(failure),
                Err(Failure::Cancelled) => send.cancelled(),
            },
            Step::Wait(pause) => wait(&pause, cancel),
            Step::Show(texts) => person.show(&texts, cancel)?,
            Step::Choose(requirements) => person.choose(&requirements, cancel)?,
            Step::Sign(request) => person.sign(&request, cancel)?,
            Step::Persist(persist) => match store.store(persist.record()) {
                Ok(()) => persist.stored(),
                Err(why) => persist.failed(why),
            },
            Step::Done(outcome) => return Ok(outcome),
        };
        match session.answer(answer, Now::system()) {
            // A late answer changed nothing; the step of now comes again.
            Err(error) if error.code() == Code::Stale => {}
            other => other?,
        }
    }
}

/// Waits a Wait step out, or until cancelled.
pub fn wait(pause: &Wait, cancel: &CancelToken) -> Answer {
    let left = pause.until().saturating_sub(Now::system().monotonic_ms);
    if cancel.wait_timeout(Duration::from_millis(left)) { pause.cancelled() } else { pause.elapsed() }
}

/// The signer's errors in this crate's numbers.
impl From<kamusm_token::error::TokenError> for Error {
    fn from(error: kamusm_token::error::TokenError) -> Self {
        Self::from_token(&error)
    }
}
