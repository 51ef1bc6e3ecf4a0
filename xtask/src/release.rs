//! `cargo xtask release --dry-run`: everything of a release that this machine can build, with checks of it; nothing is
//! published. What the other machines build: docs/release.md.

mod cargo_c;
mod documents;
pub(crate) mod jar;
mod library;
mod swift;
pub(crate) mod version;
pub(crate) mod wheel;

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

use clap::Args;

use crate::{bindings, shell, shipped};

/// Where everything lies: packages in the folder itself, what they were made from in folders.
const FOLDER: &str = "release-dry-run";

/// What is built.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Builds and checks, publishes nothing; there is no other way yet.
    #[arg(long, required = true)]
    dry_run: bool,
    /// Installs cargo-c under target if it is missing (some 15 minutes) to compare its installation with ours.
    #[arg(long)]
    with_cargo_c: bool,
}

/// Builds everything; one line at the end says what became of it.
pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    match built(arguments) {
        Ok(verdict) => {
            println!("{verdict}");
            ExitCode::SUCCESS
        }
        Err(why) => {
            println!("release: failed: {why}");
            ExitCode::FAILURE
        }
    }
}

fn built(arguments: &Arguments) -> Result<String, String> {
    let version = version::check()?;
    println!("release: version {version} in every place, {}", commit()?);
    let folder = shell::target().join(FOLDER);
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    let parts = folder.join("parts");
    let native = parts.join("native");
    fs::create_dir_all(&native).map_err(|error| error.to_string())?;

    println!("release: the C library");
    let prefix = library::staged(&parts)?;
    archive(&prefix, &folder.join(format!("kamusm-{version}-linux-x86_64.tar.gz")))?;
    let compared = cargo_c::compared(&prefix, &parts, arguments.with_cargo_c)?;

    println!("release: the library of the languages");
    let library = bindings::build("release", &[])?;
    // From the symbols of the very library that is shipped; the copy has none.
    let generated = parts.join("bindings");
    bindings::generate(&library, &generated)?;
    strip(&library, &native.join(bindings::LIBRARY))?;

    println!("release: Python");
    let wheel = wheel::build(&parts.join("python"))?;
    place(&wheel, &folder)?;
    let interpreter = wheel::tried(&wheel, &parts.join("python/venv"), &version)?;

    println!("release: Kotlin");
    let jar = jar::build(&parts, &native, &generated.join("kotlin"), &["-Prelease"])?;
    for kind in ["", "-sources", "-javadoc"] {
        place(&jar.with_file_name(format!("kamusm-{version}{kind}.jar")), &folder)?;
    }

    println!("release: Swift");
    let package = parts.join(format!("kamusm-swift-{version}"));
    let tried = swift::package(&package, &generated.join("swift"), &native)?;
    archive(&package, &folder.join(format!("kamusm-swift-{version}.tar.gz")))?;

    println!("release: documents");
    let pages = parts.join(format!("kamusm-{version}-docs"));
    documents::collected(&pages, &jar, &interpreter, &package)?;
    archive(&pages, &folder.join(format!("kamusm-{version}-docs.tar.gz")))?;

    let count = sums(&folder)?;
    Ok(format!(
        "release {version} (dry run): {count} packages with SHA256SUMS in {}; {compared}; {tried}; \
         not built here: XCFramework, AAR, Windows",
        folder.display()
    ))
}

/// Writes a copy without symbols that no loader asks for; it may name no place of this machine.
pub(crate) fn strip(from: &Path, to: &Path) -> Result<(), String> {
    let unneeded =
        if to.extension().is_some_and(|end| end == "a") { "--strip-debug" } else { "--strip-unneeded" };
    shell::capture(Command::new("strip").arg(unneeded).arg("-o").arg(to).arg(from))?;
    shipped::names_no_place(to)
}

/// The commit, and whether files differ from it: such a release could not be built again.
fn commit() -> Result<String, String> {
    let git =
        |arguments: &[&str]| shell::capture(Command::new("git").current_dir(shell::root()).args(arguments));
    let commit = git(&["rev-parse", "--short", "HEAD"])?;
    let changed = git(&["status", "--porcelain"])?;
    let state = if changed.is_empty() { "as committed" } else { "with changes that are not committed" };
    Ok(format!("commit {} {state}", commit.trim()))
}

fn place(file: &Path, folder: &Path) -> Result<(), String> {
    let name = file.file_name().ok_or("a file has a name")?;
    fs::copy(file, folder.join(name)).map(drop).map_err(|error| format!("{}: {error}", file.display()))
}

/// The same octets from the same files: sorted, of nobody, at the time of the commit.
fn archive(folder: &Path, file: &Path) -> Result<(), String> {
    let mut git = Command::new("git");
    let time = shell::capture(git.current_dir(shell::root()).args(["log", "-1", "--format=%ct"]))?;
    let (Some(parent), Some(name)) = (folder.parent(), folder.file_name()) else {
        return Err(format!("{} has no name", folder.display()));
    };
    let mut tar = Command::new("tar");
    tar.args([
        "--create",
        "--sort=name",
        "--owner=0",
        "--group=0",
        "--numeric-owner",
        "--use-compress-program",
    ]);
    tar.args(["gzip --no-name --best", &format!("--mtime=@{}", time.trim()), "--directory"]).arg(parent);
    shell::capture(tar.arg("--file").arg(file).arg(name)).map(drop)
}

/// Writes SHA256SUMS over the packages and reads it back; the value is their number.
fn sums(folder: &Path) -> Result<usize, String> {
    let mut names = files(folder)?;
    names.sort();
    let text = shell::capture(Command::new("sha256sum").arg("--").args(&names).current_dir(folder))?;
    fs::write(folder.join("SHA256SUMS"), &text).map_err(|error| error.to_string())?;
    let check = ["--check", "--strict", "--quiet", "SHA256SUMS"];
    shell::capture(Command::new("sha256sum").args(check).current_dir(folder))?;
    for name in &names {
        let octets = fs::metadata(folder.join(name)).map_err(|error| error.to_string())?.len();
        println!("{octets:>9}  {}", name.display());
    }
    Ok(names.len())
}

fn files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let files = entries.filter_map(Result::ok).filter(|entry| entry.path().is_file());
    Ok(files.map(|entry| PathBuf::from(entry.file_name())).collect())
}
