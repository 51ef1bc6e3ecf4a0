//! The public API of the crates as text, committed: a change of it is seen in its diff.

use std::{fs, os::unix::fs::PermissionsExt as _, path::PathBuf};

use crate::shell;

/// Package with the name of its library.
const CRATES: [(&str, &str); 3] =
    [("kamusm", "kamusm"), ("kamusm-cades", "kamusm_cades"), ("kamusm-token", "kamusm_token")];

/// Writes docs/api, or compares with what is committed.
pub(crate) fn run(check: bool) -> Result<(), String> {
    described()?;
    let mut differing = Vec::new();
    for (package, library) in CRATES {
        let text = text(package, library)?;
        let file = shell::root().join("docs/api").join(format!("{package}.txt"));
        if check {
            let committed = fs::read_to_string(&file).unwrap_or_default();
            differing.extend((committed != text).then(|| difference(package, &committed, &text)));
        } else {
            fs::write(&file, text).map_err(|why| format!("{}: {why}", file.display()))?;
        }
    }
    if differing.is_empty() { Ok(()) } else { Err(differing.join("\n")) }
}

/// Writes what rustdoc knows of the whole workspace, and refuses what it warns of: the warnings are those of the pages,
/// which nobody would read here.
fn described() -> Result<(), String> {
    let mut command = shell::cargo();
    command.args(["doc", "--quiet", "--workspace", "--no-deps"]).env("RUSTDOC", rustdoc()?);
    shell::capture(command.env("RUSTDOCFLAGS", "-D warnings -Z unstable-options --output-format json"))
        .map(drop)
}

fn text(package: &str, library: &str) -> Result<String, String> {
    let file = shell::target().join("doc").join(format!("{library}.json"));
    let api = public_api::Builder::from_rustdoc_json(&file)
        .omit_blanket_impls(true)
        .omit_auto_trait_impls(true)
        .omit_auto_derived_impls(true)
        .build()
        .map_err(|why| format!("{package}: {why}"))?;
    Ok(api.to_string())
}

/// rustdoc writes JSON only when asked to be unstable; the compiler itself is not asked, so nothing is built twice.
fn rustdoc() -> Result<PathBuf, String> {
    let told = |why: std::io::Error| why.to_string();
    let script = shell::target().join("rustdoc-json");
    let real = std::env::var("RUSTDOC").unwrap_or_else(|_| "rustdoc".to_owned());
    fs::write(&script, format!("#!/bin/sh\nRUSTC_BOOTSTRAP=1 exec {real} \"$@\"\n")).map_err(told)?;
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).map_err(told)?;
    Ok(script)
}

fn difference(package: &str, committed: &str, now: &str) -> String {
    let gone = committed.lines().filter(|line| !now.lines().any(|other| other == *line));
    let new = now.lines().filter(|line| !committed.lines().any(|other| other == *line));
    let lines: Vec<String> =
        gone.map(|line| format!("- {line}")).chain(new.map(|line| format!("+ {line}"))).take(20).collect();
    format!("docs/api/{package}.txt differs; `cargo xtask api` writes it anew\n{}", lines.join("\n"))
}
