//! Command APDUs, short and extended (ISO/IEC 7816-4, 5.1), and BER-TLV (5.2.2).

/// A status word.
pub(crate) type Status = u16;

pub(crate) const DONE: Status = 0x9000;
pub(crate) const WRONG_LENGTH: Status = 0x6700;
pub(crate) const SECURITY_NOT_SATISFIED: Status = 0x6982;
pub(crate) const PIN_LOCKED: Status = 0x6983;
pub(crate) const WRONG_DATA: Status = 0x6A80;
pub(crate) const NOT_FOUND: Status = 0x6A82;
pub(crate) const UNKNOWN_INSTRUCTION: Status = 0x6D00;
pub(crate) const PAD_CANCELLED: Status = 0x6401;

/// What a command is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Instruction {
    /// SELECT.
    Select,
    /// GET DATA.
    Read,
    /// VERIFY.
    Verify,
    /// GENERAL AUTHENTICATE.
    Sign,
    /// GET RESPONSE.
    More,
    /// The beginning of a command that does not fit into one.
    Part,
    /// Anything else.
    Other,
}

/// A command, taken apart.
pub(crate) struct Command<'a> {
    pub(crate) instruction: Instruction,
    pub(crate) p1: u8,
    pub(crate) p2: u8,
    pub(crate) data: &'a [u8],
    pub(crate) expected: usize,
}

impl<'a> Command<'a> {
    pub(crate) fn parse(octets: &'a [u8]) -> Option<Self> {
        let (&[class, instruction, p1, p2], body) = octets.split_first_chunk()?;
        let (data, expected) = body_of(body)?;
        let instruction = match instruction {
            _ if class & 0x10 != 0 => Instruction::Part,
            0xA4 => Instruction::Select,
            0xCB => Instruction::Read,
            0x20 => Instruction::Verify,
            0x87 => Instruction::Sign,
            0xC0 => Instruction::More,
            _ => Instruction::Other,
        };
        Some(Self { instruction, p1, p2, data, expected })
    }
}

fn body_of(body: &[u8]) -> Option<(&[u8], usize)> {
    match body {
        [] => Some((&[], 256)),
        [expected] => Some((&[], short(*expected))),
        [0, high, low] => Some((&[], extended(*high, *low))),
        [0, high, low, rest @ ..] => {
            let (data, expected) = rest.split_at_checked(usize::from(u16::from_be_bytes([*high, *low])))?;
            Some((data, expected.first_chunk().map_or(65_536, |[high, low]| extended(*high, *low))))
        }
        [length, rest @ ..] => {
            let (data, expected) = rest.split_at_checked(usize::from(*length))?;
            Some((data, expected.first().map_or(256, |expected| short(*expected))))
        }
    }
}

fn short(expected: u8) -> usize {
    if expected == 0 { 256 } else { expected.into() }
}

fn extended(high: u8, low: u8) -> usize {
    match u16::from_be_bytes([high, low]) {
        0 => 65_536,
        expected => expected.into(),
    }
}

/// An object with its tag and length.
pub(crate) fn tlv(tag: &[u8], value: &[u8]) -> Vec<u8> {
    let mut octets = tag.to_vec();
    let length = u16::try_from(value.len()).expect("objects of a card are small").to_be_bytes();
    match length {
        [0, low @ ..=0x7F] => octets.push(low),
        [0, low] => octets.extend([0x81, low]),
        [high, low] => octets.extend([0x82, high, low]),
    }
    octets.extend_from_slice(value);
    octets
}

/// The first object: its tag, its value and what follows.
pub(crate) fn first_object(octets: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (head, length) = match octets {
        [_, length @ ..=0x7F, ..] => (2, usize::from(*length)),
        [_, 0x81, length, ..] => (3, usize::from(*length)),
        [_, 0x82, high, low, ..] => (4, usize::from(u16::from_be_bytes([*high, *low]))),
        _ => return None,
    };
    let (value, rest) = octets.get(head..)?.split_at_checked(length)?;
    Some((octets[0], value, rest))
}
