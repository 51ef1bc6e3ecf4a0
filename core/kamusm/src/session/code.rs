//! The doğrulama kodu: what the portal shows and the person pastes (protocol, section 4).

use std::fmt;

use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use crate::{
    config::Environment,
    error::{Code, Error, Result},
};

/// Crockford's base 32.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const SYMBOLS: usize = 16;
/// x⁵ + x² + 1, with which GF(32) is made.
const POLYNOMIAL: u8 = 0b10_0101;

/// A doğrulama kodu whose check symbol is right. It is the only credential of the redemption, so it is
/// wiped when dropped and masked when printed.
#[derive(Clone)]
pub struct VerificationCode(Zeroizing<[u8; SYMBOLS]>);

impl VerificationCode {
    /// Reads what a person pasted: spaces, dashes, zero-width characters and the letters that look alike
    /// (`ı İ i I l L` for 1, `o O` for 0) are put right; everything else must be one of the 32 symbols.
    pub fn parse(pasted: &str) -> Result<Self> {
        if pasted.len() > 512 {
            return Err(malformed("longer than a code can be"));
        }
        let mut symbols = Zeroizing::new([0; SYMBOLS]);
        let mut count = 0;
        for symbol in pasted.nfkc().filter(|symbol| !is_filler(*symbol)) {
            let value = value_of(symbol).ok_or_else(|| malformed("a character is no symbol of a code"))?;
            *symbols.get_mut(count).ok_or_else(|| malformed("more than 16 symbols"))? = value;
            count += 1;
        }
        if count < SYMBOLS {
            return Err(malformed("fewer than 16 symbols"));
        }
        if syndrome(&symbols) != 0 {
            return Err(malformed("the check symbol does not fit"));
        }
        let code = Self(symbols);
        code.environment().map(|_| code)
    }

    /// The service that issued it.
    pub fn environment(&self) -> Result<Environment> {
        match ALPHABET[usize::from(self.0[0])] {
            b'K' => Ok(Environment::Production),
            b'S' => Ok(Environment::Sandbox),
            _ => Err(malformed("the first symbol names no environment")),
        }
    }

    /// `XXXX-XXXX-XXXX-XXXX`, for the wire and for the person's own screen; never for a log.
    pub fn written(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(SYMBOLS + 3));
        for (place, value) in self.0.iter().enumerate() {
            if place > 0 && place % 4 == 0 {
                text.push('-');
            }
            text.push(char::from(ALPHABET[usize::from(*value)]));
        }
        text
    }
}

impl<'de> serde::Deserialize<'de> for VerificationCode {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written = Zeroizing::new(String::deserialize(deserializer)?);
        Self::parse(&written).map_err(|_| serde::de::Error::custom("no doğrulama kodu"))
    }
}

impl fmt::Debug for VerificationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("VerificationCode(****)")
    }
}

fn malformed(reason: &str) -> Error {
    Error::new(Code::CodeMalformed, reason)
}

fn is_filler(symbol: char) -> bool {
    symbol.is_whitespace()
        || matches!(symbol, '-' | '\u{ad}' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}')
        || matches!(symbol, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{180e}' | '\u{307}')
}

fn value_of(symbol: char) -> Option<u8> {
    let symbol = match symbol {
        'ı' | 'İ' | 'i' | 'I' | 'l' | 'L' => '1',
        'o' | 'O' => '0',
        other => other.to_ascii_uppercase(),
    };
    let place = ALPHABET.iter().position(|known| char::from(*known) == symbol)?;
    u8::try_from(place).ok()
}

/// Σ αⁱ·cᵢ over GF(32), by Horner's rule from the last symbol; 0 for a right code.
fn syndrome(symbols: &[u8; SYMBOLS]) -> u8 {
    symbols.iter().rev().fold(0, |sum, symbol| times_alpha(sum) ^ symbol)
}

fn times_alpha(value: u8) -> u8 {
    let shifted = value << 1;
    if shifted & 0b10_0000 == 0 { shifted } else { shifted ^ POLYNOMIAL }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first symbol, 14 zeros but for the given one, and the check symbol that fits.
    fn code_with(first: u8, second: u8) -> [u8; SYMBOLS] {
        let mut symbols = [0; SYMBOLS];
        symbols[0] = value_of(char::from(first)).unwrap();
        symbols[1] = second;
        let check = (0..32).find(|check| {
            symbols[SYMBOLS - 1] = *check;
            syndrome(&symbols) == 0
        });
        symbols[SYMBOLS - 1] = check.unwrap();
        symbols
    }

    fn written(symbols: &[u8; SYMBOLS]) -> String {
        VerificationCode(Zeroizing::new(*symbols)).written().to_string()
    }

    #[test]
    fn every_single_substitution_and_every_swap_is_seen() {
        let mut tried = 0;
        for second in 0..32 {
            let right = code_with(b'S', second);
            assert!(VerificationCode::parse(&written(&right)).is_ok());
            for place in 0..SYMBOLS {
                for value in (0..32).filter(|value| *value != right[place]) {
                    let mut wrong = right;
                    wrong[place] = value;
                    assert_ne!(syndrome(&wrong), 0);
                    tried += 1;
                }
                for other in (0..place).filter(|other| right[*other] != right[place]) {
                    let mut wrong = right;
                    wrong.swap(place, other);
                    assert_ne!(syndrome(&wrong), 0);
                }
            }
        }
        assert_eq!(tried, 32 * 16 * 31);
    }

    #[test]
    fn what_people_paste_is_put_right() {
        let right = written(&code_with(b'S', 1));
        let spread = right.replace('-', " \u{a0}\u{200b}–\u{2011}");
        let alike = spread.replace('1', "İ").replacen('0', "o", 3).replacen('0', "O", 2);
        let parsed = VerificationCode::parse(&alike).unwrap();
        assert_eq!(*parsed.written(), right);
        assert_eq!(parsed.environment().unwrap(), Environment::Sandbox);
        let wide: String =
            right
                .chars()
                .map(|c| {
                    if c.is_ascii_alphanumeric() { char::from_u32(u32::from(c) + 0xfee0).unwrap() } else { c }
                })
                .collect();
        assert_eq!(*VerificationCode::parse(&wide).unwrap().written(), right);
    }

    #[test]
    fn anything_else_is_malformed_and_never_printed() {
        let right = written(&code_with(b'K', 7));
        let other_environment = written(&code_with(b'A', 7));
        for wrong in
            ["", "K", &right[..18], &format!("{right}0"), &right.replace('K', "U"), &other_environment]
        {
            assert_eq!(VerificationCode::parse(wrong).unwrap_err().code(), Code::CodeMalformed, "{wrong}");
        }
        assert_eq!(format!("{:?}", VerificationCode::parse(&right).unwrap()), "VerificationCode(****)");
    }
}
