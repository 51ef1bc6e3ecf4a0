//! The journal as files: one for each entry, in a folder of this user alone.
//!
//! What [`FileStore::store`] said `Ok` to is on the disk, and stays there whatever fails afterwards: records are only
//! ever appended, one process at a time writes, and what a crash tore off is left out and told.

mod disk;
mod frame;
mod prune;
#[cfg(test)]
mod tests;

use std::{
    collections::HashMap,
    ffi::OsStr,
    fs::File,
    io,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

pub use self::prune::{KEEP_DAYS, Pruned};
use self::{
    disk::{Content, Disk, System},
    frame::{OVERHEAD_OCTETS, Scan, Unusable},
};
use super::{
    Entry, JournalId, Record, Store,
    seal::{self, MAX_OCTETS},
};
use crate::{
    config::Config,
    error::{Code, Error, Result},
};

const LOCK: &str = "lock";
const EXTENSION: &str = "kmj";
/// A larger file is not read: no entry comes near it.
const MAX_FILE_OCTETS: u64 = 64 * 1024 * 1024;
/// A folder with more files is none of a journal.
const MAX_FILES: usize = 10_000;

/// Keeps the records of this user's sessions in a folder, encrypted as the sessions give them.
///
/// One `FileStore` at a time has the folder, in all processes; it is released when this is dropped or the process ends.
pub struct FileStore {
    folder: PathBuf,
    disk: Box<dyn Disk>,
    known: Mutex<HashMap<JournalId, Known>>,
    lock: File,
}

/// What this process knows of an entry's file.
#[derive(Clone, Copy, Default)]
struct Known {
    /// Up to here it is durable. What stands behind it may be in the system's memory only, even after an fsync: one
    /// that failed forgets what it could not write. It is written again.
    durable_end: usize,
    /// The record whose storing failed; it may come again.
    failed_sequence: Option<u64>,
}

/// What was not finished, and what the files have to tell.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Pending {
    /// The entries that can go on, the oldest first.
    pub entries: Vec<Entry>,
    /// The files at whose end a record was torn by a crash. It is left out; the one before it counts.
    pub torn: Vec<String>,
    /// Why files could not be used: [`Code::JournalCorrupt`], [`Code::JournalKey`] or [`Code::JournalRead`]. Each reason
    /// names the file; nothing of it was changed.
    pub unusable: Vec<Error>,
}

impl FileStore {
    /// Takes the folder, made where it is missing, or [`Code::JournalLocked`].
    pub fn open(folder: impl Into<PathBuf>) -> Result<Self> {
        Self::on(Box::new(System), folder.into())
    }

    fn on(disk: Box<dyn Disk>, folder: PathBuf) -> Result<Self> {
        let unavailable = |what: &str, error: &io::Error| {
            Error::new(Code::JournalUnavailable, format!("the journal's {what}: {error}"))
        };
        disk.make_folder(&folder).map_err(|error| unavailable("folder", &error))?;
        let lock = disk.lock(&folder.join(LOCK)).map_err(|error| unavailable("lock", &error))?;
        let locked = || Error::new(Code::JournalLocked, "another program or store has the journal's folder");
        Ok(Self { folder, disk, known: Mutex::default(), lock: lock.ok_or_else(locked)? })
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The newest record of an entry, for [`crate::Session::resume`].
    pub fn read(&self, journal: JournalId) -> Result<Vec<u8>> {
        let _alone = self.alone();
        let path = self.path(journal);
        let nothing = || Error::new(Code::JournalRead, format!("{} holds no whole record", name(&path)));
        self.newest(&path)?.record.ok_or_else(nothing)
    }

    /// What was not finished. A file that cannot be used hides no other one.
    pub fn pending(&self, config: &Config) -> Result<Pending> {
        let _alone = self.alone();
        let mut pending = Pending::default();
        for path in self.files()? {
            if let Err(error) = self.look_into(&path, config, &mut pending) {
                pending.unusable.push(error);
            }
        }
        pending.entries.sort_by_key(Entry::written_unix_s);
        Ok(pending)
    }

    fn look_into(&self, path: &Path, config: &Config, pending: &mut Pending) -> Result<()> {
        let newest = self.newest(path)?;
        if newest.is_torn {
            pending.torn.push(name(path));
        }
        // Without a whole record nothing had begun.
        let Some(record) = newest.record else { return Ok(()) };
        let entry = Entry::open(&record, config).map_err(|error| naming(path, &error))?;
        if entry.is_pending() {
            pending.entries.push(entry);
        }
        Ok(())
    }

    fn append(&self, record: &Record) -> Result<()> {
        let too_long = |octets: usize| octets > MAX_OCTETS;
        if too_long(record.octets().len()) || too_long(record.reserve_octets()) {
            return Err(Error::new(Code::JournalWrite, "the record is longer than a journal keeps"));
        }
        let mut known = self.alone();
        let path = self.path(record.journal());
        let before = known.get(&record.journal()).copied();
        let written = self.write(&path, record, before);
        match &written {
            Ok(durable_end) => {
                known.insert(record.journal(), Known { durable_end: *durable_end, failed_sequence: None });
            }
            Err(error) if error.code() == Code::JournalWrite => {
                let known = known.entry(record.journal()).or_default();
                known.failed_sequence = Some(record.sequence());
            }
            Err(_) => {}
        }
        written.map(drop)
    }

    /// Up to where the file is durable now.
    fn write(&self, path: &Path, record: &Record, known: Option<Known>) -> Result<usize> {
        let failed = |error: io::Error| unwritable(path, &error);
        let mut content = self.disk.open_to_write(path).map_err(failed)?;
        let file = whole(&mut *content, path)?;
        let scan = scanned(&file, path)?;
        let last = scan.records.last().cloned();
        let is_there = last.clone().is_some_and(|last| file[last] == *record.octets());
        if let Some(last) = last.filter(|_| !is_there) {
            must_follow(&file[last], record, known, path)?;
        }
        if scan.dirty_end > scan.end {
            // First no torn octets, then a new frame: a crash between them leaves one or the other.
            write_all(&mut *content, scan.end, &vec![0; scan.dirty_end - scan.end]).map_err(failed)?;
            content.sync().map_err(failed)?;
        }
        let from = known.map_or(0, |known| known.durable_end).min(scan.end);
        let mut octets = file[from..scan.end].to_vec();
        if !is_there {
            octets.extend(frame::frame(record.octets()));
        }
        let end = from + octets.len();
        let room = match record.reserve_octets() {
            0 => 0,
            reserve => reserve + OVERHEAD_OCTETS,
        };
        octets.resize(octets.len() + room, 0);
        if u64::try_from(from + octets.len()).map_or(true, |octets| octets > MAX_FILE_OCTETS) {
            return Err(Error::new(Code::JournalWrite, format!("{}: the file is full", name(path))));
        }
        write_all(&mut *content, from, &octets).map_err(failed)?;
        content.sync().map_err(failed)?;
        if from == 0 {
            self.disk.sync_folder(&self.folder).map_err(failed)?;
        }
        Ok(end)
    }

    fn newest(&self, path: &Path) -> Result<Newest> {
        let failed = |error: io::Error| unreadable(path, &error);
        let mut content = self.disk.open(path).map_err(failed)?;
        let file = whole(&mut *content, path)?;
        let scan = scanned(&file, path)?;
        let record = scan.records.last().map(|last| file[last.clone()].to_vec());
        Ok(Newest { record, is_torn: scan.dirty_end > scan.end })
    }

    /// The files of entries.
    fn files(&self) -> Result<Vec<PathBuf>> {
        let failed =
            |error: io::Error| Error::new(Code::JournalRead, format!("the journal's folder: {error}"));
        let mut files = self.disk.files(&self.folder, MAX_FILES).map_err(failed)?;
        files.retain(|path| path.extension() == Some(OsStr::new(EXTENSION)));
        files.sort();
        Ok(files)
    }

    fn path(&self, journal: JournalId) -> PathBuf {
        self.folder.join(format!("{journal}.{EXTENSION}"))
    }

    /// A panic of another thread left no half-made change in the map.
    fn alone(&self) -> MutexGuard<'_, HashMap<JournalId, Known>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Store for FileStore {
    fn store(&self, record: &Record) -> Result<()> {
        self.append(record)
    }
}

impl Drop for FileStore {
    /// Closing the file is not enough: a process that another thread starts has it too, until it runs its program.
    fn drop(&mut self) {
        // Without this the lock goes with the last copy of the file.
        let _ = self.lock.unlock();
    }
}

impl std::fmt::Debug for FileStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("FileStore")
    }
}

