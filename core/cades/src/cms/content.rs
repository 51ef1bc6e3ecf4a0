//! `EncapsulatedContentInfo` (RFC 5652 clause 5.2).

use std::borrow::Cow;

use crate::asn1::{Asn1Error, Limits, Oid, Reader, Tag, Tlv};

/// The signed content, or only its type when the signature is detached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EncapsulatedContent<'a> {
    /// The whole SEQUENCE.
    pub raw: &'a [u8],
    /// eContentType
    pub content_type: Oid<'a>,
    /// eContentType with its header, as it enters an archive-time-stamp imprint.
    pub content_type_raw: &'a [u8],
    /// The content octets that are signed, without tag and length; `None` when detached.
    pub content: Option<Cow<'a, [u8]>>,
}

impl<'a> EncapsulatedContent<'a> {
    pub(super) fn read(reader: &mut Reader<'a>, limits: &Limits) -> Result<Self, Asn1Error> {
        let sequence = reader.expect(Tag::SEQUENCE)?;
        let mut members = sequence.reader();
        let content_type = members.expect(Tag::OBJECT_IDENTIFIER)?;
        let content = match members.optional(Tag::context_constructed(0))? {
            Some(explicit) => Some(read_content(&explicit, limits)?),
            None => None,
        };
        members.finish()?;
        Ok(Self {
            raw: sequence.raw,
            content_type: content_type.oid()?,
            content_type_raw: content_type.raw,
            content,
        })
    }
}

fn read_content<'a>(explicit: &Tlv<'a>, limits: &Limits) -> Result<Cow<'a, [u8]>, Asn1Error> {
    let mut inner = explicit.reader();
    let content = inner.octet_string(limits)?;
    inner.finish()?;
    Ok(content)
}
