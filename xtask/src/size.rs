//! `cargo xtask size`: the octets of what is shipped, held against docs/size.toml.

mod budget;

use std::{
    fs,
    path::{Path, PathBuf},
};

use clap::Args;

use self::budget::Budget;
use crate::{
    bindings, install,
    release::{jar, strip, wheel},
    shell,
};

/// The C library, the library of the languages, and the packages that carry it.
pub(crate) const LIBRARIES: [&str; 2] = ["libkamusm.so", bindings::LIBRARY];
const WHEEL: &str = "wheel";
const JAR: &str = "jar";

/// Octets by the name of the artefact.
type Sizes = Vec<(&'static str, u64)>;

/// What is done with the measured sizes.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Only compares with what is committed.
    #[arg(long)]
    check: bool,
}

/// Builds the four artefacts as they are shipped and measures them.
pub(crate) fn run(arguments: &Arguments) -> Result<(), String> {
    let folder = shell::target().join("size");
    let mut sizes = libraries()?;
    let (native, generated) = (native(), folder.join("generated"));
    bindings::generate(&release_library(), &generated)?;
    sizes.push((WHEEL, octets(&wheel::build(&folder.join("wheel"))?)?));
    sizes.push((JAR, octets(&jar::build(&folder, &native, &generated.join("kotlin"), &[])?)?));
    if !arguments.check {
        return Budget::write(&sizes);
    }
    let verdicts = Budget::read()?.judge(&sizes)?;
    let failures: Vec<String> = verdicts.into_iter().filter_map(Result::err).collect();
    if failures.is_empty() { Ok(()) } else { Err(failures.join("; ")) }
}

/// Each library's verdict: a remark, or why it is too much.
pub(crate) fn check_libraries() -> Result<Vec<Result<String, String>>, String> {
    let sizes = libraries()?;
    Budget::read()?.of(&LIBRARIES).judge(&sizes)
}

/// Where the libraries are as they are shipped, once they were measured.
pub(crate) fn native() -> PathBuf {
    shell::target().join("size/native")
}

/// Builds both libraries and strips copies of them.
fn libraries() -> Result<Sizes, String> {
    let native = native();
    fs::create_dir_all(&native).map_err(|error| error.to_string())?;
    let built = [install::build("release", &[])?.join("libkamusm_capi.so"), bindings::build("release", &[])?];
    let measured = LIBRARIES.into_iter().zip(built).map(|(name, library)| {
        let copy = native.join(name);
        strip(&library, &copy)?;
        Ok((name, octets(&copy)?))
    });
    measured.collect()
}

fn release_library() -> PathBuf {
    shell::target().join("release").join(bindings::LIBRARY)
}

fn octets(file: &Path) -> Result<u64, String> {
    let octets = fs::metadata(file).map_err(|error| format!("{}: {error}", file.display()))?.len();
    println!("{octets:>9}  {}", file.display());
    Ok(octets)
}
