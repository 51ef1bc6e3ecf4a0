//! The outcome of a validation: one verdict per signer, never folded into one (EN 319 102-1 clause 5.1.3).

use super::{Evidence, Failure, Indication, Level, SubIndication};
use crate::algorithm::VerificationAlgorithm;
use crate::asn1::UnixTime;
use crate::attributes::{CommitmentType, ContentHints, MimeType, SignaturePolicy, SignerLocation};
use crate::x509::certificate::Certificate;

/// What a file turned out to be.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Report {
    /// One per signer, in the order of the file. Never empty: a file without a readable signer has one entry that
    /// failed, so that no caller can mistake "none failed" for "somebody signed".
    pub signatures: Vec<SignatureReport>,
    /// Oddities of the whole file.
    pub warnings: Vec<Warning>,
}

/// The verdict on one signer.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SignatureReport {
    /// The block that decided against the signature; `None` if it passed.
    pub failure: Option<Failure>,
    /// What each block found.
    pub blocks: Blocks,
    /// The form that the signature has.
    pub level: Level,
    /// The certificate that the signature was made with.
    pub signer: Option<Certificate>,
    /// From the signer's certificate up to the trust anchor.
    pub chain: Vec<Certificate>,
    /// The revocation data that decided, one at most for each certificate of the path.
    pub revocation: Vec<Evidence>,
    /// The algorithm of the signature, if it verified and is still acceptable.
    pub algorithm: Option<VerificationAlgorithm>,
    /// What the signer claims about itself and about the content.
    pub claims: Claims,
    /// Signatures over this signature value.
    pub countersignatures: Vec<SignatureReport>,
    /// Oddities that change no verdict.
    pub warnings: Vec<Warning>,
}

impl SignatureReport {
    pub(super) fn failed(failure: Failure) -> Self {
        Self {
            blocks: Blocks { format: Block::Failed(failure.clone()), ..Blocks::default() },
            failure: Some(failure),
            level: Level::NotEtsi,
            signer: None,
            chain: Vec::new(),
            revocation: Vec::new(),
            algorithm: None,
            claims: Claims::default(),
            countersignatures: Vec::new(),
            warnings: Vec::new(),
        }
    }

    /// The main status.
    pub fn indication(&self) -> Indication {
        self.failure.as_ref().map_or(Indication::TotalPassed, Failure::indication)
    }

    /// The code that explains the main status; `None` if the signature passed.
    pub fn sub_indication(&self) -> Option<SubIndication> {
        self.failure.as_ref().map(|failure| failure.sub_indication)
    }
}

/// The results of the building blocks (EN 319 102-1 clause 5.2).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Blocks {
    /// Clause 5.2.2
    pub format: Block,
    /// Clause 5.2.3
    pub identification: Block,
    /// Clause 5.2.6
    pub x509: Block,
    /// Clause 5.2.7
    pub crypto: Block,
    /// Clause 5.2.8
    pub acceptance: Block,
}

impl Blocks {
    /// The first failure, in the order of clause 5.3.4: a certificate path says nothing about a signature that does
    /// not verify, so cryptographic verification goes before it.
    pub(super) fn decide(&self) -> Option<&Failure> {
        [&self.format, &self.identification, &self.crypto, &self.x509, &self.acceptance]
            .into_iter()
            .find_map(Block::failure)
    }
}

/// The result of one building block.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Block {
    /// An earlier block left nothing to check.
    #[default]
    NotRun,
    /// Nothing was found.
    Passed,
    /// Something was found.
    Failed(Failure),
}

impl Block {
    /// What was found.
    pub fn failure(&self) -> Option<&Failure> {
        match self {
            Self::Failed(failure) => Some(failure),
            Self::NotRun | Self::Passed => None,
        }
    }
}

impl<T> From<&Result<T, Failure>> for Block {
    fn from(result: &Result<T, Failure>) -> Self {
        match result {
            Ok(_) => Self::Passed,
            Err(failure) => Self::Failed(failure.clone()),
        }
    }
}

/// Signed, but only claimed. An attribute that cannot be read is absent here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Claims {
    /// When the signer says to have signed; never used as a time to check anything at.
    pub signing_time: Option<UnixTime>,
    /// mime-type
    pub mime_type: Option<MimeType>,
    /// content-hints
    pub content_hints: Option<ContentHints>,
    /// commitment-type-indication; one at most in a file that keeps to the standard
    pub commitments: Vec<CommitmentType>,
    /// signer-location
    pub location: Option<SignerLocation>,
    /// signature-policy-identifier; the policy itself is not processed
    pub policy: Option<SignaturePolicy>,
}

/// An oddity that changes no verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Warning {
    /// Octets follow the signature file; nobody has signed them.
    TrailingOctets {
        /// How many.
        octets: usize,
    },
    /// Certificates in the file that cannot be read were ignored.
    UnreadableCertificates {
        /// How many.
        count: usize,
    },
    /// The signed attributes are not stored in DER order (RFC 5652 clause 5.3).
    UnsortedAttributes,
    /// Neither mime-type nor content-hints describes the content (EN 319 122-1 clause 6.3, a "should").
    ContentNotDescribed,
    /// mime-type or content-hints cannot be read.
    UnreadableContentDescription,
    /// The older signing-certificate attribute, which is bound to SHA-1.
    SigningCertificateV1,
    /// issuerSerial in the signing-certificate attribute, which newer editions advise against.
    IssuerSerial,
    /// A signature policy is named; whether the signature keeps to it was not checked.
    PolicyNotProcessed,
    /// Revocation data are missing, and the policy goes without.
    RevocationUnknown,
    /// The countersignatures cannot be read.
    UnreadableCountersignatures,
}

impl Warning {
    /// Its name: one word that stays, for programs and logs.
    pub fn name(self) -> &'static str {
        match self {
            Self::TrailingOctets { .. } => "trailing-octets",
            Self::UnreadableCertificates { .. } => "unreadable-certificates",
            Self::UnsortedAttributes => "unsorted-attributes",
            Self::ContentNotDescribed => "content-not-described",
            Self::UnreadableContentDescription => "unreadable-content-description",
            Self::SigningCertificateV1 => "signing-certificate-v1",
            Self::IssuerSerial => "issuer-serial",
            Self::PolicyNotProcessed => "policy-not-processed",
            Self::RevocationUnknown => "revocation-unknown",
            Self::UnreadableCountersignatures => "unreadable-countersignatures",
        }
    }
}
