//! Indications and sub-indications of a validation (EN 319 102-1 clause 5.1.3).

use std::fmt;

/// The main status of one signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "EN 319 102-1 knows these three")]
pub enum Indication {
    /// All checks passed.
    TotalPassed,
    /// What is known does not suffice for either verdict.
    Indeterminate,
    /// The signature is broken or was made with an unusable certificate.
    TotalFailed,
}

impl fmt::Display for Indication {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TotalPassed => "TOTAL-PASSED",
            Self::Indeterminate => "INDETERMINATE",
            Self::TotalFailed => "TOTAL-FAILED",
        })
    }
}

macro_rules! sub_indications {
    ($($(#[doc = $doc:literal])+ $variant:ident $name:literal $indication:ident,)+) => {
        /// Why a signature did not pass.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum SubIndication {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl SubIndication {
            /// The name in the standard.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// The main status that it belongs to.
            pub fn indication(self) -> Indication {
                match self { $(Self::$variant => Indication::$indication,)+ }
            }
        }
    };
}

sub_indications! {
    /// The file or the signature in it is not well-formed.
    FormatFailure "FORMAT_FAILURE" TotalFailed,
    /// The signed digest is not the digest of the content.
    HashFailure "HASH_FAILURE" TotalFailed,
    /// The signature value does not verify.
    SigCryptoFailure "SIG_CRYPTO_FAILURE" TotalFailed,
    /// The certificate was revoked before the signature was made.
    Revoked "REVOKED" TotalFailed,
    /// The signature was made after the certificate had expired.
    Expired "EXPIRED" TotalFailed,
    /// The signature was made before the certificate became valid.
    NotYetValid "NOT_YET_VALID" TotalFailed,
    /// The attributes do not meet the constraints.
    SigConstraintsFailure "SIG_CONSTRAINTS_FAILURE" Indeterminate,
    /// The certificates of the path do not meet the constraints.
    ChainConstraintsFailure "CHAIN_CONSTRAINTS_FAILURE" Indeterminate,
    /// The path is broken for a reason without a name of its own.
    CertificateChainGeneralFailure "CERTIFICATE_CHAIN_GENERAL_FAILURE" Indeterminate,
    /// An algorithm or a key was not acceptable at the time of signing.
    CryptoConstraintsFailure "CRYPTO_CONSTRAINTS_FAILURE" Indeterminate,
    /// An algorithm or a key is not acceptable, and nothing proves that it was when the signature was made.
    CryptoConstraintsFailureNoPoe "CRYPTO_CONSTRAINTS_FAILURE_NO_POE" Indeterminate,
    /// The policy that the signature names cannot be processed.
    PolicyProcessingError "POLICY_PROCESSING_ERROR" Indeterminate,
    /// The policy that the signature names is not at hand.
    SignaturePolicyNotAvailable "SIGNATURE_POLICY_NOT_AVAILABLE" Indeterminate,
    /// The time stamps stand in an impossible order.
    TimestampOrderFailure "TIMESTAMP_ORDER_FAILURE" Indeterminate,
    /// No certificate is the one that the signature names.
    NoSigningCertificateFound "NO_SIGNING_CERTIFICATE_FOUND" Indeterminate,
    /// No path leads to a trust anchor.
    NoCertificateChainFound "NO_CERTIFICATE_CHAIN_FOUND" Indeterminate,
    /// No path led to a trust anchor at a time that is proven.
    NoCertificateChainFoundNoPoe "NO_CERTIFICATE_CHAIN_FOUND_NO_POE" Indeterminate,
    /// The certificate is revoked, and nothing proves that the signature is older.
    RevokedNoPoe "REVOKED_NO_POE" Indeterminate,
    /// A certificate above it is revoked, and nothing proves that the signature is older.
    RevokedCaNoPoe "REVOKED_CA_NO_POE" Indeterminate,
    /// The certificate is out of its validity but known not to be revoked.
    OutOfBoundsNotRevoked "OUT_OF_BOUNDS_NOT_REVOKED" Indeterminate,
    /// The certificate is out of its validity, and nothing proves that the signature is older.
    OutOfBoundsNoPoe "OUT_OF_BOUNDS_NO_POE" Indeterminate,
    /// The issuer of the revocation data is out of its validity.
    RevocationOutOfBoundsNoPoe "REVOCATION_OUT_OF_BOUNDS_NO_POE" Indeterminate,
    /// A proof that the signature existed at some time is missing.
    NoPoe "NO_POE" Indeterminate,
    /// Newer revocation data are needed.
    TryLater "TRY_LATER" Indeterminate,
    /// The detached content is not at hand.
    SignedDataNotFound "SIGNED_DATA_NOT_FOUND" Indeterminate,
}

impl fmt::Display for SubIndication {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
