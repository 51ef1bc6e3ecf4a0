//! The journal: what a session has done so far, sealed, so that a crash loses nothing (docs/journal.md).
//!
//! The machine asks for it by [`crate::Step::Persist`]; each record is a whole snapshot, and the newest one is enough
//! for [`crate::Session::resume`]. Who stores the records is the caller's affair: a [`Store`], or the step's answer.

mod entry;
#[cfg(feature = "journal")]
pub mod file;
mod id;
mod record;
pub(crate) mod seal;
pub(crate) mod snapshot;
mod words;

pub(crate) use entry::key;
pub use entry::{Entry, EntryState};
pub use id::JournalId;
pub use record::{Record, RecordKind};

use crate::error::{Code, Error, Result};

/// Stores records durably.
pub trait Store {
    /// Returns only when the record is safe from a crash and a power failure. One whose sequence is not above the last
    /// one of its journal is refused as [`Code::JournalLocked`]: another session goes on from there.
    fn store(&self, record: &Record) -> Result<()>;
}

/// For sessions without a journal key: it stores nothing, and says so when it is asked to.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::exhaustive_structs, reason = "it is nothing")]
pub struct NoStore;

impl Store for NoStore {
    fn store(&self, _: &Record) -> Result<()> {
        Err(Error::new(Code::JournalUnavailable, "there is no store for the journal"))
    }
}
