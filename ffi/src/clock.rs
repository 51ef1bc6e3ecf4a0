//! The two clocks that every step is told.

use kamusm::time::Now;

use crate::guard::guard_value;

/// Milliseconds of this machine's monotonic clock, which goes on while the machine is suspended.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_clock_monotonic_ms() -> u64 {
    guard_value(0, || Some(Now::system().monotonic_ms))
}

/// Milliseconds since 1970-01-01T00:00:00Z as this machine believes; never used for what is signed.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_clock_unix_ms() -> i64 {
    guard_value(0, || Some(Now::system().unix_ms))
}
