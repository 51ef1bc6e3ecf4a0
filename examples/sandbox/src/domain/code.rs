//! The doğrulama kodu (protocol, section 4): sixteen symbols of Crockford's base 32, the last one a check over GF(32).

use std::fmt;

use unicode_normalization::UnicodeNormalization;

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH: usize = 16;
const SANDBOX: char = 'S';
const PRODUCTION: char = 'K';

/// A code whose check symbol is right. Its letters appear nowhere but in [`VerificationCode::grouped`].
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct VerificationCode([u8; LENGTH]);

/// Why an input is no code of this service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum CodeError {
    /// Not sixteen symbols.
    #[error("a code has 16 symbols, this has {symbols}")]
    Length {
        /// How many were left after cleaning.
        symbols: usize,
    },
    /// A character outside the alphabet.
    #[error("symbol {place} is not of the alphabet")]
    Symbol {
        /// Its place, counted from one.
        place: usize,
    },
    /// The check symbol does not fit: something was mistyped.
    #[error("the check symbol does not fit")]
    Check,
    /// A code of another environment, or of a version that is not known.
    #[error("the code belongs to another environment")]
    Environment {
        /// Whether it is one of the production service.
        production: bool,
    },
}

impl VerificationCode {
    /// A new code of the sandbox from 14 random symbols; of each octet five bits are used.
    pub(crate) fn from_random(random: [u8; LENGTH - 2]) -> Self {
        let mut symbols = [0; LENGTH];
        symbols[0] = symbol_value(SANDBOX).expect("S is a symbol");
        for (symbol, octet) in symbols[1..].iter_mut().zip(random) {
            *symbol = octet & 0x1F;
        }
        // c15 = α^-15 · Σ αⁱ·cᵢ, and α³¹ = 1.
        symbols[LENGTH - 1] = multiply(weighted_sum(&symbols[..LENGTH - 1]), power(16));
        Self(symbols)
    }

    /// Cleans what a person typed or pasted, then checks it.
    pub(crate) fn parse(input: &str) -> Result<Self, CodeError> {
        let cleaned: Vec<char> = input.nfkc().filter(|character| !is_skipped(*character)).collect();
        if cleaned.len() != LENGTH {
            return Err(CodeError::Length { symbols: cleaned.len() });
        }
        let mut symbols = [0; LENGTH];
        for (index, (symbol, character)) in symbols.iter_mut().zip(cleaned).enumerate() {
            *symbol = symbol_value(character).ok_or(CodeError::Symbol { place: index + 1 })?;
        }
        if weighted_sum(&symbols) != 0 {
            return Err(CodeError::Check);
        }
        match char::from(ALPHABET[usize::from(symbols[0])]) {
            SANDBOX => Ok(Self(symbols)),
            first => Err(CodeError::Environment { production: first == PRODUCTION }),
        }
    }

    /// `XXXX-XXXX-XXXX-XXXX`, for the one answer that shows it.
    pub(crate) fn grouped(&self) -> String {
        let mut text = String::with_capacity(LENGTH + 3);
        for (index, symbol) in self.0.iter().enumerate() {
            if index > 0 && index % 4 == 0 {
                text.push('-');
            }
            text.push(char::from(ALPHABET[usize::from(*symbol)]));
        }
        text
    }

    /// What is hashed: one octet a symbol.
    pub(crate) fn symbols(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for VerificationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("VerificationCode(…)")
    }
}

/// White space, dashes and what cannot be seen; U+0307 is what is left of a decomposed `i̇`.
fn is_skipped(character: char) -> bool {
    character.is_whitespace()
        || matches!(character, '-' | '\u{AD}' | '\u{307}' | '\u{200B}'..='\u{200F}' | '\u{2010}'..='\u{2015}')
        || matches!(character, '\u{2060}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FEFF}' | '_')
}

