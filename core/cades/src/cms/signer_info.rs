//! `SignerInfo` (RFC 5652 clause 5.3).

use std::borrow::Cow;

use super::AlgorithmIdentifier;
use crate::asn1::{Asn1Error, Limits, Reader, Tag, Tlv};

/// ```text
/// SignerInfo ::= SEQUENCE {
///   version CMSVersion,
///   sid SignerIdentifier,
///   digestAlgorithm DigestAlgorithmIdentifier,
///   signedAttrs [0] IMPLICIT SignedAttributes OPTIONAL,
///   signatureAlgorithm SignatureAlgorithmIdentifier,
///   signature SignatureValue,
///   unsignedAttrs [1] IMPLICIT UnsignedAttributes OPTIONAL }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignerInfo<'a> {
    /// The whole SEQUENCE.
    pub raw: &'a [u8],
    /// 1 with an issuer and serial number, 3 with a subject key identifier.
    pub version: u8,
    /// Whose certificate the signature is made with.
    pub sid: SignerIdentifier<'a>,
    /// `sid` as received.
    pub sid_raw: &'a [u8],
    /// Digest of the content and of the signed attributes.
    pub digest_algorithm: AlgorithmIdentifier<'a>,
    /// The `[0]` value; read it with [`crate::attributes::Attributes::read`].
    pub signed_attributes: Option<Tlv<'a>>,
    /// Algorithm of the signature.
    pub signature_algorithm: AlgorithmIdentifier<'a>,
    /// The signature value octets, without tag and length.
    pub signature: Cow<'a, [u8]>,
    /// `signature` as received.
    pub signature_raw: &'a [u8],
    /// The `[1]` value.
    pub unsigned_attributes: Option<Tlv<'a>>,
}

impl<'a> SignerInfo<'a> {
    /// Reads one SignerInfo; a countersignature attribute holds one too (RFC 5652 clause 11.4).
    pub fn from_tlv(sequence: &Tlv<'a>, limits: &Limits) -> Result<Self, Asn1Error> {
        if sequence.tag != Tag::SEQUENCE {
            return Err(Asn1Error::UnexpectedTag { expected: Tag::SEQUENCE, found: Some(sequence.tag) });
        }
        let mut members = sequence.reader();
        let version = members.any()?.small_integer()?;
        let sid = members.any()?;
        let digest_algorithm = AlgorithmIdentifier::read(&mut members)?;
        let signed_attributes = members.optional(Tag::context_constructed(0))?;
        let signature_algorithm = AlgorithmIdentifier::read(&mut members)?;
        let signature = members.any()?;
        let unsigned_attributes = members.optional(Tag::context_constructed(1))?;
        members.finish()?;
        Ok(Self {
            raw: sequence.raw,
            version,
            sid: SignerIdentifier::from_tlv(&sid, limits)?,
            sid_raw: sid.raw,
            digest_algorithm,
            signed_attributes,
            signature_algorithm,
            signature: signature.octet_string(Tag::OCTET_STRING, limits)?,
            signature_raw: signature.raw,
            unsigned_attributes,
        })
    }
}

/// ```text
/// SignerIdentifier ::= CHOICE {
///   issuerAndSerialNumber IssuerAndSerialNumber,
///   subjectKeyIdentifier [0] SubjectKeyIdentifier }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignerIdentifier<'a> {
    /// By the names in the certificate.
    IssuerAndSerialNumber {
        /// Issuer `Name`, whole.
        issuer: &'a [u8],
        /// Contents octets of the serial number INTEGER.
        serial_number: &'a [u8],
    },
    /// By the subject key identifier extension.
    SubjectKeyIdentifier(Cow<'a, [u8]>),
}

impl<'a> SignerIdentifier<'a> {
    fn from_tlv(choice: &Tlv<'a>, limits: &Limits) -> Result<Self, Asn1Error> {
        if choice.tag != Tag::SEQUENCE {
            return Ok(Self::SubjectKeyIdentifier(choice.octet_string(Tag::context(0), limits)?));
        }
        let mut members = choice.reader();
        let (issuer, serial_number) = read_issuer_and_serial(&mut members)?;
        members.finish()?;
        Ok(Self::IssuerAndSerialNumber { issuer, serial_number })
    }
}

fn read_issuer_and_serial<'a>(members: &mut Reader<'a>) -> Result<(&'a [u8], &'a [u8]), Asn1Error> {
    let issuer = members.expect(Tag::SEQUENCE)?;
    let serial_number = members.expect(Tag::INTEGER)?;
    Ok((issuer.raw, serial_number.value))
}
