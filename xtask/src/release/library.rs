//! The C library as it is installed, stripped.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::strip;
use crate::install;

/// Builds and stages it; the value is the prefix.
pub(super) fn staged(parts: &Path) -> Result<PathBuf, String> {
    let built = install::build("release", &[])?;
    let stripped = parts.join("c");
    fs::create_dir_all(&stripped).map_err(|error| error.to_string())?;
    for name in ["libkamusm_capi.so", "libkamusm_capi.a"] {
        strip(&built.join(name), &stripped.join(name))?;
    }
    let prefix = parts.join("kamusm");
    install::stage(&stripped, &prefix)?;
    Ok(prefix)
}
