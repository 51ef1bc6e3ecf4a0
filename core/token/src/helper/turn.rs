//! Calls take turns: one process at a time speaks with the card, and what it leaves behind is for the next call.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, Weak};

use crate::cancel::{CancelToken, Wake};
use crate::deadline::Deadline;
use crate::error::TokenError;

/// One place, and the item that stands there between two turns.
pub(super) struct Turn<T> {
    state: Mutex<State<T>>,
    changed: Condvar,
}

struct State<T> {
    taken: bool,
    item: Option<T>,
}

/// The turn of one call; ends when dropped.
pub(super) struct Taken<'t, T>(&'t Turn<T>);

impl<T: Send + 'static> Turn<T> {
    /// Waits for the turn until the deadline.
    pub(super) fn take(
        self: &Arc<Self>,
        deadline: Deadline,
        cancel: &CancelToken,
    ) -> Result<Taken<'_, T>, TokenError> {
        let weak: Weak<Self> = Arc::downgrade(self);
        cancel.wake_on_cancel(weak);
        let mut state = self.state();
        loop {
            if cancel.is_cancelled() {
                return Err(TokenError::Cancelled);
            }
            let left = deadline.remaining();
            if left.is_zero() {
                return Err(if state.taken {
                    TokenError::TokenBusy { holder: None }
                } else {
                    TokenError::Deadline
                });
            }
            if !state.taken {
                state.taken = true;
                return Ok(Taken(self));
            }
            state = self.changed.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}

impl<T> Turn<T> {
    fn state(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> Default for Turn<T> {
    fn default() -> Self {
        Self { state: Mutex::new(State { taken: false, item: None }), changed: Condvar::new() }
    }
}

impl<T: Send> Wake for Turn<T> {
    fn wake(&self) {
        // The lock makes sure that a caller who is about to sleep sees the cancellation.
        drop(self.state());
        self.changed.notify_all();
    }
}

impl<T> Taken<'_, T> {
    /// What the turn before left.
    pub(super) fn item(&mut self) -> Option<T> {
        self.0.state().item.take()
    }

    /// Leaves something for the next turn.
    pub(super) fn leave(self, item: T) {
        self.0.state().item = Some(item);
    }
}

impl<T> Drop for Taken<'_, T> {
    fn drop(&mut self) {
        self.0.state().taken = false;
        self.0.changed.notify_one();
    }
}
