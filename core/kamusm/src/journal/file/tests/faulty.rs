//! The real file system with a call that fails, and with a memory of what would be left without power.

use std::{
    collections::{BTreeSet, HashMap},
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use crate::journal::file::disk::{Content, Disk, System};

const SECTOR: usize = 512;

/// Which of the sectors that no fsync asked for reach the disk all the same.
type Survives = fn(usize) -> bool;
pub(super) const SURVIVALS: [(&str, Survives); 5] = [
    ("nothing more survives", |_| false),
    ("all survives", |_| true),
    ("even sectors survive", |sector| sector.is_multiple_of(2)),
    ("odd sectors survive", |sector| !sector.is_multiple_of(2)),
    ("every third sector survives", |sector| sector.is_multiple_of(3)),
];

/// How a call fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// With this number of the system.
    Errno(i32),
    /// A signal came.
    Interrupted,
    /// A read or a write does the half.
    Short,
    /// A read or a write does nothing and says so.
    Nothing,
    /// The process, or the machine, is gone before the call.
    Gone,
    /// It is gone in the middle of a write.
    HalfThenGone,
}

impl Fault {
    pub(super) const INPUT_OUTPUT: Self = Self::Errno(5);
    pub(super) const DISK_FULL: Self = Self::Errno(28);
    pub(super) const READ_ONLY: Self = Self::Errno(30);
}

/// One failing call, or all from one on.
#[derive(Clone)]
pub(super) struct Faulty(Arc<Mutex<State>>);

struct State {
    at: usize,
    stays: bool,
    fault: Fault,
    calls: Vec<&'static str>,
    platters: HashMap<PathBuf, Platter>,
}

/// What of a file is on the disk.
#[derive(Clone, Default)]
struct Platter {
    octets: Vec<u8>,
    /// Written, and nothing asked for it to be durable; an fsync that fails forgets it.
    dirty: BTreeSet<usize>,
    is_named: bool,
}

impl Faulty {
    pub(super) fn sound() -> Self {
        Self::new(usize::MAX, false, Fault::Gone)
    }

    pub(super) fn at(at: usize, fault: Fault) -> Self {
        Self::new(at, false, fault)
    }

    pub(super) fn from(at: usize, fault: Fault) -> Self {
        Self::new(at, true, fault)
    }

    fn new(at: usize, stays: bool, fault: Fault) -> Self {
        let state = State { at, stays, fault, calls: Vec::new(), platters: HashMap::new() };
        Self(Arc::new(Mutex::new(state)))
    }

