//! The runner of the instruction counts, built from the Rust registry.

use std::{path::PathBuf, process::Command};

use crate::shell;

/// Must be that of the library `gungraun` in Cargo.toml.
const VERSION: &str = "0.20.0";

pub(crate) fn prepare() -> Result<(), String> {
    let found = shell::capture(Command::new(runner()).arg("--version"));
    if found.is_ok_and(|text| text.trim().ends_with(VERSION)) {
        return Ok(());
    }
    println!("setup: builds gungraun-runner {VERSION} (some minutes)");
    // Unoptimised and never debugged: it only starts valgrind and reads what that has counted.
    let install =
        ["install", "--quiet", "--locked", "--force", "--debug", "gungraun-runner", "--version", VERSION];
    let mut cargo = shell::cargo();
    cargo.args(install).arg("--root").arg(folder()).env("CARGO_PROFILE_DEV_DEBUG", "0");
    shell::capture(&mut cargo).map(drop)
}

/// Where the runner is once it is prepared.
pub(crate) fn runner() -> PathBuf {
    folder().join("bin/gungraun-runner")
}

fn folder() -> PathBuf {
    shell::target().join("gungraun")
}
