//! Many pre-applications followed cheaply: it says whom to ask next; it does nothing itself.

use std::sync::{Arc, Mutex, MutexGuard};

use kamusm::{
    Code, Error,
    application::ApplicationNumber,
    follow::{self, Question as DueQuestion},
    institution::InstitutionId,
    time::Now,
};

use crate::{
    application::PersonToken,
    clock::signed,
    config::Config,
    error::{ErrorDetails, Result},
    request::{Request, Response, TransportFailure},
    status::Status,
};

/// Follows the pre-applications of an institution, on this machine's monotonic clock.
#[derive(uniffi::Object)]
pub struct Follow(Mutex<follow::Follow>);

/// What to ask.
#[derive(Clone, uniffi::Record)]
pub struct Question {
    /// Which number it is about; its answer names it.
    pub index: i64,
    /// What to send, exactly as it stands.
    pub request: Request,
}

/// A pre-application whose status is new, or that cannot be followed.
#[derive(Clone, uniffi::Record)]
pub struct Change {
    /// Sipariş No.
    pub number: String,
    /// The status.
    pub status: Option<Status>,
    /// Why it is not followed any longer.
    pub error: Option<ErrorDetails>,
}

/// How far a follower is.
#[derive(Clone, Copy, uniffi::Record)]
pub struct Progress {
    /// How many are followed.
    pub total: i64,
    /// How many statuses are known.
    pub known: i64,
    /// How many cannot be followed.
    pub refused: i64,
    /// How many questions wait for their answer.
    pub open: i64,
}

#[uniffi::export]
impl Follow {
    /// Begins to follow; at most `parallel` questions are open at once.
    #[uniffi::constructor]
    pub fn new(
        config: &Config,
        token: &PersonToken,
        institution: String,
        numbers: Vec<String>,
        parallel: i64,
    ) -> Result<Arc<Self>> {
        let institution = InstitutionId::parse(&institution)?;
        let numbers: Result<Vec<_>, Error> =
            numbers.iter().map(|number| ApplicationNumber::parse(number)).collect();
        let parallel = usize::try_from(parallel).unwrap_or(1);
        let follow = follow::Follow::new(&config.0, &token.0, &institution, numbers?, parallel);
        Ok(Arc::new(Self(Mutex::new(follow))))
    }

    /// The next question that is due, for a transport of the program's own.
    pub fn next(&self) -> Result<Option<Question>> {
        let question = |due: DueQuestion| Question {
            index: i64::try_from(due.index).unwrap_or(i64::MAX),
            request: Request::new(&due.request),
        };
        Ok(self.due()?.map(question))
    }

    /// Takes the answer to a question: the response, or why there is none.
    pub fn answer(
        &self,
        index: i64,
        response: Option<Response>,
        failure: Option<TransportFailure>,
    ) -> Result<Option<Change>> {
        let index =
            usize::try_from(index).map_err(|_| Error::new(Code::Range, "there is no such question"))?;
        match (response, failure) {
            (Some(response), None) => self.answered(index, Ok(response.into_inner()?)),
            (None, Some(failure)) => self.answered(index, Err(failure.into())),
            _ => Err(Error::new(Code::Range, "an answer is a response or a failure").into()),
        }
    }

    /// When the next question is due, on the monotonic clock; none while as many as may be wait for their answer.
    pub fn deadline(&self) -> Result<Option<i64>> {
        Ok(self.machine()?.deadline().map(signed))
    }

    /// How far it is.
    pub fn progress(&self) -> Result<Progress> {
        let progress = self.machine()?.progress();
        let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        Ok(Progress {
            total: number(progress.total),
            known: number(progress.known),
            refused: number(progress.refused),
            open: number(progress.open),
        })
    }
}

impl Follow {
    pub(crate) fn due(&self) -> Result<Option<DueQuestion>> {
        Ok(self.machine()?.next(Now::system().monotonic_ms))
    }

    pub(crate) fn answered(
        &self,
        index: usize,
        answer: Result<kamusm::request::Response, kamusm::request::TransportFailure>,
    ) -> Result<Option<Change>> {
        Ok(self.machine()?.answer(index, answer, Now::system().monotonic_ms).map(Change::from))
    }

    fn machine(&self) -> Result<MutexGuard<'_, follow::Follow>> {
        // A panic in the machine may have left it between two states.
        self.0.lock().map_err(|_| Error::new(Code::Internal, "the follower was broken by a panic").into())
    }
}

impl From<follow::Change> for Change {
    fn from(change: follow::Change) -> Self {
        let (status, error) = match change.result {
            Ok(status) => (Some(status.into()), None),
            Err(error) => (None, Some(ErrorDetails::new(&error))),
        };
        Self { number: change.number.as_str().to_owned(), status, error }
    }
}
