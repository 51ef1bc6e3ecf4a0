//! The store against a disk that fails at every call, and against a power cut at every call.

mod faulty;
mod folder;

use std::{collections::BTreeMap, path::Path, time::Duration};

use self::faulty::{Fault, Faulty, SURVIVALS};
use super::*;
use crate::{
    journal::{
        RecordKind,
        seal::Header,
        snapshot::{End, Octets, Snapshot},
    },
    session::OutcomeKind,
};

const KINDS: [RecordKind; 5] =
    [RecordKind::Begun, RecordKind::Opened, RecordKind::Prepared, RecordKind::Signed, RecordKind::Ended];
const KEY: [u8; 32] = [7; 32];
const WRITTEN_UNIX_S: i64 = 1_800_000_000;

/// A record as a session gives it, of a length of its own.
fn record(entry: u8, sequence: u64) -> Record {
    let kind = KINDS[usize::try_from(sequence).unwrap().min(KINDS.len() - 1)];
    let length = 100 + 150 * usize::try_from(sequence).unwrap();
    sealed(kind, entry, sequence, length)
}

fn sealed(kind: RecordKind, entry: u8, sequence: u64, length: usize) -> Record {
    let is_over = kind == RecordKind::Ended;
    let end = End { outcome: OutcomeKind::Cancelled as i32, error: None, receipt: None, is_open: false };
    let snapshot = Snapshot {
        service: "https://basvuru.example".into(),
        environment: "production".into(),
        begun_unix_s: WRITTEN_UNIX_S,
        secret: Octets::new(&[entry; 32]),
        code: None,
        token: None,
        session: None,
        texts: vec![Octets::new(&vec![b'x'; length])],
        texts_checked: true,
        certificate: None,
        signatures: vec![None],
        end: is_over.then_some(end),
    };
    let journal = JournalId([entry; 16]);
    let header = Header { kind, journal, sequence, written_unix_s: WRITTEN_UNIX_S };
    let octets = snapshot.sealed(&header, &KEY, &[entry; 32]).unwrap();
    let reserve_octets = if kind == RecordKind::Prepared { 2_000 } else { 0 };
    Record { journal, sequence, kind, octets, reserve_octets }
}

fn config() -> Config {
    Config::builder("https://basvuru.example", crate::config::Environment::Production)
        .journal_key(KEY)
        .build()
        .unwrap()
}

/// What a caller was told of each entry: the newest sequence that was stored, and the newest that was tried.
#[derive(Default)]
struct Told {
    stored: BTreeMap<u8, u64>,
    tried: BTreeMap<u8, u64>,
    errors: Vec<Error>,
}

/// Two sessions as they go, each failed record tried once more; a list and a prune between them.
fn walk(disk: Faulty, folder: &Path) -> Told {
    let mut told = Told::default();
    let opened = [disk.clone(), disk].into_iter().find_map(|disk| {
        FileStore::on(Box::new(disk), folder.to_owned()).map_err(|error| told.errors.push(error)).ok()
    });
    let Some(store) = opened else { return told };
    for sequence in 0..5 {
        for entry in [1, 2] {
            let record = record(entry, sequence);
            told.tried.insert(entry, sequence);
            for _ in 0..2 {
                match store.store(&record) {
                    Ok(()) => {
                        told.stored.insert(entry, sequence);
                        break;
                    }
                    Err(error) => told.errors.push(error),
                }
            }
        }
        if sequence == 2 {
            told.errors
                .extend(store.pending(&config()).map_or_else(|error| vec![error], |found| found.unusable));
            let pruned = store.prune(WRITTEN_UNIX_S, Duration::ZERO);
            told.errors.extend(pruned.map_or_else(|error| vec![error], |pruned| pruned.kept));
        }
    }
    told
}

