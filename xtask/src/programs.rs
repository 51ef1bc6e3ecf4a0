//! The programs that the tests start: built together, with the features of the whole workspace as `cargo test` builds
//! it. Built one by one, each would have other features of its dependencies, which would be compiled anew.

use std::{path::PathBuf, process::Command, sync::OnceLock};

use crate::shell;

/// The example that makes a SoftHSM token.
const PROVISION: &str = "provision";

/// Builds all of them, once in a run.
pub(crate) fn build() -> Result<(), String> {
    static BUILT: OnceLock<Result<(), String>> = OnceLock::new();
    BUILT.get_or_init(|| built(&["--bins", "--example", PROVISION])).clone()
}

/// Builds only what writes the sources of the languages. With an example cargo takes the features of tests too.
pub(crate) fn bindgen() -> Result<Command, String> {
    const NAME: &str = "uniffi-bindgen";
    built(&["--bin", NAME, "--example", PROVISION])?;
    Ok(command(NAME))
}

/// Builds only an example.
pub(crate) fn example(name: &str) -> Result<Command, String> {
    built(&["--example", name])?;
    Ok(Command::new(examples().join(name)))
}

fn built(which: &[&str]) -> Result<(), String> {
    shell::run(shell::cargo().args(["build", "--quiet", "--workspace"]).args(which))
}

/// A binary as it was built.
pub(crate) fn path(name: &str) -> PathBuf {
    shell::target().join("debug").join(name)
}

/// The program that makes a SoftHSM token.
pub(crate) fn provision() -> PathBuf {
    examples().join(PROVISION)
}

fn examples() -> PathBuf {
    shell::target().join("debug/examples")
}

/// A binary, to be started in the checkout.
pub(crate) fn command(name: &str) -> Command {
    let mut command = Command::new(path(name));
    command.current_dir(shell::root());
    command
}
