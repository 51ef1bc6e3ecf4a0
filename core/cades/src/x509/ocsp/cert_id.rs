//! `CertID` (RFC 6960 4.1.1): which certificate is meant, by hashes of its issuer's name and key.

use aws_lc_rs::digest::{Algorithm, SHA1_FOR_LEGACY_USE_ONLY, SHA256, SHA384, SHA512, digest};
use der::asn1::ObjectIdentifier;

use crate::algorithm::KeyError;
use crate::asn1::{Asn1Error, Tag, Tlv, Writer};
use crate::x509::certificate::Certificate;

const SHA1_OID: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.14.3.2.26");

/// Here a hash only finds a certificate again, it proves nothing: SHA-1 is what all responders know.
const ALGORITHMS: [(ObjectIdentifier, &Algorithm); 4] = [
    (SHA1_OID, &SHA1_FOR_LEGACY_USE_ONLY),
    (ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.1"), &SHA256),
    (ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.2"), &SHA384),
    (ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.3"), &SHA512),
];

/// SHA-1 of a public key, as `KeyHash` of a responder's name has it by definition (RFC 6960 4.2.1).
pub(super) fn key_hash(certificate: &Certificate) -> Result<Vec<u8>, KeyError> {
    Ok(digest(&SHA1_FOR_LEGACY_USE_ONLY, certificate.public_key()?.octets()).as_ref().to_vec())
}

#[derive(Clone, Copy)]
pub(super) struct CertId<'a> {
    algorithm: Option<&'static Algorithm>,
    name_hash: &'a [u8],
    key_hash: &'a [u8],
    serial: &'a [u8],
}

impl<'a> CertId<'a> {
    pub(super) fn read(cert_id: &Tlv<'a>) -> Result<Self, Asn1Error> {
        let mut fields = cert_id.reader();
        let oid = fields.enter(Tag::SEQUENCE)?.object_identifier()?;
        let algorithm = ALGORITHMS.iter().find(|(known, _)| *known == oid).map(|(_, algorithm)| *algorithm);
        let name_hash = fields.expect(Tag::OCTET_STRING)?.value;
        let key_hash = fields.expect(Tag::OCTET_STRING)?.value;
        let serial = fields.expect(Tag::INTEGER)?.integer()?;
        fields.finish()?;
        Ok(Self { algorithm, name_hash, key_hash, serial })
    }

    /// Recomputes the hashes: a response about a certificate of another issuer with the same serial number must not pass.
    pub(super) fn matches(&self, certificate: &Certificate, issuer: &Certificate) -> bool {
        let Some(algorithm) = self.algorithm else { return false };
        let Ok(key) = issuer.public_key() else { return false };
        self.serial == certificate.serial()
            && self.name_hash == digest(algorithm, certificate.issuer_der()).as_ref()
            && self.key_hash == digest(algorithm, key.octets()).as_ref()
    }
}

/// Writes the `CertID` of a certificate, hashed with SHA-1.
pub(super) fn write(
    writer: &mut Writer,
    certificate: &Certificate,
    issuer: &Certificate,
) -> Result<(), KeyError> {
    let name_hash = digest(&SHA1_FOR_LEGACY_USE_ONLY, certificate.issuer_der());
    let key_hash = key_hash(issuer)?;
    writer.nested(Tag::SEQUENCE, |writer| {
        writer.nested(Tag::SEQUENCE, |writer| {
            writer.oid(&SHA1_OID);
            writer.tlv(Tag::NULL, &[]);
        });
        writer.tlv(Tag::OCTET_STRING, name_hash.as_ref());
        writer.tlv(Tag::OCTET_STRING, &key_hash);
        writer.tlv(Tag::INTEGER, certificate.serial());
    });
    Ok(())
}
