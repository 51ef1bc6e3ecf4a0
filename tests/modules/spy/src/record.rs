//! The calls of a spy: one line each, in their order, appended so that several processes may write.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;

/// Writes one call down.
pub(crate) fn append(file: &Path, line: &str) {
    let mut calls =
        OpenOptions::new().create(true).append(true).open(file).expect("the spy's folder is there");
    calls.write_all(format!("{line}\n").as_bytes()).expect("the spy's folder can be written");
}

/// Every call so far.
pub(crate) fn read(file: &Path) -> Vec<String> {
    std::fs::read_to_string(file).unwrap_or_default().lines().map(str::to_owned).collect()
}

/// A `C_Login` and its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "compared by tests")]
pub struct Login {
    /// CKU_USER (1) or CKU_CONTEXT_SPECIFIC (2).
    pub user: u64,
    /// The CK_RV.
    pub rv: u64,
}

impl Login {
    pub(crate) fn to_line(self) -> String {
        format!("{} {}", self.user, self.rv)
    }

    pub(crate) fn from_line(line: &str) -> Option<Self> {
        let (user, rv) = line.split_once(' ')?;
        Some(Self { user: user.parse().ok()?, rv: rv.parse().ok()? })
    }
}
