//! Every error code stands in the document, in the header and in each language's own table, and nowhere another.

use std::collections::BTreeSet;

use crate::text;

/// A number with its name in capitals.
type Entry = (i32, String);
/// How a line of a table is read.
type Reader = fn(&str) -> Option<Entry>;

/// The tables that people read in their editor.
const TABLES: [(&str, Reader); 4] = [
    ("include/kamusm.h", header),
    ("bindings/kotlin/src/main/kotlin/tr/kamusm/Code.kt", kotlin),
    ("bindings/python/python/kamusm/code.py", python),
    ("bindings/swift/Sources/Kamusm/CodeTable.swift", swift),
];

/// docs/errors.md is generated from the core; the others are held against it.
pub(super) fn equal() -> Result<(), String> {
    let wanted = entries(&text::read("docs/errors.md")?, document);
    if wanted.len() < 100 {
        return Err(format!("docs/errors.md has only {} codes", wanted.len()));
    }
    for (place, reader) in TABLES {
        let found = entries(&text::read(place)?, reader);
        if let Some((number, name)) = wanted.symmetric_difference(&found).next() {
            return Err(format!("{place} and docs/errors.md differ in {name} ({number})"));
        }
    }
    Ok(())
}

fn entries(text: &str, reader: Reader) -> BTreeSet<Entry> {
    text.lines().filter_map(|line| reader(line.trim())).collect()
}

/// `| -1 | `NULL` | …`
fn document(line: &str) -> Option<Entry> {
    let mut cells = line.strip_prefix("| ")?.split(" | ");
    entry(cells.next()?, cells.next()?.trim_matches('`'))
}

/// `KAMUSM_RESULT_NULL = -1,`
fn header(line: &str) -> Option<Entry> {
    let (name, number) = line.strip_prefix("KAMUSM_RESULT_")?.split_once(" = ")?;
    entry(number.trim_end_matches(','), name)
}

/// `UNREACHABLE(-100, true),`
fn kotlin(line: &str) -> Option<Entry> {
    let (name, rest) = line.split_once('(')?;
    entry(rest.split([',', ')']).next()?, name)
}

/// `NULL = -1`
fn python(line: &str) -> Option<Entry> {
    let (name, number) = line.split_once(" = ")?;
    entry(number, name)
}

/// `public static let bufferTooSmall = Code(rawValue: -6)`
fn swift(line: &str) -> Option<Entry> {
    let (name, number) = line.strip_prefix("public static let ")?.split_once(" = Code(rawValue: ")?;
    let mut capitals = String::new();
    for letter in name.trim_matches('`').chars() {
        if letter.is_ascii_uppercase() {
            capitals.push('_');
        }
        capitals.push(letter.to_ascii_uppercase());
    }
    entry(number.trim_end_matches(')'), &capitals)
}

/// Errors are negative; what else looks like one is none.
fn entry(number: &str, name: &str) -> Option<Entry> {
    let number = number.parse().ok().filter(|number| *number < 0)?;
    let capitals = |octet: u8| octet.is_ascii_uppercase() || octet.is_ascii_digit() || octet == b'_';
    name.bytes().all(capitals).then(|| (number, name.to_owned()))
}
