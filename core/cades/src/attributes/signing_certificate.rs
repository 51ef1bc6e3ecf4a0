//! ESS signing-certificate and signing-certificate-v2 (EN 319 122-1 clause 5.2.2; RFC 5035 clauses 3 to 5).

use std::borrow::Cow;

use super::set::write_attribute;
use super::{AttributeError, Attributes, oid};
use crate::algorithm::{Digest, DigestAlgorithm};
use crate::asn1::{Asn1Error, Limits, Reader, Tag, Tlv, Writer};
use crate::cms::AlgorithmIdentifier;

/// The certificates that a signer has bound to the signature; the first one is the signer's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SigningCertificate<'a> {
    /// Which of the two attributes it is.
    pub version: EssVersion,
    /// At least one.
    pub certificates: Vec<EssCertId<'a>>,
}

/// Which of the two attributes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EssVersion {
    /// signing-certificate: SHA-1 by definition.
    V1,
    /// signing-certificate-v2: any digest.
    V2,
}

/// ```text
/// ESSCertIDv2 ::= SEQUENCE {
///   hashAlgorithm AlgorithmIdentifier DEFAULT {algorithm id-sha256},
///   certHash OCTET STRING,
///   issuerSerial IssuerSerial OPTIONAL }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EssCertId<'a> {
    /// As received; `None` stands for SHA-256 in V2 and for SHA-1 in V1.
    pub hash_algorithm: Option<AlgorithmIdentifier<'a>>,
    /// Digest of the whole DER certificate.
    pub cert_hash: Cow<'a, [u8]>,
    /// Not to be written since V1.2 of the standard, but checked when it is there.
    pub issuer_serial: Option<IssuerSerial<'a>>,
}

/// ```text
/// IssuerSerial ::= SEQUENCE { issuer GeneralNames, serialNumber CertificateSerialNumber }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IssuerSerial<'a> {
    /// The issuer `Name` of the one directoryName; `None` if the names are anything else.
    pub issuer: Option<&'a [u8]>,
    /// Contents octets of the serial number.
    pub serial_number: &'a [u8],
}

impl<'a> SigningCertificate<'a> {
    /// The one of the two attributes that is there; both together are an error (EN 319 122-1 clause 6.3).
    pub fn find(attributes: &Attributes<'a>) -> Result<Option<Self>, AttributeError> {
        let v1 = attributes.typed(&oid::SIGNING_CERTIFICATE, |value| Self::read(value, EssVersion::V1))?;
        let v2 = attributes.typed(&oid::SIGNING_CERTIFICATE_V2, |value| Self::read(value, EssVersion::V2))?;
        match (v1, v2) {
            (Some(_), Some(_)) => {
                Err(AttributeError::Repeated { attribute: oid::SIGNING_CERTIFICATE_V2.to_string() })
            }
            (one, other) => Ok(one.or(other)),
        }
    }

    fn read(value: &Tlv<'a>, version: EssVersion) -> Result<Self, Asn1Error> {
        let mut members = sequence(value)?;
        let mut ids = members.expect(Tag::SEQUENCE)?.reader();
        // policies: read over, "not used" by EN 319 122-1.
        members.optional(Tag::SEQUENCE)?;
        members.finish()?;
        let limit = Limits::default().members;
        let mut certificates = Vec::with_capacity(1);
        while !ids.is_empty() {
            if certificates.len() == limit {
                return Err(Asn1Error::TooMany { limit });
            }
            certificates.push(EssCertId::read(&ids.expect(Tag::SEQUENCE)?, version)?);
        }
        if certificates.is_empty() {
            return Err(Asn1Error::Value { tag: Tag::SEQUENCE });
        }
        Ok(Self { version, certificates })
    }

    /// Appends signing-certificate-v2 for the certificate with this digest.
    pub fn write(writer: &mut Writer, certificate_digest: &Digest) {
        write_attribute(writer, &oid::SIGNING_CERTIFICATE_V2, |writer| {
            writer.nested(Tag::SEQUENCE, |writer| {
                writer.nested(Tag::SEQUENCE, |writer| {
                    writer.nested(Tag::SEQUENCE, |writer| {
                        // DEFAULT values are left out in DER (X.690 11.5).
                        if certificate_digest.algorithm() != DigestAlgorithm::Sha256 {
                            writer.raw(&certificate_digest.algorithm().identifier_der());
                        }
                        writer.tlv(Tag::OCTET_STRING, certificate_digest.as_ref());
                    });
                });
            });
        });
    }
}

impl<'a> EssCertId<'a> {
    fn read(id: &Tlv<'a>, version: EssVersion) -> Result<Self, Asn1Error> {
        let mut members = id.reader();
        let hash_algorithm = match members.peek() {
            Some(Tag::SEQUENCE) if version == EssVersion::V2 => {
                Some(AlgorithmIdentifier::read(&mut members)?)
            }
            _ => None,
        };
        let cert_hash = members.octet_string(&Limits::default())?;
        let issuer_serial =
            members.optional(Tag::SEQUENCE)?.map(|value| IssuerSerial::read(&value)).transpose()?;
        members.finish()?;
        Ok(Self { hash_algorithm, cert_hash, issuer_serial })
    }
}

impl<'a> IssuerSerial<'a> {
    fn read(value: &Tlv<'a>) -> Result<Self, Asn1Error> {
        let mut members = value.reader();
        let names = members.expect(Tag::SEQUENCE)?;
        let serial_number = members.expect(Tag::INTEGER)?.value;
        members.finish()?;
        let mut names = names.reader();
        let directory_name = names.optional(DIRECTORY_NAME)?;
        let issuer = directory_name.filter(|_| names.is_empty()).map(|name| name.value);
        Ok(Self { issuer, serial_number })
    }
}

fn sequence<'a>(value: &Tlv<'a>) -> Result<Reader<'a>, Asn1Error> {
    match value.tag {
        Tag::SEQUENCE => Ok(value.reader()),
        found => Err(Asn1Error::UnexpectedTag { expected: Tag::SEQUENCE, found: Some(found) }),
    }
}

/// `GeneralName` directoryName: explicit, because `Name` is a CHOICE.
const DIRECTORY_NAME: Tag = Tag::context_constructed(4);
