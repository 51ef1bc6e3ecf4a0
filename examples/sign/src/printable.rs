//! What goes to the terminal: letters and signs as they are, everything else written out.

use kamusm::text::is_allowed;

/// The text with every character that could steer the terminal or hide something written as `\u{…}`.
///
/// Besides what a text to sign may hold, the Latin letters of names pass: U+00C0 to U+024F and U+1E00 to U+1EFF.
pub(crate) fn printable(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    text.chars().for_each(|character| put(&mut shown, character));
    shown
}

/// Adds one character, at most ten octets.
pub(crate) fn put(shown: &mut String, character: char) {
    if is_shown(character) {
        shown.push(character);
    } else {
        shown.extend(character.escape_unicode());
    }
}

fn is_shown(character: char) -> bool {
    let is_latin = matches!(character, '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}');
    (is_allowed(character) && character != '\n') || (is_latin && character.is_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_steers_a_terminal_passes() {
        assert_eq!(printable("\x1b[2J\r\n\x07"), r"\u{1b}[2J\u{d}\u{a}\u{7}");
        assert_eq!(printable("a\u{202e}b\u{200b}\u{9b}"), r"a\u{202e}b\u{200b}\u{9b}");
        assert_eq!(printable("Işıl Çağrı Öğünç, Dvořák × 2"), r"Işıl Çağrı Öğünç, Dvořák \u{d7} 2");
    }
}
