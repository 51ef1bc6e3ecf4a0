//! `AlgorithmIdentifier` as received (RFC 5280 clause 4.1.1.2).

use crate::asn1::{Asn1Error, Oid, Reader, Tag, Tlv};

/// An algorithm with its parameters, uninterpreted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AlgorithmIdentifier<'a> {
    /// The whole SEQUENCE.
    pub raw: &'a [u8],
    /// Which algorithm.
    pub oid: Oid<'a>,
    /// Parameters, if there are any; NULL is a value too.
    pub parameters: Option<Tlv<'a>>,
}

impl<'a> AlgorithmIdentifier<'a> {
    /// Reads the next value of `reader`.
    pub fn read(reader: &mut Reader<'a>) -> Result<Self, Asn1Error> {
        Self::from_tlv(&reader.expect(Tag::SEQUENCE)?)
    }

    /// Reads the members of `sequence`, whatever its (implicit) tag is.
    pub fn from_tlv(sequence: &Tlv<'a>) -> Result<Self, Asn1Error> {
        let mut members = sequence.reader();
        let oid = members.oid()?;
        let parameters = if members.is_empty() { None } else { Some(members.any()?) };
        members.finish()?;
        Ok(Self { raw: sequence.raw, oid, parameters })
    }

    /// True if both name the same algorithm; NULL and absent parameters count as equal, as RFC 5754 clause 2 wants
    /// from a reader.
    pub fn is_same_algorithm(&self, other: &Self) -> bool {
        let meaningful = |algorithm: &Self| {
            algorithm.parameters.filter(|value| value.tag != Tag::NULL).map(|value| value.raw)
        };
        self.oid == other.oid && meaningful(self) == meaningful(other)
    }
}
