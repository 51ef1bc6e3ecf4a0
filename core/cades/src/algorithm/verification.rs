//! Signature algorithms as certificates and signatures name them: RFC 4055, RFC 5758, RFC 8017; verified by aws-lc.

use aws_lc_rs::signature as aws;
use der::asn1::ObjectIdentifier;

use super::{DigestAlgorithm, KeyAlgorithm, SignatureAlgorithm};
use crate::asn1::{Asn1Error, Reader, Tag, Tlv};

const RSA_ENCRYPTION: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const RSASSA_PSS: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.10");
const MGF1: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.8");
const SHA256_WITH_RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.11");
const SHA384_WITH_RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.12");
const SHA512_WITH_RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.13");
const EC_PUBLIC_KEY: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const ECDSA_WITH_SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.2");
const ECDSA_WITH_SHA384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.3");
const ECDSA_WITH_SHA512: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.4");

/// Algorithms of old material that are known only to be reported: MD5, SHA-1 and what is made with them.
const BROKEN: [(ObjectIdentifier, BrokenDigest); 7] = [
    (ObjectIdentifier::new_unwrap("1.2.840.113549.2.5"), BrokenDigest::Md5),
    (ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.4"), BrokenDigest::Md5),
    (ObjectIdentifier::new_unwrap("1.3.14.3.2.26"), BrokenDigest::Sha1),
    (ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.5"), BrokenDigest::Sha1),
    (ObjectIdentifier::new_unwrap("1.3.14.3.2.29"), BrokenDigest::Sha1),
    (ObjectIdentifier::new_unwrap("1.2.840.10045.4.1"), BrokenDigest::Sha1),
    (ObjectIdentifier::new_unwrap("1.2.840.10040.4.3"), BrokenDigest::Sha1),
];

/// A digest algorithm that proves nothing any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BrokenDigest {
    /// MD5.
    Md5,
    /// SHA-1, stopped in Turkey on 30.07.2013.
    Sha1,
}

/// A signature algorithm for verification.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum VerificationAlgorithm {
    /// RSASSA-PKCS1-v1_5.
    RsaPkcs1(DigestAlgorithm),
    /// RSASSA-PSS with MGF1 over the same digest, a salt as long as the digest and the default trailer.
    RsaPss(DigestAlgorithm),
    /// ECDSA; the signature is DER `SEQUENCE { r, s }`.
    Ecdsa(DigestAlgorithm),
}

impl From<SignatureAlgorithm> for VerificationAlgorithm {
    fn from(algorithm: SignatureAlgorithm) -> Self {
        let digest = algorithm.digest();
        if algorithm.is_ecdsa() { Self::Ecdsa(digest) } else { Self::RsaPkcs1(digest) }
    }
}

impl VerificationAlgorithm {
    /// Reads a DER `AlgorithmIdentifier` that names the digest too, as certificates, CRLs and OCSP responses do.
    pub fn from_identifier_der(identifier: &[u8]) -> Result<Self, AlgorithmError> {
        Self::read(identifier, None)
    }

    /// Reads the `signatureAlgorithm` of a CMS `SignerInfo`, which may name only the kind of key (RFC 3370 3.2).
    /// The digest it names itself must be that of the `SignerInfo`.
    pub fn from_signer_info(identifier: &[u8], digest: DigestAlgorithm) -> Result<Self, AlgorithmError> {
        let algorithm = Self::read(identifier, Some(digest))?;
        if algorithm.digest() != digest {
            return Err(AlgorithmError::DigestMismatch { stated: digest, named: algorithm.digest() });
        }
        Ok(algorithm)
    }

