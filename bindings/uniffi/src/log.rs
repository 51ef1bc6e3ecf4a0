//! What happened in the sessions of a configuration, for whoever looks into a trouble later; without personal data.

use crate::{clock::signed, config::Config, error::Result};

/// Lines that were taken out of a configuration's log.
#[derive(Clone, Debug, uniffi::Record)]
pub struct LogLines {
    /// The lines, oldest first.
    pub lines: Vec<LogLine>,
    /// How many lines were dropped before these for want of room.
    pub dropped: i64,
}

/// A line in English: steps, answers, numbers of errors.
#[derive(Clone, Debug, uniffi::Record)]
pub struct LogLine {
    /// When it was written, in milliseconds on the monotonic clock.
    pub at_ms: i64,
    /// What happened.
    pub text: String,
}

#[uniffi::export]
impl Config {
    /// Takes the lines out of the log of this configuration's sessions; each line comes once.
    pub fn log(&self) -> Result<LogLines> {
        let (lines, dropped) = self.0.log().read();
        let lines = lines.into_iter().map(|line| LogLine { at_ms: signed(line.at_ms), text: line.text });
        Ok(LogLines { lines: lines.collect(), dropped: signed(dropped) })
    }
}
