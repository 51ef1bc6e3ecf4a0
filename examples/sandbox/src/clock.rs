//! The service's two clocks: one that runs and one that stands; a test may move either forward.

use std::future::Future;
use std::pin::Pin;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tokio::sync::watch;

/// Milliseconds since 1970-01-01T00:00:00Z.
pub type UnixMs = i64;

/// Resolves when a time has come.
pub type Reached<'a> = Pin<Box<dyn Future<Output = ()> + Send + 'a>>;

/// Where the whole service takes its time from.
pub trait Clock: Send + Sync + 'static {
    /// The time now.
    fn now_ms(&self) -> UnixMs;
    /// Moves the clock forward.
    fn advance(&self, by: Duration);
    /// Waits until the clock shows this time or later.
    fn reached(&self, at: UnixMs) -> Reached<'_>;
}

/// The machine's clock and what it was moved forward.
#[derive(Debug)]
pub struct SystemClock {
    moved_ms: watch::Sender<i64>,
}

impl SystemClock {
    /// The machine's clock.
    pub fn new() -> Self {
        Self { moved_ms: watch::Sender::new(0) }
    }
}

impl Default for SystemClock {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for SystemClock {
    fn now_ms(&self) -> UnixMs {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        milliseconds(since).saturating_add(*self.moved_ms.borrow())
    }

    fn advance(&self, by: Duration) {
        self.moved_ms.send_modify(|moved| *moved = moved.saturating_add(milliseconds(by)));
    }

    fn reached(&self, at: UnixMs) -> Reached<'_> {
        Box::pin(async move {
            let mut moved = self.moved_ms.subscribe();
            loop {
                let Ok(left) = u64::try_from(at.saturating_sub(self.now_ms())) else { return };
                if left == 0 {
                    return;
                }
                tokio::select! {
                    () = tokio::time::sleep(Duration::from_millis(left)) => {}
                    _ = moved.changed() => {}
                }
            }
        })
    }
}

/// A clock that stands until it is moved.
#[derive(Debug)]
pub struct ManualClock {
    now_ms: watch::Sender<UnixMs>,
}

impl ManualClock {
    /// A clock that stands at this time.
    pub fn at(now_ms: UnixMs) -> Self {
        Self { now_ms: watch::Sender::new(now_ms) }
    }
}

impl Clock for ManualClock {
    fn now_ms(&self) -> UnixMs {
        *self.now_ms.borrow()
    }

    fn advance(&self, by: Duration) {
        self.now_ms.send_modify(|now| *now = now.saturating_add(milliseconds(by)));
    }

    fn reached(&self, at: UnixMs) -> Reached<'_> {
        Box::pin(async move {
            // An error means that the clock is gone, and its service with it.
            let _ = self.now_ms.subscribe().wait_for(|now| *now >= at).await;
        })
    }
}

fn milliseconds(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_held_clock_wakes_who_waits_when_it_is_moved() {
        let clock = std::sync::Arc::new(ManualClock::at(1_000));
        let waiting = tokio::spawn({
            let clock = clock.clone();
            async move { clock.reached(61_000).await }
        });
        tokio::task::yield_now().await;
        clock.advance(Duration::from_secs(59));
        tokio::task::yield_now().await;
        assert!(!waiting.is_finished());
        clock.advance(Duration::from_secs(1));
        waiting.await.unwrap();
        assert_eq!(clock.now_ms(), 61_000);
    }

    #[tokio::test]
    async fn the_machines_clock_can_be_moved() {
        let clock = SystemClock::new();
        let start = clock.now_ms();
        clock.advance(Duration::from_secs(3_600));
        clock.reached(start + 3_600_000).await;
        assert!(clock.now_ms() >= start + 3_600_000);
    }
}
