//! What is kept of a person on this machine, and for how long (docs/retention.md).

use std::{path::Path, time::Duration};

use super::{FileStore, naming, unwritable};
use crate::{
    error::{Code, Error, Result},
    journal::{JournalId, RecordKind, seal},
};

/// How long an entry is kept after its last record, unless the caller says otherwise.
pub const KEEP_DAYS: u32 = 90;
/// The service answers about a submission for this long; an entry that has not ended is never removed before.
const UNFINISHED_DAYS: u32 = 30;
const DAY_S: u64 = 24 * 60 * 60;

/// What [`FileStore::prune`] did.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Pruned {
    /// The entries that were removed.
    pub removed: Vec<JournalId>,
    /// Why files were left: a damaged one is evidence, and nothing tells its age.
    pub kept: Vec<Error>,
}

impl FileStore {
    /// Removes the entries whose last record is older than this; those that have not ended stay for 30 days at least.
    pub fn prune(&self, now_unix_s: i64, keep: Duration) -> Result<Pruned> {
        let mut known = self.alone();
        let mut pruned = Pruned::default();
        for path in self.files()? {
            match self.prune_one(&path, now_unix_s, keep) {
                Ok(Some(journal)) => {
                    known.remove(&journal);
                    pruned.removed.push(journal);
                }
                Ok(None) => {}
                Err(error) => pruned.kept.push(error),
            }
        }
        if !pruned.removed.is_empty() {
            let failed = |error| Error::new(Code::JournalWrite, format!("the journal's folder: {error}"));
            self.disk.sync_folder(&self.folder).map_err(failed)?;
        }
        Ok(pruned)
    }

    /// The entry if it was removed.
    fn prune_one(&self, path: &Path, now_unix_s: i64, keep: Duration) -> Result<Option<JournalId>> {
        // Without a whole record nothing tells its age either.
        let Some(record) = self.newest(path)?.record else { return Ok(None) };
        let header = seal::header(&record).map_err(|error| naming(path, &error))?;
        let unfinished = Duration::from_secs(u64::from(UNFINISHED_DAYS) * DAY_S);
        let keep = if header.kind == RecordKind::Ended { keep } else { keep.max(unfinished) };
        // Of the future: the machine's calendar was changed.
        let age_s = u64::try_from(now_unix_s.saturating_sub(header.written_unix_s)).unwrap_or(0);
        if age_s <= keep.as_secs() || path != self.path(header.journal) {
            return Ok(None);
        }
        self.disk.remove(path).map_err(|error| unwritable(path, &error))?;
        Ok(Some(header.journal))
    }
}