/// Whatever happened: nothing that was stored is gone, nothing is damaged, and the sessions can go on.
fn must_be_sound(folder: &Path, told: &Told, case: &str) {
    for error in &told.errors {
        let codes = [Code::JournalRead, Code::JournalWrite, Code::JournalUnavailable];
        assert!(codes.contains(&error.code()), "{case}: {error:?}");
        assert!(error.reason().len() > 10, "{case}: {error:?}");
    }
    let store = FileStore::on(Box::new(Faulty::sound()), folder.to_owned()).unwrap();
    let pending = store.pending(&config()).unwrap();
    assert_eq!(pending.unusable, [], "{case}");
    for entry in [1, 2] {
        let journal = record(entry, 0).journal();
        let newest = store.read(journal).ok();
        let stored = told.stored.get(&entry).copied();
        let Some(newest) = newest else {
            assert_eq!(stored, None, "{case}: a stored entry is gone");
            continue;
        };
        let sequence = seal::header(&newest).unwrap().sequence;
        assert!(
            stored.is_none_or(|stored| sequence >= stored),
            "{case}: {sequence} after {stored:?} was stored"
        );
        assert!(
            told.tried.get(&entry).is_some_and(|tried| sequence <= *tried),
            "{case}: a record of nowhere"
        );
        assert_eq!(newest, record(entry, sequence).octets(), "{case}: another record");
        let next = record(entry, sequence + 1);
        store.store(&next).unwrap();
        assert_eq!(store.read(journal).unwrap(), next.octets(), "{case}");
        assert_eq!(store.store(&record(entry, sequence)).unwrap_err().code(), Code::JournalLocked, "{case}");
        let file = std::fs::read(store.path(journal)).unwrap();
        let scan = frame::scan(&file).unwrap();
        let sequences: Vec<u64> =
            scan.records.iter().map(|place| seal::header(&file[place.clone()]).unwrap().sequence).collect();
        assert_eq!(sequences, (0..=sequence + 1).collect::<Vec<_>>(), "{case}: every record still stands");
    }
}

/// The calls of an undisturbed walk.
fn calls() -> Vec<&'static str> {
    let folder = tempfile::tempdir().unwrap();
    let disk = Faulty::sound();
    let told = walk(disk.clone(), folder.path());
    assert_eq!(told.errors, []);
    assert_eq!(told.stored, BTreeMap::from([(1, 4), (2, 4)]));
    disk.calls()
}

#[test]
fn every_call_fails_once_and_the_next_attempt_goes_on() {
    let calls = calls();
    let names: std::collections::BTreeSet<_> = calls.iter().copied().collect();
    let all = [
        "files",
        "length",
        "lock",
        "make_folder",
        "open",
        "open_to_write",
        "read",
        "sync",
        "sync_folder",
        "write",
    ];
    assert_eq!(names.into_iter().collect::<Vec<_>>(), all, "the walk reaches every call but remove");
    for (at, name) in calls.iter().enumerate() {
        // Injected: no file system fails on demand.
        for fault in [
            Fault::INPUT_OUTPUT,
            Fault::DISK_FULL,
            Fault::READ_ONLY,
            Fault::Interrupted,
            Fault::Short,
            Fault::Nothing,
        ] {
            let folder = tempfile::tempdir().unwrap();
            let told = walk(Faulty::at(at, fault), folder.path());
            let case = format!("call {at} ({name}) {fault:?}");
            assert_eq!(told.stored, BTreeMap::from([(1, 4), (2, 4)]), "{case}: one failure stops nothing");
            let goes_on = match fault {
                Fault::Short => true,
                Fault::Interrupted | Fault::Nothing if !["read", "write"].contains(name) => true,
                Fault::Interrupted => true,
                _ => false,
            };
            assert_eq!(told.errors.len(), usize::from(!goes_on), "{case}: {:?}", told.errors);
            must_be_sound(folder.path(), &told, &case);
        }
    }
}

#[test]
fn a_disk_that_stays_broken_is_told_and_keeps_what_was_stored() {
    for (at, name) in calls().iter().enumerate() {
        for fault in [Fault::INPUT_OUTPUT, Fault::DISK_FULL, Fault::READ_ONLY] {
            let folder = tempfile::tempdir().unwrap();
            let told = walk(Faulty::from(at, fault), folder.path());
            let case = format!("from call {at} ({name}) {fault:?}");
            assert!(!told.errors.is_empty(), "{case}");
            must_be_sound(folder.path(), &told, &case);
        }
    }
}

