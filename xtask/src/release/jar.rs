//! The jars of Kotlin and Java, built without a network.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{
    setup::maven::{build as maven, define, run},
    shell,
};

/// The library's jar; the others lie beside it.
pub(crate) fn build(
    folder: &Path,
    native: &Path,
    generated: &Path,
    profiles: &[&str],
) -> Result<PathBuf, String> {
    let built = folder.join("kotlin/library");
    if built.exists() {
        // Classes of an older interface would be packed too.
        fs::remove_dir_all(&built).map_err(|error| format!("{}: {error}", built.display()))?;
    }
    let mut command = maven(&shell::root().join("bindings/kotlin/pom.xml"));
    command.args(["--offline", "-Dmaven.test.skip=true"]).args(profiles);
    let places = [("kamusm.target", folder), ("kamusm.native", native), ("kamusm.generated", generated)];
    command.args(places.map(|(name, place)| define(name, place)));
    run(command.arg("package"))?;
    Ok(built.join(format!("kamusm-{}.jar", env!("CARGO_PKG_VERSION"))))
}
