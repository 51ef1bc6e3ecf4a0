//! The seam between messages and a wire: another protocol is another [`Dialect`], chosen in the configuration.

use std::{borrow::Cow, fmt};

use serde::Serialize;

use super::request::{Method, Response};

/// A wire: turns what is asked into a request, and a response into the message it carries.
///
/// Messages travel through the seam as JSON objects whose members have the names of the core's own types; what a
/// dialect calls them on its wire, and what it wraps them in, is its own affair.
pub trait Dialect: fmt::Debug + Send + Sync {
    /// The request that carries what is asked.
    fn request(&self, ask: &Ask<'_>) -> Outgoing;

    /// The message of a success in the core's names, or its octets where a text or a file is asked for; `None` where
    /// the body is not what this dialect answers.
    fn answer<'r>(&self, operation: Operation, response: &'r Response) -> Option<Cow<'r, [u8]>>;

    /// The problem of a refusal (RFC 9457) in the core's names; `None` where somebody else than the service answered.
    fn problem<'r>(&self, response: &'r Response) -> Option<Cow<'r, [u8]>>;
}

/// What is asked of the service.
#[derive(Clone)]
#[non_exhaustive]
pub struct Ask<'a> {
    /// What is to be done.
    pub operation: Operation,
    /// What it is about, the outermost first.
    pub about: Vec<&'a str>,
    /// The bearer token.
    pub token: Option<&'a str>,
    /// The idempotency key.
    pub key: Option<&'a str>,
    /// The message as JSON in the core's names; empty for none.
    pub message: Vec<u8>,
}

/// Only what is asked: the rest are secrets and personal data.
impl fmt::Debug for Ask<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Ask({:?})", self.operation)
    }
}

impl<'a> Ask<'a> {
    pub(crate) fn new(operation: Operation, about: &[&'a str]) -> Self {
        Self { operation, about: about.to_vec(), token: None, key: None, message: Vec::new() }
    }

    pub(crate) fn token(self, token: &'a str) -> Self {
        Self { token: Some(token), ..self }
    }

    pub(crate) fn key(self, key: &'a str) -> Self {
        Self { key: Some(key), ..self }
    }

    /// What the operation is about says it all, but it is an act: an object without members.
    pub(crate) fn empty(self) -> Self {
        Self { message: b"{}".to_vec(), ..self }
    }

    /// It is about one thing more, within the last one.
    pub(crate) fn about(mut self, id: &'a str) -> Self {
        self.about.push(id);
        self
    }

    pub(crate) fn message(self, message: &impl Serialize) -> Self {
        let message = serde_json::to_vec(message).expect("our messages have only text keys");
        Self { message, ..self }
    }
}

/// What a dialect makes of it; the headers that every wire shares (RFC 9110, 7240, 9530) are added later.
#[derive(Clone)]
#[expect(clippy::exhaustive_structs, reason = "every dialect makes it")]
pub struct Outgoing {
    /// The method.
    pub method: Method,
    /// The path behind the base address, with its query.
    pub path: String,
    /// Header names in lower case with their values.
    pub headers: Vec<(String, String)>,
    /// The body; empty for none.
    pub body: Vec<u8>,
}

impl fmt::Debug for Outgoing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Outgoing({})", self.method.name())
    }
}

/// Everything that can be asked; in brackets what it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Operation {
    /// What the service is.
    Discovery,
    /// The keys that sign receipts; their address comes from the discovery.
    ReceiptKeys,
    /// A doğrulama kodu for a session.
    Redeem,
    /// \[session\]
    Session,
    /// A text to sign. \[session, number\]
    Document,
    /// The 150 seconds start. \[session\]
    OpenWindow,
    /// \[session\]
    CheckCertificate,
    /// \[session\]
    ExtendWindow,
    /// \[session\]
    Submit,
    /// \[session\]
    Submission,
    /// \[session\]
    CancelSession,
    /// A text to sign in with.
    Challenge,
    /// \[challenge\]
    AnswerChallenge,
    /// The page of e-Devlet; its address is opened, not requested.
    Authorize,
    /// The code of e-Devlet for a token.
    ExchangeCode,
    /// The person who is signed in.
    Me,
    /// Kimlik Bilgilerimi Güncelle.
    RefreshIdentity,
    /// Consent to e-onay.
    Consent,
    /// \[institution\]
    Propose,
    /// \[institution\]
    PreApplications,
    /// \[institution, application\]
    PreApplication,
    /// Başvurularım.
    Applications,
    /// \[application\]
    Application,
    /// \[application\]
    CancelApplication,
    /// \[application\]
    Form,
    /// \[application\]
    SaveForm,
    /// \[list\]
    Reference,
    /// \[list, province\]
    ReferenceOfProvince,
    /// \[application\]
    StartPhoneVerification,
    /// \[application, verification\]
    TryPhoneCode,
    /// \[application\]
    Approval,
    /// \[commitment\]
    Commitment,
    /// \[application\]
    ViewCommitment,
    /// \[application\]
    Approve,
    /// \[application\]
    IssueSignCode,
    /// \[application, sign code\]
    SignCode,
    /// \[application, sign code\]
    WithdrawSignCode,
    /// \[application, sign code\]
    ConfirmSignCode,
    /// \[application\]
    Result,
    /// \[application\]
    Payment,
    /// \[application\]
    StartPayment,
    /// \[application\]
    Events,
    /// \[application\]
    EvidenceList,
    /// \[application, evidence\]
    Evidence,
}
