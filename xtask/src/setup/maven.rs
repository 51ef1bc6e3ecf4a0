//! Libraries of Maven Central, copied into folders.

use std::{path::PathBuf, process::Command};

use super::cached::Cached;
use crate::shell;

/// EU DSS.
const JUDGE: Cached = Cached { folder: "judges/dss", list: "tests/judges/dss/pom.xml" };

/// Maven's own versions of its plugins differ from Debian to Debian.
const COPY: &str = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies";

pub(crate) fn prepare() -> Result<(), String> {
    JUDGE.prepare(|pom, folder| {
        let option = |name: &str, value: PathBuf| format!("-D{name}={}", value.display());
        let mut command = Command::new("mvn");
        command.args(["--batch-mode", "--quiet", "--strict-checksums", "--file"]).arg(pom).arg(COPY);
        command.arg(option("maven.repo.local", shell::target().join("maven")));
        command.arg(option("outputDirectory", folder.to_path_buf()));
        shell::capture(&mut command).map(drop)
    })
}

/// The class path of EU DSS.
pub(crate) fn judge() -> Option<PathBuf> {
    Some(JUDGE.ready()?.join("*"))
}
