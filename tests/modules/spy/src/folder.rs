//! The folder of one spy: the module, the real module's path, the directives and the calls.

use std::path::{Path, PathBuf};

/// Names of the files beside a spy.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new(folder: &Path) -> Self {
        Self(folder.to_path_buf())
    }

    pub(crate) fn module(&self) -> PathBuf {
        self.0.join(format!("{}spy{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX))
    }

    pub(crate) fn real(&self) -> PathBuf {
        self.0.join("real")
    }

    pub(crate) fn control(&self) -> PathBuf {
        self.0.join("control")
    }

    pub(crate) fn wrong_pins(&self) -> PathBuf {
        self.0.join("wrong-pins")
    }

    pub(crate) fn logins(&self) -> PathBuf {
        self.0.join("logins")
    }

    pub(crate) fn calls(&self) -> PathBuf {
        self.0.join("calls")
    }
}
