//! The programs that the tests start: built together, with the features of the whole workspace as `cargo test` builds
//! it. Built one by one, each would have other features of its dependencies, which would be compiled anew.

use std::{path::PathBuf, process::Command, sync::OnceLock};

use crate::shell;

/// Beside the binaries: makes a SoftHSM token.
const EXAMPLE: &str = "provision";

/// Builds all of them, once in a run.
pub(crate) fn build() -> Result<(), String> {
    static BUILT: OnceLock<Result<(), String>> = OnceLock::new();
    BUILT.get_or_init(|| built(&["--bins"])).clone()
}

/// Builds only what writes the sources of the languages, and gives it.
pub(crate) fn bindgen() -> Result<Command, String> {
    const NAME: &str = "uniffi-bindgen";
    built(&["--bin", NAME])?;
    Ok(command(NAME))
}

/// The example is named each time: with it cargo takes the features of tests too.
fn built(which: &[&str]) -> Result<(), String> {
    let build = ["build", "--quiet", "--workspace", "--example", EXAMPLE];
    shell::run(shell::cargo().args(build).args(which))
}

/// A binary as it was built.
pub(crate) fn path(name: &str) -> PathBuf {
    shell::target().join("debug").join(name)
}

/// The program that makes a SoftHSM token.
pub(crate) fn provision() -> PathBuf {
    shell::target().join("debug/examples").join(EXAMPLE)
}

/// A binary, to be started in the checkout.
pub(crate) fn command(name: &str) -> Command {
    let mut command = Command::new(path(name));
    command.current_dir(shell::root());
    command
}
