//! Digests, keys and signature algorithms: RFC 8017, RFC 5480, RFC 5758, RFC 4055; floor after ETSI TS 119 312.

mod curve;
mod digest;
mod ecdsa;
mod key;
mod verification;

pub use digest::{Digest, DigestAlgorithm, Hasher, digest_info};
pub use ecdsa::{EcdsaValueError, ecdsa_der_from_raw, ecdsa_raw_from_der};
pub use key::{KeyAlgorithm, KeyError, PublicKey, RSA_BITS_FLOOR};
pub use verification::{AlgorithmError, BrokenDigest, SignatureError, VerificationAlgorithm};

/// A signature algorithm for creation: one per kind of key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SignatureAlgorithm {
    /// sha256WithRSAEncryption, RFC 8017 8.2.
    RsaPkcs1Sha256,
    /// ecdsa-with-SHA256 on P-256, RFC 5758 3.2.
    EcdsaP256Sha256,
    /// ecdsa-with-SHA384 on P-384.
    EcdsaP384Sha384,
    /// ecdsa-with-SHA512 on P-521.
    EcdsaP521Sha512,
}

impl SignatureAlgorithm {
    /// The algorithm that a key of this kind signs with; an RSA key under the floor is refused.
    pub fn for_key(key: KeyAlgorithm) -> Result<Self, KeyError> {
        match key {
            KeyAlgorithm::Rsa { bits } if bits < RSA_BITS_FLOOR => Err(KeyError::RsaSize { bits }),
            KeyAlgorithm::Rsa { .. } => Ok(Self::RsaPkcs1Sha256),
            KeyAlgorithm::P256 => Ok(Self::EcdsaP256Sha256),
            KeyAlgorithm::P384 => Ok(Self::EcdsaP384Sha384),
            KeyAlgorithm::P521 => Ok(Self::EcdsaP521Sha512),
        }
    }

    /// The digest that is signed.
    pub fn digest(self) -> DigestAlgorithm {
        match self {
            Self::RsaPkcs1Sha256 | Self::EcdsaP256Sha256 => DigestAlgorithm::Sha256,
            Self::EcdsaP384Sha384 => DigestAlgorithm::Sha384,
            Self::EcdsaP521Sha512 => DigestAlgorithm::Sha512,
        }
    }

    /// DER of the `AlgorithmIdentifier`: NULL parameters for RSA (RFC 4055 5), none for ECDSA (RFC 5758 3.2).
    pub fn identifier_der(self) -> &'static [u8] {
        match self {
            Self::RsaPkcs1Sha256 => {
                &[0x30, 0x0D, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x0B, 0x05, 0x00]
            }
            Self::EcdsaP256Sha256 => {
                &[0x30, 0x0A, 0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x02]
            }
            Self::EcdsaP384Sha384 => {
                &[0x30, 0x0A, 0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x03]
            }
            Self::EcdsaP521Sha512 => {
                &[0x30, 0x0A, 0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x04]
            }
        }
    }

    /// True if the signature value is an ECDSA pair, which travels as DER `SEQUENCE { r, s }`.
    pub fn is_ecdsa(self) -> bool {
        self != Self::RsaPkcs1Sha256
    }
}
