//! One file: what everybody reads, what is surely on the disk, what is between the two, and who has locked it.

use std::collections::BTreeMap;

use fastrand::Rng;
use libsqlite3_sys::{
    SQLITE_BUSY, SQLITE_LOCK_EXCLUSIVE, SQLITE_LOCK_NONE, SQLITE_LOCK_PENDING, SQLITE_LOCK_RESERVED,
    SQLITE_LOCK_SHARED, SQLITE_OK,
};

/// What a disk writes whole or not at all.
const SECTOR_OCTETS: usize = 512;

#[derive(Debug, Default)]
pub(super) struct File {
    read: Vec<u8>,
    /// None before the first sync: the folder's entry is not sure either.
    synced: Option<Vec<u8>>,
    pending: Vec<Change>,
    locks: BTreeMap<u64, i32>,
}

#[derive(Debug)]
enum Change {
    Write { at: usize, octets: Vec<u8> },
    Truncate { len: usize },
}

impl Change {
    fn apply(&self, octets: &mut Vec<u8>) {
        match self {
            Self::Write { at, octets: new } => {
                let end = at + new.len();
                if octets.len() < end {
                    octets.resize(end, 0);
                }
                octets[*at..end].copy_from_slice(new);
            }
            Self::Truncate { len } => octets.truncate(*len),
        }
    }
}

impl File {
    pub(super) fn synced(octets: Vec<u8>) -> Self {
        Self { synced: Some(octets.clone()), read: octets, ..Self::default() }
    }

    pub(super) fn octets(&self) -> &[u8] {
        &self.read
    }

    pub(super) fn write(&mut self, at: usize, octets: &[u8]) {
        self.change(Change::Write { at, octets: octets.to_vec() });
    }

    pub(super) fn truncate(&mut self, len: usize) {
        self.change(Change::Truncate { len });
    }

    fn change(&mut self, change: Change) {
        change.apply(&mut self.read);
        self.pending.push(change);
    }

    pub(super) fn sync(&mut self) {
        let synced = self.synced.get_or_insert_default();
        self.pending.drain(..).for_each(|change| change.apply(synced));
    }

    /// The power goes. False where nothing of the file is left.
    pub(super) fn survives(&mut self, chance: &mut Rng) -> bool {
        let mut octets = match self.synced.take() {
            Some(octets) => octets,
            None if chance.bool() => Vec::new(),
            None => return false,
        };
        for change in self.pending.drain(..) {
            match (chance.u8(..3), change) {
                (0, _) => {}
                (1, Change::Write { at, octets: new }) => {
                    let kept = chance.usize(..=new.len() / SECTOR_OCTETS) * SECTOR_OCTETS;
                    let octets_kept = new.get(..kept).unwrap_or(&new).to_vec();
                    Change::Write { at, octets: octets_kept }.apply(&mut octets);
                }
                (_, change) => change.apply(&mut octets),
            }
        }
        self.read.clone_from(&octets);
        self.synced = Some(octets);
        true
    }

    pub(super) fn unlock_all(&mut self) {
        self.locks.clear();
    }

    /// As SQLite's own locks on a file: many share, one reserves, one has it alone.
    pub(super) fn lock(&mut self, connection: u64, level: i32) -> i32 {
        let others = self.locks.iter().filter(|(holder, _)| **holder != connection);
        let highest = others.map(|(_, level)| *level).max().unwrap_or(SQLITE_LOCK_NONE);
        let got = match level {
            SQLITE_LOCK_SHARED if highest < SQLITE_LOCK_PENDING => level,
            SQLITE_LOCK_RESERVED if highest < SQLITE_LOCK_RESERVED => level,
            SQLITE_LOCK_EXCLUSIVE if highest < SQLITE_LOCK_SHARED => level,
            SQLITE_LOCK_EXCLUSIVE if highest < SQLITE_LOCK_RESERVED => SQLITE_LOCK_PENDING,
            _ => return SQLITE_BUSY,
        };
        self.locks.insert(connection, got);
        if got == level { SQLITE_OK } else { SQLITE_BUSY }
    }

    pub(super) fn unlock(&mut self, connection: u64, level: i32) {
        if level == SQLITE_LOCK_NONE {
            self.locks.remove(&connection);
        } else {
            self.locks.insert(connection, level);
        }
    }

    pub(super) fn is_reserved(&self) -> bool {
        self.locks.values().any(|level| *level >= SQLITE_LOCK_RESERVED)
    }
}
