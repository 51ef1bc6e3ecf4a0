//! What happened, line by line: the same seed writes the same lines.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

/// The lines of one world.
#[derive(Debug, Default)]
pub struct History {
    lines: Vec<String>,
}

impl History {
    /// Writes down what happened at this time.
    pub(crate) fn add(&mut self, at_ms: u64, what: impl std::fmt::Display) {
        self.lines.push(format!("{:>9}.{:03} {what}", at_ms / 1000, at_ms % 1000));
    }

    /// One event a line, with the seconds since the beginning.
    pub fn lines(&self) -> &[String] {
        &self.lines
    }

    /// SHA-256 of everything, in hexadecimal digits.
    pub fn digest(&self) -> String {
        let digest = Sha256::digest(self.lines.join("\n"));
        digest.iter().fold(String::new(), |mut written, octet| {
            let _ = write!(written, "{octet:02x}");
            written
        })
    }
}
