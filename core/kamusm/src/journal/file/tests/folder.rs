//! The store in real folders: rights, the lock against a real second process, hostile files, the periods.

use std::{
    env, fs,
    io::{BufRead, BufReader, Write},
    os::unix::fs::PermissionsExt,
    process::{Command, Stdio},
};

use super::*;

const FOLDER: &str = "KAMUSM_TEST_JOURNAL_FOLDER";
const DAY_S: i64 = 24 * 60 * 60;

#[test]
fn folder_and_files_are_for_this_user_only() {
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("durum/kamusm/journal");
    let store = FileStore::open(&folder).unwrap();
    store.store(&record(1, 0)).unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folder), 0o700);
    assert_eq!(mode(&folder.join("lock")), 0o600);
    assert_eq!(mode(&store.path(record(1, 0).journal())), 0o600);
}

#[test]
fn one_store_at_a_time_has_the_folder_also_against_another_process() {
    let folder = tempfile::tempdir().unwrap();
    let store = FileStore::open(folder.path()).unwrap();
    assert_eq!(FileStore::open(folder.path()).unwrap_err().code(), Code::JournalLocked);
    drop(store);
    let mut other = Command::new(env::current_exe().unwrap())
        .args(["--exact", "journal::file::tests::folder::the_other_process", "--ignored", "--nocapture"])
        .env(FOLDER, folder.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(other.stdout.take().unwrap()).lines();
    assert!(lines.any(|line| line.unwrap().ends_with("it has the folder")));
    assert_eq!(FileStore::open(folder.path()).unwrap_err().code(), Code::JournalLocked);
    // SIGKILL: nothing of it can tidy up.
    other.kill().unwrap();
    other.wait().unwrap();
    let store = FileStore::open(folder.path()).unwrap();
    assert_eq!(store.read(record(9, 0).journal()).unwrap(), record(9, 0).octets());
}

/// Run by the test above in a process of its own.
#[test]
#[ignore = "the second process of another test"]
fn the_other_process() {
    let Some(folder) = env::var_os(FOLDER) else { return };
    let store = FileStore::open(folder).unwrap();
    store.store(&record(9, 0)).unwrap();
    println!("it has the folder");
    io::stdout().flush().unwrap();
    // Until the other one ends.
    let _ = io::stdin().lines().next();
}

#[test]
fn a_damaged_file_is_named_and_left_and_hides_no_other_one() {
    let folder = tempfile::tempdir().unwrap();
    let store = FileStore::open(folder.path()).unwrap();
    for entry in [1, 2] {
        for sequence in 0..3 {
            store.store(&record(entry, sequence)).unwrap();
        }
    }
    let path = store.path(record(1, 0).journal());
    let mut octets = fs::read(&path).unwrap();
    octets[500] ^= 1;
    fs::write(&path, &octets).unwrap();
    let pending = store.pending(&config()).unwrap();
    assert_eq!(pending.entries.len(), 1);
    assert_eq!(pending.torn, [""; 0]);
    let told = &pending.unusable[0];
    assert_eq!(told.code(), Code::JournalCorrupt);
    assert!(
        told.reason().contains(&format!("{}.kmj is damaged at octet", record(1, 0).journal())),
        "{told:?}"
    );
    assert!(!told.reason().contains(folder.path().to_str().unwrap()), "the folder may name the person");
    assert_eq!(store.store(&record(1, 3)).unwrap_err().code(), Code::JournalCorrupt);
    assert_eq!(store.read(record(1, 0).journal()).unwrap_err().code(), Code::JournalCorrupt);
    let pruned = store.prune(WRITTEN_UNIX_S + 1_000 * DAY_S, Duration::ZERO).unwrap();
    assert_eq!(pruned.removed, [record(2, 0).journal()]);
    assert_eq!(pruned.kept[0].code(), Code::JournalCorrupt);
    assert_eq!(fs::read(&path).unwrap(), octets, "nothing of it was changed");
}

#[test]
fn files_that_are_none_of_the_journal_are_refused_before_they_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let store = FileStore::open(folder.path()).unwrap();
    let path = |entry: u8| store.path(record(entry, 0).journal());
    File::create(path(1)).unwrap().set_len(MAX_FILE_OCTETS + 1).unwrap();
    fs::create_dir(path(2)).unwrap();
    std::os::unix::fs::symlink("/dev/zero", path(3)).unwrap();
    assert!(Command::new("mkfifo").arg(path(4)).status().unwrap().success());
    fs::write(path(5), b"").unwrap();
    fs::write(folder.path().join("notes.txt"), b"mine").unwrap();
    for (entry, code) in [
        (1, Code::JournalCorrupt),
        (2, Code::JournalRead),
        (3, Code::JournalRead),
        (4, Code::JournalRead),
        (5, Code::JournalRead),
        (6, Code::JournalRead),
    ] {
        assert_eq!(store.read(record(entry, 0).journal()).unwrap_err().code(), code, "{entry}");
    }
    for entry in [2, 3, 4] {
        assert_eq!(store.store(&record(entry, 0)).unwrap_err().code(), Code::JournalWrite, "{entry}");
    }
    let pending = store.pending(&config()).unwrap();
    assert_eq!((pending.entries.len(), pending.unusable.len()), (0, 1), "the large one is told");
    store.store(&record(5, 0)).unwrap();
    assert!(folder.path().join("notes.txt").exists());
}

