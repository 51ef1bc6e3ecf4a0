//! `cargo xtask errors`: writes docs/errors.md from the core's list, or compares.

use crate::{programs, shell};

const PLACE: &str = "docs/errors.md";

pub(crate) fn run(check: bool) -> Result<(), String> {
    let document = shell::capture(&mut programs::example("errors")?)?;
    shell::generated(PLACE, &document, check, "cargo xtask errors")
}
