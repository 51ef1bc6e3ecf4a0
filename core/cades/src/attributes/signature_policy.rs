//! signature-policy-identifier (EN 319 122-1 clause 5.2.9.1). The implied form is refused: it shall not be used.

use der::asn1::ObjectIdentifier;

use super::set::write_attribute;
use super::{AttributeError, Attributes, oid};
use crate::asn1::{Asn1Error, Limits, Tag, Tlv, Writer};
use crate::cms::AlgorithmIdentifier;

/// ```text
/// SignaturePolicyId ::= SEQUENCE {
///   sigPolicyId OBJECT IDENTIFIER,
///   sigPolicyHash OtherHashAlgAndValue,
///   sigPolicyQualifiers SEQUENCE SIZE (1..MAX) OF SigPolicyQualifierInfo OPTIONAL }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignaturePolicy {
    /// Which policy.
    pub id: ObjectIdentifier,
    /// Digest of the policy document.
    pub hash: PolicyHash,
    /// Where the document is (sp-uri qualifier), ASCII.
    pub uri: Option<String>,
}

/// ```text
/// OtherHashAlgAndValue ::= SEQUENCE { hashAlgorithm AlgorithmIdentifier, hashValue OCTET STRING }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyHash {
    /// DER of the AlgorithmIdentifier.
    pub algorithm: Vec<u8>,
    /// Octets of the digest; nothing but zeros says that the digest is not known.
    pub value: Vec<u8>,
}

impl PolicyHash {
    /// False for the zero hash that stands for "not known" (clause 5.2.9.1).
    pub fn is_known(&self) -> bool {
        self.value.iter().any(|octet| *octet != 0)
    }
}

impl SignaturePolicy {
    /// The attribute, if it is there.
    pub fn find(attributes: &Attributes<'_>) -> Result<Option<Self>, AttributeError> {
        attributes.typed(&oid::SIGNATURE_POLICY, Self::read)
    }

    fn read(value: &Tlv<'_>) -> Result<Self, Asn1Error> {
        if value.tag != Tag::SEQUENCE {
            return Err(Asn1Error::UnexpectedTag { expected: Tag::SEQUENCE, found: Some(value.tag) });
        }
        let mut members = value.reader();
        let too_long = Asn1Error::Value { tag: Tag::OBJECT_IDENTIFIER };
        let id = members.oid()?.to_object_identifier().ok_or(too_long)?;
        let mut hash = members.expect(Tag::SEQUENCE)?.reader();
        let algorithm = AlgorithmIdentifier::read(&mut hash)?.raw.to_vec();
        let digest = hash.octet_string(&Limits::default())?.into_owned();
        hash.finish()?;
        let mut uri = None;
        if let Some(qualifiers) = members.optional(Tag::SEQUENCE)? {
            let mut qualifiers = qualifiers.reader();
            while !qualifiers.is_empty() {
                let mut qualifier = qualifiers.expect(Tag::SEQUENCE)?.reader();
                let is_uri = qualifier.oid()? == SP_URI;
                let value = qualifier.any()?;
                qualifier.finish()?;
                if is_uri && value.tag == Tag::IA5_STRING && uri.is_none() {
                    uri = Some(value.text()?.into_owned());
                }
            }
        }
        members.finish()?;
        Ok(Self { id, hash: PolicyHash { algorithm, value: digest }, uri })
    }

    /// Appends the attribute.
    pub fn write(&self, writer: &mut Writer) {
        write_attribute(writer, &oid::SIGNATURE_POLICY, |writer| {
            writer.nested(Tag::SEQUENCE, |writer| {
                writer.oid(&self.id);
                writer.nested(Tag::SEQUENCE, |writer| {
                    writer.raw(&self.hash.algorithm);
                    writer.tlv(Tag::OCTET_STRING, &self.hash.value);
                });
                if let Some(uri) = &self.uri {
                    writer.nested(Tag::SEQUENCE, |writer| {
                        writer.nested(Tag::SEQUENCE, |writer| {
                            writer.oid(&SP_URI);
                            writer.tlv(Tag::IA5_STRING, uri.as_bytes());
                        });
                    });
                }
            });
        });
    }
}

/// id-spq-ets-uri
const SP_URI: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.5.1");
