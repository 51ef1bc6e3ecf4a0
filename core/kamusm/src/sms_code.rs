//! The code that is sent to the mobile phone.

use std::fmt;

use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use crate::error::{Code, Error, Result};

/// The six digits of an SMS; masked when printed, wiped when dropped.
#[derive(Clone)]
pub struct SmsCode(Zeroizing<String>);

impl SmsCode {
    /// Six digits; spaces and dashes between them are left out, wide digits are put right.
    pub fn parse(typed: &str) -> Result<Self> {
        let wrong = || Error::new(Code::Range, "the code of an SMS is 6 digits");
        if typed.len() > 64 {
            return Err(wrong());
        }
        let mut digits = Zeroizing::new(String::with_capacity(64));
        digits.extend(typed.nfkc().filter(|symbol| !symbol.is_whitespace() && *symbol != '-'));
        if digits.len() != 6 || !digits.bytes().all(|octet| octet.is_ascii_digit()) {
            return Err(wrong());
        }
        Ok(Self(digits))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SmsCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SmsCode(******)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn six_digits_however_they_are_typed() {
        for typed in ["123456", "123 456", " 123-456\n", "１２３４５６"] {
            assert_eq!(SmsCode::parse(typed).unwrap().as_str(), "123456");
        }
        for wrong in ["", "12345", "1234567", "12345a", "١٢٣٤٥٦", &" ".repeat(100)] {
            assert_eq!(SmsCode::parse(wrong).unwrap_err().code(), Code::Range, "{wrong}");
        }
        assert_eq!(format!("{:?}", SmsCode::parse("123456").unwrap()), "SmsCode(******)");
    }
}
