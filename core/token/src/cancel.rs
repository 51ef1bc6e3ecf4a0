//! Cancellation: the one object that may be used concurrently with everything.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant};

/// Cancels what it was handed to. Clones are the same token; once cancelled it stays so.
///
/// ```
/// use kamusm_token::cancel::CancelToken;
/// use std::time::Duration;
///
/// let token = CancelToken::new();
/// let same = token.clone();
/// assert!(!token.wait_timeout(Duration::ZERO));
/// std::thread::spawn(move || same.cancel());
/// assert!(token.wait_timeout(Duration::from_secs(60)), "wakes as soon as somebody cancels");
/// ```
#[derive(Clone, Default)]
pub struct CancelToken(Arc<Shared>);

#[derive(Default)]
struct Shared {
    cancelled: AtomicBool,
    sleepers: Mutex<Vec<Weak<dyn Wake>>>,
    changed: Condvar,
}

/// Something that sleeps elsewhere and wants to look again when the token is cancelled.
pub(crate) trait Wake: Send + Sync {
    fn wake(&self);
}

impl CancelToken {
    /// A token that nobody has cancelled.
    pub fn new() -> Self {
        Self::default()
    }

    /// Cancels; wakes everybody who waits.
    pub fn cancel(&self) {
        let sleepers = {
            let mut sleepers = self.sleepers();
            self.0.cancelled.store(true, Ordering::Release);
            std::mem::take(&mut *sleepers)
        };
        self.0.changed.notify_all();
        for sleeper in sleepers.iter().filter_map(Weak::upgrade) {
            sleeper.wake();
        }
    }

    /// Whether somebody has cancelled.
    pub fn is_cancelled(&self) -> bool {
        self.0.cancelled.load(Ordering::Acquire)
    }

    /// Waits until somebody cancels or the time is over; true if cancelled.
    pub fn wait_timeout(&self, time: Duration) -> bool {
        let started = Instant::now();
        let mut sleepers = self.sleepers();
        while !self.is_cancelled() {
            let Some(left) = time.checked_sub(started.elapsed()).filter(|left| !left.is_zero()) else {
                return false;
            };
            let waited = self.0.changed.wait_timeout(sleepers, left);
            sleepers = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        true
    }

    /// Has `sleeper` woken when the token is cancelled. Who was cancelled before must look by itself.
    pub(crate) fn wake_on_cancel(&self, sleeper: Weak<dyn Wake>) {
        let mut sleepers = self.sleepers();
        sleepers.retain(|other| other.strong_count() > 0);
        sleepers.push(sleeper);
    }

    fn sleepers(&self) -> MutexGuard<'_, Vec<Weak<dyn Wake>>> {
        self.0.sleepers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl std::fmt::Debug for CancelToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CancelToken").field("cancelled", &self.is_cancelled()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_ends_with_the_time_if_nobody_cancels() {
        let token = CancelToken::new();
        assert!(!token.wait_timeout(Duration::from_millis(5)));
        assert!(!token.is_cancelled());
    }

    #[test]
    fn every_clone_wakes() {
        let token = CancelToken::new();
        let waiters: Vec<_> = (0..3)
            .map(|_| token.clone())
            .map(|token| std::thread::spawn(move || token.wait_timeout(Duration::from_secs(60))))
            .collect();
        token.cancel();
        assert!(waiters.into_iter().all(|waiter| waiter.join().unwrap()));
        assert!(token.wait_timeout(Duration::ZERO), "stays cancelled");
    }
}
