//! What exactly a block found: the data behind a sub-indication.

use crate::algorithm::{AlgorithmError, SignatureError};
use crate::asn1::UnixTime;
use crate::attributes::AttributeError;
use crate::cms::CmsError;
use crate::x509::nes::Unusable;
use crate::x509::path::PathError;
use crate::x509::revocation::Revocation;

use super::{Indication, SubIndication};

/// A block that did not pass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The code of the standard.
    pub sub_indication: SubIndication,
    /// What was found.
    pub reason: Reason,
}

impl Failure {
    pub(super) fn new(sub_indication: SubIndication, reason: impl Into<Reason>) -> Self {
        Self { sub_indication, reason: reason.into() }
    }

    /// The main status.
    pub fn indication(&self) -> Indication {
        self.sub_indication.indication()
    }
}

/// What was found. Names no person.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Reason {
    /// The file is not a `SignedData`.
    #[error("not a readable SignedData: {0}")]
    Cms(#[from] CmsError),
    /// Nobody has signed.
    #[error("there is no signer")]
    NoSigner,
    /// Only the content is signed, without attributes.
    #[error("there are no signed attributes")]
    NoSignedAttributes,
    /// The content is itself a set of signed attributes: a signature over attributes, shown as one over content.
    #[error("the content is a set of signed attributes")]
    ForgedAttributes,
    /// An attribute breaks its rules.
    #[error(transparent)]
    Attribute(#[from] AttributeError),
    /// The signed content type is another one.
    #[error("content type {signed} is signed, {encapsulated} is there")]
    ContentType {
        /// In the attribute, dotted.
        signed: String,
        /// eContentType, dotted.
        encapsulated: String,
    },
    /// No certificate in the file has the issuer and serial number, or the key identifier, that the signer names.
    #[error("the certificate of the signer is not in the file")]
    CertificateNotFound,
    /// The certificate that the signer names is not the one that is bound to the signature.
    #[error("the signing-certificate attribute is of another certificate")]
    CertificateHash,
    /// The issuer and serial number in the attribute are of another certificate.
    #[error("the signing-certificate attribute has another issuer or serial number")]
    CertificateIssuerSerial,
    /// Neither attached nor given.
    #[error("the content is missing")]
    ContentMissing,
    /// The content that was given is not the content that is attached.
    #[error("the given content differs from the attached content")]
    ContentDiffers,
    /// The content is not the one that was signed.
    #[error("the digest of the content is not the signed digest")]
    MessageDigest,
    /// A digest algorithm that is not known.
    #[error("digest algorithm {algorithm} is not known")]
    DigestAlgorithm {
        /// Its object identifier, dotted.
        algorithm: String,
    },
    /// The content and the attributes are digested by different algorithms.
    #[error("digest {stated} is stated, the signature algorithm names {named}")]
    DigestMismatch {
        /// digestAlgorithm, dotted.
        stated: String,
        /// The digest that signatureAlgorithm names, dotted.
        named: String,
    },
    /// An algorithm identifier cannot be used.
    #[error(transparent)]
    Algorithm(#[from] AlgorithmError),
    /// The signature value does not verify.
    #[error(transparent)]
    Signature(#[from] SignatureError),
    /// The signature value verifies only over the attributes as stored, which is not DER.
    #[error("the signature is over attributes that are not DER")]
    SignedAttributesNotDer,
    /// cms-algorithm-protection names other algorithms than the signer uses.
    #[error("cms-algorithm-protection names other algorithms")]
    AlgorithmProtection,
    /// signing-time is not in the type that RFC 5652 clause 11.3 demands for its year.
    #[error("signing-time has the wrong ASN.1 type for its year")]
    SigningTimeForm,
    /// The claimed time lies outside the validity of the certificate.
    #[error("signing-time {signing_time} is not within {not_before} and {not_after}")]
    SigningTimeOutsideCertificate {
        /// The claim.
        signing_time: UnixTime,
        /// First second of the certificate.
        not_before: UnixTime,
        /// Last second of the certificate.
        not_after: UnixTime,
    },
    /// The claimed time has not come yet.
    #[error("signing-time {signing_time} is later than {at}")]
    SigningTimeAhead {
        /// The claim.
        signing_time: UnixTime,
        /// The time of validation.
        at: UnixTime,
    },
    /// No path leads from the certificate to a trust anchor, or it breaks a rule of RFC 5280.
    #[error(transparent)]
    Path(#[from] PathError),
    /// A certificate of the path is revoked.
    #[error("certificate {depth} is revoked since {}", revocation.at)]
    Revoked {
        /// Which certificate of the path; 0 is the signer.
        depth: usize,
        /// When and why.
        revocation: Revocation,
    },
    /// A certificate of the path is suspended.
    #[error("certificate {depth} is on hold")]
    OnHold {
        /// Which certificate of the path; 0 is the signer.
        depth: usize,
    },
    /// No current revocation data speak of a certificate of the path.
    #[error("nothing current is known about the revocation of certificate {depth}")]
    RevocationUnknown {
        /// Which certificate of the path; 0 is the signer.
        depth: usize,
    },
    /// The signer's certificate is not a nitelikli elektronik sertifika of a person.
    #[error("not an NES: {0}")]
    NotNes(#[from] Unusable),
}
