//! Installs what the tests need beside Rust, by name: Debian packages, then parts of PyPI, of Maven Central and of npm.

pub(crate) mod bench;
mod cached;
pub(crate) mod kotlin;
pub(crate) mod maven;
pub(crate) mod npm;
pub(crate) mod python;
pub(crate) mod swift;

use std::{iter, process::Command, sync::OnceLock};

use crate::shell;

/// The packages, with what each is for.
const PACKAGES: &[(&str, &str)] = &[
    ("build-essential", "C and C++ programs of the ABI tests"),
    ("chromium", "the portal in a real browser"),
    ("chromium-driver", "the portal in a real browser"),
    ("cmake", "C and C++ programs find the staged library"),
    ("default-jdk-headless", "EU DSS, judge of signatures"),
    ("libpcsclite-dev", "readers and their events"),
    ("dbus-daemon", "a keyring on a bus of its own"),
    ("gnome-keyring", "keeps the key of the journal, for the terminal application"),
    ("libssl-dev", "OpenSSL beside us: measured, and reading the stored CMS in C tests"),
    ("maven", "fetches EU DSS"),
    ("mmdebstrap", "the folder with Swift"),
    ("opensc-pkcs11", "PKCS#11 module of the virtual card"),
    ("openssl", "judge of signatures"),
    ("pcscd", "smart card service with the virtual readers"),
    ("pkg-config", "C programs find the staged library"),
    ("python3-venv", "environments of the Python package and of pyHanko, judge of signatures"),
    ("softhsm2", "PKCS#11 module"),
    ("valgrind", "memory checks of the C tests, counts of instructions"),
];

/// Something to be fetched, or found where an earlier run has left it.
pub(crate) struct Part {
    prepare: fn() -> Result<(), String>,
    done: OnceLock<Result<(), String>>,
}

impl Part {
    const fn new(prepare: fn() -> Result<(), String>) -> Self {
        Self { prepare, done: OnceLock::new() }
    }

    /// Prepares it once in a run; whoever asks meanwhile waits.
    pub(crate) fn ready(&self) -> Result<(), String> {
        self.done.get_or_init(self.prepare).clone()
    }
}

pub(crate) static PYTHON: Part = Part::new(python::prepare);
pub(crate) static MAVEN: Part = Part::new(maven::prepare);
pub(crate) static NPM: Part = Part::new(npm::prepare);
pub(crate) static KOTLIN: Part = Part::new(kotlin::prepare);
pub(crate) static SWIFT: Part = Part::new(swift::prepare);
pub(crate) static BENCH: Part = Part::new(bench::prepare);

/// Installs what is missing; each part is tried, whatever became of the others.
pub(crate) fn run() -> Result<(), String> {
    let packages = packages();
    let parts = [&PYTHON, &MAVEN, &NPM, &KOTLIN, &SWIFT, &BENCH].map(Part::ready);
    let failures: Vec<String> = iter::once(packages).chain(parts).filter_map(Result::err).collect();
    if failures.is_empty() { Ok(()) } else { Err(failures.join("\n")) }
}

/// Needs root and apt only if a package is missing.
pub(crate) fn packages() -> Result<(), String> {
    let missing: Vec<_> = PACKAGES.iter().filter(|(package, _)| !is_installed(package)).collect();
    if missing.is_empty() {
        println!("setup: all {} packages are installed", PACKAGES.len());
        return Ok(());
    }
    for (package, purpose) in &missing {
        println!("setup: installs {package} ({purpose})");
    }
    install(&missing.iter().map(|(package, _)| *package).collect::<Vec<_>>())
}

fn install(packages: &[&str]) -> Result<(), String> {
    let apt = || {
        let mut command = Command::new("apt-get");
        command.env("DEBIAN_FRONTEND", "noninteractive");
        command
    };
    shell::capture(apt().arg("update"))?;
    shell::capture(apt().args(["install", "--yes", "--no-install-recommends"]).args(packages))?;
    Ok(())
}

fn is_installed(package: &str) -> bool {
    let query = ["--show", "--showformat=${db:Status-Status}", package];
    shell::capture(Command::new("dpkg-query").args(query)).is_ok_and(|status| status == "installed")
}
