//! Mobile numbers of Türkiye as people write them: `0532 123 45 67`, `+90 (532) 123 45 67`, `00905321234567`.

/// `+905XXXXXXXXX`, or nothing where it is no such number.
pub(crate) fn canonical(written: &str) -> Option<String> {
    let mut digits = String::new();
    for (place, character) in written.trim().chars().enumerate() {
        match character {
            '0'..='9' => digits.push(character),
            '+' if place == 0 => digits.push_str("00"),
            ' ' | '\u{A0}' | '(' | ')' | '-' | '.' => {}
            _ => return None,
        }
    }
    let national = digits
        .strip_prefix("0090")
        .or_else(|| digits.strip_prefix("90").filter(|rest| rest.len() == 10))
        .or_else(|| digits.strip_prefix('0'))
        .unwrap_or(&digits);
    (national.len() == 10 && national.starts_with('5')).then(|| format!("+90{national}"))
}

/// Whether it is written as it is kept.
pub(crate) fn is_canonical(value: &str) -> bool {
    canonical(value).as_deref() == Some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_number_has_many_spellings() {
        for written in [
            "0532 123 45 67",
            "+90 (532) 123 45 67",
            "5321234567",
            "00905321234567",
            "905321234567",
            " 0532-123-45-67 ",
        ] {
            assert_eq!(canonical(written).as_deref(), Some("+905321234567"), "{written}");
        }
        for written in
            ["", "0262 648 18 18", "532123456", "53212345678", "0532 123 45 6a", "5+321234567", "٠٥٣٢١٢٣٤٥٦٧"]
        {
            assert_eq!(canonical(written), None, "{written}");
        }
    }
}
