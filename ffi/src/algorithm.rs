//! Signature algorithms as numbers.

use kamusm_cades::algorithm::SignatureAlgorithm;

/// How a value is signed.
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum kamusm_algorithm {
    /// None that this version knows.
    Unknown = 0,
    /// sha256WithRSAEncryption; the value is the PKCS#1 v1.5 block.
    RsaPkcs1Sha256 = 1,
    /// ecdsa-with-SHA256 on P-256; the value is DER `SEQUENCE { r, s }`, as with the ones below.
    EcdsaP256Sha256 = 2,
    /// ecdsa-with-SHA384 on P-384.
    EcdsaP384Sha384 = 3,
    /// ecdsa-with-SHA512 on P-521.
    EcdsaP521Sha512 = 4,
}

impl kamusm_algorithm {
    pub(crate) fn of(algorithm: SignatureAlgorithm) -> Self {
        match algorithm {
            SignatureAlgorithm::RsaPkcs1Sha256 => Self::RsaPkcs1Sha256,
            SignatureAlgorithm::EcdsaP256Sha256 => Self::EcdsaP256Sha256,
            SignatureAlgorithm::EcdsaP384Sha384 => Self::EcdsaP384Sha384,
            SignatureAlgorithm::EcdsaP521Sha512 => Self::EcdsaP521Sha512,
            _ => Self::Unknown,
        }
    }
}
