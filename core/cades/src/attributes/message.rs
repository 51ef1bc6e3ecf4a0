//! content-type and message-digest (RFC 5652 clauses 11.1 and 11.2; EN 319 122-1 clauses 5.1.1 and 5.1.2).

use der::asn1::ObjectIdentifier;

use super::set::write_attribute;
use super::{AttributeError, Attributes, oid};
use crate::asn1::{Asn1Error, Oid, Tag, Writer};

/// The content type that is signed; equal to eContentType.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ContentType<'a>(pub Oid<'a>);

impl<'a> ContentType<'a> {
    /// The attribute, if it is there.
    pub fn find(attributes: &Attributes<'a>) -> Result<Option<Self>, AttributeError> {
        attributes.typed(&oid::CONTENT_TYPE, |value| value.oid().map(Self))
    }

    /// Appends the attribute.
    pub fn write(writer: &mut Writer, content_type: &ObjectIdentifier) {
        write_attribute(writer, &oid::CONTENT_TYPE, |writer| writer.oid(content_type));
    }
}

/// The digest of the content octets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MessageDigest<'a>(pub &'a [u8]);

impl<'a> MessageDigest<'a> {
    /// The attribute, if it is there.
    pub fn find(attributes: &Attributes<'a>) -> Result<Option<Self>, AttributeError> {
        attributes.typed(&oid::MESSAGE_DIGEST, |value| match value.tag {
            Tag::OCTET_STRING => Ok(Self(value.value)),
            found => Err(Asn1Error::UnexpectedTag { expected: Tag::OCTET_STRING, found: Some(found) }),
        })
    }

    /// Appends the attribute.
    pub fn write(writer: &mut Writer, digest: &[u8]) {
        write_attribute(writer, &oid::MESSAGE_DIGEST, |writer| writer.tlv(Tag::OCTET_STRING, digest));
    }
}
