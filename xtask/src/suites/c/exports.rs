//! What the library exports: the committed list, the header, and the guard in every body.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use super::declaration::Function;
use crate::{install, shell};

const BEGIN: &str = "extern \"C\" fn ";

/// The dynamic symbols of the library, the committed list and the functions of the header are the same.
pub(super) fn symbols(library: &Path, functions: &[Function]) -> Result<(), String> {
    let listing = shell::capture(Command::new("nm").args(["-D", "--defined-only"]).arg(library))?;
    let exported: BTreeSet<&str> =
        listing.lines().filter_map(|line| line.split_whitespace().nth(2)).collect();
    let committed =
        fs::read_to_string(shell::root().join("ffi/symbols.txt")).map_err(|error| error.to_string())?;
    let committed: BTreeSet<&str> = committed.lines().collect();
    let declared: BTreeSet<&str> = functions.iter().map(|function| function.name.as_str()).collect();
    for (one, other, what) in [
        (&exported, &committed, "is exported but not in ffi/symbols.txt"),
        (&committed, &exported, "is in ffi/symbols.txt but not exported"),
        (&exported, &declared, "is exported but not in the header"),
        (&declared, &exported, "is in the header but not exported"),
    ] {
        if let Some(name) = one.difference(other).next() {
            return Err(format!("{name} {what}"));
        }
    }
    Ok(())
}

/// Every exported body is one call of the guard, and nothing stands outside of it.
pub(super) fn guards(functions: &[Function]) -> Result<(), String> {
    let mut guarded = BTreeSet::new();
    for source in sources(&shell::root().join("ffi/src"))? {
        for (place, _) in source.match_indices(BEGIN) {
            let rest = &source[place + BEGIN.len()..];
            let name = rest.split('(').next().unwrap_or_default();
            // rustfmt ends an item at the first brace of column 0.
            let body =
                rest.split_once("{\n").and_then(|(_, body)| body.split_once("\n}")).map(|(body, _)| body);
            if !body.is_some_and(is_guarded) {
                return Err(format!("the body of {name} is not one call of the guard"));
            }
            guarded.insert(name.to_owned());
        }
    }
    match functions.iter().find(|function| !guarded.contains(&function.name)) {
        Some(function) => Err(format!("{} was not found in the sources", function.name)),
        None => Ok(()),
    }
}

/// Constants, then one expression that begins with the guard and ends with its bracket.
fn is_guarded(body: &str) -> bool {
    let mut lines = body.lines().skip_while(|line| line.trim_start().starts_with("const "));
    let first = lines.next().unwrap_or_default();
    let begins = ["    guard(error, || ", "    guard_value(", "    guard_void(|| "];
    let rest: Vec<&str> = lines.collect();
    let last = rest.last().unwrap_or(&first);
    begins.iter().any(|begin| first.starts_with(begin))
        && last.trim_end_matches(';').ends_with(')')
        && rest.iter().rev().skip(1).all(|line| line.starts_with("     ") || line.is_empty())
}

/// Every function but the versions is used by the C++ headers.
pub(super) fn wrapped(functions: &[Function]) -> Result<(), String> {
    let include = shell::root().join("include");
    let read = |header: PathBuf| fs::read_to_string(include.join(header)).map_err(|error| error.to_string());
    let headers = install::headers().map_err(|error| error.to_string())?;
    let parts = headers.into_iter().filter(|header| header.extension().is_some_and(|end| end == "hpp"));
    let wrapper = parts.map(read).collect::<Result<Vec<_>, _>>()?.join("\n");
    let words: BTreeSet<&str> = wrapper.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').collect();
    let mut functions = functions.iter().map(|function| function.name.as_str());
    match functions.find(|name| !words.contains(name) && !name.ends_with("version")) {
        Some(name) => Err(format!("{name} is not in include/kamusm.hpp or its parts")),
        None => Ok(()),
    }
}

fn sources(folder: &Path) -> Result<Vec<String>, String> {
    let mut texts = Vec::new();
    for entry in fs::read_dir(folder).map_err(|error| error.to_string())? {
        let path = entry.map_err(|error| error.to_string())?.path();
        if path.is_dir() {
            texts.extend(sources(&path)?);
        } else {
            texts.push(fs::read_to_string(&path).map_err(|error| error.to_string())?);
        }
    }
    Ok(texts)
}
