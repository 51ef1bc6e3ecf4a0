//! The documents: the pages as they are, and what each language's own program makes of the sources.

use std::{fs, path::Path, process::Command};

use super::swift;
use crate::shell;

/// The crates that programs use.
const CRATES: [(&str, &str); 3] =
    [("kamusm", "kamusm"), ("kamusm-cades", "kamusm_cades"), ("kamusm-token", "kamusm_token")];

/// Fills the folder: pages, Rust, Kotlin, Python, C; Swift where it is.
pub(super) fn collected(folder: &Path, jar: &Path, interpreter: &Path, package: &Path) -> Result<(), String> {
    fs::create_dir_all(folder).map_err(|error| error.to_string())?;
    copy(&shell::root().join("docs"), &folder.join("pages"))?;
    copy(&shell::root().join("include"), &folder.join("c"))?;
    rust(folder)?;
    kotlin(folder, jar)?;
    python(folder, interpreter)?;
    swift::documents(package, &folder.join("swift"))?;
    for page in ["rust/kamusm/index.html", "kotlin/index.html", "python/kamusm.html", "c/kamusm.h"] {
        if !folder.join(page).is_file() {
            return Err(format!("{page} was not made"));
        }
    }
    Ok(())
}

/// In a folder of its own, so that the search finds these crates only; what is compiled for it stays in target.
fn rust(folder: &Path) -> Result<(), String> {
    let mut cargo = shell::cargo();
    cargo.args(["doc", "--quiet", "--no-deps", "--all-features", "--lib"]);
    for (package, _) in CRATES {
        cargo.args(["--package", package]);
    }
    let own = folder.with_file_name("rustdoc");
    cargo.env("CARGO_BUILD_BUILD_DIR", shell::target()).env("CARGO_TARGET_DIR", &own);
    shell::capture(cargo.env("RUSTDOCFLAGS", "-D warnings"))?;
    copy(&own.join("doc"), &folder.join("rust"))?;
    match CRATES.iter().find(|(_, library)| !folder.join("rust").join(library).is_dir()) {
        Some((package, _)) => Err(format!("there is no documentation of {package}")),
        None => Ok(()),
    }
}

/// What dokka has put into the jar.
fn kotlin(folder: &Path, jar: &Path) -> Result<(), String> {
    let pages = folder.join("kotlin");
    fs::create_dir_all(&pages).map_err(|error| error.to_string())?;
    let name = format!("kamusm-{}-javadoc.jar", env!("CARGO_PKG_VERSION"));
    let documents = jar.with_file_name(name);
    shell::capture(Command::new("jar").arg("xf").arg(documents).current_dir(pages)).map(drop)
}

/// pydoc is a part of Python and reads the package as it was installed.
fn python(folder: &Path, interpreter: &Path) -> Result<(), String> {
    let pages = folder.join("python");
    fs::create_dir_all(&pages).map_err(|error| error.to_string())?;
    shell::capture(Command::new(interpreter).args(["-m", "pydoc", "-w", "kamusm"]).current_dir(&pages))?;
    let page = pages.join("kamusm.html");
    let text = fs::read_to_string(&page).map_err(|error| format!("{}: {error}", page.display()))?;
    if !text.contains("<a name=\"Session\">class <strong>Session</strong>") {
        return Err("pydoc told of no Session".to_owned());
    }
    // It names the file that it read.
    let text = text.replace(&format!("{}/", shell::target().display()), "");
    fs::write(&page, text).map_err(|error| format!("{}: {error}", page.display()))
}

fn copy(from: &Path, to: &Path) -> Result<(), String> {
    shell::capture(Command::new("cp").arg("--recursive").arg(from).arg(to)).map(drop)
}
