//! What a caller tells the machine about a step; made only by the step itself.

use std::fmt;

use crate::{
    error::Error,
    protocol::request::{Response, TransportFailure},
};

/// Which step an answer belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct StepId {
    pub number: u64,
    /// The step that comes instead when the window has lapsed.
    pub lapsed: bool,
    /// The record that is to be stored before the step of this number.
    pub record: Option<u64>,
}

/// The answer to one step.
#[derive(Clone)]
pub struct Answer {
    pub(crate) id: StepId,
    pub(crate) reply: Reply,
}

#[derive(Clone)]
pub(crate) enum Reply {
    Response(Response),
    Failed(TransportFailure),
    Elapsed,
    Accepted,
    Declined,
    Certificate { der: Vec<u8>, chain: Vec<Vec<u8>> },
    Signatures(Vec<Option<Vec<u8>>>),
    Stored,
    Gave(Error),
    Cancelled,
}

impl Answer {
    pub(crate) fn new(id: StepId, reply: Reply) -> Self {
        Self { id, reply }
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match &self.reply {
            Reply::Response(response) => return write!(f, "Answer(response {})", response.status),
            Reply::Failed(failure) => return write!(f, "Answer(failed {failure:?})"),
            Reply::Elapsed => "elapsed",
            Reply::Accepted => "accepted",
            Reply::Declined => "declined",
            Reply::Certificate { .. } => "certificate",
            Reply::Signatures(_) => "signatures",
            Reply::Stored => "stored",
            Reply::Gave(error) => return write!(f, "Answer(gave up {})", error.code().name()),
            Reply::Cancelled => "cancelled",
        };
        write!(f, "Answer({kind})")
    }
}
