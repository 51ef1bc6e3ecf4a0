//! How a session ends.

use crate::{error::Error, journal::JournalId, receipt::Receipt, sign_in::SignedIn};

/// The end of a session; every end but the first two says why by an [`Error`].
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Outcome {
    /// Which end.
    pub kind: OutcomeKind,
    /// Why; `None` for [`OutcomeKind::Accepted`] and [`OutcomeKind::Received`].
    pub error: Option<Error>,
    /// The service's receipt, verified.
    pub receipt: Option<Receipt>,
    /// Who signed in, of [`crate::Session::sign_in`].
    pub signed_in: Option<SignedIn>,
    /// The page to go back to, which shows "İşlem Başarılı".
    pub return_to: Option<String>,
    /// The signatures as they were sent, one CMS per text; evidence to keep.
    pub signatures: Vec<Vec<u8>>,
    /// True if a signature left this machine and the service may have taken it.
    pub may_have_arrived: bool,
    /// The journal of this session, where one is kept.
    pub journal: Option<JournalId>,
    /// Why a record of the journal could not be stored. The end stands all the same.
    pub journal_failure: Option<Error>,
}

/// The kinds of end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(i32)]
#[non_exhaustive]
pub enum OutcomeKind {
    /// The service accepted: it gave its receipt, and the page shows "İşlem Başarılı"; or the person is signed in.
    Accepted = 1,
    /// The service has the signatures and checks them; nothing is to be signed again.
    Received = 2,
    /// The service refused the signatures.
    Rejected = 3,
    /// The person or the program cancelled.
    Cancelled = 4,
    /// The time is over.
    Expired = 5,
    /// The signatures were sent and no answer came.
    Unknown = 6,
    /// Nothing was submitted, for the reason in the error.
    Failed = 7,
}

impl Outcome {
    /// Whether the service can still be asked what became of the signatures.
    pub(crate) fn is_open(&self) -> bool {
        match self.kind {
            OutcomeKind::Received | OutcomeKind::Unknown => true,
            OutcomeKind::Accepted | OutcomeKind::Rejected => false,
            OutcomeKind::Cancelled | OutcomeKind::Expired | OutcomeKind::Failed => self.may_have_arrived,
        }
    }

    pub(crate) fn new(kind: OutcomeKind, error: Option<Error>) -> Self {
        Self {
            kind,
            error,
            receipt: None,
            signed_in: None,
            return_to: None,
            signatures: Vec::new(),
            may_have_arrived: false,
            journal: None,
            journal_failure: None,
        }
    }
}
