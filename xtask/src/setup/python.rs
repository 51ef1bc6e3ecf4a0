//! Packages of PyPI, in virtual environments.

use std::{path::PathBuf, process::Command};

use super::cached::Cached;
use crate::shell;

/// pyHanko.
const JUDGE: Cached = Cached { folder: "judges/venv", list: "tests/judges/pyhanko/requirements.txt" };

pub(crate) fn prepare() -> Result<(), String> {
    JUDGE.prepare(|requirements, folder| {
        // The one that Debian's python3-venv belongs to, whichever else comes first in PATH.
        shell::capture(Command::new("/usr/bin/python3").args(["-m", "venv"]).arg(folder))?;
        let pip = || {
            let mut command = Command::new(folder.join("bin/python"));
            command.args(["-m", "pip", "--disable-pip-version-check"]);
            command
        };
        // Only wheels, and only what is listed.
        let install = ["install", "--quiet", "--only-binary", ":all:", "--no-deps", "--requirement"];
        shell::capture(pip().args(install).arg(requirements))?;
        shell::capture(pip().arg("check")).map(drop)
    })
}

/// The interpreter that finds pyHanko.
pub(crate) fn judge() -> Option<PathBuf> {
    Some(JUDGE.ready()?.join("bin/python"))
}
