//! `Name` over its DER, and the comparison of RFC 5280 7.1.

use std::borrow::Cow;

use der::asn1::ObjectIdentifier;

use crate::asn1::{Asn1Error, Reader, Tag, Tlv};

/// Attributes of one name that are looked at; a longer name equals only its own octets.
const ATTRIBUTES_MAX: usize = 64;

/// A distinguished name, borrowed. Personal data in a person's certificate: it has no `Debug`.
#[derive(Clone, Copy)]
pub struct Name<'a>(&'a [u8]);

/// One attribute of a name.
#[derive(Clone, Copy)]
pub struct NameAttribute<'a> {
    /// Place of the relative name it stands in: members of one set share it.
    rdn: usize,
    oid: &'a [u8],
    value: Tlv<'a>,
}

impl NameAttribute<'_> {
    /// The value, if it is a character string.
    pub fn text(&self) -> Option<String> {
        self.value.text().ok().map(Cow::into_owned)
    }

    /// True if the attribute has this type.
    pub fn is(&self, oid: ObjectIdentifier) -> bool {
        self.oid == oid.as_bytes()
    }

    fn matches(&self, other: &Self) -> bool {
        self.rdn == other.rdn
            && self.oid == other.oid
            && (self.value.raw == other.value.raw
                || match (self.value.text(), other.value.text()) {
                    (Ok(left), Ok(right)) => folded(&left).eq(folded(&right)),
                    _ => false,
                })
    }
}

impl<'a> Name<'a> {
    /// A view of a DER `Name`.
    pub fn new(der: &'a [u8]) -> Self {
        Self(der)
    }

    /// The DER.
    pub fn der(&self) -> &'a [u8] {
        self.0
    }

    /// True for a name without attributes.
    pub fn is_empty(&self) -> bool {
        self.0 == [0x30, 0x00]
    }

    /// The attributes in their order.
    pub fn attributes(&self) -> Result<Vec<NameAttribute<'a>>, Asn1Error> {
        let mut attributes = Vec::new();
        let mut rdns = Reader::der_value(self.0, Tag::SEQUENCE)?.reader();
        for rdn in 0.. {
            if rdns.is_empty() {
                break;
            }
            let mut set = rdns.enter(Tag::SET)?;
            while !set.is_empty() {
                if attributes.len() == ATTRIBUTES_MAX {
                    return Err(Asn1Error::TooMany { limit: ATTRIBUTES_MAX });
                }
                let mut pair = set.enter(Tag::SEQUENCE)?;
                let oid = pair.oid()?.octets();
                let value = pair.any()?;
                pair.finish()?;
                attributes.push(NameAttribute { rdn, oid, value });
            }
        }
        Ok(attributes)
    }

    /// First attribute of this type, as text.
    pub fn attribute(&self, oid: ObjectIdentifier) -> Option<String> {
        self.attributes().ok()?.iter().find(|attribute| attribute.is(oid))?.text()
    }
}

/// Equal octets, or the same attributes in the same order with texts that differ only in ASCII case, in the width
/// of spaces and in the string type. Letters outside ASCII are compared as they stand: which small letter belongs
/// to `İ` and `I` depends on the language, and an issuer writes its own name one way.
impl PartialEq for Name<'_> {
    fn eq(&self, other: &Self) -> bool {
        if self.0 == other.0 {
            return true;
        }
        let (Ok(left), Ok(right)) = (self.attributes(), other.attributes()) else { return false };
        left.len() == right.len()
            && left.iter().all(|attribute| right.iter().any(|candidate| attribute.matches(candidate)))
            && right.iter().all(|attribute| left.iter().any(|candidate| attribute.matches(candidate)))
    }
}

impl Eq for Name<'_> {}

/// The characters without spaces at the ends, runs of spaces as one, ASCII letters small.
fn folded(text: &str) -> impl Iterator<Item = char> {
    let words = text.split(' ').filter(|word| !word.is_empty());
    words.enumerate().flat_map(|(place, word)| {
        let space = (place > 0).then_some(' ');
        space.into_iter().chain(word.chars().map(|letter| letter.to_ascii_lowercase()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asn1::Writer;

    const CN: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.3");
    const ORGANIZATION: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.10");

    fn name(rdns: &[&[(ObjectIdentifier, Tag, &str)]]) -> Vec<u8> {
        let mut writer = Writer::default();
        writer.nested(Tag::SEQUENCE, |writer| {
            for rdn in rdns {
                writer.nested(Tag::SET, |writer| {
                    for (oid, tag, text) in *rdn {
                        writer.nested(Tag::SEQUENCE, |writer| {
                            writer.oid(oid);
                            writer.tlv(*tag, text.as_bytes());
                        });
                    }
                });
            }
        });
        writer.into_vec()
    }

    fn equal(left: &[u8], right: &[u8]) -> bool {
        Name::new(left) == Name::new(right)
    }

    #[test]
    fn case_spaces_and_string_type_do_not_matter() {
        let left = name(&[&[(CN, Tag::PRINTABLE_STRING, "Test  CA")]]);
        assert!(equal(&left, &name(&[&[(CN, Tag::UTF8_STRING, " TEST CA ")]])));
        assert!(!equal(&left, &name(&[&[(CN, Tag::UTF8_STRING, "TESTCA")]])));
        assert!(!equal(&left, &name(&[&[(ORGANIZATION, Tag::PRINTABLE_STRING, "Test  CA")]])));
    }

    #[test]
    fn turkish_letters_stand_for_themselves() {
        let dotted = name(&[&[(CN, Tag::UTF8_STRING, "İMZA")]]);
        assert!(!equal(&dotted, &name(&[&[(CN, Tag::UTF8_STRING, "imza")]])));
        assert!(!equal(&dotted, &name(&[&[(CN, Tag::UTF8_STRING, "IMZA")]])));
        assert!(equal(&dotted, &name(&[&[(CN, Tag::UTF8_STRING, "İmza")]])));
    }

    #[test]
    fn order_of_rdns_matters_and_order_within_one_does_not() {
        let (a, b) = ((CN, Tag::UTF8_STRING, "a"), (ORGANIZATION, Tag::UTF8_STRING, "b"));
        assert!(!equal(&name(&[&[a], &[b]]), &name(&[&[b], &[a]])));
        assert!(equal(&name(&[&[a, b]]), &name(&[&[b, a]])));
        assert!(!equal(&name(&[&[a, b]]), &name(&[&[a], &[b]])));
        assert!(!equal(&name(&[&[a]]), &name(&[&[a], &[a]])));
    }
}
