//! Public keys of certificates: `SubjectPublicKeyInfo` of RFC 5280 4.1, RFC 3279 2.3.1, RFC 4055 1.2, RFC 5480 2.

use aws_lc_rs::signature::UnparsedPublicKey;
use der::asn1::ObjectIdentifier;

use super::verification::{PssParameters, SignatureError, VerificationAlgorithm};
use super::{AlgorithmError, curve};
use crate::asn1::{Asn1Error, Reader, Tag};

/// Shortest RSA modulus that may sign or be trusted (ETSI TS 119 312; the Tebliğ of 2025).
pub const RSA_BITS_FLOOR: u32 = 2048;

/// Longest RSA modulus that is worked with: a longer one only costs the verifier time.
const RSA_BITS_CEILING: u32 = 8192;

const RSA_ENCRYPTION: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const RSASSA_PSS: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.10");
const EC_PUBLIC_KEY: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");

/// The kind of a public key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum KeyAlgorithm {
    /// RSA.
    Rsa {
        /// Length of the modulus.
        bits: u32,
    },
    /// NIST P-256 (secp256r1).
    P256,
    /// NIST P-384 (secp384r1).
    P384,
    /// NIST P-521 (secp521r1).
    P521,
}

impl KeyAlgorithm {
    /// The kind of key in a DER `SubjectPublicKeyInfo`.
    pub fn from_spki_der(spki: &[u8]) -> Result<Self, KeyError> {
        Ok(PublicKey::from_spki_der(spki)?.algorithm())
    }

    /// Octets of r, and of s, in a raw ECDSA signature; none for RSA.
    pub fn ecdsa_field_octets(self) -> Option<usize> {
        match self {
            Self::Rsa { .. } => None,
            Self::P256 => Some(32),
            Self::P384 => Some(48),
            Self::P521 => Some(66),
        }
    }
}

/// Why a public key cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum KeyError {
    /// The `SubjectPublicKeyInfo` is not DER.
    #[error("public key: {0}")]
    Asn1(#[from] Asn1Error),
    /// Neither RSA nor an elliptic curve key.
    #[error("key algorithm {oid} is not supported")]
    UnknownAlgorithm {
        /// The algorithm that is named.
        oid: ObjectIdentifier,
    },
    /// A curve other than P-256, P-384 and P-521.
    #[error("curve {oid} is not supported")]
    UnknownCurve {
        /// The curve that is named.
        oid: ObjectIdentifier,
    },
    /// Explicit parameters that are not exactly those of P-256, P-384 or P-521.
    #[error("explicit curve parameters are not those of a supported curve")]
    ExplicitCurve,
    /// An RSA modulus that is too short or too long.
    #[error("RSA modulus of {bits} bits")]
    RsaSize {
        /// Length of the modulus.
        bits: u32,
    },
    /// The parameters of an RSASSA-PSS key.
    #[error("RSASSA-PSS key parameters: {0}")]
    PssParameters(AlgorithmError),
    /// A point whose length or form does not fit the curve.
    #[error("elliptic curve point of {octets} octets")]
    Point {
        /// Octets of the point.
        octets: usize,
    },
}

/// A public key, borrowed from the `SubjectPublicKeyInfo` that holds it.
#[derive(Debug, Clone, Copy)]
pub struct PublicKey<'a> {
    algorithm: KeyAlgorithm,
    /// `RSAPublicKey` or the encoded point.
    octets: &'a [u8],
    /// Set if the key may only sign with RSASSA-PSS; then the digest it is limited to, if any (RFC 4055 1.2).
    pss_only: Option<Option<PssParameters>>,
}

