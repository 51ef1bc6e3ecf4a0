//! How a session ended.

use crate::{error::ErrorDetails, sign_in::SignedIn};

/// The end of a session; every end but the first two says why.
#[derive(Clone, Debug, uniffi::Record)]
pub struct Outcome {
    /// Which end.
    pub kind: OutcomeKind,
    /// Why; none for Accepted and Received.
    pub error: Option<ErrorDetails>,
    /// The service's receipt, verified.
    pub receipt: Option<Receipt>,
    /// Who signed in, of `Session.sign_in`.
    pub signed_in: Option<SignedIn>,
    /// The page to go back to, which shows "İşlem Başarılı".
    pub return_to: Option<String>,
    /// The signatures as they were sent, one CMS per text; evidence to keep.
    pub signatures: Vec<Vec<u8>>,
    /// True if a signature left this machine and the service may have taken it.
    pub may_have_arrived: bool,
}

/// The kinds of end.
#[derive(Clone, Copy, Debug, uniffi::Enum)]
pub enum OutcomeKind {
    /// The service accepted: it gave its receipt, and the page shows "İşlem Başarılı"; or the person is signed in.
    Accepted,
    /// The service has the signatures and checks them; nothing is to be signed again.
    Received,
    /// The service refused the signatures.
    Rejected,
    /// The person or the program cancelled.
    Cancelled,
    /// The time is over.
    Expired,
    /// The signatures were sent and no answer came; nothing is to be signed again.
    Unknown,
    /// Nothing was submitted, for the reason in the error.
    Failed,
}

/// A receipt whose signature and every field were compared with what this side knows.
#[derive(Clone, Debug, uniffi::Record)]
pub struct Receipt {
    /// The receipt as it came, to keep: a compact JWS, RFC 7515.
    pub jws: String,
    /// The application's number.
    pub application: String,
    /// When the service received the signatures, RFC 3339.
    pub received_at: String,
    /// İmzalama Tarihi, RFC 3339.
    pub signing_time: String,
    /// Whether its key is one that the configuration pins.
    pub anchored: bool,
}

impl Outcome {
    pub(crate) fn new(outcome: kamusm::session::Outcome) -> Self {
        Self {
            kind: outcome.kind.into(),
            error: outcome.error.as_ref().map(ErrorDetails::new),
            receipt: outcome.receipt.map(|receipt| Receipt {
                jws: receipt.jws,
                application: receipt.application,
                received_at: receipt.received_at,
                signing_time: receipt.signing_time,
                anchored: receipt.anchored,
            }),
            signed_in: outcome.signed_in.map(SignedIn::from),
            return_to: outcome.return_to,
            signatures: outcome.signatures,
            may_have_arrived: outcome.may_have_arrived,
        }
    }
}

impl From<kamusm::session::OutcomeKind> for OutcomeKind {
    fn from(kind: kamusm::session::OutcomeKind) -> Self {
        use kamusm::session::OutcomeKind as Known;
        match kind {
            Known::Accepted => Self::Accepted,
            Known::Received => Self::Received,
            Known::Rejected => Self::Rejected,
            Known::Cancelled => Self::Cancelled,
            Known::Expired => Self::Expired,
            Known::Failed => Self::Failed,
            // Of an end without a name here nobody knows what became of the signatures.
            _ => Self::Unknown,
        }
    }
}
