//! What is fetched by a list: kept under target until the list changes.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::shell;

/// A folder that is made from one file of the checkout.
pub(crate) struct Cached {
    /// Under target.
    pub(crate) folder: &'static str,
    /// In the checkout: the list of what has to be there.
    pub(crate) list: &'static str,
}

impl Cached {
    /// The folder, if it was made from the list as it is now.
    pub(crate) fn ready(&self) -> Option<PathBuf> {
        let made_from = fs::read(self.stamp()).ok()?;
        let list = fs::read(self.list()).ok()?;
        (made_from == list).then(|| self.folder())
    }

    /// Makes the folder anew if it is not ready; `make` takes the list and the empty folder.
    pub(crate) fn prepare(
        &self,
        make: impl FnOnce(&Path, &Path) -> Result<(), String>,
    ) -> Result<(), String> {
        if self.ready().is_some() {
            return Ok(());
        }
        println!("setup: fetches {}", self.list);
        let failed = |error: std::io::Error| format!("{}: {error}", self.folder);
        let folder = self.folder();
        if folder.exists() {
            fs::remove_dir_all(&folder).map_err(failed)?;
        }
        fs::create_dir_all(&folder).map_err(failed)?;
        make(&self.list(), &folder)?;
        // Last: what was broken off is not ready.
        fs::copy(self.list(), self.stamp()).map(drop).map_err(failed)
    }

    pub(super) fn list(&self) -> PathBuf {
        shell::root().join(self.list)
    }

    fn folder(&self) -> PathBuf {
        shell::target().join(self.folder)
    }

    fn stamp(&self) -> PathBuf {
        self.folder().join("made-from")
    }
}