#[test]
fn room_for_the_next_record_is_made_before_it_comes() {
    let folder = tempfile::tempdir().unwrap();
    let store = FileStore::open(folder.path()).unwrap();
    for sequence in 0..3 {
        store.store(&record(1, sequence)).unwrap();
    }
    let path = store.path(record(1, 0).journal());
    let before = fs::metadata(&path).unwrap().len();
    let signed = record(1, 3);
    assert!(signed.octets().len() < record(1, 2).reserve_octets());
    store.store(&signed).unwrap();
    assert_eq!(fs::metadata(&path).unwrap().len(), before, "the signature went into the room");
}

#[test]
fn a_record_that_does_not_follow_is_refused_and_the_same_one_may_come_twice() {
    let folder = tempfile::tempdir().unwrap();
    let store = FileStore::open(folder.path()).unwrap();
    store.store(&record(1, 0)).unwrap();
    store.store(&record(1, 1)).unwrap();
    store.store(&record(1, 1)).unwrap();
    let other = sealed(RecordKind::Ended, 1, 1, 9);
    for refused in [&other, &record(1, 0)] {
        assert_eq!(store.store(refused).unwrap_err().code(), Code::JournalLocked);
    }
    assert_eq!(store.read(other.journal()).unwrap(), record(1, 1).octets());
    drop(store);
    let store = FileStore::open(folder.path()).unwrap();
    assert_eq!(store.store(&other).unwrap_err().code(), Code::JournalLocked, "also after a restart");
}

#[test]
fn entries_are_kept_for_their_period_and_unfinished_ones_for_thirty_days_at_least() {
    let folder = tempfile::tempdir().unwrap();
    let store = FileStore::open(folder.path()).unwrap();
    for sequence in 0..5 {
        store.store(&record(1, sequence)).unwrap();
    }
    for sequence in 0..4 {
        store.store(&record(2, sequence)).unwrap();
    }
    let (ended, signed) = (record(1, 0).journal(), record(2, 0).journal());
    let prune = |days: i64, keep: Duration| store.prune(WRITTEN_UNIX_S + days * DAY_S, keep).unwrap().removed;
    let week = Duration::from_secs(7 * 24 * 60 * 60);
    assert_eq!(prune(-400, Duration::ZERO), [], "a calendar that went back");
    assert_eq!(prune(7, week), []);
    assert_eq!(prune(8, week), [ended]);
    assert_eq!(prune(30, week), [], "the signature is still of use");
    assert_eq!(prune(31, week), [signed]);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "the lock is left");
}

#[test]
fn a_prune_that_cannot_remove_says_so_and_removes_nothing_else_twice() {
    for fault in [Fault::INPUT_OUTPUT, Fault::READ_ONLY] {
        let folder = tempfile::tempdir().unwrap();
        let store = FileStore::open(folder.path()).unwrap();
        for entry in [1, 2] {
            store.store(&record(entry, 0)).unwrap();
        }
        drop(store);
        let late = WRITTEN_UNIX_S + 400 * DAY_S;
        let run = |disk: Faulty| {
            let store = FileStore::on(Box::new(disk), folder.path().to_owned()).unwrap();
            store.prune(late, Duration::ZERO)
        };
        let disk = Faulty::at(
            {
                // make_folder, lock, files; then open, length, read, remove of the first file.
                let before = ["make_folder", "lock", "files", "open", "length", "read"];
                before.len()
            },
            fault,
        );
        let pruned = run(disk.clone()).unwrap();
        assert_eq!(disk.calls()[6], "remove");
        assert_eq!(pruned.removed, [record(2, 0).journal()]);
        assert_eq!(pruned.kept[0].code(), Code::JournalWrite);
        assert_eq!(run(Faulty::sound()).unwrap().removed, [record(1, 0).journal()]);
    }
}

#[test]
fn the_document_tells_the_periods() {
    let document = include_str!("../../../../../../docs/retention.md");
    assert!(
        document.contains(&format!("| entries of the journal after their last record | {KEEP_DAYS} days |"))
    );
}
