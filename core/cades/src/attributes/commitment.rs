//! commitment-type-indication (EN 319 122-1 clause 5.2.3).

use der::asn1::ObjectIdentifier;

use super::set::write_attribute;
use super::{AttributeError, Attributes, oid};
use crate::asn1::{Asn1Error, Tag, Tlv, Writer};

/// ```text
/// CommitmentTypeIndication ::= SEQUENCE {
///   commitmentTypeId OBJECT IDENTIFIER,
///   commitmentTypeQualifier SEQUENCE SIZE (1..MAX) OF CommitmentTypeQualifier OPTIONAL }
/// ```
///
/// Qualifiers are read over: none is defined for general use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CommitmentType(pub ObjectIdentifier);

impl CommitmentType {
    /// The signer has created, approved and sent the content (id-cti-ets-proofOfOrigin).
    pub const PROOF_OF_ORIGIN: Self = Self(ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.6.1"));
    /// The signer has received the content (id-cti-ets-proofOfReceipt).
    pub const PROOF_OF_RECEIPT: Self = Self(ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.6.2"));
    /// The signer has delivered the content (id-cti-ets-proofOfDelivery).
    pub const PROOF_OF_DELIVERY: Self = Self(ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.6.3"));
    /// The signer has sent, but not necessarily created, the content (id-cti-ets-proofOfSender).
    pub const PROOF_OF_SENDER: Self = Self(ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.6.4"));
    /// The signer has approved the content (id-cti-ets-proofOfApproval).
    pub const PROOF_OF_APPROVAL: Self = Self(ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.6.5"));
    /// The signer has created, but not necessarily approved, the content (id-cti-ets-proofOfCreation).
    pub const PROOF_OF_CREATION: Self = Self(ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.6.6"));

    /// All commitments. The standard wants one attribute with one value, but real files hold several values, and
    /// each of them is signed.
    pub fn find_all(attributes: &Attributes<'_>) -> Result<Vec<Self>, AttributeError> {
        let malformed =
            |source| AttributeError::Value { attribute: oid::COMMITMENT_TYPE.to_string(), source };
        let mut commitments = Vec::new();
        for attribute in attributes.iter().filter(|attribute| attribute.oid == oid::COMMITMENT_TYPE) {
            let mut values = attribute.values.reader();
            while !values.is_empty() {
                let commitment = values.any().and_then(|value| Self::read(&value));
                commitments.push(commitment.map_err(malformed)?);
            }
        }
        Ok(commitments)
    }

    fn read(value: &Tlv<'_>) -> Result<Self, Asn1Error> {
        if value.tag != Tag::SEQUENCE {
            return Err(Asn1Error::UnexpectedTag { expected: Tag::SEQUENCE, found: Some(value.tag) });
        }
        let mut members = value.reader();
        let commitment = members.oid()?;
        members.optional(Tag::SEQUENCE)?;
        members.finish()?;
        let too_long = Asn1Error::Value { tag: Tag::OBJECT_IDENTIFIER };
        commitment.to_object_identifier().map(Self).ok_or(too_long)
    }

    /// Appends the attribute.
    pub fn write(&self, writer: &mut Writer) {
        write_attribute(writer, &oid::COMMITMENT_TYPE, |writer| {
            writer.nested(Tag::SEQUENCE, |writer| writer.oid(&self.0));
        });
    }
}
