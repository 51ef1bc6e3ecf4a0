//! A certificate over the octets it came in (RFC 5280 4.1): read once, never encoded again.

mod extensions;

use std::fmt;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use der::asn1::ObjectIdentifier;

use super::extension::{self, BasicConstraints, KeyUsage};
use super::name::Name;
use super::value::range_of;
use crate::algorithm::{
    AlgorithmError, DigestAlgorithm, KeyAlgorithm, KeyError, PublicKey, SignatureError, VerificationAlgorithm,
};
use crate::asn1::{Asn1Error, Reader, Tag, UnixTime};

/// Longest certificate that is read. Real ones have one or two kilobytes.
pub const CERTIFICATE_OCTETS_MAX: usize = 64 << 10;

const EXTENSIONS_MAX: usize = 64;

const COMMON_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.3");
const SERIAL_NUMBER: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.5");

/// A certificate. Cloning it is cheap: all clones share one buffer.
#[derive(Clone)]
pub struct Certificate(Arc<Inner>);

struct Inner {
    der: Box<[u8]>,
    tbs: Range<usize>,
    serial: Range<usize>,
    issuer: Range<usize>,
    subject: Range<usize>,
    spki: Range<usize>,
    signature_algorithm: Range<usize>,
    signature: Range<usize>,
    version: u8,
    not_before: UnixTime,
    not_after: UnixTime,
    extensions: Vec<ExtensionRange>,
    key_usage: Option<KeyUsage>,
    basic_constraints: Option<BasicConstraints>,
    fingerprint: OnceLock<[u8; 32]>,
}

struct ExtensionRange {
    oid: ObjectIdentifier,
    critical: bool,
    value: Range<usize>,
}

/// Why octets are not a certificate that can be worked with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CertificateError {
    /// Longer than [`CERTIFICATE_OCTETS_MAX`].
    #[error("certificate of {octets} octets")]
    TooLarge {
        /// Octets that were given.
        octets: usize,
    },
    /// Not the DER of a `Certificate`.
    #[error("certificate: {0}")]
    Asn1(#[from] Asn1Error),
    /// A version other than 1, 2 or 3, or extensions in a version that has none.
    #[error("certificate version field {value}")]
    Version {
        /// The encoded value: 0 is version 1.
        value: u8,
    },
    /// The signature algorithm inside differs from the one outside (RFC 5280 4.1.1.2).
    #[error("the two signature algorithms differ")]
    SignatureAlgorithmMismatch,
    /// An extension that is there twice (RFC 5280 4.2).
    #[error("extension {oid} is there twice")]
    DuplicateExtension {
        /// The extension.
        oid: ObjectIdentifier,
    },
    /// More extensions than a real certificate has.
    #[error("more than {limit} extensions")]
    TooManyExtensions {
        /// The limit.
        limit: usize,
    },
    /// An extension whose contents are not what its standard says.
    #[error("extension {oid}: {reason}")]
    Extension {
        /// The extension.
        oid: ObjectIdentifier,
        /// What is wrong with it.
        reason: Asn1Error,
    },
}

/// Why a certificate was not issued by another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotIssued {
    /// The issuer name is not the other's subject name.
    #[error("issuer and subject names differ")]
    Name,
    /// The signature is not one of the other's key.
    #[error(transparent)]
    Signature(#[from] SignatureError),
}

impl Certificate {
    /// Reads a DER certificate; the octets are copied once and kept as they are.
    pub fn from_der(der: &[u8]) -> Result<Self, CertificateError> {
        if der.len() > CERTIFICATE_OCTETS_MAX {
            return Err(CertificateError::TooLarge { octets: der.len() });
        }
        let range = |part: &[u8]| range_of(part, der);
        let mut outer = Reader::der_value(der, Tag::SEQUENCE)?.reader();
        let tbs = outer.expect(Tag::SEQUENCE)?;
        let signature_algorithm = outer.expect(Tag::SEQUENCE)?;
        let signature = outer.expect(Tag::BIT_STRING)?.octet_aligned_bits()?;
        outer.finish()?;

        let mut fields = tbs.reader();
        let version = match fields.optional(Tag::context_constructed(0))? {
            Some(version) => Reader::der_value(version.value, Tag::INTEGER)?.small_integer()?,
            None => 0,
        };
        if version > 2 {
            return Err(CertificateError::Version { value: version });
        }
        let serial = fields.expect(Tag::INTEGER)?.integer()?;
        if fields.expect(Tag::SEQUENCE)?.raw != signature_algorithm.raw {
            return Err(CertificateError::SignatureAlgorithmMismatch);
        }
        let issuer = fields.expect(Tag::SEQUENCE)?;
        let mut validity = fields.enter(Tag::SEQUENCE)?;
        let (not_before, _) = validity.any()?.time()?;
        let (not_after, _) = validity.any()?.time()?;
        validity.finish()?;
        let subject = fields.expect(Tag::SEQUENCE)?;
        let spki = fields.expect(Tag::SEQUENCE)?;
        fields.optional(Tag::context(1))?;
        fields.optional(Tag::context(2))?;
        let mut extensions = Vec::new();
        if let Some(list) = fields.optional(Tag::context_constructed(3))? {
            if version != 2 {
                return Err(CertificateError::Version { value: version });
            }
            extension::read_all(list.value, EXTENSIONS_MAX, |extension| {
                extensions.push(ExtensionRange {
                    oid: extension.oid,
                    critical: extension.critical,
                    value: range(extension.value),
                });
            })?;
        }
        fields.finish()?;

        let known =
            |oid| extensions.iter().find(|extension| extension.oid == oid).map(|e| &der[e.value.clone()]);
        let key_usage = extension::decode(known(extension::KEY_USAGE), extension::KEY_USAGE, KeyUsage::read)?;
        let basic_constraints = extension::decode(
            known(extension::BASIC_CONSTRAINTS),
            extension::BASIC_CONSTRAINTS,
            BasicConstraints::read,
        )?;
        Ok(Self(Arc::new(Inner {
            tbs: range(tbs.raw),
            serial: range(serial),
            issuer: range(issuer.raw),
            subject: range(subject.raw),
            spki: range(spki.raw),
            signature_algorithm: range(signature_algorithm.raw),
            signature: range(signature),
            version: version + 1,
            not_before,
            not_after,
            key_usage,
            basic_constraints,
            extensions,
            fingerprint: OnceLock::new(),
            der: der.into(),
        })))
    }