    pub(super) fn calls(&self) -> Vec<&'static str> {
        self.state().calls.clone()
    }

    /// Leaves in the folder what is on the disk, with the sectors that survive.
    pub(super) fn lose_power(&self, folder: &Path, survives: Survives) {
        for (path, platter) in &self.state().platters {
            assert_eq!(path.parent(), Some(folder));
            let Ok(now) = fs::read(path) else { continue };
            if !platter.is_named && !survives(0) {
                fs::remove_file(path).unwrap();
                continue;
            }
            let mut left = platter.octets.clone();
            for sector in platter.dirty.iter().copied().filter(|sector| survives(*sector)) {
                copy_sector(&now, &mut left, sector);
            }
            fs::write(path, left).unwrap();
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts the call; what is to happen to it.
    fn call(&self, name: &'static str) -> Option<Fault> {
        let mut state = self.state();
        let number = state.calls.len();
        state.calls.push(name);
        let fault = state.fault;
        match (number == state.at, state.stays && number > state.at) {
            (true, _) => Some(fault),
            (false, true) => Some(if fault == Fault::HalfThenGone { Fault::Gone } else { fault }),
            _ => None,
        }
    }

    fn must_go(&self, name: &'static str) -> io::Result<()> {
        match self.call(name) {
            Some(Fault::Errno(number)) => Err(io::Error::from_raw_os_error(number)),
            Some(Fault::Gone | Fault::HalfThenGone) => Err(io::Error::other("the process is gone")),
            Some(Fault::Interrupted | Fault::Short | Fault::Nothing) | None => Ok(()),
        }
    }

    /// How many of the octets a read or a write may do.
    fn share(&self, name: &'static str, length: usize) -> io::Result<usize> {
        match self.call(name) {
            None => Ok(length),
            Some(Fault::Short) => Ok(length.div_ceil(2)),
            Some(Fault::Nothing) => Ok(0),
            Some(Fault::HalfThenGone) if name == "write" => Ok(length / 2),
            Some(Fault::Interrupted) => Err(io::ErrorKind::Interrupted.into()),
            Some(Fault::Errno(number)) => Err(io::Error::from_raw_os_error(number)),
            Some(Fault::Gone | Fault::HalfThenGone) => Err(io::Error::other("the process is gone")),
        }
    }
}

impl Disk for Faulty {
    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        self.must_go("make_folder")?;
        System.make_folder(folder)
    }

    fn lock(&self, path: &Path) -> io::Result<Option<File>> {
        self.must_go("lock")?;
        System.lock(path)
    }

    fn files(&self, folder: &Path, at_most: usize) -> io::Result<Vec<PathBuf>> {
        self.must_go("files")?;
        System.files(folder, at_most)
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn Content>> {
        self.must_go("open")?;
        Ok(Box::new(FaultyContent { disk: self.clone(), path: path.to_owned(), inner: System.open(path)? }))
    }

    fn open_to_write(&self, path: &Path) -> io::Result<Box<dyn Content>> {
        self.must_go("open_to_write")?;
        let inner = System.open_to_write(path)?;
        let now = fs::read(path)?;
        // What an earlier process left is on the disk.
        let there = || Platter { is_named: !now.is_empty(), octets: now, ..Platter::default() };
        self.state().platters.entry(path.to_owned()).or_insert_with(there);
        Ok(Box::new(FaultyContent { disk: self.clone(), path: path.to_owned(), inner }))
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.must_go("sync_folder")?;
        assert!(folder.is_dir());
        self.state().platters.values_mut().for_each(|platter| platter.is_named = true);
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.must_go("remove")?;
        System.remove(path)
    }
}

struct FaultyContent {
    disk: Faulty,
    path: PathBuf,
    inner: Box<dyn Content>,
}

impl Content for FaultyContent {
    fn length(&mut self) -> io::Result<u64> {
        self.disk.must_go("length")?;
        self.inner.length()
    }

    fn read(&mut self, at: u64, buffer: &mut [u8]) -> io::Result<usize> {
        let share = self.disk.share("read", buffer.len())?;
        self.inner.read(at, &mut buffer[..share])
    }

    fn write(&mut self, at: u64, octets: &[u8]) -> io::Result<usize> {
        let share = self.disk.share("write", octets.len())?;
        let from = usize::try_from(at).unwrap();
        let mut done = 0;
        while done < share {
            done += self.inner.write(at + done as u64, &octets[done..share])?;
        }
        if share > 0 {
            let mut state = self.disk.state();
            let platter = state.platters.get_mut(&self.path).unwrap();
            platter.dirty.extend(from / SECTOR..=(from + share - 1) / SECTOR);
        }
        Ok(done)
    }

    fn sync(&mut self) -> io::Result<()> {
        let gone = self.disk.must_go("sync");
        let mut state = self.disk.state();
        let is_gone = state.fault == Fault::Gone || state.fault == Fault::HalfThenGone;
        let platter = state.platters.get_mut(&self.path).unwrap();
        match gone {
            Ok(()) => {
                // The platter stands for the disk; the disk of this machine need not be waited for.
                let now = fs::read(&self.path)?;
                for sector in std::mem::take(&mut platter.dirty) {
                    copy_sector(&now, &mut platter.octets, sector);
                }
            }
            // The system tells once, and takes what it could not write for written.
            Err(_) if !is_gone => platter.dirty.clear(),
            Err(_) => {}
        }
        gone
    }
}

fn copy_sector(from: &[u8], to: &mut Vec<u8>, sector: usize) {
    let range = sector * SECTOR..((sector + 1) * SECTOR).min(from.len());
    if to.len() < range.end {
        to.resize(range.end, 0);
    }
    to[range.clone()].copy_from_slice(&from[range]);
}
