//! INTEGER and character strings, decoded to Rust values.

use std::borrow::Cow;

use super::{Asn1Error, Reader, Tag, Tlv};

impl<'a> Tlv<'a> {
    /// A small non-negative INTEGER, for instance a version.
    pub fn small_integer(&self) -> Result<u8, Asn1Error> {
        match (self.tag, self.value) {
            (Tag::INTEGER, [value @ 0..0x80]) => Ok(*value),
            (Tag::INTEGER, _) => Err(Asn1Error::Value { tag: Tag::INTEGER }),
            (found, _) => Err(Asn1Error::UnexpectedTag { expected: Tag::INTEGER, found: Some(found) }),
        }
    }

    /// A character string of one of the types that `DirectoryString` and `DisplayText` allow (RFC 5280).
    pub fn text(&self) -> Result<Cow<'a, str>, Asn1Error> {
        let invalid = Asn1Error::Value { tag: self.tag };
        match self.tag {
            Tag::UTF8_STRING => str::from_utf8(self.value).map(Cow::Borrowed).map_err(|_| invalid),
            Tag::PRINTABLE_STRING | Tag::IA5_STRING | Tag::VISIBLE_STRING if self.value.is_ascii() => {
                str::from_utf8(self.value).map(Cow::Borrowed).map_err(|_| invalid)
            }
            // ISO 8859-1 is what is found in practice.
            Tag::TELETEX_STRING => Ok(Cow::Owned(self.value.iter().copied().map(char::from).collect())),
            Tag::BMP_STRING => {
                let (units, []) = self.value.as_chunks::<2>() else { return Err(invalid) };
                let units = units.iter().copied().map(u16::from_be_bytes);
                char::decode_utf16(units).collect::<Result<String, _>>().map(Cow::Owned).map_err(|_| invalid)
            }
            _ => Err(invalid),
        }
    }
}

impl<'a> Reader<'a> {
    /// The next value, which must be a UTF8String.
    pub fn utf8_string(&mut self) -> Result<Cow<'a, str>, Asn1Error> {
        self.expect(Tag::UTF8_STRING)?.text()
    }
}
