//! The package of Swift as a folder: with the generated sources, which the checkout has not, and the Linux library.

use std::{fs, path::Path, process::Command};

use crate::{bindings, setup, shell};

/// What of bindings/swift belongs to the package.
const COMMITTED: [&str; 3] = ["Package.swift", "Sources", "Tests"];

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
    shell::capture(&mut swift)?;
    // It remembers the machine.
    let _ = fs::remove_file(folder.join("Package.resolved"));
    Ok("the Swift package builds")
}
