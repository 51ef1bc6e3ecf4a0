//! Where the helper program stands, and whether it can be trusted: the PIN goes to it.

use std::path::{Path, PathBuf};

use crate::error::{HelperFailure, TokenError};

/// Name of the program, as it is installed.
const NAME: &str = "kamusm-token-helper";

/// The helper program by its absolute path. No search path, working folder or environment decides which it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HelperProgram(PathBuf);

impl HelperProgram {
    /// The program at this path, which comes from the configuration. Refused unless it, and every folder above it,
    /// belongs to this user or to the system and only they may write to it.
    pub fn at(path: &Path) -> Result<Self, TokenError> {
        let refused = |why| TokenError::Helper { why };
        if !path.is_absolute() {
            return Err(refused(HelperFailure::NotAbsolute));
        }
        let canonical = path.canonicalize().ok().filter(|path| path.is_file());
        let program = Self(canonical.ok_or(refused(HelperFailure::Missing))?);
        program.check()?;
        Ok(program)
    }

    /// The program that stands in this folder, for instance beside the library.
    pub fn in_folder(folder: &Path) -> Result<Self, TokenError> {
        Self::at(&folder.join(format!("{NAME}{}", std::env::consts::EXE_SUFFIX)))
    }

    /// The program that stands beside the program of this process.
    pub fn beside_this_program() -> Result<Self, TokenError> {
        let missing = || TokenError::Helper { why: HelperFailure::Missing };
        let program = std::env::current_exe().map_err(|_| missing())?;
        Self::in_folder(program.parent().ok_or_else(missing)?)
    }

    /// Absolute path.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Looks again before each start: what was right when it was configured may have been replaced.
    pub(super) fn check(&self) -> Result<(), TokenError> {
        self.0.ancestors().try_for_each(check).map_err(|why| TokenError::Helper { why })
    }
}

/// Owner and mode of the program or a folder above it.
#[cfg(unix)]
fn check(path: &Path) -> Result<(), HelperFailure> {
    use std::os::unix::fs::MetadataExt;

    const WRITABLE_BY_OTHERS: u32 = 0o022;
    /// In such a folder, for instance /tmp, only the owner of a file can replace it.
    const STICKY: u32 = 0o1000;

    let metadata = path.metadata().map_err(|_| HelperFailure::Missing)?;
    let owner = metadata.uid();
    if owner != 0 && owner != rustix::process::geteuid().as_raw() {
        return Err(HelperFailure::ForeignOwner { path: path.to_path_buf() });
    }
    let is_sticky_folder = metadata.is_dir() && metadata.mode() & STICKY != 0;
    if metadata.mode() & WRITABLE_BY_OTHERS != 0 && !is_sticky_folder {
        return Err(HelperFailure::Writable { path: path.to_path_buf() });
    }
    Ok(())
}

/// Elsewhere the installer's access lists decide who may write; there is no owner and mode to read.
#[cfg(not(unix))]
fn check(path: &Path) -> Result<(), HelperFailure> {
    path.metadata().map(drop).map_err(|_| HelperFailure::Missing)
}