fn symbol_value(character: char) -> Option<u8> {
    let canonical = match character {
        'ı' | 'İ' | 'i' | 'I' | 'l' | 'L' => '1',
        'o' | 'O' => '0',
        other => other.to_ascii_uppercase(),
    };
    let place = ALPHABET.iter().position(|symbol| char::from(*symbol) == canonical)?;
    u8::try_from(place).ok()
}

/// Σ αⁱ·cᵢ over GF(32).
fn weighted_sum(symbols: &[u8]) -> u8 {
    symbols.iter().rev().fold(0, |sum, symbol| multiply(sum, 2) ^ symbol)
}

fn power(exponent: u32) -> u8 {
    (0..exponent).fold(1, |value, _| multiply(value, 2))
}

/// Multiplication modulo x⁵ + x² + 1.
fn multiply(left: u8, right: u8) -> u8 {
    let mut product = 0;
    let mut shifted = left;
    for bit in 0..5 {
        if right & (1 << bit) != 0 {
            product ^= shifted;
        }
        shifted <<= 1;
        if shifted & 0x20 != 0 {
            shifted ^= 0b10_0101;
        }
    }
    product
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(seed: u8) -> VerificationCode {
        VerificationCode::from_random(std::array::from_fn(|index| {
            seed.wrapping_mul(37).wrapping_add(u8::try_from(index).unwrap().wrapping_mul(91))
        }))
    }

    #[test]
    fn no_substitution_and_no_swap_is_missed() {
        for seed in 0..50 {
            let code = sample(seed).0;
            assert_eq!(weighted_sum(&code), 0);
            for place in 0..LENGTH {
                for other in (0..32).filter(|symbol| *symbol != code[place]) {
                    let mut wrong = code;
                    wrong[place] = other;
                    assert_ne!(weighted_sum(&wrong), 0);
                }
                for second in (place + 1..LENGTH).filter(|second| code[place] != code[*second]) {
                    let mut wrong = code;
                    wrong.swap(place, second);
                    assert_ne!(weighted_sum(&wrong), 0);
                }
            }
        }
    }

    #[test]
    fn what_people_type_is_cleaned() {
        let code = VerificationCode::from_random([1, 1, 1, 0, 0, 9, 20, 31, 1, 0, 7, 8, 2, 3]);
        let grouped = code.grouped();
        assert!(grouped.starts_with("S111-00"), "{grouped}");
        for typed in [
            grouped.clone(),
            grouped.replace('-', " "),
            grouped.replace('-', "\u{2013}\u{200B}"),
            grouped.to_ascii_lowercase(),
            grouped.replace('1', "ı").replace('0', "o"),
            grouped.replace('1', "İ").replace('0', "O"),
            grouped.replace('1', "i\u{307}"),
            grouped.replace('1', "l").replace('S', "Ｓ"),
        ] {
            assert_eq!(VerificationCode::parse(&typed), Ok(code.clone()), "{typed}");
        }
    }

    #[test]
    fn each_fault_has_its_name() {
        let grouped = sample(3).grouped();
        assert_eq!(VerificationCode::parse(&grouped[..18]), Err(CodeError::Length { symbols: 15 }));
        assert_eq!(
            VerificationCode::parse(&grouped.replacen('S', "U", 1)),
            Err(CodeError::Symbol { place: 1 })
        );
        let mut other = sample(3).0;
        other[0] = symbol_value(PRODUCTION).unwrap();
        other[LENGTH - 1] = multiply(weighted_sum(&other[..LENGTH - 1]), power(16));
        let error = VerificationCode::parse(&VerificationCode(other).grouped());
        assert_eq!(error, Err(CodeError::Environment { production: true }));
        let mut swapped: Vec<char> = sample(3).grouped().chars().collect();
        swapped.swap(1, 2);
        let swapped: String = swapped.into_iter().collect();
        assert_eq!(VerificationCode::parse(&swapped), Err(CodeError::Check));
    }

    #[test]
    fn debug_tells_nothing() {
        assert_eq!(format!("{:?}", sample(1)), "VerificationCode(…)");
    }
}
