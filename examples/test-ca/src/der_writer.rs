//! DER by hand (X.690 clause 10), so that each octet of a certificate is ours to choose.

use der::asn1::ObjectIdentifier;

pub(crate) fn tlv(tag: u8, contents: &[u8]) -> Vec<u8> {
    let mut der = vec![tag];
    let octets = contents.len().to_be_bytes();
    match contents.len() {
        0..0x80 => der.push(octets[octets.len() - 1]),
        length => {
            let zeros = usize::try_from(length.leading_zeros() / 8).expect("a few octets");
            let digits = &octets[zeros..];
            der.push(0x80 | u8::try_from(digits.len()).expect("a few octets"));
            der.extend_from_slice(digits);
        }
    }
    der.extend_from_slice(contents);
    der
}

pub(crate) fn sequence(members: &[&[u8]]) -> Vec<u8> {
    tlv(0x30, &members.concat())
}

pub(crate) fn set(members: &[&[u8]]) -> Vec<u8> {
    tlv(0x31, &members.concat())
}

/// `[number]` constructed: EXPLICIT, or IMPLICIT over contents of a constructed type.
pub(crate) fn context(number: u8, contents: &[u8]) -> Vec<u8> {
    tlv(0xA0 | number, contents)
}

pub(crate) fn oid(oid: ObjectIdentifier) -> Vec<u8> {
    tlv(0x06, oid.as_bytes())
}

/// INTEGER of an unsigned number.
pub(crate) fn unsigned(octets: &[u8]) -> Vec<u8> {
    let zeros = octets.iter().take_while(|&&octet| octet == 0).count();
    let magnitude = &octets[zeros..];
    let sign: &[u8] = if magnitude.first().is_none_or(|&first| first >= 0x80) { &[0] } else { &[] };
    tlv(0x02, &[sign, magnitude].concat())
}

pub(crate) fn octet_string(octets: &[u8]) -> Vec<u8> {
    tlv(0x04, octets)
}

/// BIT STRING of whole octets.
pub(crate) fn bit_string(octets: &[u8]) -> Vec<u8> {
    tlv(0x03, &[&[0], octets].concat())
}

pub(crate) fn utf8(text: &str) -> Vec<u8> {
    tlv(0x0C, text.as_bytes())
}

pub(crate) fn printable(text: &str) -> Vec<u8> {
    tlv(0x13, text.as_bytes())
}

pub(crate) fn ia5(text: &str) -> Vec<u8> {
    tlv(0x16, text.as_bytes())
}

pub(crate) fn bmp(text: &str) -> Vec<u8> {
    let octets: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    tlv(0x1E, &octets)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_the_shortest() {
        assert_eq!(tlv(4, &[7; 127])[..2], [4, 127]);
        assert_eq!(tlv(4, &[7; 128])[..3], [4, 0x81, 128]);
        assert_eq!(tlv(4, &[7; 256])[..4], [4, 0x82, 1, 0]);
        assert_eq!(unsigned(&[0, 0]), [2, 1, 0]);
        assert_eq!(unsigned(&[0, 0x80]), [2, 2, 0, 0x80]);
        assert_eq!(unsigned(&[0, 0x7F]), [2, 1, 0x7F]);
    }
}
