//! Libraries of Maven Central, copied into folders.

use std::{
    fs::File,
    path::{Path, PathBuf},
    process::Command,
};

use super::cached::Cached;
use crate::shell;

/// EU DSS.
const JUDGE: Cached = Cached { folder: "judges/dss", list: "tests/judges/dss/pom.xml" };

/// Maven's own versions of its plugins differ from Debian to Debian.
const COPY: &str = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies";

pub(crate) fn prepare() -> Result<(), String> {
    JUDGE.prepare(|pom, folder| run(build(pom).arg(COPY).arg(define("outputDirectory", folder))).map(drop))
}

/// Maven with a project, and with a repository that belongs to this checkout.
pub(crate) fn build(pom: &Path) -> Command {
    let mut command = Command::new("mvn");
    command.args(["--batch-mode", "--quiet", "--strict-checksums", "--file"]).arg(pom);
    command.arg(define("maven.repo.local", &shell::target().join("maven")));
    // Short work in little memory.
    command.env("MAVEN_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx1g");
    command
}

/// One Maven at a time, of all that use the repository: it is not made for two.
pub(crate) fn run(command: &mut Command) -> Result<String, String> {
    let failed = |error: std::io::Error| format!("the lock of Maven's repository: {error}");
    let lock = File::create(shell::target().join("maven.lock")).map_err(failed)?;
    lock.lock().map_err(failed)?;
    shell::capture(command)
}

/// `-Dname=value`.
pub(crate) fn define(name: &str, value: &Path) -> String {
    format!("-D{name}={}", value.display())
}

/// The class path of EU DSS.
pub(crate) fn judge() -> Option<PathBuf> {
    Some(JUDGE.ready()?.join("*"))
}
