//! INTEGER, BOOLEAN and BIT STRING as certificates use them, in strict DER (X.690 clauses 8 and 11).

use std::ops::Range;

use der::asn1::ObjectIdentifier;

use crate::asn1::{Asn1Error, Reader, Tag, Tlv};

impl<'a> Tlv<'a> {
    /// Contents octets of an INTEGER in its shortest form (X.690 8.3.2).
    pub(crate) fn integer(&self) -> Result<&'a [u8], Asn1Error> {
        match (self.tag, self.value) {
            (Tag::INTEGER, [] | [0x00, 0x00..=0x7F, ..] | [0xFF, 0x80..=0xFF, ..]) => {
                Err(Asn1Error::Value { tag: Tag::INTEGER })
            }
            (Tag::INTEGER, value) => Ok(value),
            (found, _) => Err(Asn1Error::UnexpectedTag { expected: Tag::INTEGER, found: Some(found) }),
        }
    }

    /// Octets of a non-negative INTEGER without the sign octet; zero has none.
    pub(crate) fn unsigned_integer(&self) -> Result<&'a [u8], Asn1Error> {
        match self.integer()? {
            [0, magnitude @ ..] => Ok(magnitude),
            [0x80..=0xFF, ..] => Err(Asn1Error::Value { tag: Tag::INTEGER }),
            magnitude => Ok(magnitude),
        }
    }

    /// A BIT STRING of whole octets, without its leading count of unused bits.
    pub(crate) fn octet_aligned_bits(&self) -> Result<&'a [u8], Asn1Error> {
        match (self.tag, self.value) {
            (Tag::BIT_STRING, [0, octets @ ..]) => Ok(octets),
            (Tag::BIT_STRING, _) => Err(Asn1Error::Value { tag: Tag::BIT_STRING }),
            (found, _) => Err(Asn1Error::UnexpectedTag { expected: Tag::BIT_STRING, found: Some(found) }),
        }
    }
}

impl<'a> Reader<'a> {
    /// The next value, opened.
    pub(crate) fn enter(&mut self, tag: Tag) -> Result<Reader<'a>, Asn1Error> {
        Ok(self.expect(tag)?.reader())
    }

    /// An object identifier that fits the owned type; a longer one cannot be any that is known here.
    pub(crate) fn object_identifier(&mut self) -> Result<ObjectIdentifier, Asn1Error> {
        let invalid = Asn1Error::Value { tag: Tag::OBJECT_IDENTIFIER };
        self.oid()?.to_object_identifier().ok_or(invalid)
    }

    /// A `BOOLEAN DEFAULT FALSE`. An encoded FALSE breaks X.690 11.5, but real issuers write it.
    pub(crate) fn default_false(&mut self) -> Result<bool, Asn1Error> {
        match self.optional(Tag::BOOLEAN)?.map(|boolean| boolean.value) {
            None | Some([0x00]) => Ok(false),
            Some([0xFF]) => Ok(true),
            Some(_) => Err(Asn1Error::Value { tag: Tag::BOOLEAN }),
        }
    }
}

/// Where `part`, a slice of `whole`, lies in it.
pub(crate) fn range_of(part: &[u8], whole: &[u8]) -> Range<usize> {
    let start = part.as_ptr().addr() - whole.as_ptr().addr();
    start..start + part.len()
}
