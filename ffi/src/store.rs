//! The journal in a folder: the default store of the records.

use std::{
    ffi::{CString, c_char},
    mem::MaybeUninit,
    ptr,
    time::Duration,
};

use kamusm::{
    Error,
    journal::{
        JournalId, Store,
        file::{FileStore, Pending},
    },
};

use crate::{
    answer::{kamusm_answer, place},
    config::kamusm_config,
    entry::kamusm_entry,
    error::kamusm_error,
    guard::{guard, guard_value, guard_void},
    handle::given,
    octets::kamusm_octets,
    result::kamusm_result,
    step::kamusm_step,
    text::{lendable, text},
};

const DAY_S: u64 = 24 * 60 * 60;

/// The records of this user's sessions in a folder, encrypted as the sessions give them.
///
/// One at a time has the folder, in all processes; it is released when this is freed or the process ends.
/// Threads: any number may use it at once.
pub struct kamusm_store(FileStore);

/// What was not finished, and what the files have to tell.
///
/// Threads: any number may read it at once.
pub struct kamusm_entries {
    entries: Vec<kamusm_entry>,
    torn: Vec<CString>,
    unusable: Vec<kamusm_error>,
}

impl kamusm_entries {
    fn new(pending: Pending) -> Self {
        Self {
            entries: pending.entries.into_iter().map(kamusm_entry::new).collect(),
            torn: pending.torn.iter().map(|name| lendable(name)).collect(),
            unusable: pending.unusable.iter().map(kamusm_error::new).collect(),
        }
    }
}

/// Takes a folder for the journal; it is made for this user alone where it is missing.
///
/// `folder`: its path.
/// `store`: the store, to be freed by `kamusm_store_free`.
/// Worth handling: `KAMUSM_RESULT_JOURNAL_LOCKED`, another program has it; `KAMUSM_RESULT_JOURNAL_UNAVAILABLE`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn kamusm_store_open(
    folder: *const c_char,
    store: Option<&mut MaybeUninit<Box<kamusm_store>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let store = given(store, "store")?;
        // SAFETY: the rules at the top of the header.
        let folder = unsafe { text(folder, "folder") }?;
        store.write(Box::new(kamusm_store(FileStore::open(folder)?)));
        Ok(())
    })
}

/// Performs a `KAMUSM_STEP_PERSIST`: stores the record durably and answers so, or answers why not. It blocks until the
/// disk has it.
///
/// `answer`: the answer, to be freed by `kamusm_answer_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_store_perform(
    store: Option<&kamusm_store>,
    step: Option<&kamusm_step>,
    answer: Option<&mut MaybeUninit<Box<kamusm_answer>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let (store, step) = (given(store, "store")?, given(step, "step")?);
        let answer = place(answer)?;
        let persist = step.persist()?;
        let stored = match store.0.store(persist.record()) {
            Ok(()) => persist.stored(),
            Err(why) => persist.failed(why),
        };
        answer.write(Box::new(kamusm_answer(stored)));
        Ok(())
    })
}

/// Lists what was not finished, the oldest first. A file that cannot be used hides no other one.
///
/// `config`: with the key of the journal.
/// `entries`: the list, to be freed by `kamusm_entries_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_store_pending(
    store: Option<&kamusm_store>,
    config: Option<&kamusm_config>,
    entries: Option<&mut MaybeUninit<Box<kamusm_entries>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let (store, config) = (given(store, "store")?, given(config, "config")?);
        let entries = given(entries, "entries")?;
        entries.write(Box::new(kamusm_entries::new(store.0.pending(config.built())?)));
        Ok(())
    })
}

/// Reads the newest record of an entry, for `kamusm_session_resume`.
///
/// `id`: as `kamusm_entry_id` gave it.
/// `record`: the octets, to be freed by `kamusm_octets_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn kamusm_store_read(
    store: Option<&kamusm_store>,
    id: *const c_char,
    record: Option<&mut MaybeUninit<Box<kamusm_octets>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let (store, record) = (given(store, "store")?, given(record, "record")?);
        // SAFETY: the rules at the top of the header.
        let journal = JournalId::parse(unsafe { text(id, "id") }?)?;
        record.write(Box::new(kamusm_octets(store.0.read(journal)?)));
        Ok(())
    })
}

/// Removes the entries whose last record is older than this; those that have not ended stay for 30 days at least, and
/// damaged files for ever.
///
/// `unix_ms`: now, from `kamusm_clock_unix_ms`.
/// `keep_days`: 90 is usual.
/// `removed`: how many were removed; may be NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_store_prune(
    store: Option<&kamusm_store>,
    unix_ms: i64,
    keep_days: u32,
    removed: Option<&mut MaybeUninit<usize>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let keep = Duration::from_secs(u64::from(keep_days) * DAY_S);
        let pruned = given(store, "store")?.0.prune(unix_ms.div_euclid(1000), keep)?;
        if let Some(removed) = removed {
            removed.write(pruned.removed.len());
        }
        Ok::<(), Error>(())
    })
}

/// Releases the folder; NULL is fine.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_store_free(store: Option<Box<kamusm_store>>) {
    guard_void(|| drop(store));
}

/// How many entries were not finished.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_entries_count(entries: Option<&kamusm_entries>) -> usize {
    guard_value(0, || Some(entries?.entries.len()))
}

/// The entry at this place, from 0; NULL beyond. Lent by the list: never free it.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_entries_at(entries: Option<&kamusm_entries>, index: usize) -> *const kamusm_entry {
    guard_value(ptr::null(), || Some(ptr::from_ref(entries?.entries.get(index)?)))
}

/// How many files had a record torn off by a crash at their end. It is left out; the one before it counts.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_entries_torn_count(entries: Option<&kamusm_entries>) -> usize {
    guard_value(0, || Some(entries?.torn.len()))
}

/// Name of the file with a torn end at this place, from 0; NULL beyond. Lent by the list.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_entries_torn(entries: Option<&kamusm_entries>, index: usize) -> *const c_char {
    guard_value(ptr::null(), || Some(entries?.torn.get(index)?.as_ptr()))
}

/// How many files cannot be used: damaged, or of another key. Nothing of them was changed.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_entries_unusable_count(entries: Option<&kamusm_entries>) -> usize {
    guard_value(0, || Some(entries?.unusable.len()))
}

/// Why the file at this place cannot be used, from 0; its message names the file. NULL beyond. Lent by the list: never
/// free it.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_entries_unusable(
    entries: Option<&kamusm_entries>,
    index: usize,
) -> *const kamusm_error {
    guard_value(ptr::null(), || Some(ptr::from_ref(entries?.unusable.get(index)?)))
}

/// Frees the list and its entries; NULL is fine.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_entries_free(entries: Option<Box<kamusm_entries>>) {
    guard_void(|| drop(entries));
}
