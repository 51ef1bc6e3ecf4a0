//! Identifier octets (X.690 8.1.2).

use std::fmt;

/// The first identifier octet: class, constructed bit and number.
///
/// Numbers of 31 and more take further octets; such a tag keeps the number 31 here, and the types of CMS never
/// use one.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Tag(pub u8);

impl Tag {
    /// BOOLEAN
    pub const BOOLEAN: Self = Self(0x01);
    /// INTEGER
    pub const INTEGER: Self = Self(0x02);
    /// BIT STRING
    pub const BIT_STRING: Self = Self(0x03);
    /// OCTET STRING
    pub const OCTET_STRING: Self = Self(0x04);
    /// NULL
    pub const NULL: Self = Self(0x05);
    /// OBJECT IDENTIFIER
    pub const OBJECT_IDENTIFIER: Self = Self(0x06);
    /// ENUMERATED
    pub const ENUMERATED: Self = Self(0x0a);
    /// UTF8String
    pub const UTF8_STRING: Self = Self(0x0c);
    /// PrintableString
    pub const PRINTABLE_STRING: Self = Self(0x13);
    /// TeletexString
    pub const TELETEX_STRING: Self = Self(0x14);
    /// IA5String
    pub const IA5_STRING: Self = Self(0x16);
    /// UTCTime
    pub const UTC_TIME: Self = Self(0x17);
    /// GeneralizedTime
    pub const GENERALIZED_TIME: Self = Self(0x18);
    /// VisibleString
    pub const VISIBLE_STRING: Self = Self(0x1a);
    /// BMPString
    pub const BMP_STRING: Self = Self(0x1e);
    /// SEQUENCE and SEQUENCE OF
    pub const SEQUENCE: Self = Self(0x30);
    /// SET and SET OF
    pub const SET: Self = Self(0x31);

    /// `[number]` with a primitive value; `number` below 31.
    pub const fn context(number: u8) -> Self {
        Self(0x80 | number)
    }

    /// `[number]` with a constructed value; `number` below 31.
    pub const fn context_constructed(number: u8) -> Self {
        Self(0xa0 | number)
    }

    /// True if the value consists of further values (X.690 8.1.2.5).
    pub const fn is_constructed(self) -> bool {
        self.0 & 0x20 != 0
    }

    /// The same tag with the constructed bit set, as BER allows it for strings (X.690 8.7).
    pub const fn constructed(self) -> Self {
        Self(self.0 | 0x20)
    }
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "tag {:#04x}", self.0)
    }
}

impl fmt::Debug for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
