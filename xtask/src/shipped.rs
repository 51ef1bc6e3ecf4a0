//! How what is shipped is compiled: with no place of this machine in it, and without code that nobody would miss.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::shell;

/// The cargo profile.
pub(crate) const PROFILE: &str = "release";
/// aws-lc's switch for old assemblers. What it leaves out is a seventh of a library: AES-GCM for more octets a second
/// than any session has, and the private operation of RSA, which a card does by itself (docs/release.md).
const WITHOUT_AVX512: &str = "-DMY_ASSEMBLER_IS_TOO_OLD_FOR_512AVX=1";

/// Settings for cargo, or for what runs it; other profiles stay as they are, so that a panic there leads to its source.
pub(crate) fn settings(command: &mut Command, profile: &str) {
    if profile != PROFILE {
        return;
    }
    let flags = places().map(|(place, name)| format!("--remap-path-prefix={}={name}", place.display()));
    command.env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}")).env("AWS_LC_SYS_CFLAGS", WITHOUT_AVX512);
}

/// Where sources lie here, with what a message names instead; of two that fit, the later one counts.
fn places() -> [(PathBuf, &'static str); 3] {
    [(cargo_home(), "cargo"), (shell::root().to_owned(), "kamusm"), (shell::target(), "target")]
}

fn cargo_home() -> PathBuf {
    let home = || PathBuf::from(env::var_os("HOME").unwrap_or_default()).join(".cargo");
    env::var_os("CARGO_HOME").map_or_else(home, PathBuf::from)
}

/// Refuses a file that names a folder of this machine.
pub(crate) fn names_no_place(file: &Path) -> Result<(), String> {
    let octets = fs::read(file).map_err(|error| format!("{}: {error}", file.display()))?;
    match places().iter().find(|(place, _)| contains(&octets, place)) {
        Some((place, _)) => Err(format!("{} names {}", file.display(), place.display())),
        None => Ok(()),
    }
}

fn contains(octets: &[u8], place: &Path) -> bool {
    let place = place.as_os_str().as_encoded_bytes();
    octets.windows(place.len()).any(|window| window == place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_names_the_checkout_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("library.so");
        let message = |place: &Path| format!("\0panicked at {}/core/src/lib.rs\0", place.display());
        fs::write(&file, message(Path::new("kamusm"))).unwrap();
        assert_eq!(names_no_place(&file), Ok(()));
        fs::write(&file, message(shell::root())).unwrap();
        assert!(names_no_place(&file).is_err());
        fs::write(&file, message(&cargo_home())).unwrap();
        assert!(names_no_place(&file).is_err());
    }
}
