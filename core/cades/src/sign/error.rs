//! Why a signature cannot be made.

use der::asn1::ObjectIdentifier;

use crate::algorithm::{AlgorithmError, DigestAlgorithm, KeyError, SignatureError};

/// A refusal to make or to finish a signature.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SignError {
    /// The key of the certificate is too short or of an unknown kind.
    #[error("the key of the certificate cannot be used")]
    Key(#[from] KeyError),
    /// An algorithm that must not enter a new signature, for instance SHA-1 as digest of a policy.
    #[error("an algorithm cannot be used")]
    Algorithm(#[from] AlgorithmError),
    /// An attached signature needs the content itself.
    #[error("an attached signature needs the content")]
    ContentNeeded,
    /// The content was hashed with another algorithm than the key signs with.
    #[error("the content is hashed with {given:?}, the key needs {needed:?}")]
    ContentDigest {
        /// What the key of the certificate signs with.
        needed: DigestAlgorithm,
        /// What was given.
        given: DigestAlgorithm,
    },
    /// A value of the profile does not fit its attribute.
    #[error("the value for attribute {attribute} is not allowed")]
    Attribute {
        /// Which attribute.
        attribute: ObjectIdentifier,
    },
    /// The signature value does not verify with the key of the certificate: another key signed, or other octets.
    #[error("the signature does not verify with the certificate")]
    Signature(#[source] SignatureError),
    /// The finished file does not read back as what went into it.
    #[error("the finished signature does not read back")]
    ReadBack,
}
