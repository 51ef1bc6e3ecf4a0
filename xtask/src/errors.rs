//! `cargo xtask errors`: writes docs/errors.md from the core's list, or compares.

use crate::shell;

const PLACE: &str = "docs/errors.md";

pub(crate) fn run(check: bool) -> Result<(), String> {
    let arguments = ["run", "--quiet", "--package", "kamusm", "--example", "errors"];
    let document = shell::capture(shell::cargo().args(arguments))?;
    shell::generated(PLACE, &document, check, "cargo xtask errors")
}
