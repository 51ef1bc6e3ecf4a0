//! The rules of docs/adr/0009-uniffi.md, held against the sources.

use std::{fs, path::Path};

const UNSIGNED: [&str; 6] = ["u8", "u16", "u32", "u64", "u128", "usize"];
const KEYWORDS: &str = "alignas alignof auto bool break case char const constexpr continue default do double else \
    enum extern false float for goto if inline int long nullptr register restrict return short signed sizeof static \
    struct switch thread_local true typedef typeof union unsigned void volatile while asm fortran";

/// Every source with its name.
#[expect(clippy::unwrap_used, reason = "a test")]
fn sources() -> Vec<(String, String)> {
    let mut sources = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                sources.push((path.display().to_string(), fs::read_to_string(&path).unwrap()));
            }
        }
    }
    sources
}

/// What follows each `#[uniffi::export]`, to the end of its item.
fn exported(source: &str) -> Vec<&str> {
    let items = source.split("#[uniffi::export]\n").skip(1);
    items.map(|rest| rest.split("\n}\n").next().unwrap_or(rest)).collect()
}

/// The signatures of an item, each with its name, its arguments and what it answers.
#[expect(clippy::unwrap_used, reason = "a test")]
fn signatures(item: &str) -> Vec<(String, String, String)> {
    let functions = item.split("pub fn ").skip(1);
    let parts = functions.map(|rest| {
        let (name, rest) = rest.split_once('(').unwrap();
        let (arguments, rest) = rest.split_once(')').unwrap();
        let answer = rest.split_once('{').unwrap().0;
        (
            name.to_owned(),
            arguments.split_whitespace().collect::<Vec<_>>().join(" "),
            answer.trim().to_owned(),
        )
    });
    parts.collect()
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|character: char| !character.is_alphanumeric() && character != '_')
}

/// Octets cross as octets; no other number may be without a sign.
fn has_unsigned(text: &str) -> bool {
    words(&text.replace("Vec<u8>", "octets")).any(|word| UNSIGNED.contains(&word))
}

#[test]
fn every_function_may_fail_and_takes_no_unsigned_number() {
    let mut count = 0;
    for (file, source) in sources() {
        for (name, arguments, answer) in exported(&source).into_iter().flat_map(signatures) {
            count += 1;
            let makes_a_plain_object = name == "new" && answer == "-> Arc<Self>";
            assert!(answer.starts_with("-> Result<") || makes_a_plain_object, "{file}: {name} {answer}");
            assert!(
                !has_unsigned(&arguments) && !has_unsigned(&answer),
                "{file}: {name}({arguments}) {answer}"
            );
            let names = arguments.split(", ").filter_map(|argument| argument.split_once(": "));
            for (argument, _) in names {
                assert!(
                    !KEYWORDS.split_whitespace().any(|word| word == argument),
                    "{file}: {name}({argument})"
                );
            }
        }
    }
    assert!(count > 60, "only {count} functions were found");
}

#[test]
fn records_hold_no_unsigned_number_and_nothing_is_asynchronous() {
    let mut count = 0;
    for (file, source) in sources() {
        for line in source.lines().filter(|line| line.starts_with("    pub ") && line.ends_with(',')) {
            count += 1;
            assert!(!has_unsigned(line), "{file}: {line}");
        }
        assert!(!words(&source).any(|word| word == "async"), "{file}");
        let comments = source.lines().filter(|line| line.trim_start().starts_with("///"));
        for comment in comments {
            assert!(!comment.contains("/*") && !comment.contains("*/"), "{file}: {comment}");
        }
    }
    assert!(count > 80, "only {count} fields were found");
}
