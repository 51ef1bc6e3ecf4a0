//! A disk in memory that knows what was synced: a crash takes the rest by chance, and calls fail on demand.

mod file;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use fastrand::Rng;
use libsqlite3_sys::{
    SQLITE_CANTOPEN, SQLITE_FULL, SQLITE_IOERR, SQLITE_IOERR_ACCESS, SQLITE_IOERR_DELETE, SQLITE_IOERR_FSTAT,
    SQLITE_IOERR_FSYNC, SQLITE_IOERR_READ, SQLITE_IOERR_SHMMAP, SQLITE_IOERR_SHORT_READ,
    SQLITE_IOERR_TRUNCATE, SQLITE_IOERR_WRITE, SQLITE_OK, SQLITE_READONLY,
};
use sha2::{Digest as _, Sha256};

use self::file::File;
use crate::shm::Shm;

/// The files of a disk as they are after an orderly stop: what a world starts from.
#[derive(Clone, Debug, Default)]
pub struct Image(BTreeMap<String, Vec<u8>>);

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "the tables walk through all of them")]
pub enum Trouble {
    /// One call fails.
    Error,
    /// One write is done by half and fails; another call fails as with [`Trouble::Error`].
    Short,
    /// From this call on no write has room, until the disk is healed.
    Full,
    /// From this call on nothing may be written, until the disk is healed.
    ReadOnly,
}

/// What the service's process and its machine have of a file when they die.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "there is no third way")]
pub enum Crash {
    /// The process dies: what it wrote is in the machine's memory.
    Kill,
    /// The power goes: of what was not synced each write stays, goes, or stays by half.
    Power,
}

/// A call of SQLite.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Call {
    Open,
    Delete,
    Access,
    Read,
    Size,
    Write,
    Truncate,
    Sync,
    MapMemory,
}

/// The disk.
pub struct Disk(Mutex<State>);

struct State {
    files: BTreeMap<String, File>,
    memory: BTreeMap<String, Arc<Shm>>,
    /// Counts the runs of the service: whoever opened a file in an earlier one is dead.
    run: u64,
    is_down: bool,
    calls: u64,
    /// Which of the calls wrote.
    writes: Vec<u64>,
    changes: u64,
    crash_at_change: Option<u64>,
    trouble: Option<(u64, Trouble)>,
    chance: Rng,
    trace: Sha256,
}

impl Disk {
    /// A disk with these files, and its own chance.
    pub fn new(image: &Image, seed: u64) -> Self {
        let files = image.0.iter().map(|(name, octets)| (name.clone(), File::synced(octets.clone())));
        Self(Mutex::new(State {
            files: files.collect(),
            memory: BTreeMap::new(),
            run: 0,
            is_down: false,
            calls: 0,
            writes: Vec::new(),
            changes: 0,
            crash_at_change: None,
            trouble: None,
            chance: Rng::with_seed(seed),
            trace: Sha256::new(),
        }))
    }

    /// The files as they are.
    pub fn image(&self) -> Image {
        let state = self.state();
        Image(state.files.iter().map(|(name, file)| (name.clone(), file.octets().to_vec())).collect())
    }

    /// How many calls there were so far.
    pub fn calls(&self) -> u64 {
        self.state().calls
    }

    /// Which of the calls so far wrote.
    pub fn writes(&self) -> Vec<u64> {
        self.state().writes.clone()
    }

    /// The service dies in the middle of the change after so many more.
    pub fn crash_after(&self, changes: u64) {
        let mut state = self.state();
        state.crash_at_change = Some(state.changes + changes);
    }

    /// Something goes wrong with the call after so many more.
    pub fn trouble_after(&self, calls: u64, trouble: Trouble) {
        let mut state = self.state();
        state.trouble = Some((state.calls + calls, trouble));
    }

    /// Nothing is planned to go wrong any more.
    pub fn heal(&self) {
        let mut state = self.state();
        state.trouble = None;
        state.crash_at_change = None;
    }

    /// Whether the service died in a change.
    pub fn is_down(&self) -> bool {
        self.state().is_down
    }

    /// The service is dead, whatever it still tries: nothing of it reaches the disk.
    pub fn kill(&self) {
        self.state().is_down = true;
    }

    /// The disk as the next run of the service finds it.
    pub fn restart(&self, crash: Crash) {
        let mut state = self.state();
        let State { files, chance, .. } = &mut *state;
        files.retain(|_, file| crash == Crash::Kill || file.survives(chance));
        files.values_mut().for_each(File::unlock_all);
        state.memory.clear();
        state.run += 1;
        state.is_down = false;
    }

