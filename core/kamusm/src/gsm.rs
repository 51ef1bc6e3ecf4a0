//! A mobile phone's number in Türkiye.

use std::fmt;

use crate::error::{Code, Error, Result};

/// What may stand between the digits.
const FILLERS: &[char] = &[' ', '\u{a0}', '-', '.', '/', '(', ')'];

/// A mobile number as `+905XXXXXXXXX`; masked when printed.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Gsm(String);

impl Gsm {
    /// Reads `0532 123 45 67`, `+90 (532) 123 45 67`, `5321234567`, `00905321234567`.
    ///
    /// The prefix does not tell the operator: numbers move between them.
    pub fn parse(written: &str) -> Result<Self> {
        let wrong = || Error::new(Code::Range, "a mobile number is 10 digits beginning with 5");
        if written.len() > 64 {
            return Err(wrong());
        }
        let digits: String = written.trim().chars().filter(|symbol| !FILLERS.contains(symbol)).collect();
        let national = ["+90", "0090", "90", "0"]
            .iter()
            .find_map(|prefix| digits.strip_prefix(prefix).filter(|rest| is_mobile(rest)))
            .unwrap_or(&digits);
        if is_mobile(national) { Ok(Self(format!("+90{national}"))) } else { Err(wrong()) }
    }

    /// `+905XXXXXXXXX`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// `+90 5** *** ** 67`.
impl fmt::Display for Gsm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "+90 5** *** ** {}", &self.0[self.0.len() - 2..])
    }
}

impl fmt::Debug for Gsm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Gsm({self})")
    }
}

/// The ranges that are given out, as libphonenumber has them for TR.
fn is_mobile(national: &str) -> bool {
    let octets = national.as_bytes();
    if octets.len() != 10 || octets[0] != b'5' || !octets.iter().all(u8::is_ascii_digit) {
        return false;
    }
    match octets[1] {
        b'0' | b'3'..=b'5' => true,
        b'1' => matches!(octets[2], b'0' | b'6'),
        b'2' => octets[2] == b'4',
        b'6' => matches!(octets[2], b'1' | b'2' | b'4'),
        b'7' => matches!(octets[2], b'2' | b'4' | b'5'),
        b'8' => matches!(octets[2], b'2'..=b'5'),
        _ => matches!(octets[2], b'4' | b'6'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_of_writing_leads_to_one() {
        for written in [
            "0532 123 45 67",
            "+90 (532) 123 45 67",
            "5321234567",
            "00905321234567",
            "905321234567",
            " 0 532-123-45-67 ",
            "0(532)\u{a0}123.45.67",
        ] {
            assert_eq!(Gsm::parse(written).unwrap().as_str(), "+905321234567", "{written}");
        }
    }

    #[test]
    fn what_is_no_mobile_number_is_refused() {
        for written in [
            "",
            "532123456",
            "53212345678",
            "0212 123 45 67",
            "+44 532 123 45 67",
            "5201234567",
            "532123456x",
            "٥٣٢١٢٣٤٥٦٧",
            &"5".repeat(100),
        ] {
            assert_eq!(Gsm::parse(written).unwrap_err().code(), Code::Range, "{written}");
        }
    }

    #[test]
    fn it_is_masked_when_printed() {
        assert_eq!(format!("{:?}", Gsm::parse("5321234567").unwrap()), "Gsm(+90 5** *** ** 67)");
    }
}
