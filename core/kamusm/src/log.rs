//! What happened, for whoever looks into a trouble later: a bounded ring per configuration, without personal data.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};

use crate::time::MonotonicMs;

/// How many lines are kept where the configuration says nothing.
pub(crate) const DEFAULT_LINES: usize = 256;
/// More is never kept.
pub(crate) const MAX_LINES: usize = 65_536;

/// The newest lines of the sessions of one configuration. Clones are the same ring.
#[derive(Clone)]
pub struct Log(Arc<Mutex<Ring>>);

struct Ring {
    lines: VecDeque<Line>,
    capacity: usize,
    dropped: u64,
}

/// A line. It names steps, answers and codes; never a code of the portal, a text, a name or a number of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Line {
    /// When, on the monotonic clock.
    pub at_ms: MonotonicMs,
    /// What happened.
    pub text: String,
}

impl Log {
    pub(crate) fn new(capacity: usize) -> Self {
        Self(Arc::new(Mutex::new(Ring { lines: VecDeque::new(), capacity, dropped: 0 })))
    }

    pub(crate) fn add(&self, at_ms: MonotonicMs, text: String) {
        let mut ring = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if ring.lines.len() >= ring.capacity {
            ring.lines.pop_front();
            ring.dropped += 1;
        }
        if ring.capacity > 0 {
            ring.lines.push_back(Line { at_ms, text });
        }
    }

    /// Takes the lines out, oldest first, and tells how many were dropped before them for want of room.
    pub fn read(&self) -> (Vec<Line>, u64) {
        let mut ring = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let dropped = std::mem::take(&mut ring.dropped);
        (ring.lines.drain(..).collect(), dropped)
    }
}

impl std::fmt::Debug for Log {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Log")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_lines_are_kept_and_the_dropped_ones_counted() {
        let log = Log::new(2);
        for number in 0..5 {
            log.clone().add(number, format!("line {number}"));
        }
        let (lines, dropped) = log.read();
        assert_eq!(lines.iter().map(|line| line.at_ms).collect::<Vec<_>>(), [3, 4]);
        assert_eq!(dropped, 3);
        assert_eq!(log.read(), (vec![], 0));
    }
}
