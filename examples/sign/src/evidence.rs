//! `--save`: the texts as they were shown, the signatures as they were sent, and the receipt; and how files are kept.

use std::{
    fs::{self, DirBuilder, File},
    io::{self, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

use kamusm::session::Outcome;

use crate::moment;

/// What is kept of a session while it runs.
#[derive(Debug, Default)]
pub(crate) struct Evidence {
    pub(crate) application: String,
    pub(crate) texts: Vec<Vec<u8>>,
}

impl Evidence {
    /// Writes everything that there is into a new folder below `parent`, which only the person may read.
    pub(crate) fn save(&self, parent: &Path, outcome: &Outcome, now_unix_s: i64) -> io::Result<PathBuf> {
        let folder = new_folder(parent, &folder_name(&self.application, now_unix_s))?;
        for (place, text) in self.texts.iter().enumerate() {
            write(&folder.join(format!("metin-{}.txt", place + 1)), text)?;
        }
        for (place, signature) in outcome.signatures.iter().enumerate() {
            write(&folder.join(format!("metin-{}.txt.p7s", place + 1)), signature)?;
        }
        if let Some(receipt) = &outcome.receipt {
            write(&folder.join("alindi.jws"), receipt.jws.as_bytes())?;
        }
        Ok(folder)
    }
}

/// The application's number comes from the service and becomes a name only by what is harmless in one.
pub(crate) fn folder_name(application: &str, now_unix_s: i64) -> String {
    let harmless = |character: &char| character.is_ascii_alphanumeric() || *character == '-';
    let number: String = application.chars().filter(harmless).take(32).collect();
    let time: String = moment::date_and_time(now_unix_s).chars().filter(char::is_ascii_digit).collect();
    format!("{number}-{time}")
}

/// The folder that was named: made if it is not there, so that a wrong one is seen before anything is signed.
pub(crate) fn prepare(parent: &Path) -> io::Result<()> {
    if parent.is_dir() {
        return Ok(());
    }
    DirBuilder::new().recursive(true).mode(0o700).create(parent)
}

pub(crate) fn new_folder(parent: &Path, name: &str) -> io::Result<PathBuf> {
    prepare(parent)?;
    let folder = fs::canonicalize(parent)?.join(name);
    DirBuilder::new().mode(0o700).create(&folder)?;
    Ok(folder)
}

pub(crate) fn write(path: &Path, octets: &[u8]) -> io::Result<()> {
    let mut file = File::options().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(octets)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_services_number_cannot_lead_elsewhere() {
        let named = |application: &str| folder_name(application, 1_592_896_784);
        assert_eq!(named("SD-13712"), "SD-13712-23062020101944");
        assert_eq!(named("../../etc/x"), "etcx-23062020101944");
    }
}
