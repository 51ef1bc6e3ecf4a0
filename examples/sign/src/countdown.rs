//! "Kalan Süre": the seconds that are left of the window, on the session's clock.

use std::time::Duration;

use kamusm::{
    time::{MonotonicMs, Now},
    token::time_left,
};

use crate::messages::{Message, Words};

/// Counts down to a moment of the session's clock.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Countdown {
    until: MonotonicMs,
}

impl Countdown {
    pub(crate) fn new(until: MonotonicMs) -> Self {
        Self { until }
    }

    /// Whether the window is over, as the session will judge it too.
    pub(crate) fn is_over(self) -> bool {
        Now::system().monotonic_ms >= self.until
    }

    /// Whole seconds, the begun one counted.
    pub(crate) fn seconds(self) -> u128 {
        whole_seconds(time_left(self.until))
    }

    /// How long the number stays as it is.
    pub(crate) fn until_next_second(self) -> Duration {
        until_next_second(time_left(self.until))
    }

    pub(crate) fn text(self, words: Words) -> String {
        words.fill(Message::RemainingTime, &[&self.seconds()])
    }
}

fn whole_seconds(left: Duration) -> u128 {
    left.as_millis().div_ceil(1000)
}

fn until_next_second(left: Duration) -> Duration {
    match left.subsec_millis() {
        0 => Duration::from_secs(1),
        millis => Duration::from_millis(u64::from(millis)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_begun_second_counts_and_the_end_is_zero() {
        assert_eq!(whole_seconds(Duration::from_millis(149_001)), 150);
        assert_eq!(whole_seconds(Duration::from_millis(149_000)), 149);
        let now = Now::system().monotonic_ms;
        assert_eq!(Countdown::new(now + 150_000).seconds(), 150);
        assert!(!Countdown::new(now + 150_000).is_over());
        assert_eq!(Countdown::new(now).seconds(), 0);
        assert!(Countdown::new(now).is_over());
    }

    #[test]
    fn the_number_changes_at_the_full_second() {
        assert_eq!(until_next_second(Duration::from_millis(149_250)), Duration::from_millis(250));
        assert_eq!(until_next_second(Duration::from_millis(149_000)), Duration::from_secs(1));
        assert_eq!(until_next_second(Duration::ZERO), Duration::from_secs(1));
    }
}
