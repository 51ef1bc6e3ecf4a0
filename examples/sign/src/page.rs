//! A text cut into pages of the terminal's size. Nothing is left out: only line breaks are added.

/// Stands before each line, so that no text can pass itself off as the program's own words.
pub(crate) const MARGIN: &str = "| ";

/// The pages of a text: each at most `height` lines of at most `width` characters, the margin included.
pub(crate) fn pages(text: &str, width: usize, height: usize) -> Vec<Vec<String>> {
    let room = width.saturating_sub(MARGIN.len()).max(1);
    // The line feed at the end of the last line does not begin another one.
    let text = text.strip_suffix('\n').unwrap_or(text);
    let lines: Vec<String> = text.split('\n').flat_map(|line| wrapped(line, room)).collect();
    lines.chunks(height.max(1)).map(<[String]>::to_vec).collect()
}

/// One line broken at spaces, and within words that are longer than a line.
pub(crate) fn wrapped(line: &str, width: usize) -> Vec<String> {
    let characters: Vec<char> = line.chars().collect();
    let mut lines = Vec::new();
    let mut rest = characters.as_slice();
    while rest.len() > width {
        let space = rest[..=width].iter().rposition(|character| *character == ' ');
        // The space at which a line breaks is not shown.
        let (line, next) = match space.filter(|place| *place > 0) {
            Some(place) => (place, place + 1),
            None => (width, width),
        };
        lines.push(rest[..line].iter().collect());
        rest = &rest[next..];
    }
    lines.push(rest.iter().collect());
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Aşağıda yazılı bütün bilgilerin doğru olduğunu beyan ederim.\n\n  girinti: ĞÜŞİÖÇ\n";

    #[test]
    fn nothing_but_the_breaking_spaces_is_lost() {
        for width in 3..80 {
            let pages = pages(TEXT, width, 4);
            let lines: Vec<&String> = pages.iter().flatten().collect();
            assert!(lines.iter().all(|line| line.chars().count() + 2 <= width.max(3)), "width {width}");
            let shown: String = lines.iter().flat_map(|line| line.chars()).filter(|c| *c != ' ').collect();
            let whole: String = TEXT.chars().filter(|c| !c.is_whitespace()).collect();
            assert_eq!(shown, whole, "width {width}");
        }
    }

    #[test]
    fn a_page_has_at_most_its_height_and_empty_lines_stay() {
        let pages = pages(TEXT, 200, 2);
        assert_eq!(pages.len(), 2);
        assert_eq!(pages[0][1], "");
        assert_eq!(pages[1], ["  girinti: ĞÜŞİÖÇ"]);
    }

    #[test]
    fn long_words_are_cut_and_lines_break_at_the_last_space() {
        assert_eq!(wrapped("abcdef", 4), ["abcd", "ef"]);
        assert_eq!(wrapped("ab cd ef", 5), ["ab cd", "ef"]);
        assert_eq!(wrapped("", 5), [""]);
    }
}
