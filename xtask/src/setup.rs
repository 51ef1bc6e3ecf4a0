//! Installs what the tests need beside Rust, by name: Debian packages, then parts of PyPI and of Maven Central.

pub(crate) mod bench;
mod cached;
pub(crate) mod kotlin;
pub(crate) mod maven;
pub(crate) mod python;
pub(crate) mod swift;

use std::process::Command;

use crate::shell;

/// The packages, with what each is for.
const PACKAGES: &[(&str, &str)] = &[
    ("build-essential", "C and C++ programs of the ABI tests"),
    ("cmake", "C and C++ programs find the staged library"),
    ("default-jdk-headless", "EU DSS, judge of signatures"),
    ("libssl-dev", "OpenSSL beside us: measured, and reading the stored CMS in C tests"),
    ("maven", "fetches EU DSS"),
    ("mmdebstrap", "the folder with Swift"),
    ("openssl", "judge of signatures"),
    ("pkg-config", "C programs find the staged library"),
    ("python3-venv", "environments of the Python package and of pyHanko, judge of signatures"),
    ("softhsm2", "PKCS#11 module"),
    ("valgrind", "memory checks of the C tests, counts of instructions"),
];

/// Installs what is missing; each part is tried, whatever became of the others.
pub(crate) fn run() -> Result<(), String> {
    let parts = [
        packages(),
        bench::prepare(),
        python::prepare(),
        maven::prepare(),
        kotlin::prepare(),
        swift::prepare(),
    ];
    let failures: Vec<String> = parts.into_iter().filter_map(Result::err).collect();
    if failures.is_empty() { Ok(()) } else { Err(failures.join("\n")) }
}

/// Needs root and apt only if a package is missing.
pub(crate) fn packages() -> Result<(), String> {
    let missing: Vec<&str> =
        PACKAGES.iter().filter(|(package, _)| !is_installed(package)).map(|(package, _)| *package).collect();
    if missing.is_empty() {
        println!("setup: all {} packages are installed", PACKAGES.len());
        return Ok(());
    }
    for (package, purpose) in PACKAGES.iter().filter(|(package, _)| missing.contains(package)) {
        println!("setup: installs {package} ({purpose})");
    }
    let apt = || {
        let mut command = Command::new("apt-get");
        command.env("DEBIAN_FRONTEND", "noninteractive");
        command
    };
    shell::capture(apt().arg("update"))?;
    shell::capture(apt().args(["install", "--yes", "--no-install-recommends"]).args(&missing))?;
    Ok(())
}

fn is_installed(package: &str) -> bool {
    let query = ["--show", "--showformat=${db:Status-Status}", package];
    shell::capture(Command::new("dpkg-query").args(query)).is_ok_and(|status| status == "installed")
}