    /// The certificate as it was received.
    pub fn der(&self) -> &[u8] {
        &self.0.der
    }

    fn part(&self, range: &Range<usize>) -> &[u8] {
        &self.0.der[range.clone()]
    }

    /// 1, 2 or 3.
    pub fn version(&self) -> u8 {
        self.0.version
    }

    /// DER of the `TBSCertificate`: what the issuer signed.
    pub fn tbs_der(&self) -> &[u8] {
        self.part(&self.0.tbs)
    }

    /// DER of the issuer `Name`.
    pub fn issuer_der(&self) -> &[u8] {
        self.part(&self.0.issuer)
    }

    /// DER of the subject `Name`.
    pub fn subject_der(&self) -> &[u8] {
        self.part(&self.0.subject)
    }

    /// The issuer name.
    pub fn issuer(&self) -> Name<'_> {
        Name::new(self.issuer_der())
    }

    /// The subject name.
    pub fn subject(&self) -> Name<'_> {
        Name::new(self.subject_der())
    }

    /// Contents octets of the serial number INTEGER.
    pub fn serial(&self) -> &[u8] {
        self.part(&self.0.serial)
    }

    /// DER of the `SubjectPublicKeyInfo`.
    pub fn spki_der(&self) -> &[u8] {
        self.part(&self.0.spki)
    }

    /// The public key.
    pub fn public_key(&self) -> Result<PublicKey<'_>, KeyError> {
        PublicKey::from_spki_der(self.spki_der())
    }

    /// The kind of the public key.
    pub fn key_algorithm(&self) -> Result<KeyAlgorithm, KeyError> {
        Ok(self.public_key()?.algorithm())
    }

    /// DER of the `AlgorithmIdentifier` that the issuer signed with.
    pub fn signature_algorithm_der(&self) -> &[u8] {
        self.part(&self.0.signature_algorithm)
    }

    /// The algorithm that the issuer signed with.
    pub fn signature_algorithm(&self) -> Result<VerificationAlgorithm, AlgorithmError> {
        VerificationAlgorithm::from_identifier_der(self.signature_algorithm_der())
    }

    /// The issuer's signature.
    pub fn signature(&self) -> &[u8] {
        self.part(&self.0.signature)
    }

    /// First second of validity, Unix time.
    pub fn not_before(&self) -> UnixTime {
        self.0.not_before
    }

    /// Last second of validity, Unix time.
    pub fn not_after(&self) -> UnixTime {
        self.0.not_after
    }

    /// True if this second lies within the validity, both ends included (RFC 5280 4.1.2.5).
    pub fn is_valid_at(&self, at: UnixTime) -> bool {
        (self.not_before()..=self.not_after()).contains(&at)
    }

    /// First subject attribute of this type, as text. Personal data: not for logs.
    pub fn subject_attribute(&self, oid: ObjectIdentifier) -> Option<String> {
        self.subject().attribute(oid)
    }

    /// Subject common name: the person's full name. Personal data: not for logs.
    pub fn common_name(&self) -> Option<String> {
        self.subject_attribute(COMMON_NAME)
    }

    /// Subject serialNumber (2.5.4.5) as it stands: the bare T.C. kimlik numarası in an NES. Personal data: not for logs.
    pub fn tckn(&self) -> Option<String> {
        self.subject_attribute(SERIAL_NUMBER)
    }

    /// SHA-256 of the whole certificate.
    pub fn fingerprint(&self) -> [u8; 32] {
        *self.0.fingerprint.get_or_init(|| {
            let digest = DigestAlgorithm::Sha256.digest(self.der());
            digest.as_ref().try_into().expect("SHA-256 has 32 octets")
        })
    }

    /// Verifies a signature over `message` with this certificate's key; ECDSA values are DER `SEQUENCE { r, s }`.
    pub fn verify(
        &self,
        algorithm: impl Into<VerificationAlgorithm>,
        message: &[u8],
        signature: &[u8],
    ) -> Result<(), SignatureError> {
        self.public_key()?.verify(algorithm.into(), message, signature)
    }

    /// True if issuer and subject are the same name.
    pub fn is_self_issued(&self) -> bool {
        self.issuer() == self.subject()
    }

    /// Checks that `issuer` issued this certificate: names (RFC 5280 7.1) and signature, nothing else.
    pub fn is_issued_by(&self, issuer: &Certificate) -> Result<(), NotIssued> {
        if self.issuer() != issuer.subject() {
            return Err(NotIssued::Name);
        }
        let algorithm = self.signature_algorithm().map_err(SignatureError::from)?;
        Ok(issuer.verify(algorithm, self.tbs_der(), self.signature())?)
    }
}

impl PartialEq for Certificate {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.der() == other.der()
    }
}

impl Eq for Certificate {}

/// Names no person: only the head of the fingerprint.
impl fmt::Debug for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Certificate(")?;
        for octet in &self.fingerprint()[..8] {
            write!(f, "{octet:02x}")?;
        }
        f.write_str("…)")
    }
}
