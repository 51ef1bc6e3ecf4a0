//! T.C. kimlik numarası: eleven digits, the last two of them check digits.

/// Whether the check digits are right.
pub(crate) fn is_right(tckn: &str) -> bool {
    let digits: Vec<u32> = tckn.chars().map_while(|character| character.to_digit(10)).collect();
    let Ok([a, b, c, d, e, f, g, h, i, tenth, eleventh]) = <[u32; 11]>::try_from(digits) else {
        return false;
    };
    let odd = a + c + e + g + i;
    let even = b + d + f + h;
    // Ten times the even places keeps the difference above zero.
    let is_tenth = (odd * 7 + even * 9) % 10 == tenth;
    tckn.len() == 11 && a != 0 && is_tenth && (odd + even + tenth) % 10 == eleventh
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits_tell() {
        for right in ["10000000146", "17291716060", "12345678950"] {
            assert!(is_right(right), "{right}");
        }
        for wrong in [
            "11111111111",
            "11111111101",
            "10000000111",
            "1000000014",
            "100000001460",
            "1000000014x",
            "0",
            "",
        ] {
            assert!(!is_right(wrong), "{wrong}");
        }
    }
}
