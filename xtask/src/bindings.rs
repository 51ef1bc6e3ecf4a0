//! `cargo xtask bindings`: builds the library of the languages and writes their sources under target/bindings.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::OnceLock,
};

use crate::{programs, shell, shipped};

/// The languages, each with the name of its folder.
pub(crate) const LANGUAGES: [&str; 3] = ["kotlin", "swift", "python"];
/// The file that every language loads.
pub(crate) const LIBRARY: &str = "libkamusm_uniffi.so";

/// Writes everything, once in a run; the library is the one of the debug profile, because its symbols hold the
/// interface.
pub(crate) fn run() -> Result<(), String> {
    static WRITTEN: OnceLock<Result<(), String>> = OnceLock::new();
    WRITTEN.get_or_init(|| generate(&build("dev", &[])?, &folder())).clone()
}

/// Where the sources and the library are.
pub(crate) fn folder() -> PathBuf {
    shell::target().join("bindings")
}

/// The library of this profile.
pub(crate) fn build(profile: &str, features: &[&str]) -> Result<PathBuf, String> {
    let mut cargo = shell::cargo();
    cargo.args(["rustc", "--quiet", "--package", "kamusm-uniffi", "--profile", profile]);
    cargo.args(["--crate-type", "cdylib", "--features", &features.join(",")]);
    shipped::settings(&mut cargo, profile);
    shell::run(&mut cargo)?;
    Ok(shell::target().join(if profile == "dev" { "debug" } else { profile }).join(LIBRARY))
}

/// Writes the sources of each language into a folder of its own, and the library beside them.
pub(crate) fn generate(library: &Path, folder: &Path) -> Result<(), String> {
    for language in LANGUAGES {
        let sources = folder.join(language);
        if sources.exists() {
            // A source of an older interface would be found too.
            fs::remove_dir_all(&sources).map_err(|error| format!("{}: {error}", sources.display()))?;
        }
        let mut bindgen = programs::bindgen()?;
        bindgen.args(["generate", "--no-format", "--language", language]);
        shell::capture(bindgen.arg("--out-dir").arg(&sources).arg(library))?;
    }
    let copy = folder.join(LIBRARY);
    // A program that runs keeps the old file.
    let _ = fs::remove_file(&copy);
    fs::copy(library, &copy).map(drop).map_err(|error| format!("{}: {error}", copy.display()))
}
