//! The one time of a world: it passes only where somebody waits or a request takes long.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use kamusm_sandbox::clock::{Clock, Reached, UnixMs};

/// 2026-06-23T10:19:44+03:00.
pub const BEGINNING: UnixMs = 1_782_199_184_000;

/// The service's clock, which the world moves.
#[derive(Clone, Debug)]
pub struct VirtualClock(Arc<AtomicI64>);

impl VirtualClock {
    /// A clock that stands at the beginning.
    #[expect(clippy::new_without_default, reason = "there is no empty time")]
    pub fn new() -> Self {
        Self(Arc::new(AtomicI64::new(BEGINNING)))
    }

    /// Milliseconds since the beginning.
    pub fn elapsed_ms(&self) -> u64 {
        u64::try_from(self.now_ms() - BEGINNING).unwrap_or(0)
    }

    /// Lets so many milliseconds pass.
    pub fn pass(&self, milliseconds: u64) {
        self.advance(Duration::from_millis(milliseconds));
    }
}

impl Clock for VirtualClock {
    fn now_ms(&self) -> UnixMs {
        self.0.load(Ordering::SeqCst)
    }

    fn advance(&self, by: Duration) {
        self.0.fetch_add(i64::try_from(by.as_millis()).unwrap_or(0), Ordering::SeqCst);
    }

    /// One request is answered at a time, so nothing else happens until then.
    fn reached(&self, at: UnixMs) -> Reached<'_> {
        self.0.fetch_max(at, Ordering::SeqCst);
        Box::pin(std::future::ready(()))
    }
}
