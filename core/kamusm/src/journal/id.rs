//! What a journal is called.

use std::fmt;

use kamusm_cades::algorithm::DigestAlgorithm;

use crate::error::{Code, Error, Result};

/// The number of one session's journal: 16 octets, written as 32 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct JournalId(pub(crate) [u8; 16]);

impl JournalId {
    pub(crate) fn of(entropy: &[u8; 32]) -> Self {
        let mut hasher = DigestAlgorithm::Sha256.hasher();
        hasher.update(b"kamusm-journal-id\0");
        hasher.update(entropy);
        let mut octets = [0; 16];
        octets.copy_from_slice(&hasher.finish().as_ref()[..16]);
        Self(octets)
    }

    /// The number as it is.
    pub const fn octets(&self) -> &[u8; 16] {
        &self.0
    }

    /// Reads 32 hexadecimal digits.
    pub fn parse(written: &str) -> Result<Self> {
        let wrong = || Error::new(Code::Range, "the number of a journal is 32 hexadecimal digits");
        let is_hex = written.len() == 32 && written.bytes().all(|digit| digit.is_ascii_hexdigit());
        let number = u128::from_str_radix(written, 16).ok().filter(|_| is_hex).ok_or_else(wrong)?;
        Ok(Self(number.to_be_bytes()))
    }
}

impl fmt::Display for JournalId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", u128::from_be_bytes(self.0))
    }
}

impl fmt::Debug for JournalId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "JournalId({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_written_and_read() {
        let id = JournalId::of(&[7; 32]);
        assert_eq!(JournalId::parse(&id.to_string()).unwrap(), id);
        assert_eq!(JournalId([0; 16]).to_string(), "0".repeat(32));
        for wrong in ["", "+1234567890123456789012345678901", &"g".repeat(32), &"0".repeat(33), "ş"] {
            assert_eq!(JournalId::parse(wrong).unwrap_err().code(), Code::Range);
        }
    }
}
