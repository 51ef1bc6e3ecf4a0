//! The key of the journal: in the keyring of the operating system, or else in a file that only the person may read.

use std::{
    fs::{self, File},
    io::{self, Write},
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
};

use kamusm::error::{Code, Error, Result};
use zeroize::Zeroizing;

const SERVICE: &str = "kamusm-sign";
const NAME: &str = "journal";
const OCTETS: usize = 32;

pub(crate) type Secret = Zeroizing<[u8; OCTETS]>;

/// The key, and where it is kept.
pub(crate) struct JournalKey {
    pub(crate) secret: Secret,
    /// The file, if it was made just now because no keyring took the key.
    pub(crate) new_file: Option<PathBuf>,
}

impl JournalKey {
    /// Finds the key or makes one. A file that is there counts first: entries may have been written with its key.
    pub(crate) fn find_or_make(file: &Path) -> Result<Self> {
        if let Some(secret) = of_file(file)? {
            return Ok(Self { secret, new_file: None });
        }
        if let Some(secret) = of_keyring() {
            return Ok(Self { secret, new_file: None });
        }
        let secret = make()?;
        write(file, &secret).map_err(|error| wrong(&format!("its file cannot be written: {error}")))?;
        Ok(Self { secret, new_file: Some(file.to_owned()) })
    }
}

fn of_file(file: &Path) -> Result<Option<Secret>> {
    let octets = match fs::symlink_metadata(file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Ok(found) if !found.is_file() || found.len() != OCTETS as u64 => {
            return Err(wrong("its file does not hold a key"));
        }
        _ => fs::read(file).map(Zeroizing::new).map_err(|error| wrong(&format!("its file: {error}")))?,
    };
    fs::set_permissions(file, fs::Permissions::from_mode(0o600))
        .map_err(|error| wrong(&format!("its file cannot be closed to others: {error}")))?;
    of_octets(&octets).map(Some).ok_or_else(|| wrong("its file does not hold a key"))
}

/// None if there is no keyring, it is locked, or it does not give back what it took.
fn of_keyring() -> Option<Secret> {
    let entry = keyring::v1::Entry::new(SERVICE, NAME).ok()?;
    match entry.get_secret() {
        Ok(octets) => of_octets(&Zeroizing::new(octets)),
        Err(keyring::v1::Error::NoEntry) => {
            let secret = make().ok()?;
            entry.set_secret(&*secret).ok()?;
            let kept = Zeroizing::new(entry.get_secret().ok()?);
            (kept.as_slice() == secret.as_slice()).then_some(secret)
        }
        Err(_) => None,
    }
}

fn make() -> Result<Secret> {
    let mut secret = Secret::default();
    getrandom::fill(&mut *secret).map_err(|error| wrong(&format!("no randomness for it: {error}")))?;
    Ok(secret)
}

fn of_octets(octets: &[u8]) -> Option<Secret> {
    octets.try_into().map(Secret::new).ok()
}

/// A crash leaves a whole key or none.
fn write(file: &Path, secret: &Secret) -> io::Result<()> {
    let folder = file.parent().ok_or(io::ErrorKind::InvalidInput)?;
    let beside = file.with_extension("new");
    match fs::remove_file(&beside) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut made = File::options().write(true).create_new(true).mode(0o600).open(&beside)?;
    made.write_all(&**secret)?;
    made.sync_all()?;
    fs::rename(&beside, file)?;
    File::open(folder)?.sync_all()
}

fn wrong(reason: &str) -> Error {
    Error::new(Code::JournalKey, format!("the journal's key: {reason}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_file_is_found_again_and_closed_to_others() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("journal.key");
        let secret = make().unwrap();
        write(&file, &secret).unwrap();
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
        let found = JournalKey::find_or_make(&file).unwrap();
        assert!(*found.secret == *secret && found.new_file.is_none());
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_file_that_holds_no_key_is_told_and_left() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("journal.key");
        fs::write(&file, b"short").unwrap();
        let refused = JournalKey::find_or_make(&file).err().unwrap();
        assert_eq!(refused.code(), Code::JournalKey);
        assert_eq!(fs::read(&file).unwrap(), b"short");
    }
}
