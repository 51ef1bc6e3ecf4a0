//! The journal in the person's state folder: what a crash interrupted is found again, and nothing is signed twice.

use std::{fs::DirBuilder, os::unix::fs::DirBuilderExt, path::PathBuf, time::Duration};

use kamusm::{
    config::ConfigBuilder,
    error::{Code, Error, Result},
    journal::{
        JournalId, NoStore, Store,
        file::{FileStore, KEEP_DAYS, Pending},
    },
    time::Now,
};

use crate::journal_key::JournalKey;

/// The store and its key; neither with `--no-journal`.
pub(crate) struct Journal(Option<(FileStore, JournalKey)>);

impl Journal {
    /// Nothing is kept.
    pub(crate) fn none() -> Self {
        Self(None)
    }

    /// Takes the folder and the key. What is older than its period is removed.
    pub(crate) fn open() -> Result<Self> {
        let folder = folder()?;
        let unavailable =
            |error| Error::new(Code::JournalUnavailable, format!("the journal's folder: {error}"));
        DirBuilder::new().recursive(true).mode(0o700).create(&folder).map_err(unavailable)?;
        let store = FileStore::open(folder.join("journal"))?;
        // Alone in the folder: two programs that begin at once make one key.
        let key = JournalKey::find_or_make(&folder.join("journal.key"))?;
        let keep = Duration::from_secs(u64::from(KEEP_DAYS) * 24 * 60 * 60);
        // What could not be removed is tried at the next start; a file that cannot be used is told with the others.
        let _ = store.prune(Now::system().unix_ms.div_euclid(1000), keep);
        Ok(Self(Some((store, key))))
    }

    /// The configuration with the key.
    pub(crate) fn keyed(&self, builder: ConfigBuilder) -> ConfigBuilder {
        match &self.0 {
            Some((_, key)) => builder.journal_key(*key.secret),
            None => builder,
        }
    }

    pub(crate) fn store(&self) -> &dyn Store {
        match &self.0 {
            Some((store, _)) => store,
            None => &NoStore,
        }
    }

    /// The file of the key, if it was made just now because no keyring took the key.
    pub(crate) fn new_key_file(&self) -> Option<&PathBuf> {
        self.0.as_ref()?.1.new_file.as_ref()
    }

    pub(crate) fn pending(&self, config: &kamusm::config::Config) -> Result<Pending> {
        self.0.as_ref().map_or_else(|| Ok(Pending::default()), |(store, _)| store.pending(config))
    }

    pub(crate) fn read(&self, journal: JournalId) -> Result<Vec<u8>> {
        let none = || Err(Error::new(Code::JournalRead, "there is no journal"));
        self.0.as_ref().map_or_else(none, |(store, _)| store.read(journal))
    }
}

/// `~/.local/state/kamusm` on Linux, `~/Library/Application Support/kamusm` on macOS.
fn folder() -> Result<PathBuf> {
    let homeless = || Error::new(Code::JournalUnavailable, "there is no home for the journal");
    let parent = dirs::state_dir().or_else(dirs::data_local_dir).ok_or_else(homeless)?;
    Ok(parent.join("kamusm"))
}