    fn read(identifier: &[u8], digest: Option<DigestAlgorithm>) -> Result<Self, AlgorithmError> {
        let mut reader = Reader::der_value(identifier, Tag::SEQUENCE)?.reader();
        let oid = reader.object_identifier()?;
        let algorithm = match (oid, digest) {
            (SHA256_WITH_RSA, _) => Self::RsaPkcs1(DigestAlgorithm::Sha256),
            (SHA384_WITH_RSA, _) => Self::RsaPkcs1(DigestAlgorithm::Sha384),
            (SHA512_WITH_RSA, _) => Self::RsaPkcs1(DigestAlgorithm::Sha512),
            (RSA_ENCRYPTION, Some(digest)) => Self::RsaPkcs1(digest),
            (ECDSA_WITH_SHA256, _) => Self::Ecdsa(DigestAlgorithm::Sha256),
            (ECDSA_WITH_SHA384, _) => Self::Ecdsa(DigestAlgorithm::Sha384),
            (ECDSA_WITH_SHA512, _) => Self::Ecdsa(DigestAlgorithm::Sha512),
            // Seen in old CMS; its parameters would be the curve, which the key knows better.
            (EC_PUBLIC_KEY, Some(digest)) => return Ok(Self::Ecdsa(digest)),
            (RSASSA_PSS, _) => {
                let parameters = PssParameters::read(&reader.expect(Tag::SEQUENCE)?)?;
                reader.finish()?;
                return Ok(Self::RsaPss(parameters.digest));
            }
            (oid, _) => return Err(AlgorithmError::from_unusable(oid)),
        };
        match algorithm {
            Self::Ecdsa(_) => reader.finish().map_err(|_| AlgorithmError::Parameters)?,
            _ => parameters_absent_or_null(&reader)?,
        }
        Ok(algorithm)
    }

    /// The digest that is signed.
    pub fn digest(self) -> DigestAlgorithm {
        match self {
            Self::RsaPkcs1(digest) | Self::RsaPss(digest) | Self::Ecdsa(digest) => digest,
        }
    }

    /// The primitive for a key of this kind.
    pub(super) fn primitive(
        self,
        key: KeyAlgorithm,
    ) -> Result<&'static dyn aws::VerificationAlgorithm, SignatureError> {
        use DigestAlgorithm::{Sha256, Sha384, Sha512};
        Ok(match (self, key) {
            (Self::RsaPkcs1(Sha256), KeyAlgorithm::Rsa { .. }) => &aws::RSA_PKCS1_2048_8192_SHA256,
            (Self::RsaPkcs1(Sha384), KeyAlgorithm::Rsa { .. }) => &aws::RSA_PKCS1_2048_8192_SHA384,
            (Self::RsaPkcs1(Sha512), KeyAlgorithm::Rsa { .. }) => &aws::RSA_PKCS1_2048_8192_SHA512,
            (Self::RsaPss(Sha256), KeyAlgorithm::Rsa { .. }) => &aws::RSA_PSS_2048_8192_SHA256,
            (Self::RsaPss(Sha384), KeyAlgorithm::Rsa { .. }) => &aws::RSA_PSS_2048_8192_SHA384,
            (Self::RsaPss(Sha512), KeyAlgorithm::Rsa { .. }) => &aws::RSA_PSS_2048_8192_SHA512,
            (Self::Ecdsa(Sha256), KeyAlgorithm::P256) => &aws::ECDSA_P256_SHA256_ASN1,
            (Self::Ecdsa(Sha384), KeyAlgorithm::P256) => &aws::ECDSA_P256_SHA384_ASN1,
            (Self::Ecdsa(Sha512), KeyAlgorithm::P256) => &aws::ECDSA_P256_SHA512_ASN1,
            (Self::Ecdsa(Sha256), KeyAlgorithm::P384) => &aws::ECDSA_P384_SHA256_ASN1,
            (Self::Ecdsa(Sha384), KeyAlgorithm::P384) => &aws::ECDSA_P384_SHA384_ASN1,
            (Self::Ecdsa(Sha512), KeyAlgorithm::P384) => &aws::ECDSA_P384_SHA512_ASN1,
            (Self::Ecdsa(Sha256), KeyAlgorithm::P521) => &aws::ECDSA_P521_SHA256_ASN1,
            (Self::Ecdsa(Sha384), KeyAlgorithm::P521) => &aws::ECDSA_P521_SHA384_ASN1,
            (Self::Ecdsa(Sha512), KeyAlgorithm::P521) => &aws::ECDSA_P521_SHA512_ASN1,
            (algorithm, key) => return Err(SignatureError::KeyMismatch { algorithm, key }),
        })
    }
}

