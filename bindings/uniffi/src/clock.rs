//! The two clocks that every step is told.

use crate::error::Result;

/// A point in time on both clocks.
#[derive(Clone, Copy, Debug, uniffi::Record)]
pub struct Now {
    /// Milliseconds of this machine's monotonic clock, which goes on while the machine is suspended.
    pub monotonic_ms: i64,
    /// Milliseconds since 1970-01-01T00:00:00Z as this machine believes; never used for what is signed.
    pub unix_ms: i64,
}

/// The clocks of this machine.
#[uniffi::export]
pub fn clock() -> Result<Now> {
    let now = kamusm::time::Now::system();
    Ok(Now { monotonic_ms: signed(now.monotonic_ms), unix_ms: now.unix_ms })
}

impl From<Now> for kamusm::time::Now {
    fn from(now: Now) -> Self {
        Self { monotonic_ms: u64::try_from(now.monotonic_ms).unwrap_or(0), unix_ms: now.unix_ms }
    }
}

/// Numbers cross with a sign; a clock that counts milliseconds never fills 63 bits.
pub(crate) fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
