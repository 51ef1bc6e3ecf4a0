//! What the machine wants done next. An answer can be made only from its step.

use std::fmt;

use kamusm_cades::{algorithm::SignatureAlgorithm, x509::certificate::Certificate};

use super::{
    answer::{Answer, Reply, StepId},
    outcome::Outcome,
};
use crate::{
    error::Error,
    journal::Record,
    protocol::request::{Request, Response, TransportFailure},
    time::MonotonicMs,
};

/// The next thing to do. A caller who does not know a kind cancels the session.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Step {
    /// Perform an HTTP request.
    Send(Send),
    /// Wait.
    Wait(Wait),
    /// Show the texts to the person, who accepts or declines.
    Show(Texts),
    /// Choose the certificate to sign with.
    Choose(Requirements),
    /// Sign, asking for the PIN here and not before.
    Sign(SignRequest),
    /// Store a record of the journal durably, before anything else happens. Only with a journal key.
    Persist(Persist),
    /// The end.
    Done(Outcome),
}

/// Perform [`Send::request`].
#[derive(Clone, Debug)]
pub struct Send {
    pub(crate) id: StepId,
    pub(crate) request: Request,
}

impl Send {
    /// What to send, exactly as it stands.
    pub fn request(&self) -> &Request {
        &self.request
    }

    /// The service answered, with whatever status.
    pub fn response(&self, response: Response) -> Answer {
        Answer::new(self.id, Reply::Response(response))
    }

    /// There is no answer; the machine decides about a retry.
    pub fn failed(&self, failure: TransportFailure) -> Answer {
        Answer::new(self.id, Reply::Failed(failure))
    }

    /// The person cancelled.
    pub fn cancelled(&self) -> Answer {
        Answer::new(self.id, Reply::Cancelled)
    }
}

/// Wait until [`Wait::until`] on the monotonic clock.
#[derive(Clone, Debug)]
pub struct Wait {
    pub(crate) id: StepId,
    pub(crate) until: MonotonicMs,
    pub(crate) reason: WaitReason,
}

/// What is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WaitReason {
    /// The pause before a retry.
    Retry,
    /// The person's "Evet, benim" on the portal.
    Confirmation,
    /// The service's checks of the submission.
    Checks,
}

impl Wait {
    /// The end of the pause.
    pub fn until(&self) -> MonotonicMs {
        self.until
    }

    /// What is waited for.
    pub fn reason(&self) -> WaitReason {
        self.reason
    }

    /// The time came.
    pub fn elapsed(&self) -> Answer {
        Answer::new(self.id, Reply::Elapsed)
    }

    /// The person cancelled.
    pub fn cancelled(&self) -> Answer {
        Answer::new(self.id, Reply::Cancelled)
    }
}

/// The texts to show, and what the person must know before accepting: who, what, where.
#[derive(Clone)]
pub struct Texts {
    pub(crate) id: StepId,
    pub(crate) items: Vec<Text>,
    pub(crate) facts: Facts,
}

/// One text to sign.
#[derive(Clone)]
#[non_exhaustive]
pub struct Text {
    /// "İmzalanacak Metin 1:".
    pub title: String,
    /// The octets as received; they are shown and signed as they are.
    pub octets: Vec<u8>,
    /// Whether the text follows the signed-text profile; `false` only where the configuration lets it through.
    pub profile_checked: bool,
}

/// Who signs what, where.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Facts {
    /// The service's name.
    pub service: String,
    /// The address of the portal.
    pub origin: String,
    /// Whether the text is one to sign in with; who, what and the kontrol sayısı are empty then.
    pub sign_in: bool,
    /// The applicant's masked name.
    pub applicant_name: String,
    /// The applicant's masked TCKN.
    pub applicant_tckn: String,
    /// The application's number, such as `SD-13712`.
    pub application: String,
    /// The institution.
    pub institution: String,
    /// The product.
    pub product: String,
    /// Warnings of the service, such as `revokes_existing`.
    pub warnings: Vec<String>,
    /// Oluşturma Tarihi, RFC 3339.
    pub created_at: String,
    /// Kontrol sayısı: the portal shows the same four digits.
    pub match_code: String,
    /// When the window (Kalan Süre) is over, on the monotonic clock.
    pub deadline: MonotonicMs,
}

impl Texts {
    /// The texts, in order.
    pub fn items(&self) -> &[Text] {
        &self.items
    }

    /// Who, what, where.
    pub fn facts(&self) -> &Facts {
        &self.facts
    }

    /// The person read and accepts all of them.
    pub fn accept(&self) -> Answer {
        Answer::new(self.id, Reply::Accepted)
    }

    /// The person does not accept.
    pub fn decline(&self) -> Answer {
        Answer::new(self.id, Reply::Declined)
    }

