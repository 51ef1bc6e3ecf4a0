//! The person's side: the real session, its performers, and what is left of them after a crash.

use std::fs::OpenOptions;
use std::path::Path;

use kamusm::Session;
use kamusm::config::{Config, Environment};
use kamusm::error::Result;
use kamusm::journal::JournalId;
use kamusm::journal::file::FileStore;
use kamusm::session::{Outcome, OutcomeKind};
use kamusm_sandbox::in_process::BASE_URL;
use tempfile::TempDir;

/// Where the person is with the order.
pub(crate) enum State {
    /// Wants a code, from this time on.
    NoCode { from_ms: i64 },
    /// The application runs.
    Running(Box<Running>),
    /// The application is not there until this time.
    Gone { until_ms: i64 },
    /// "İşlem Başarılı".
    Accepted,
}

/// One running application.
pub(crate) struct Running {
    pub(crate) session: Session,
    /// Its machine's monotonic clock began so long before the world's.
    pub(crate) offset_ms: u64,
    /// Known from its first record on.
    pub(crate) journal: Option<JournalId>,
    /// A record could not be stored: the session says so, and what is signed goes its way.
    pub(crate) is_unwritten: bool,
    /// The PIN was given.
    pub(crate) is_signing: bool,
}

impl Running {
    pub(crate) fn new(session: Session, offset_ms: u64) -> Self {
        Self { session, offset_ms, journal: None, is_unwritten: false, is_signing: false }
    }
}

pub(crate) fn config() -> Config {
    let builder = Config::builder(BASE_URL, Environment::Sandbox).client("simulation", "1");
    builder.journal_key([7; 32]).build().expect("the configuration is right")
}

/// The application's own disk: the real file store in a folder in memory, and who has it open.
pub(crate) struct Files {
    folder: TempDir,
    store: Option<FileStore>,
}

impl Files {
    pub(crate) fn new() -> Self {
        // Where a sync costs nothing, if there is such a place.
        let memory = Path::new("/dev/shm");
        let folder = if memory.is_dir() { TempDir::new_in(memory) } else { TempDir::new() };
        Self { folder: folder.expect("there is room for a folder"), store: None }
    }

    /// The application has the folder from its start to its death.
    pub(crate) fn open(&mut self) -> Result<&FileStore> {
        if self.store.is_none() {
            self.store = Some(self.open_again()?);
        }
        self.store.as_ref().ok_or_else(|| unreachable!("it was just opened"))
    }

    /// As a second program would.
    pub(crate) fn open_again(&self) -> Result<FileStore> {
        FileStore::open(self.folder.path())
    }

    pub(crate) fn close(&mut self) {
        self.store = None;
    }

    /// The end of the file did not get to the disk; the frame that is torn is the last one.
    pub(crate) fn tear(&self, journal: JournalId, octets: u64) {
        let path = self.folder.path().join(format!("{journal}.kmj"));
        if let Ok(file) = OpenOptions::new().write(true).open(path)
            && let Ok(metadata) = file.metadata()
        {
            file.set_len(metadata.len().saturating_sub(octets)).expect("a file can be cut");
        }
    }
}

/// The end in a word, and why.
pub(crate) fn told(outcome: &Outcome) -> String {
    let code = outcome.error.as_ref().map_or("", |error| error.code().name());
    format!("{:?} {code}", outcome.kind).trim_end().to_owned()
}

/// Whether this end says that nothing was approved, and why; `Received` and `Unknown` leave it open.
pub(crate) fn is_void(outcome: &Outcome) -> bool {
    !matches!(outcome.kind, OutcomeKind::Accepted | OutcomeKind::Received | OutcomeKind::Unknown)
}
