//! `SET SIZE (1..MAX) OF Attribute` (RFC 5652 clause 5.3) over raw ranges.

use der::asn1::ObjectIdentifier;

use super::AttributeError;
use crate::asn1::{Asn1Error, Limits, Oid, SetOf, Tag, Tlv, Writer};

/// Signed or unsigned attributes of one signer, in their stored order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attributes<'a> {
    members: Vec<Attribute<'a>>,
}

impl<'a> Attributes<'a> {
    /// Reads the `[0]` or `[1]` value of a SignerInfo.
    pub fn read(set: &Tlv<'a>) -> Result<Self, AttributeError> {
        let limit = Limits::default().members;
        let mut members = Vec::with_capacity(8);
        let mut reader = set.reader();
        while !reader.is_empty() {
            if members.len() == limit {
                return Err(AttributeError::Set { source: Asn1Error::TooMany { limit } });
            }
            let member = reader.expect(Tag::SEQUENCE).and_then(|sequence| Attribute::from_tlv(&sequence));
            members.push(member.map_err(|source| AttributeError::Set { source })?);
        }
        Ok(Self { members })
    }

    /// All attributes, in their stored order.
    pub fn iter(&self) -> std::slice::Iter<'_, Attribute<'a>> {
        self.members.iter()
    }

    /// True if there is none.
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// True if an attribute of this type is there.
    pub fn contains(&self, attribute: &ObjectIdentifier) -> bool {
        self.members.iter().any(|member| member.oid == *attribute)
    }

    /// The one value of an attribute that may stand once and with one value; `None` if it is absent.
    pub fn single(&self, attribute: &ObjectIdentifier) -> Result<Option<Tlv<'a>>, AttributeError> {
        let mut found = self.members.iter().filter(|member| member.oid == *attribute);
        let Some(first) = found.next() else { return Ok(None) };
        if found.next().is_some() {
            return Err(AttributeError::Repeated { attribute: attribute.to_string() });
        }
        first.single_value().map(Some)
    }

    /// Reads the one value of `attribute` with `read`; `None` if it is absent.
    pub(super) fn typed<T>(
        &self,
        attribute: &ObjectIdentifier,
        read: impl FnOnce(&Tlv<'a>) -> Result<T, Asn1Error>,
    ) -> Result<Option<T>, AttributeError> {
        let Some(value) = self.single(attribute)? else { return Ok(None) };
        let malformed = |source| AttributeError::Value { attribute: attribute.to_string(), source };
        read(&value).map(Some).map_err(malformed)
    }

    /// The first type that stands more than once, if any.
    pub fn repeated(&self) -> Option<Oid<'a>> {
        let mut types: Vec<_> = self.members.iter().map(|member| member.oid.octets()).collect();
        types.sort_unstable();
        let repeated = types.windows(2).find(|pair| pair[0] == pair[1])?[0];
        self.members.iter().map(|member| member.oid).find(|oid| oid.octets() == repeated)
    }

    /// True if the members stand in the order that DER demands.
    pub fn is_sorted(&self) -> bool {
        self.members.is_sorted_by_key(|member| member.raw)
    }

    /// The DER `SET OF` that the signature is made over (RFC 5652 clause 5.4), members verbatim but sorted.
    pub fn to_der(&self) -> Vec<u8> {
        let mut set = SetOf::with_capacity(self.octets());
        for member in &self.members {
            set.member(|writer| writer.raw(member.raw));
        }
        set.encode(Tag::SET)
    }

    /// The same `SET OF` in the stored order: what a signer has hashed who did not sort.
    pub fn to_stored_order(&self) -> Vec<u8> {
        let mut writer = Writer::with_capacity(self.octets() + 8);
        writer.header(Tag::SET, self.octets());
        for member in &self.members {
            writer.raw(member.raw);
        }
        writer.into_vec()
    }

    fn octets(&self) -> usize {
        self.members.iter().map(|member| member.raw.len()).sum()
    }
}

/// ```text
/// Attribute ::= SEQUENCE { attrType OBJECT IDENTIFIER, attrValues SET OF AttributeValue }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attribute<'a> {
    /// The whole SEQUENCE.
    pub raw: &'a [u8],
    /// attrType
    pub oid: Oid<'a>,
    /// attrValues
    pub values: Tlv<'a>,
}

impl<'a> Attribute<'a> {
    fn from_tlv(sequence: &Tlv<'a>) -> Result<Self, Asn1Error> {
        let mut members = sequence.reader();
        let oid = members.oid()?;
        let values = members.expect(Tag::SET)?;
        members.finish()?;
        Ok(Self { raw: sequence.raw, oid, values })
    }

    /// The value, if there is exactly one.
    pub fn single_value(&self) -> Result<Tlv<'a>, AttributeError> {
        let malformed = |source| AttributeError::Value { attribute: self.oid.to_string(), source };
        let mut reader = self.values.reader();
        let mut values = 0;
        let mut first = None;
        while !reader.is_empty() {
            let value = reader.any().map_err(malformed)?;
            first.get_or_insert(value);
            values += 1;
        }
        match (first, values) {
            (Some(value), 1) => Ok(value),
            _ => Err(AttributeError::ValueCount { attribute: self.oid.to_string(), values }),
        }
    }
}

/// Appends an attribute with the one value that `write` appends.
pub(super) fn write_attribute<T>(
    writer: &mut Writer,
    attribute: &ObjectIdentifier,
    write: impl FnOnce(&mut Writer) -> T,
) -> T {
    let mut returned = None;
    writer.nested(Tag::SEQUENCE, |writer| {
        writer.oid(attribute);
        writer.nested(Tag::SET, |writer| returned = Some(write(writer)));
    });
    returned.expect("nested calls its closure")
}
