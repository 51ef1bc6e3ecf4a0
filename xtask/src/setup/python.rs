//! Packages of PyPI: each place has a list with everything it needs at one version, and nothing is resolved.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use super::cached::Cached;
use crate::shell;

/// pyHanko, installed.
const JUDGE: Cached = Cached { folder: "judges/venv", list: "tests/judges/pyhanko/requirements.txt" };
/// Schemathesis, installed.
const SCHEMA: Cached = Cached { folder: "schema/venv", list: "tests/schema/requirements.txt" };
/// What builds and tests the Python package, to be installed anew for every run.
const TOOLS: Cached = Cached { folder: "python/wheels", list: "bindings/python/requirements.txt" };

pub(crate) fn prepare() -> Result<(), String> {
    let programs = [JUDGE.prepare(installed), SCHEMA.prepare(installed)];
    let tools = TOOLS.prepare(|requirements, folder| {
        let borrowed = tempfile::tempdir().map_err(|error| error.to_string())?;
        environment(borrowed.path())?;
        let download = ["download", "--quiet", "--only-binary", ":all:", "--no-deps", "--requirement"];
        shell::capture(pip(borrowed.path()).args(download).arg(requirements).arg("--dest").arg(folder))
            .map(drop)
    });
    programs.into_iter().chain([tools]).collect()
}

fn installed(requirements: &Path, folder: &Path) -> Result<(), String> {
    environment(folder)?;
    install(folder, &["--requirement", &requirements.display().to_string()])?;
    shell::capture(pip(folder).arg("check")).map(drop)
}

/// The interpreter that finds pyHanko.
pub(crate) fn judge() -> Option<PathBuf> {
    Some(JUDGE.ready()?.join("bin/python"))
}

/// The program that holds a service against its description.
pub(crate) fn schemathesis() -> Option<PathBuf> {
    Some(SCHEMA.ready()?.join("bin/schemathesis"))
}

/// Makes an environment with the tools in this folder, from what setup has fetched and nothing else.
pub(crate) fn with_tools(folder: &Path) -> Result<(), String> {
    let wheels = TOOLS.ready().ok_or("the packages of bindings/python/requirements.txt are missing")?;
    environment(folder)?;
    let (wheels, list) = (wheels.display().to_string(), TOOLS.list().display().to_string());
    install(folder, &["--no-index", "--find-links", &wheels, "--requirement", &list])?;
    shell::capture(pip(folder).arg("check")).map(drop)
}

/// Installs only wheels, and only what is named.
pub(crate) fn install(folder: &Path, what: &[&str]) -> Result<(), String> {
    let install = ["install", "--quiet", "--only-binary", ":all:", "--no-deps"];
    shell::capture(pip(folder).args(install).args(what)).map(drop)
}

pub(crate) fn environment(folder: &Path) -> Result<(), String> {
    // The one that Debian's python3-venv belongs to, whichever else comes first in PATH.
    shell::capture(Command::new("/usr/bin/python3").args(["-m", "venv"]).arg(folder)).map(drop)
}

fn pip(folder: &Path) -> Command {
    let mut command = Command::new(folder.join("bin/python"));
    command.args(["-m", "pip", "--disable-pip-version-check"]);
    command
}
