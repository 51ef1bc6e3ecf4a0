//! Text files of the checkout, and the programs in its pages.

use std::{fs, path::Path};

use crate::shell;

/// A file, named from the root of the checkout or by its whole path.
pub(crate) fn read(place: impl AsRef<Path>) -> Result<String, String> {
    let place = place.as_ref();
    fs::read_to_string(shell::root().join(place)).map_err(|error| format!("{}: {error}", place.display()))
}

/// What stands in the fences of this language, in the order of the page.
pub(crate) fn blocks<'a>(page: &'a str, language: &str) -> Vec<&'a str> {
    let fence = format!("\n```{language}\n");
    page.split(fence.as_str()).skip(1).filter_map(|rest| rest.split("\n```\n").next()).collect()
}

#[cfg(test)]
mod tests {
    use super::blocks;

    #[test]
    fn the_blocks_of_one_language_are_found_in_order() {
        let page = "x\n```c\none\n\nline\n```\ny\n```cpp\nother\n```\n\n```c\ntwo\n```\n";
        assert_eq!(blocks(page, "c"), ["one\n\nline", "two"]);
        assert_eq!(blocks(page, "cpp"), ["other"]);
        assert!(blocks(page, "rust").is_empty());
    }
}
