//! The shared memory of a database in WAL mode: regions and the locks on its eight slots (SQLite, xShmMap, xShmLock).

use std::collections::BTreeSet;
use std::sync::atomic::AtomicU8;
use std::sync::{Mutex, PoisonError};

use libsqlite3_sys::{SQLITE_BUSY, SQLITE_OK, SQLITE_SHM_NLOCK, SQLITE_SHM_SHARED, SQLITE_SHM_UNLOCK};

/// What all connections to one database share until the service dies.
#[derive(Debug, Default)]
pub(crate) struct Shm {
    regions: Mutex<Vec<Box<[AtomicU8]>>>,
    slots: Mutex<[Slot; SQLITE_SHM_NLOCK as usize]>,
}

#[derive(Debug, Default)]
struct Slot {
    exclusive: Option<u64>,
    shared: BTreeSet<u64>,
}

impl Shm {
    /// Where the region is; none where it is not there and shall not be made. It stays there as long as this does.
    pub(crate) fn region(&self, index: usize, octets: usize, extend: bool) -> Option<*mut u8> {
        let mut regions = self.regions.lock().unwrap_or_else(PoisonError::into_inner);
        while extend && regions.len() <= index {
            regions.push((0..octets).map(|_| AtomicU8::new(0)).collect());
        }
        regions.get(index).and_then(|region| region.first()).map(AtomicU8::as_ptr)
    }

    /// Takes or gives up slots for a connection; the answer is a code of SQLite.
    pub(crate) fn lock(&self, connection: u64, first: usize, count: usize, flags: i32) -> i32 {
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(slots) = slots.get_mut(first..first + count) else { return SQLITE_BUSY };
        let is_other = |holder: &u64| *holder != connection;
        if flags & SQLITE_SHM_UNLOCK != 0 {
            for slot in slots {
                slot.exclusive.take_if(|holder| *holder == connection);
                slot.shared.remove(&connection);
            }
        } else if flags & SQLITE_SHM_SHARED != 0 {
            if slots.iter().any(|slot| slot.exclusive.as_ref().is_some_and(is_other)) {
                return SQLITE_BUSY;
            }
            for slot in slots {
                slot.shared.insert(connection);
            }
        } else {
            let is_held = |slot: &Slot| {
                slot.exclusive.as_ref().is_some_and(is_other) || slot.shared.iter().any(is_other)
            };
            if slots.iter().any(is_held) {
                return SQLITE_BUSY;
            }
            slots.iter_mut().for_each(|slot| slot.exclusive = Some(connection));
        }
        SQLITE_OK
    }
}
