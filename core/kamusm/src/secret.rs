//! Masks for what may stand in a log or on a screen of somebody else.

/// The value with all but its last `shown` characters replaced by `*`.
pub fn masked(value: &str, shown: usize) -> String {
    let hidden = value.chars().count().saturating_sub(shown);
    value.chars().enumerate().map(|(place, symbol)| if place < hidden { '*' } else { symbol }).collect()
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn only_the_end_is_left() {
        assert_eq!(masked("10000000146", 2), "*********46");
        assert_eq!(masked("1", 2), "1");
        assert_eq!(masked("çğı", 1), "**ı");
    }
}