    /// A digest over all changes so far: which file, where, how much.
    pub fn trace(&self) -> [u8; 32] {
        self.state().trace.clone().finalize().into()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn open(&self, name: &str, create: bool) -> Result<u64, i32> {
        let mut state = self.state();
        if state.is_down {
            return Err(SQLITE_CANTOPEN);
        }
        state.pass(Call::Open)?;
        if !state.files.contains_key(name) {
            if !create {
                return Err(SQLITE_CANTOPEN);
            }
            state.files.insert(name.to_owned(), File::default());
        }
        Ok(state.run)
    }

    pub(crate) fn delete(&self, name: &str) -> Result<(), i32> {
        let mut state = self.state();
        if state.is_down {
            return Err(SQLITE_IOERR_DELETE);
        }
        state.pass(Call::Delete)?;
        state.change(name, Call::Delete, 0, 0)?;
        state.files.remove(name);
        Ok(())
    }

    pub(crate) fn exists(&self, name: &str) -> Result<bool, i32> {
        let mut state = self.state();
        state.pass(Call::Access)?;
        Ok(state.files.contains_key(name))
    }

    pub(crate) fn read(&self, run: u64, name: &str, at: usize, into: &mut [u8]) -> Result<(), i32> {
        let mut state = self.alive(run)?;
        state.pass(Call::Read)?;
        let octets = state.file(name)?.octets();
        let there = octets.get(at..).unwrap_or_default();
        let count = there.len().min(into.len());
        into[..count].copy_from_slice(&there[..count]);
        into[count..].fill(0);
        if count == into.len() { Ok(()) } else { Err(SQLITE_IOERR_SHORT_READ) }
    }

    pub(crate) fn write(&self, run: u64, name: &str, at: usize, octets: &[u8]) -> Result<(), i32> {
        let mut state = self.alive(run)?;
        let half = &octets[..octets.len() / 2];
        if let Err(code) = state.pass(Call::Write) {
            if code != SQLITE_READONLY && state.trouble.is_none_or(|(_, trouble)| trouble != Trouble::Error) {
                state.file(name)?.write(at, half);
            }
            return Err(code);
        }
        if let Err(code) = state.change(name, Call::Write, at, octets.len()) {
            state.file(name)?.write(at, half);
            return Err(code);
        }
        state.file(name)?.write(at, octets);
        Ok(())
    }

    pub(crate) fn truncate(&self, run: u64, name: &str, len: usize) -> Result<(), i32> {
        let mut state = self.alive(run)?;
        state.pass(Call::Truncate)?;
        state.change(name, Call::Truncate, len, 0)?;
        state.file(name)?.truncate(len);
        Ok(())
    }

    pub(crate) fn sync(&self, run: u64, name: &str) -> Result<(), i32> {
        let mut state = self.alive(run)?;
        state.pass(Call::Sync)?;
        state.change(name, Call::Sync, 0, 0)?;
        state.file(name)?.sync();
        Ok(())
    }

    pub(crate) fn size(&self, run: u64, name: &str) -> Result<usize, i32> {
        let mut state = self.alive(run)?;
        state.pass(Call::Size)?;
        Ok(state.file(name)?.octets().len())
    }

    /// SQLite's locks on the file itself: the code, and for `None` whether somebody has reserved it.
    pub(crate) fn lock(&self, run: u64, name: &str, connection: u64, level: i32) -> Result<i32, i32> {
        Ok(self.alive(run)?.file(name)?.lock(connection, level))
    }

    pub(crate) fn unlock(&self, run: u64, name: &str, connection: u64, level: i32) {
        if let Ok(mut state) = self.alive(run)
            && let Ok(file) = state.file(name)
        {
            file.unlock(connection, level);
        }
    }

    pub(crate) fn is_reserved(&self, run: u64, name: &str) -> Result<bool, i32> {
        Ok(self.alive(run)?.file(name)?.is_reserved())
    }

    pub(crate) fn memory(&self, run: u64, name: &str) -> Result<Arc<Shm>, i32> {
        let mut state = self.alive(run)?;
        state.pass(Call::MapMemory)?;
        Ok(state.memory.entry(name.to_owned()).or_default().clone())
    }

    fn alive(&self, run: u64) -> Result<MutexGuard<'_, State>, i32> {
        let state = self.state();
        if state.is_down || state.run != run { Err(SQLITE_IOERR) } else { Ok(state) }
    }
}

impl State {
    fn file(&mut self, name: &str) -> Result<&mut File, i32> {
        self.files.get_mut(name).ok_or(SQLITE_IOERR)
    }

    /// Counts a call; the one whose turn it is fails.
    fn pass(&mut self, call: Call) -> Result<(), i32> {
        let now = self.calls;
        self.calls += 1;
        if call == Call::Write {
            self.writes.push(now);
        }
        let Some((at, trouble)) = self.trouble.filter(|(at, _)| now >= *at) else { return Ok(()) };
        let code = match trouble {
            Trouble::Error | Trouble::Short if now == at => match call {
                Call::Open => SQLITE_CANTOPEN,
                Call::Delete => SQLITE_IOERR_DELETE,
                Call::Access => SQLITE_IOERR_ACCESS,
                Call::Read => SQLITE_IOERR_READ,
                Call::Size => SQLITE_IOERR_FSTAT,
                Call::Write => SQLITE_IOERR_WRITE,
                Call::Truncate => SQLITE_IOERR_TRUNCATE,
                Call::Sync => SQLITE_IOERR_FSYNC,
                Call::MapMemory => SQLITE_IOERR_SHMMAP,
            },
            Trouble::Full if call == Call::Write => SQLITE_FULL,
            Trouble::ReadOnly if matches!(call, Call::Write | Call::Truncate) => SQLITE_READONLY,
            _ => SQLITE_OK,
        };
        if code == SQLITE_OK { Ok(()) } else { Err(code) }
    }

    /// Notes a change; the service may die in it.
    fn change(&mut self, name: &str, call: Call, at: usize, octets: usize) -> Result<(), i32> {
        self.trace.update(format!("{name} {call:?} {at} {octets}\n"));
        let now = self.changes;
        self.changes += 1;
        if self.crash_at_change.is_some_and(|at| now >= at) {
            self.crash_at_change = None;
            self.is_down = true;
            return Err(SQLITE_IOERR);
        }
        Ok(())
    }
}

impl std::fmt::Debug for Disk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Disk").finish_non_exhaustive()
    }
}
