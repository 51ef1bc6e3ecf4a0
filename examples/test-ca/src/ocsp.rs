//! OCSP responses (RFC 6960 4.2), signed by the authority itself or by a delegate.

mod request;

use aws_lc_rs::digest::{self, SHA1_FOR_LEGACY_USE_ONLY, SHA256};
use der::asn1::ObjectIdentifier;

pub use request::{OcspRequest, OcspRequestError};

use crate::authority::{Authority, Delegate};
use crate::certificate::{extension, public_key_octets, signed_members};
use crate::der_writer::{context, octet_string, oid, sequence, tlv};
use crate::time::generalized;

const BASIC_RESPONSE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.48.1.1");
const NONCE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.48.1.2");
/// AlgorithmIdentifiers of a `CertID`, as OpenSSL writes them.
const SHA1_IDENTIFIER: [u8; 11] = [0x30, 0x09, 0x06, 0x05, 0x2B, 0x0E, 0x03, 0x02, 0x1A, 0x05, 0x00];
const SHA256_IDENTIFIER: [u8; 15] =
    [0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00];

/// DER of a `CertID`: which certificate a status is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertId {
    der: Vec<u8>,
}

impl CertId {
    /// The DER.
    pub fn der(&self) -> &[u8] {
        &self.der
    }
}

/// The status of one certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum CertStatus {
    /// Not revoked.
    Good,
    /// Revoked.
    Revoked {
        /// When, Unix time.
        at: i64,
        /// `CRLReason`, if it is given.
        reason: Option<u8>,
    },
    /// The responder does not know the certificate.
    Unknown,
}

impl CertStatus {
    fn der(self) -> Vec<u8> {
        match self {
            Self::Good => vec![0x80, 0x00],
            Self::Revoked { at, reason } => {
                let reason = reason.map(|reason| context(0, &tlv(0x0A, &[reason]))).unwrap_or_default();
                context(1, &[generalized(at), reason].concat())
            }
            Self::Unknown => vec![0x82, 0x00],
        }
    }
}

/// Status of one certificate in a response.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "filled in by tests")]
pub struct OcspAnswer {
    /// Which certificate.
    pub cert_id: CertId,
    /// Its status.
    pub status: CertStatus,
}

/// Who signs a response.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Signer<'a> {
    /// The authority that issued the certificate.
    Authority,
    /// A delegate; its certificate is put into the response.
    Delegate(&'a Delegate),
}

/// What a response shall say.
#[derive(Debug, Clone)]
#[expect(clippy::exhaustive_structs, reason = "filled in by tests")]
pub struct OcspSpec<'a> {
    /// The answers.
    pub answers: &'a [OcspAnswer],
    /// When the statuses were known to be right, Unix time; the response is produced at the same second.
    pub this_update: i64,
    /// When newer ones come, Unix time.
    pub next_update: Option<i64>,
    /// Contents of the nonce, as the request had it.
    pub nonce: Option<&'a [u8]>,
    /// Who signs.
    pub signer: Signer<'a>,
    /// True names the responder by its key (`byKey`), false by its name.
    pub by_key: bool,
}

impl Authority {
    /// The `CertID` of a certificate that this authority issued, hashed with SHA-1 as most requests are.
    pub fn cert_id(&self, serial: &[u8]) -> CertId {
        self.cert_id_with(&SHA1_IDENTIFIER, &SHA1_FOR_LEGACY_USE_ONLY, serial)
    }

    /// The same, hashed with SHA-256.
    pub fn cert_id_sha256(&self, serial: &[u8]) -> CertId {
        self.cert_id_with(&SHA256_IDENTIFIER, &SHA256, serial)
    }

    fn cert_id_with(
        &self,
        identifier: &[u8],
        algorithm: &'static digest::Algorithm,
        serial: &[u8],
    ) -> CertId {
        let name = octet_string(digest::digest(algorithm, self.name_der()).as_ref());
        let key = octet_string(digest::digest(algorithm, public_key_octets(self.key().spki_der())).as_ref());
        CertId { der: sequence(&[identifier, &name, &key, &tlv(0x02, serial)]) }
    }

    /// Signs a response.
    pub fn ocsp_response(&self, spec: &OcspSpec<'_>) -> Vec<u8> {
        let (name, key) = match spec.signer {
            Signer::Authority => (self.name_der(), self.key()),
            Signer::Delegate(delegate) => (delegate.name.as_slice(), &delegate.key),
        };
        let next_update = spec.next_update.map(|next| context(0, &generalized(next))).unwrap_or_default();
        let mut answers = Vec::new();
        for answer in spec.answers {
            answers.extend(sequence(&[
                &answer.cert_id.der,
                &answer.status.der(),
                &generalized(spec.this_update),
                &next_update,
            ]));
        }
        let responder = match spec.by_key {
            // KeyHash is SHA-1 over the public key by definition (RFC 6960 4.2.1).
            true => context(2, &octet_string(&key_hash(key.spki_der()))),
            false => context(1, name),
        };
        let nonce =
            spec.nonce.map(|nonce| context(1, &sequence(&[&extension(NONCE, false, &octet_string(nonce))])));
        let tbs = sequence(&[
            &responder,
            &generalized(spec.this_update),
            &tlv(0x30, &answers),
            &nonce.unwrap_or_default(),
        ]);
        let certificates = match spec.signer {
            Signer::Authority => Vec::new(),
            Signer::Delegate(delegate) => context(0, &sequence(&[&delegate.certificate])),
        };
        let basic = sequence(&[&signed_members(&tbs, key), &certificates]);
        let response = sequence(&[&oid(BASIC_RESPONSE), &octet_string(&basic)]);
        sequence(&[&[0x0A, 0x01, 0x00], &context(0, &response)])
    }
}

/// A response that only says why there is none: `malformedRequest` 1, `internalError` 2, `tryLater` 3, `unauthorized` 6.
pub fn ocsp_failure(status: u8) -> Vec<u8> {
    sequence(&[&tlv(0x0A, &[status])])
}

fn key_hash(spki: &[u8]) -> Vec<u8> {
    digest::digest(&SHA1_FOR_LEGACY_USE_ONLY, public_key_octets(spki)).as_ref().to_vec()
}
