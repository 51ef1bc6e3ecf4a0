//! OBJECT IDENTIFIER as it was received (X.690 8.19).

use std::fmt;

use der::asn1::ObjectIdentifier;

use super::{Asn1Error, Reader, Tag, Tlv};

/// The contents octets of an OBJECT IDENTIFIER, borrowed.
///
/// Unlike [`ObjectIdentifier`] it has no upper length, so an unknown attribute cannot make a file unreadable.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Oid<'a>(&'a [u8]);

impl<'a> Oid<'a> {
    /// The contents octets.
    pub const fn octets(self) -> &'a [u8] {
        self.0
    }

    /// The owned form; `None` if it is longer than that type can hold.
    pub fn to_object_identifier(self) -> Option<ObjectIdentifier> {
        ObjectIdentifier::from_bytes(self.0).ok()
    }
}

impl<'a> Tlv<'a> {
    /// Reads this value as an OBJECT IDENTIFIER.
    pub fn oid(&self) -> Result<Oid<'a>, Asn1Error> {
        if self.tag != Tag::OBJECT_IDENTIFIER {
            return Err(Asn1Error::UnexpectedTag { expected: Tag::OBJECT_IDENTIFIER, found: Some(self.tag) });
        }
        let complete = self.value.last().is_some_and(|last| last & 0x80 == 0);
        let arc_starts =
            self.value.iter().enumerate().filter(|(at, _)| *at == 0 || self.value[at - 1] & 0x80 == 0);
        if !complete || arc_starts.into_iter().any(|(_, octet)| *octet == 0x80) {
            return Err(Asn1Error::Value { tag: Tag::OBJECT_IDENTIFIER });
        }
        Ok(Oid(self.value))
    }
}

impl<'a> Reader<'a> {
    /// The next value, which must be an OBJECT IDENTIFIER.
    pub fn oid(&mut self) -> Result<Oid<'a>, Asn1Error> {
        self.expect(Tag::OBJECT_IDENTIFIER)?.oid()
    }
}

impl PartialEq<ObjectIdentifier> for Oid<'_> {
    fn eq(&self, other: &ObjectIdentifier) -> bool {
        self.0 == other.as_bytes()
    }
}

impl fmt::Display for Oid<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.to_object_identifier() {
            Some(oid) => fmt::Display::fmt(&oid, f),
            None => write!(f, "an object identifier of {} octets", self.0.len()),
        }
    }
}

impl fmt::Debug for Oid<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
