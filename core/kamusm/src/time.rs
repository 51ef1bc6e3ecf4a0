//! The two clocks that every step is told: a monotonic one that counts suspend, and the calendar's.

/// Milliseconds of a monotonic clock with any beginning; it goes on while the machine is suspended.
pub type MonotonicMs = u64;

/// A point in time on both clocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "every caller makes it")]
pub struct Now {
    /// For deadlines and durations.
    pub monotonic_ms: MonotonicMs,
    /// Milliseconds since 1970-01-01T00:00:00Z as the machine believes; never used for what is signed.
    pub unix_ms: i64,
}

impl Now {
    /// The clocks of this machine: CLOCK_BOOTTIME on Linux and Android, a clock that counts suspend on Apple.
    pub fn system() -> Self {
        let unix_ms = jiff::Timestamp::now().as_millisecond();
        Self { monotonic_ms: monotonic_ms(), unix_ms }
    }
}

#[cfg(unix)]
fn monotonic_ms() -> MonotonicMs {
    use rustix::time::{ClockId, clock_gettime};
    #[cfg(any(target_os = "linux", target_os = "android"))]
    const COUNTS_SUSPEND: ClockId = ClockId::Boottime;
    #[cfg(not(any(target_os = "linux", target_os = "android")))]
    const COUNTS_SUSPEND: ClockId = ClockId::Monotonic;
    let time = clock_gettime(COUNTS_SUSPEND);
    let seconds = u64::try_from(time.tv_sec).unwrap_or(0);
    seconds.saturating_mul(1000).saturating_add(u64::try_from(time.tv_nsec).unwrap_or(0) / 1_000_000)
}

#[cfg(not(unix))]
fn monotonic_ms() -> MonotonicMs {
    use std::{sync::OnceLock, time::Instant};
    static BEGINNING: OnceLock<Instant> = OnceLock::new();
    let elapsed = BEGINNING.get_or_init(Instant::now).elapsed();
    u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::Now;

    #[test]
    fn the_monotonic_clock_does_not_go_back() {
        let first = Now::system();
        let second = Now::system();
        assert!(second.monotonic_ms >= first.monotonic_ms);
        assert!(first.unix_ms > 1_700_000_000_000);
    }
}
