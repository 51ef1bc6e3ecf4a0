//! OCTET STRING, primitive or in segments (X.690 8.7).

use std::borrow::Cow;

use super::{Asn1Error, Limits, Reader, Rules, Tag, Tlv};

impl<'a> Tlv<'a> {
    /// The octets of an OCTET STRING; segments are joined, a primitive value is borrowed.
    ///
    /// `tag` is the tag of the primitive form, so that implicitly tagged strings can be read too.
    pub fn octet_string(&self, tag: Tag, limits: &Limits) -> Result<Cow<'a, [u8]>, Asn1Error> {
        if self.tag == tag {
            return Ok(Cow::Borrowed(self.value));
        }
        if self.rules == Rules::Der || self.tag != tag.constructed() {
            return Err(Asn1Error::UnexpectedTag { expected: tag, found: Some(self.tag) });
        }
        let mut joined = Vec::new();
        let mut segments = 0;
        let mut open = vec![self.reader()];
        while let Some(reader) = open.last_mut() {
            if reader.is_empty() {
                open.pop();
                continue;
            }
            let segment = reader.any()?;
            segments += 1;
            if segments > limits.segments {
                return Err(Asn1Error::TooMany { limit: limits.segments });
            }
            if segment.tag == Tag::OCTET_STRING {
                joined.extend_from_slice(segment.value);
            } else if segment.tag != Tag::OCTET_STRING.constructed() {
                return Err(Asn1Error::UnexpectedTag {
                    expected: Tag::OCTET_STRING,
                    found: Some(segment.tag),
                });
            } else if open.len() == Limits::DEPTH {
                return Err(Asn1Error::TooDeep { limit: Limits::DEPTH });
            } else {
                open.push(segment.reader());
            }
        }
        Ok(Cow::Owned(joined))
    }
}

impl<'a> Reader<'a> {
    /// The next value, which must be an OCTET STRING.
    pub fn octet_string(&mut self, limits: &Limits) -> Result<Cow<'a, [u8]>, Asn1Error> {
        self.any()?.octet_string(Tag::OCTET_STRING, limits)
    }
}
