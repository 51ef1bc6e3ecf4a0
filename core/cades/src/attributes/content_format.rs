//! mime-type and content-hints (EN 319 122-1 clause 5.2.4): what kind of data was signed.

use super::set::write_attribute;
use super::{AttributeError, Attributes, oid};
use crate::asn1::{Asn1Error, Tag, Tlv, Writer};
use crate::cms::oid::DATA;

/// mime-type: `UTF8String` (clause 5.2.4.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MimeType(String);

impl MimeType {
    /// A media type with optional parameters, `type/subtype` (RFC 2045 clause 5.1); `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let essence = text.split(';').next().unwrap_or_default().trim_end();
        let (kind, subtype) = essence.split_once('/')?;
        let is_token = |token: &str| {
            !token.is_empty()
                && token.bytes().all(|octet| octet.is_ascii_graphic() && !TSPECIALS.contains(&octet))
        };
        let printable = text.bytes().all(|octet| octet == b' ' || octet.is_ascii_graphic());
        (is_token(kind) && is_token(subtype) && printable).then(|| Self(text.to_owned()))
    }

    /// The text as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The attribute, if it is there.
    pub fn find(attributes: &Attributes<'_>) -> Result<Option<Self>, AttributeError> {
        attributes.typed(&oid::MIME_TYPE, |value| {
            let invalid = Asn1Error::Value { tag: value.tag };
            if value.tag != Tag::UTF8_STRING {
                return Err(Asn1Error::UnexpectedTag { expected: Tag::UTF8_STRING, found: Some(value.tag) });
            }
            Self::parse(&value.text()?).ok_or(invalid)
        })
    }

    /// Appends the attribute.
    pub fn write(&self, writer: &mut Writer) {
        write_attribute(writer, &oid::MIME_TYPE, |writer| writer.utf8_string(&self.0));
    }
}

/// content-hints (clause 5.2.4.1, RFC 2634 clause 2.9):
/// ```text
/// ContentHints ::= SEQUENCE { contentDescription UTF8String OPTIONAL, contentType ContentType }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContentHints {
    /// Describes the innermost content; for CAdES it holds the media type.
    pub description: Option<String>,
}

impl ContentHints {
    /// The attribute, if it is there. Only id-data can be described: there is no inner layer in CAdES.
    pub fn find(attributes: &Attributes<'_>) -> Result<Option<Self>, AttributeError> {
        attributes.typed(&oid::CONTENT_HINTS, Self::read)
    }

    fn read(value: &Tlv<'_>) -> Result<Self, Asn1Error> {
        if value.tag != Tag::SEQUENCE {
            return Err(Asn1Error::UnexpectedTag { expected: Tag::SEQUENCE, found: Some(value.tag) });
        }
        let mut members = value.reader();
        let description = members.optional(Tag::UTF8_STRING)?.map(|text| text.text()).transpose()?;
        members.oid()?;
        members.finish()?;
        Ok(Self { description: description.map(String::from) })
    }

    /// Appends the attribute.
    pub fn write(&self, writer: &mut Writer) {
        write_attribute(writer, &oid::CONTENT_HINTS, |writer| {
            writer.nested(Tag::SEQUENCE, |writer| {
                if let Some(description) = &self.description {
                    writer.utf8_string(description);
                }
                writer.oid(&DATA);
            });
        });
    }
}

/// RFC 2045 clause 5.1
const TSPECIALS: &[u8] = b"()<>@,;:\\\"/[]?=";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_media_type_is_type_slash_subtype() {
        for text in
            ["text/plain", "text/plain; charset=utf-8", "application/octet-stream", "application/vnd.x+json"]
        {
            assert_eq!(MimeType::parse(text).unwrap().as_str(), text);
        }
        for text in ["", "text", "text/", "/plain", "te xt/plain", "text/plain\n", "text/pl/ain", "metin/düz"]
        {
            assert_eq!(MimeType::parse(text), None, "{text:?}");
        }
    }
}
