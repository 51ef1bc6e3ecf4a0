//! The moment by which a call must have answered.

use std::time::{Duration, Instant};

/// Longest deadline that is taken: nobody waits a day for a card, and no clock overflows.
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

/// A moment on the monotonic clock. Every call to a signer has one; there is no call without.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Deadline(Instant);

impl Deadline {
    /// So much time from now.
    pub fn after(time: Duration) -> Self {
        Self(Instant::now() + time.min(LONGEST))
    }

    /// What is left; zero once it has passed.
    pub fn remaining(self) -> Duration {
        self.0.saturating_duration_since(Instant::now())
    }

    /// Whether the moment is over.
    pub fn has_passed(self) -> bool {
        self.remaining().is_zero()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_endless_deadline_is_cut_instead_of_overflowing() {
        let deadline = Deadline::after(Duration::MAX);
        assert!(!deadline.has_passed());
        assert!(deadline.remaining() <= LONGEST);
    }

    #[test]
    fn no_time_has_passed_at_once() {
        let deadline = Deadline::after(Duration::ZERO);
        assert!(deadline.has_passed());
        assert_eq!(deadline.remaining(), Duration::ZERO);
    }
}
