//! The journal: records and the files of entries. Only what was sealed with the key opens, a file is never changed by
//! reading, and whatever opens leads to an end.

use std::{fs, path::PathBuf, sync::LazyLock};

use kamusm::{
    Code, Error, Session,
    config::Config,
    door,
    error::Language,
    journal::{Entry, file::FileStore},
};

use super::{
    problem,
    session::{self, Play},
};
use crate::bound::bounded;

const KEY: [u8; 32] = [7; 32];
const NO_OTHER: (usize, u16, &[u8]) = (usize::MAX, 0, &[]);
static CONFIG: LazyLock<Config> =
    LazyLock::new(|| session::settings().journal_key(KEY).build().expect("the recorded settings are right"));
/// What the recorded session gave to its journal.
static RECORDS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let mut play = Play::new(session::begun(&CONFIG), NO_OTHER);
    play.finish();
    assert!(play.records.len() > 3, "the recorded session keeps a journal");
    play.records
});

/// The first octet says what the others are.
pub fn run(octets: &[u8]) {
    match octets {
        [0, place, patches @ ..] => damaged(usize::from(*place), patches),
        [1, file @ ..] => in_a_file(file),
        [2, kind, snapshot @ ..] => sealed(*kind, snapshot),
        [_, record @ ..] => drop(opened(record)),
        [] => {}
    }
}

/// A true record with other octets at some places: it opens only where it is the true one again.
fn damaged(place: usize, patches: &[u8]) {
    let whole = &RECORDS[place % RECORDS.len()];
    let mut record = whole.clone();
    for patch in patches.chunks_exact(3) {
        let at = usize::from(u16::from_be_bytes([patch[0], patch[1]])) % record.len();
        record[at] ^= patch[2];
    }
    match opened(&record) {
        Ok(_) => assert_eq!(&record, whole, "a changed record opened"),
        Err(error) => assert!(&record != whole && error.code() != Code::State, "{error}"),
    }
}

/// The seal is right, but somebody else wrote the snapshot.
fn sealed(kind: u8, snapshot: &[u8]) {
    let Some(record) = door::sealed(kind % 6, 3, snapshot, &KEY) else { return };
    assert_eq!(door::snapshot(&record, &KEY).as_deref(), Ok(snapshot));
    if let Ok(entry) = opened(&record) {
        assert_eq!(entry.sequence(), 3);
    }
}

fn opened(record: &[u8]) -> Result<Entry, Error> {
    let entry = bounded(record, 64 * 1024, 64, || Entry::open(record, &CONFIG));
    match &entry {
        Ok(entry) => {
            for language in [Language::Turkish, Language::English] {
                assert!(!entry.description(language).is_empty());
            }
            match Session::resume(record, &CONFIG, [9; 32]) {
                Ok(session) => drop(Play::new(session, NO_OTHER).end()),
                Err(error) => problem::told(&error),
            }
        }
        Err(error) => problem::told(error),
    }
    entry
}

/// Each process has a folder of its own.
static FOLDER: LazyLock<PathBuf> =
    LazyLock::new(|| std::env::temp_dir().join(format!("kamusm-fuzz-{}", std::process::id())));

/// Octets in the place of an entry's file.
fn in_a_file(octets: &[u8]) {
    let store = FileStore::open(&*FOLDER).expect("a folder of our own");
    let file = FOLDER.join(format!("{}.kmj", "07".repeat(16)));
    fs::write(&file, octets).expect("our own file");
    let looked =
        bounded(octets, 256 * 1024, 64, || store.pending(&CONFIG)).expect("a bad file hides no other one");
    let again = store.pending(&CONFIG).expect("nor does it later");
    assert_eq!(
        (looked.entries.len(), looked.torn, &looked.unusable),
        (again.entries.len(), again.torn, &again.unusable)
    );
    looked.unusable.iter().for_each(problem::told);
    assert_eq!(fs::read(&file).expect("it is still there"), octets, "reading changed the file");
}
