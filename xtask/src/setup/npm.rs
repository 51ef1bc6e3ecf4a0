//! axe-core of npm, which finds barriers in pages.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use super::cached::Cached;
use crate::shell;

const AXE: Cached = Cached { folder: "npm", list: "tests/browser/package-lock.json" };

pub(crate) fn prepare() -> Result<(), String> {
    if AXE.ready().is_none() && shell::find("npm").is_none() {
        // Not in the list of packages: other builds of Node.js bring a npm that Debian's conflicts with.
        super::install(&["npm"])?;
    }
    AXE.prepare(|lock, folder| {
        for name in ["package.json", "package-lock.json"] {
            fs::copy(lock.with_file_name(name), folder.join(name)).map_err(|error| error.to_string())?;
        }
        install(folder)
    })
}

fn install(folder: &Path) -> Result<(), String> {
    let arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
    shell::capture(Command::new("npm").args(arguments).current_dir(folder)).map(drop)
}

/// The folder, if it is there.
pub(crate) fn ready() -> Option<PathBuf> {
    AXE.ready()
}
