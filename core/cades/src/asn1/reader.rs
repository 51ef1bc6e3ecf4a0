//! Tag, length and value over raw ranges (X.690 8.1), in BER or in strict DER.

use super::{Asn1Error, Tag};

/// Which encodings a [`Reader`] accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rules {
    /// Definite lengths in their shortest form only (X.690 10.1).
    Der,
    /// Also indefinite and long-form lengths (X.690 8.1.3).
    Ber,
}

/// Bounds that keep hostile input cheap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Octets of the whole input.
    pub octets: usize,
    /// Segments of one constructed OCTET STRING.
    pub segments: usize,
    /// Members of one SET OF: signers, certificates, revocation values, attributes.
    pub members: usize,
}

impl Limits {
    /// Open indefinite-length or constructed values, one inside the other.
    pub const DEPTH: usize = 32;
}

impl Default for Limits {
    fn default() -> Self {
        Self { octets: 256 << 20, segments: 1 << 16, members: 256 }
    }
}

/// One value with its header, borrowed from the input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tlv<'a> {
    /// Identifier octet.
    pub tag: Tag,
    /// Header, contents and, for an indefinite length, the end-of-contents octets: exactly as received.
    pub raw: &'a [u8],
    /// Contents octets.
    pub value: &'a [u8],
    pub(super) rules: Rules,
}

impl<'a> Tlv<'a> {
    /// Reads the members of a constructed value by the rules that the value itself was read by.
    pub fn reader(&self) -> Reader<'a> {
        Reader { rest: self.value, rules: self.rules }
    }
}

/// Walks over consecutive values.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a> {
    rest: &'a [u8],
    rules: Rules,
}

impl<'a> Reader<'a> {
    /// A reader that takes DER only.
    pub const fn der(input: &'a [u8]) -> Self {
        Self { rest: input, rules: Rules::Der }
    }

    /// A reader that also takes BER.
    pub const fn ber(input: &'a [u8]) -> Self {
        Self { rest: input, rules: Rules::Ber }
    }

    /// Reads `input` as exactly one DER value of type `tag`.
    pub fn der_value(input: &'a [u8], tag: Tag) -> Result<Tlv<'a>, Asn1Error> {
        let mut reader = Self::der(input);
        let value = reader.expect(tag)?;
        reader.finish()?;
        Ok(value)
    }

    /// The octets not yet read.
    pub const fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// True if nothing is left.
    pub const fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// The tag of the next value.
    pub fn peek(&self) -> Option<Tag> {
        self.rest.first().copied().map(Tag)
    }

    /// The next value, of any type.
    pub fn any(&mut self) -> Result<Tlv<'a>, Asn1Error> {
        let header = Header::read(self.rest, self.rules)?;
        let (value_len, raw_len) = match header.length {
            Some(length) => (length, header.octets + length),
            None => {
                let value_len = indefinite_len(&self.rest[header.octets..])?;
                (value_len, header.octets + value_len + 2)
            }
        };
        let (raw, rest) = self.rest.split_at(raw_len);
        self.rest = rest;
        let value = &raw[header.octets..header.octets + value_len];
        Ok(Tlv { tag: header.tag, raw, value, rules: self.rules })
    }

    /// The next value, which must have `tag`.
    pub fn expect(&mut self, tag: Tag) -> Result<Tlv<'a>, Asn1Error> {
        match self.peek() {
            Some(found) if found == tag => self.any(),
            found => Err(Asn1Error::UnexpectedTag { expected: tag, found }),
        }
    }

    /// The next value if it has `tag`.
    pub fn optional(&mut self, tag: Tag) -> Result<Option<Tlv<'a>>, Asn1Error> {
        if self.peek() == Some(tag) { self.any().map(Some) } else { Ok(None) }
    }

    /// Asserts that nothing is left.
    pub fn finish(self) -> Result<(), Asn1Error> {
        match self.rest.len() {
            0 => Ok(()),
            octets => Err(Asn1Error::TrailingData { octets }),
        }
    }
}

struct Header {
    tag: Tag,
    /// Octets of identifier and length.
    octets: usize,
    /// `None` = indefinite. A definite length is already known to fit the input.
    length: Option<usize>,
}

impl Header {
    fn read(input: &[u8], rules: Rules) -> Result<Self, Asn1Error> {
        let truncated = |needed| Asn1Error::Truncated { needed, available: input.len() };
        let tag = Tag(*input.first().ok_or(truncated(2))?);
        let mut at = 1;
        if tag.0 & 0x1f == 0x1f {
            // High tag numbers: skipped over, never interpreted.
            while input.get(at).ok_or(truncated(at + 1))? & 0x80 != 0 {
                at += 1;
            }
            at += 1;
        }
        let first = *input.get(at).ok_or(truncated(at + 1))?;
        at += 1;
        let length = match first {
            0..0x80 => usize::from(first),
            0x80 if rules == Rules::Ber && tag.is_constructed() => {
                return Ok(Self { tag, octets: at, length: None });
            }
            0x80 => return Err(Asn1Error::NotDer),
            _ => {
                let count = usize::from(first & 0x7f);
                let octets = input.get(at..at + count).ok_or(truncated(at + count))?;
                at += count;
                let mut length = 0_usize;
                for octet in octets {
                    length = length.checked_mul(256).ok_or(Asn1Error::Length)? | usize::from(*octet);
                }
                let shortest = octets.first() != Some(&0) && length >= 0x80;
                if rules == Rules::Der && !shortest {
                    return Err(Asn1Error::NotDer);
                }
                length
            }
        };
        let available = input.len() - at;
        if length > available {
            return Err(Asn1Error::Truncated { needed: length, available });
        }
        Ok(Self { tag, octets: at, length: Some(length) })
    }
}

/// Length of the contents in front of the end-of-contents octets that close them.
fn indefinite_len(input: &[u8]) -> Result<usize, Asn1Error> {
    let mut at = 0;
    let mut open = 1;
    loop {
        let header = Header::read(&input[at..], Rules::Ber)?;
        match header.length {
            Some(0) if header.tag.0 == 0 => {
                open -= 1;
                if open == 0 {
                    return Ok(at);
                }
                at += header.octets;
            }
            Some(length) => at += header.octets + length,
            None => {
                open += 1;
                if open > Limits::DEPTH {
                    return Err(Asn1Error::TooDeep { limit: Limits::DEPTH });
                }
                at += header.octets;
            }
        }
    }
}
