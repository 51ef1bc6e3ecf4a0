//! The wheel of the Python package.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{shell, shipped};

const PACKAGE: &str = "bindings/python";

/// Builds the wheel of this profile with the maturin of the environment.
pub(crate) fn build(environment: &Path, profile: &str) -> Result<PathBuf, String> {
    let folder = shell::target().join("python").join(profile);
    // What an older version left there is not ours.
    let _ = fs::remove_dir_all(&folder);
    let mut maturin = Command::new(environment.join("bin/maturin"));
    maturin.args(["build", "--locked", "--profile", profile, "--out"]).arg(&folder);
    shipped::settings(&mut maturin, profile);
    shell::capture(maturin.current_dir(shell::root().join(PACKAGE)))?;
    let entries = fs::read_dir(&folder).map_err(|error| error.to_string())?;
    let mut wheels = entries.filter_map(|entry| Some(entry.ok()?.path()));
    wheels.next().ok_or_else(|| "maturin made no wheel".to_owned())
}
