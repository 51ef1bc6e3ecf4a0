//! The package of Swift as a folder: with the generated sources, which the checkout has not, and the Linux library.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{bindings, setup, shell};

/// What of bindings/swift belongs to the package.
const COMMITTED: [&str; 3] = ["Package.swift", "Sources", "Tests"];

/// Of the same Debian package as Swift, beside its path.
const DOCC: &str = "/usr/libexec/swift/bin/docc";

/// Lays it out and, where Swift is, builds it as its user would; the value says whether that was done.
pub(super) fn package(folder: &Path, generated: &Path, native: &Path) -> Result<&'static str, String> {
    let source = shell::root().join("bindings/swift");
    let library = folder.join("lib");
    fs::create_dir_all(&library).map_err(|error| error.to_string())?;
    for name in COMMITTED {
        let mut copy = Command::new("cp");
        shell::capture(copy.arg("--recursive").arg(source.join(name)).arg(folder))?;
    }
    for (from, to) in [
        (generated.join("KamusmFFI.swift"), folder.join("Sources/KamusmFFI/KamusmFFI.swift")),
        (generated.join("kamusm_uniffiFFI.h"), folder.join("Sources/CKamusm/kamusm_uniffiFFI.h")),
        (native.join(bindings::LIBRARY), library.join(bindings::LIBRARY)),
    ] {
        fs::copy(&from, to).map_err(|error| format!("{}: {error}", from.display()))?;
    }
    let Some(mut swift) = setup::swift::inside("swift", &[]) else { return Ok("Swift was not at hand") };
    swift.args(["build", "--product", "Kamusm", "--package-path"]).arg(folder).arg("--scratch-path");
    swift.arg(folder.with_file_name("swift-build")).args(["-Xlinker", &format!("-L{}", library.display())]);
    let symbols = symbols(folder);
    fs::create_dir_all(&symbols).map_err(|error| error.to_string())?;
    swift.args(["-Xswiftc", "-emit-symbol-graph", "-Xswiftc", "-emit-symbol-graph-dir", "-Xswiftc"]);
    shell::capture(swift.arg(symbols))?;
    // It remembers the machine.
    let _ = fs::remove_file(folder.join("Package.resolved"));
    Ok("the Swift package builds")
}

/// What Swift knew of each module when the package was built.
fn symbols(package: &Path) -> PathBuf {
    package.with_file_name("swift-symbols")
}

/// What DocC makes of the hand-written module; nothing where Swift is not.
pub(super) fn documents(package: &Path, pages: &Path) -> Result<(), String> {
    let Some(mut docc) = setup::swift::inside(DOCC, &[]) else { return Ok(()) };
    let own = package.with_file_name("swift-symbols-own");
    fs::create_dir_all(&own).map_err(|error| error.to_string())?;
    let entries = fs::read_dir(symbols(package)).map_err(|error| error.to_string())?;
    for name in entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()) {
        // And what it adds to the modules of others; not what is generated.
        if name.starts_with("Kamusm.") || name.starts_with("Kamusm@") {
            fs::copy(symbols(package).join(&name), own.join(name)).map_err(|error| error.to_string())?;
        }
    }
    docc.args(["convert", "--fallback-display-name", "Kamusm", "--fallback-bundle-identifier", "tr.kamusm"]);
    docc.args(["--fallback-bundle-version", env!("CARGO_PKG_VERSION"), "--additional-symbol-graph-dir"]);
    docc.arg(own).args(["--transform-for-static-hosting", "--output-path"]).arg(pages);
    shell::capture(&mut docc)?;
    let page = pages.join("documentation/kamusm/session/index.html");
    if page.is_file() { Ok(()) } else { Err(format!("DocC did not write {}", page.display())) }
}
