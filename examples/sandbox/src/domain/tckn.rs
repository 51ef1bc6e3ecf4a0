//! The check digits of a T.C. kimlik numarası.

/// Eleven digits, no leading zero, both check digits right.
pub(crate) fn has_valid_checksum(tckn: &str) -> bool {
    let digits: Vec<u32> = tckn.chars().filter_map(|character| character.to_digit(10)).collect();
    if tckn.len() != 11 || digits.len() != 11 || digits[0] == 0 {
        return false;
    }
    let odd: u32 = digits[..9].iter().step_by(2).sum();
    let even: u32 = digits[1..8].iter().step_by(2).sum();
    // Seven times the odd places is at least 7, the even ones are at most 36: 40 keeps the difference positive.
    let tenth = (odd * 7 + 40 - even) % 10;
    let eleventh = digits[..10].iter().sum::<u32>() % 10;
    tenth == digits[9] && eleventh == digits[10]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_examples() {
        for good in ["10000000146", "17291716060", "12345678950"] {
            assert!(has_valid_checksum(good), "{good}");
        }
        for bad in
            ["11111111111", "11111111101", "10000000111", "01234567890", "1000000014", "1000000014x", ""]
        {
            assert!(!has_valid_checksum(bad), "{bad}");
        }
    }
}