/// Why an algorithm identifier cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AlgorithmError {
    /// The `AlgorithmIdentifier` is not DER.
    #[error("algorithm identifier: {0}")]
    Asn1(#[from] Asn1Error),
    /// Made with a digest that proves nothing any more.
    #[error("algorithm {oid} uses a broken digest, {digest:?}")]
    Broken {
        /// The algorithm that is named.
        oid: ObjectIdentifier,
        /// The digest behind it.
        digest: BrokenDigest,
    },
    /// An algorithm that is not known here.
    #[error("algorithm {oid} is not supported")]
    Unknown {
        /// The algorithm that is named.
        oid: ObjectIdentifier,
    },
    /// Parameters that do not belong to the algorithm.
    #[error("wrong algorithm parameters")]
    Parameters,
    /// The digest of the signature algorithm is not the digest stated beside it.
    #[error("digest {stated:?} is stated, the signature algorithm names {named:?}")]
    DigestMismatch {
        /// The digest stated beside it.
        stated: DigestAlgorithm,
        /// The digest that the signature algorithm names.
        named: DigestAlgorithm,
    },
}

impl AlgorithmError {
    pub(super) fn from_unusable(oid: ObjectIdentifier) -> Self {
        match BROKEN.iter().find(|(broken, _)| *broken == oid) {
            Some(&(oid, digest)) => Self::Broken { oid, digest },
            None => Self::Unknown { oid },
        }
    }
}

/// Why a signature is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SignatureError {
    /// The public key cannot be used.
    #[error(transparent)]
    Key(#[from] super::KeyError),
    /// The signature algorithm cannot be used.
    #[error(transparent)]
    Algorithm(#[from] AlgorithmError),
    /// The key cannot make signatures of this algorithm.
    #[error("{algorithm:?} does not belong to a key of kind {key:?}")]
    KeyMismatch {
        /// The algorithm of the signature.
        algorithm: VerificationAlgorithm,
        /// The kind of the key.
        key: KeyAlgorithm,
    },
    /// An RSA key under the floor.
    #[error("RSA key of {bits} bits is too short to prove anything")]
    KeyTooShort {
        /// Length of the modulus.
        bits: u32,
    },
    /// The signature was not made by this key over these octets.
    #[error("the signature does not verify")]
    Invalid,
}

/// The `RSASSA-PSS-params` (RFC 4055 3.1) that are accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PssParameters {
    pub(super) digest: DigestAlgorithm,
}

impl PssParameters {
    pub(super) fn read(parameters: &Tlv<'_>) -> Result<Self, AlgorithmError> {
        const SHA1: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.14.3.2.26");
        let mut fields = parameters.reader();
        // Each DEFAULT means SHA-1 or a salt of 20 octets: both are refused.
        let Some(hash) = fields.optional(Tag::context_constructed(0))? else {
            return Err(AlgorithmError::from_unusable(SHA1));
        };
        let digest = DigestAlgorithm::from_identifier_der(hash.value)?;
        let Some(mask) = fields.optional(Tag::context_constructed(1))? else {
            return Err(AlgorithmError::from_unusable(SHA1));
        };
        let mut mask = Reader::der_value(mask.value, Tag::SEQUENCE)?.reader();
        let mask_oid = mask.object_identifier()?;
        if mask_oid != MGF1 {
            return Err(AlgorithmError::Unknown { oid: mask_oid });
        }
        let mask_digest = DigestAlgorithm::from_identifier_der(mask.expect(Tag::SEQUENCE)?.raw)?;
        let salt = fields.optional(Tag::context_constructed(2))?.ok_or(AlgorithmError::Parameters)?;
        let salt_octets = usize::from(Reader::der_value(salt.value, Tag::INTEGER)?.small_integer()?);
        let trailer_is_default = match fields.optional(Tag::context_constructed(3))? {
            Some(trailer) => Reader::der_value(trailer.value, Tag::INTEGER)?.small_integer()? == 1,
            None => true,
        };
        fields.finish()?;
        mask.finish()?;
        if mask_digest != digest || salt_octets != digest.output_len() || !trailer_is_default {
            return Err(AlgorithmError::Parameters);
        }
        Ok(Self { digest })
    }
}

pub(super) fn parameters_absent_or_null(rest: &Reader<'_>) -> Result<(), AlgorithmError> {
    match rest.rest() {
        [] | [0x05, 0x00] => Ok(()),
        _ => Err(AlgorithmError::Parameters),
    }
}
