//! T.C. Kimlik Numarası: eleven digits, the last two of which check the others.

use std::fmt;

use crate::error::{Code, Error, Result};

/// A T.C. Kimlik Numarası; masked when printed.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Tckn {
    number: String,
    has_right_checksum: bool,
}

impl Tckn {
    /// Eleven digits, the first of them not 0, whose check digits fit. Spaces around them are left out.
    pub fn parse(written: &str) -> Result<Self> {
        let tckn = Self::parse_unchecked(written)?;
        if tckn.has_right_checksum {
            return Ok(tckn);
        }
        Err(Error::new(Code::Range, "the check digits of the T.C. Kimlik Numarası do not fit"))
    }

    /// The same without the check digits: those of test certificates are often wrong. Whether they fit says
    /// [`Tckn::has_right_checksum`].
    pub fn parse_unchecked(written: &str) -> Result<Self> {
        let number = written.trim();
        if number.len() != 11
            || !number.bytes().all(|octet| octet.is_ascii_digit())
            || number.starts_with('0')
        {
            return Err(Error::new(
                Code::Range,
                "a T.C. Kimlik Numarası is 11 digits and does not begin with 0",
            ));
        }
        Ok(Self { number: number.to_owned(), has_right_checksum: fits(number.as_bytes()) })
    }

    /// Whether the last two digits fit the others; `false` is a warning.
    pub fn has_right_checksum(&self) -> bool {
        self.has_right_checksum
    }

    /// The eleven digits.
    pub fn as_str(&self) -> &str {
        &self.number
    }
}

/// `172******60`.
impl fmt::Display for Tckn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}******{}", &self.number[..3], &self.number[9..])
    }
}

impl fmt::Debug for Tckn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Tckn({self})")
    }
}

/// d10 = ((d1 + d3 + d5 + d7 + d9) · 7 − (d2 + d4 + d6 + d8)) mod 10, d11 = (d1 + … + d10) mod 10.
fn fits(digits: &[u8]) -> bool {
    let sum = |places: &[usize]| places.iter().map(|place| i32::from(digits[*place] - b'0')).sum::<i32>();
    let (odd, even) = (sum(&[0, 2, 4, 6, 8]), sum(&[1, 3, 5, 7]));
    let tenth = (odd * 7 - even).rem_euclid(10);
    sum(&[9]) == tenth && sum(&[10]) == (odd + even + tenth) % 10
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits_are_checked() {
        for right in ["10000000146", "17291716060", "12345678950", " 17291716060 "] {
            assert!(Tckn::parse(right).unwrap().has_right_checksum(), "{right}");
        }
        for wrong in ["11111111111", "11111111101", "10000000111"] {
            assert_eq!(Tckn::parse(wrong).unwrap_err().code(), Code::Range, "{wrong}");
            assert!(!Tckn::parse_unchecked(wrong).unwrap().has_right_checksum(), "{wrong}");
        }
        for wrong in ["", "1000000014", "100000001466", "00000000146", "1000000014x", "١٠٠٠٠٠٠٠١٤٦"]
        {
            assert_eq!(Tckn::parse_unchecked(wrong).unwrap_err().code(), Code::Range, "{wrong}");
        }
    }

    #[test]
    fn every_change_of_one_digit_is_seen() {
        let right = "17291716060";
        for place in 0..11 {
            for digit in b'0'..=b'9' {
                let mut changed = right.as_bytes().to_vec();
                changed[place] = digit;
                let changed = String::from_utf8(changed).unwrap();
                assert_eq!(Tckn::parse(&changed).is_ok(), changed == right, "{changed}");
            }
        }
    }

    #[test]
    fn it_is_masked_when_printed() {
        let tckn = Tckn::parse("17291716060").unwrap();
        assert_eq!(
            (format!("{tckn:?}"), tckn.to_string()),
            ("Tckn(172******60)".into(), "172******60".into())
        );
        assert_eq!(tckn.as_str(), "17291716060");
    }
}
