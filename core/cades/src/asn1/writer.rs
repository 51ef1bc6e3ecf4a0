//! A small DER writer (X.690 clauses 10 and 11).

use der::asn1::ObjectIdentifier;

use super::Tag;

/// Appends DER values to one buffer.
#[derive(Clone, Debug, Default)]
pub struct Writer {
    buffer: Vec<u8>,
}

impl Writer {
    /// A writer with room for `octets`.
    pub fn with_capacity(octets: usize) -> Self {
        Self { buffer: Vec::with_capacity(octets) }
    }

    /// Octets that are already encoded, verbatim.
    pub fn raw(&mut self, encoded: &[u8]) {
        self.buffer.extend_from_slice(encoded);
    }

    /// Identifier and length; `length` octets of contents must follow.
    pub fn header(&mut self, tag: Tag, length: usize) {
        self.buffer.push(tag.0);
        let (octets, count) = length_octets(length);
        self.buffer.extend_from_slice(&octets[..count]);
    }

    /// One value.
    pub fn tlv(&mut self, tag: Tag, value: &[u8]) {
        self.header(tag, value.len());
        self.buffer.extend_from_slice(value);
    }

    /// A constructed value whose members `write` appends. Use [`Writer::header`] where much content follows:
    /// here the contents move once when their length needs more than one octet.
    pub fn nested(&mut self, tag: Tag, write: impl FnOnce(&mut Self)) {
        self.buffer.extend_from_slice(&[tag.0, 0]);
        let start = self.buffer.len();
        write(self);
        let end = self.buffer.len();
        let (octets, count) = length_octets(end - start);
        if count > 1 {
            self.buffer.resize(end + count - 1, 0);
            self.buffer.copy_within(start..end, start + count - 1);
        }
        self.buffer[start - 1..start - 1 + count].copy_from_slice(&octets[..count]);
    }

    /// OBJECT IDENTIFIER
    pub fn oid(&mut self, oid: &ObjectIdentifier) {
        self.tlv(Tag::OBJECT_IDENTIFIER, oid.as_bytes());
    }

    /// INTEGER of one octet, for instance a version.
    pub fn small_integer(&mut self, value: u8) {
        debug_assert!(value < 0x80, "two octets would be needed");
        self.tlv(Tag::INTEGER, &[value]);
    }

    /// UTF8String
    pub fn utf8_string(&mut self, text: &str) {
        self.tlv(Tag::UTF8_STRING, text.as_bytes());
    }

    /// The octets written so far.
    pub fn as_slice(&self) -> &[u8] {
        &self.buffer
    }

    /// The finished encoding.
    pub fn into_vec(self) -> Vec<u8> {
        self.buffer
    }
}

/// Members of a SET OF, sorted when they are written out (X.690 11.6).
#[derive(Clone, Debug, Default)]
pub struct SetOf {
    members: Writer,
    ends: Vec<usize>,
}

impl SetOf {
    /// An empty set with room for `octets` of members.
    pub fn with_capacity(octets: usize) -> Self {
        Self { members: Writer::with_capacity(octets), ends: Vec::with_capacity(8) }
    }

    /// Adds the one value that `write` appends.
    pub fn member<T>(&mut self, write: impl FnOnce(&mut Writer) -> T) -> T {
        let returned = write(&mut self.members);
        self.ends.push(self.members.buffer.len());
        returned
    }

    /// The whole SET OF under `tag`, members in DER order.
    pub fn encode(&self, tag: Tag) -> Vec<u8> {
        let octets = self.members.as_slice();
        let mut start = 0;
        let mut members: Vec<&[u8]> = Vec::with_capacity(self.ends.len());
        for end in &self.ends {
            members.push(&octets[start..*end]);
            start = *end;
        }
        members.sort_unstable();
        let mut writer = Writer::with_capacity(encoded_len(octets.len()));
        writer.header(tag, octets.len());
        for member in members {
            writer.raw(member);
        }
        writer.into_vec()
    }
}

/// Octets of a whole value whose contents take `length` octets.
pub fn encoded_len(length: usize) -> usize {
    1 + length_octets(length).1 + length
}

const LENGTH_MAX: usize = 1 + size_of::<usize>();

/// The length octets in their shortest form, left-aligned, and how many there are.
fn length_octets(length: usize) -> ([u8; LENGTH_MAX], usize) {
    let mut octets = [0; LENGTH_MAX];
    let number = length.to_be_bytes();
    if length < 0x80 {
        octets[0] = number[number.len() - 1];
        return (octets, 1);
    }
    let skipped = number.iter().take_while(|octet| **octet == 0).count();
    let count = number.len() - skipped;
    octets[0] = 0x80 | u8::try_from(count).expect("a usize has few octets");
    octets[1..=count].copy_from_slice(&number[skipped..]);
    (octets, 1 + count)
}

#[cfg(test)]
mod tests {
    use super::super::Reader;
    use super::*;

    #[test]
    fn lengths_take_their_shortest_form() {
        for length in [0, 1, 127, 128, 255, 256, 65_535, 65_536, 70_000] {
            let value = vec![7; length];
            let mut writer = Writer::default();
            writer.nested(Tag::SEQUENCE, |writer| writer.tlv(Tag::OCTET_STRING, &value));
            let octets = writer.into_vec();
            assert_eq!(octets.len(), encoded_len(encoded_len(length)));
            let outer = Reader::der_value(&octets, Tag::SEQUENCE).unwrap();
            assert_eq!(Reader::der_value(outer.value, Tag::OCTET_STRING).unwrap().value, value);
        }
    }

    #[test]
    fn members_of_a_set_are_sorted() {
        let mut set = SetOf::default();
        for value in [3, 1, 2] {
            set.member(|writer| writer.small_integer(value));
        }
        assert_eq!(set.encode(Tag::SET), [0x31, 9, 2, 1, 1, 2, 1, 2, 2, 1, 3]);
    }
}