#[test]
fn a_process_killed_in_any_write_leaves_a_tail_that_is_told() {
    let mut torn = 0;
    for (at, name) in calls().iter().enumerate().filter(|(_, name)| **name == "write") {
        let folder = tempfile::tempdir().unwrap();
        let told = walk(Faulty::from(at, Fault::HalfThenGone), folder.path());
        let store = FileStore::open(folder.path()).unwrap();
        torn += store.pending(&config()).unwrap().torn.len();
        drop(store);
        must_be_sound(folder.path(), &told, &format!("killed in call {at} ({name})"));
    }
    assert!(torn > 5, "{torn} torn tails were told");
}

#[test]
fn the_power_is_cut_at_every_call_and_nothing_stored_is_lost() {
    for (at, name) in calls().iter().enumerate() {
        for (survival, survives) in SURVIVALS {
            for fault in [Fault::Gone, Fault::HalfThenGone] {
                let folder = tempfile::tempdir().unwrap();
                let disk = Faulty::from(at, fault);
                let told = walk(disk.clone(), folder.path());
                disk.lose_power(folder.path(), survives);
                must_be_sound(
                    folder.path(),
                    &told,
                    &format!("power cut at call {at} ({name}), {survival}, {fault:?}"),
                );
            }
        }
    }
}

#[test]
fn an_fsync_that_fails_may_forget_what_it_had_to_write_and_nothing_stored_is_lost() {
    let calls = calls();
    for at in (0..calls.len()).filter(|at| ["sync", "sync_folder"].contains(&calls[*at])) {
        for (survival, survives) in SURVIVALS {
            let folder = tempfile::tempdir().unwrap();
            let disk = Faulty::at(at, Fault::INPUT_OUTPUT);
            let told = walk(disk.clone(), folder.path());
            assert_eq!(told.stored, BTreeMap::from([(1, 4), (2, 4)]));
            disk.lose_power(folder.path(), survives);
            must_be_sound(folder.path(), &told, &format!("forgotten at call {at}, {survival}"));
        }
    }
}

#[test]
fn a_torn_tail_longer_than_the_next_record_leaves_nothing_behind_it() {
    let long = record(1, 4);
    let short = sealed(RecordKind::Ended, 1, 1, 0);
    let begin = |folder: &Path| {
        let disk = Faulty::sound();
        let store = FileStore::on(Box::new(disk.clone()), folder.to_owned()).unwrap();
        store.store(&record(1, 0)).unwrap();
        let path = store.path(long.journal());
        let torn = [std::fs::read(&path).unwrap(), frame::frame(long.octets())].concat();
        std::fs::write(&path, &torn[..torn.len() - 700]).unwrap();
    };
    // The calls of a store that goes on from there: the power is cut at each.
    for at in 0..14 {
        for (survival, survives) in SURVIVALS {
            let folder = tempfile::tempdir().unwrap();
            begin(folder.path());
            let disk = Faulty::from(at, Fault::HalfThenGone);
            let stored = FileStore::on(Box::new(disk.clone()), folder.path().to_owned())
                .and_then(|store| store.store(&short))
                .is_ok();
            disk.lose_power(folder.path(), survives);
            let store = FileStore::open(folder.path()).unwrap();
            let newest = store.read(long.journal()).unwrap();
            let case = format!("cut at {at}, {survival}");
            assert!(newest == short.octets() || (!stored && newest == record(1, 0).octets()), "{case}");
            store.store(&record(1, 2)).unwrap();
            assert_eq!(store.read(long.journal()).unwrap(), record(1, 2).octets(), "{case}");
        }
    }
}

#[test]
fn a_record_whose_storing_failed_may_come_again_sealed_anew() {
    let folder = tempfile::tempdir().unwrap();
    let disk = Faulty::at(5, Fault::INPUT_OUTPUT);
    let store = FileStore::on(Box::new(disk.clone()), folder.path().to_owned()).unwrap();
    assert_eq!(store.store(&record(1, 0)).unwrap_err().code(), Code::JournalWrite);
    assert_eq!(disk.calls()[5], "sync", "the record stands in the file, and nobody knows how durably");
    let anew = sealed(RecordKind::Begun, 1, 0, 7);
    store.store(&anew).unwrap();
    assert_eq!(store.read(anew.journal()).unwrap(), anew.octets());
    assert_eq!(store.store(&record(1, 0)).unwrap_err().code(), Code::JournalLocked, "only once");
}