    /// The person cancelled.
    pub fn cancelled(&self) -> Answer {
        Answer::new(self.id, Reply::Cancelled)
    }
}

impl fmt::Debug for Texts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Texts({})", self.items.len())
    }
}

/// Which certificate is needed; refused ones come back here with the reason.
#[derive(Clone, Debug)]
pub struct Requirements {
    pub(crate) id: StepId,
    pub(crate) applicant_tckn: String,
    pub(crate) refusals: Vec<Refusal>,
    pub(crate) deadline: MonotonicMs,
}

/// A certificate that was refused before any PIN was asked for.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Refusal {
    /// SHA-256 of the certificate.
    pub fingerprint: [u8; 32],
    /// Why.
    pub error: Error,
}

impl Requirements {
    /// The applicant's masked TCKN; the service compares the whole one.
    pub fn applicant_tckn(&self) -> &str {
        &self.applicant_tckn
    }

    /// Certificates that were refused in this session.
    pub fn refusals(&self) -> &[Refusal] {
        &self.refusals
    }

    /// When the window is over.
    pub fn deadline(&self) -> MonotonicMs {
        self.deadline
    }

    /// The chosen certificate, DER, with the certificates above it as far as they are at hand.
    pub fn certificate(&self, der: &[u8], chain: &[Vec<u8>]) -> Answer {
        Answer::new(self.id, Reply::Certificate { der: der.to_vec(), chain: chain.to_vec() })
    }

    /// No certificate can be chosen, for this reason.
    pub fn failed(&self, error: Error) -> Answer {
        Answer::new(self.id, Reply::Gave(error))
    }

    /// The person cancelled.
    pub fn cancelled(&self) -> Answer {
        Answer::new(self.id, Reply::Cancelled)
    }
}

/// What to sign with the chosen certificate's key.
#[derive(Clone, Debug)]
pub struct SignRequest {
    pub(crate) id: StepId,
    pub(crate) certificate: Certificate,
    pub(crate) items: Vec<SignItem>,
    pub(crate) signing_time_unix_s: i64,
    pub(crate) deadline: MonotonicMs,
    pub(crate) failure: Option<Error>,
}

/// One value to make.
#[derive(Clone)]
#[non_exhaustive]
pub struct SignItem {
    /// DER of the signed attributes, RFC 5652 5.4.
    pub to_be_signed: Vec<u8>,
    /// Their digest.
    pub digest: Vec<u8>,
    /// How to sign.
    pub algorithm: SignatureAlgorithm,
}

impl fmt::Debug for SignItem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SignItem({:?})", self.algorithm)
    }
}

impl SignRequest {
    /// The certificate whose key signs.
    pub fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    /// One value per text that is not signed yet.
    pub fn items(&self) -> &[SignItem] {
        &self.items
    }

    /// İmzalama Tarihi: the service's time, seconds since 1970.
    pub fn signing_time_unix_s(&self) -> i64 {
        self.signing_time_unix_s
    }

    /// When the window (Kalan Süre) is over.
    pub fn deadline(&self) -> MonotonicMs {
        self.deadline
    }

    /// Why the attempt before this one failed.
    pub fn failure(&self) -> Option<&Error> {
        self.failure.as_ref()
    }

    /// The values in the order of the items, `None` for one that was not made. RSA: the block; ECDSA: DER.
    pub fn signatures(&self, values: Vec<Option<Vec<u8>>>) -> Answer {
        Answer::new(self.id, Reply::Signatures(values))
    }

    /// Signing failed and the person does not try again in this attempt; the machine decides.
    pub fn failed(&self, error: Error) -> Answer {
        Answer::new(self.id, Reply::Gave(error))
    }

    /// The person cancelled.
    pub fn cancelled(&self) -> Answer {
        Answer::new(self.id, Reply::Cancelled)
    }
}

/// Store [`Persist::record`] durably.
#[derive(Clone, Debug)]
pub struct Persist {
    pub(crate) id: StepId,
    pub(crate) record: Record,
}

impl Persist {
    /// What to store; the records before it of the same journal are no longer needed to go on.
    pub fn record(&self) -> &Record {
        &self.record
    }

    /// The record is on the disk, and stays there when the power fails now.
    pub fn stored(&self) -> Answer {
        Answer::new(self.id, Reply::Stored)
    }

    /// It could not be stored, for this reason; the machine decides what follows.
    pub fn failed(&self, error: Error) -> Answer {
        Answer::new(self.id, Reply::Gave(error))
    }

    /// The person cancelled, and the record was not stored.
    pub fn cancelled(&self) -> Answer {
        Answer::new(self.id, Reply::Cancelled)
    }
}