struct Newest {
    record: Option<Vec<u8>>,
    is_torn: bool,
}

/// Two sessions that go on from the same entry would sign and submit side by side: the second one is refused.
fn must_follow(last: &[u8], record: &Record, known: Option<Known>, path: &Path) -> Result<()> {
    let last = seal::header(last).map_err(|error| naming(path, &error))?.sequence;
    let may_come_again = known.and_then(|known| known.failed_sequence) == Some(record.sequence());
    if record.sequence() > last || (record.sequence() == last && may_come_again) {
        return Ok(());
    }
    let reason = format!("{}: another session goes on from this entry", name(path));
    Err(Error::new(Code::JournalLocked, reason))
}

fn whole(content: &mut dyn Content, path: &Path) -> Result<Vec<u8>> {
    let length = content.length().map_err(|error| unreadable(path, &error))?;
    if length > MAX_FILE_OCTETS {
        return Err(Error::new(Code::JournalCorrupt, format!("{} is larger than any entry", name(path))));
    }
    read_all(content, length).map_err(|error| unreadable(path, &error))
}

fn read_all(content: &mut dyn Content, length: u64) -> io::Result<Vec<u8>> {
    let mut octets = vec![0; usize::try_from(length).map_err(io::Error::other)?];
    let mut at = 0;
    while at < octets.len() {
        match content.read(at as u64, &mut octets[at..]) {
            Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(read) => at += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(octets)
}

fn write_all(content: &mut dyn Content, from: usize, octets: &[u8]) -> io::Result<()> {
    let mut at = 0;
    while at < octets.len() {
        match content.write((from + at) as u64, &octets[at..]) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(written) => at += written,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

fn scanned(file: &[u8], path: &Path) -> Result<Scan> {
    frame::scan(file).map_err(|unusable| match unusable {
        Unusable::Damaged(at) => {
            Error::new(Code::JournalCorrupt, format!("{} is damaged at octet {at}", name(path)))
        }
        Unusable::Version(version) => {
            let reason = format!("{} was written by another version ({version})", name(path));
            Error::new(Code::JournalRead, reason)
        }
    })
}

/// The file alone: the folder above it may name the person.
fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn naming(path: &Path, error: &Error) -> Error {
    Error::new(error.code(), format!("{}: {}", name(path), error.reason()))
}

fn unreadable(path: &Path, error: &io::Error) -> Error {
    Error::new(Code::JournalRead, format!("{} cannot be read: {error}", name(path)))
}

fn unwritable(path: &Path, error: &io::Error) -> Error {
    Error::new(Code::JournalWrite, format!("{} cannot be written: {error}", name(path)))
}
