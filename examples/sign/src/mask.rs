//! What cards and certificates say, without the numbers that name a person.

/// Shorter numbers name nobody; a TCKN has 11 digits, a tax number 10.
const LONGEST_SHOWN: usize = 6;

/// The text with every long number cut to its first three and last two digits: `100******46`.
pub(crate) fn mask(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut digits = String::new();
    for character in text.chars() {
        if character.is_ascii_digit() {
            digits.push(character);
            continue;
        }
        put_number(&mut masked, &digits);
        digits.clear();
        masked.push(character);
    }
    put_number(&mut masked, &digits);
    masked
}

fn put_number(masked: &mut String, digits: &str) {
    if digits.len() <= LONGEST_SHOWN {
        return masked.push_str(digits);
    }
    masked.push_str(&digits[..3]);
    masked.extend(std::iter::repeat_n('*', digits.len() - 5));
    masked.push_str(&digits[digits.len() - 2..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_numbers_are_masked_wherever_they_stand() {
        assert_eq!(mask("10000000146"), "100******46");
        assert_eq!(mask("10000000146NES0"), "100******46NES0");
        assert_eq!(mask("Işıl 10000000146 Çağrı"), "Işıl 100******46 Çağrı");
        assert_eq!(mask("ACS ACR39U 00 00"), "ACS ACR39U 00 00");
    }
}