impl<'a> PublicKey<'a> {
    /// Reads a DER `SubjectPublicKeyInfo`.
    pub fn from_spki_der(spki: &'a [u8]) -> Result<Self, KeyError> {
        let mut info = Reader::der_value(spki, Tag::SEQUENCE)?.reader();
        let mut identifier = info.enter(Tag::SEQUENCE)?;
        let octets = info.expect(Tag::BIT_STRING)?.octet_aligned_bits()?;
        info.finish()?;
        let oid = identifier.object_identifier()?;
        let key = match oid {
            RSA_ENCRYPTION => {
                // RFC 3279 2.3.1: NULL; absent is met and harmless.
                identifier.optional(Tag::NULL)?;
                Self { algorithm: rsa(octets)?, octets, pss_only: None }
            }
            RSASSA_PSS => {
                let limit = match identifier.optional(Tag::SEQUENCE)? {
                    Some(parameters) => {
                        Some(PssParameters::read(&parameters).map_err(KeyError::PssParameters)?)
                    }
                    None => None,
                };
                Self { algorithm: rsa(octets)?, octets, pss_only: Some(limit) }
            }
            EC_PUBLIC_KEY => {
                let algorithm = curve::key_algorithm(&mut identifier)?;
                check_point(algorithm, octets)?;
                Self { algorithm, octets, pss_only: None }
            }
            oid => return Err(KeyError::UnknownAlgorithm { oid }),
        };
        identifier.finish()?;
        Ok(key)
    }

    /// The kind of this key.
    pub fn algorithm(&self) -> KeyAlgorithm {
        self.algorithm
    }

    /// Contents of the `subjectPublicKey`: what key identifiers and OCSP requests hash.
    pub fn octets(&self) -> &'a [u8] {
        self.octets
    }

    /// Verifies a signature over `message`; an ECDSA signature is DER `SEQUENCE { r, s }`.
    pub fn verify(
        &self,
        algorithm: VerificationAlgorithm,
        message: &[u8],
        signature: &[u8],
    ) -> Result<(), SignatureError> {
        if let KeyAlgorithm::Rsa { bits } = self.algorithm
            && bits < RSA_BITS_FLOOR
        {
            return Err(SignatureError::KeyTooShort { bits });
        }
        if let Some(limit) = self.pss_only {
            let VerificationAlgorithm::RsaPss(digest) = algorithm else {
                return Err(SignatureError::KeyMismatch { algorithm, key: self.algorithm });
            };
            if limit.is_some_and(|limit| limit.digest != digest) {
                return Err(SignatureError::KeyMismatch { algorithm, key: self.algorithm });
            }
        }
        let primitive = algorithm.primitive(self.algorithm)?;
        UnparsedPublicKey::new(primitive, self.octets)
            .verify(message, signature)
            .map_err(|_| SignatureError::Invalid)
    }
}

/// `RSAPublicKey ::= SEQUENCE { modulus INTEGER, publicExponent INTEGER }` (RFC 8017 A.1.1).
fn rsa(octets: &[u8]) -> Result<KeyAlgorithm, KeyError> {
    let mut key = Reader::der_value(octets, Tag::SEQUENCE)?.reader();
    let modulus = key.expect(Tag::INTEGER)?.unsigned_integer()?;
    key.expect(Tag::INTEGER)?.unsigned_integer()?;
    key.finish()?;
    let first = modulus.first().copied().unwrap_or(0);
    let bits = u32::try_from(modulus.len()).unwrap_or(u32::MAX).saturating_mul(8);
    let bits = bits.saturating_sub(first.leading_zeros());
    if bits > RSA_BITS_CEILING {
        return Err(KeyError::RsaSize { bits });
    }
    Ok(KeyAlgorithm::Rsa { bits })
}

/// Uncompressed or compressed (SEC 1 2.3.3); that the point is on the curve is checked when it is used.
fn check_point(algorithm: KeyAlgorithm, point: &[u8]) -> Result<(), KeyError> {
    let field = algorithm.ecdsa_field_octets().expect("an elliptic curve key");
    let fits = match point.first() {
        Some(4) => point.len() == 1 + 2 * field,
        Some(2 | 3) => point.len() == 1 + field,
        _ => false,
    };
    if fits { Ok(()) } else { Err(KeyError::Point { octets: point.len() }) }
}
