//! signer-location (EN 319 122-1 clause 5.2.5). Its module has EXPLICIT tags.

use super::set::write_attribute;
use super::{AttributeError, Attributes, oid};
use crate::asn1::{Asn1Error, Reader, Tag, Tlv, Writer};

/// ```text
/// SignerLocation ::= SEQUENCE {
///   countryName [0] DirectoryString OPTIONAL,
///   localityName [1] DirectoryString OPTIONAL,
///   postalAddress [2] PostalAddress OPTIONAL }
/// PostalAddress ::= SEQUENCE SIZE (1..6) OF DirectoryString
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SignerLocation {
    /// Country, for instance `TR`.
    pub country: Option<String>,
    /// Town.
    pub locality: Option<String>,
    /// Up to six lines.
    pub postal_address: Vec<String>,
}

impl SignerLocation {
    /// Lines that an address may have.
    pub const POSTAL_LINES: usize = 6;

    /// True if at least one field is there and the address is not too long.
    pub fn is_valid(&self) -> bool {
        let some = self.country.is_some() || self.locality.is_some() || !self.postal_address.is_empty();
        let empty = |text: &String| text.is_empty();
        some && self.postal_address.len() <= Self::POSTAL_LINES
            && !self.country.iter().chain(&self.locality).chain(&self.postal_address).any(empty)
    }

    /// The attribute, if it is there.
    pub fn find(attributes: &Attributes<'_>) -> Result<Option<Self>, AttributeError> {
        attributes.typed(&oid::SIGNER_LOCATION, Self::read)
    }

    fn read(value: &Tlv<'_>) -> Result<Self, Asn1Error> {
        if value.tag != Tag::SEQUENCE {
            return Err(Asn1Error::UnexpectedTag { expected: Tag::SEQUENCE, found: Some(value.tag) });
        }
        let mut members = value.reader();
        let country = explicit_text(&mut members, 0)?;
        let locality = explicit_text(&mut members, 1)?;
        let mut postal_address = Vec::new();
        if let Some(explicit) = members.optional(Tag::context_constructed(2))? {
            let mut explicit = explicit.reader();
            let mut lines = explicit.expect(Tag::SEQUENCE)?.reader();
            explicit.finish()?;
            while !lines.is_empty() && postal_address.len() <= Self::POSTAL_LINES {
                postal_address.push(lines.any()?.text()?.into_owned());
            }
        }
        members.finish()?;
        let location = Self { country, locality, postal_address };
        if location.is_valid() { Ok(location) } else { Err(Asn1Error::Value { tag: Tag::SEQUENCE }) }
    }

    /// Appends the attribute.
    pub fn write(&self, writer: &mut Writer) {
        write_attribute(writer, &oid::SIGNER_LOCATION, |writer| {
            writer.nested(Tag::SEQUENCE, |writer| {
                for (number, text) in [(0, &self.country), (1, &self.locality)] {
                    if let Some(text) = text {
                        writer.nested(Tag::context_constructed(number), |writer| writer.utf8_string(text));
                    }
                }
                if !self.postal_address.is_empty() {
                    writer.nested(Tag::context_constructed(2), |writer| {
                        writer.nested(Tag::SEQUENCE, |writer| {
                            self.postal_address.iter().for_each(|line| writer.utf8_string(line));
                        });
                    });
                }
            });
        });
    }
}

fn explicit_text(members: &mut Reader<'_>, number: u8) -> Result<Option<String>, Asn1Error> {
    let Some(explicit) = members.optional(Tag::context_constructed(number))? else { return Ok(None) };
    let mut explicit = explicit.reader();
    let text = explicit.any()?.text()?.into_owned();
    explicit.finish()?;
    Ok(Some(text))
}
