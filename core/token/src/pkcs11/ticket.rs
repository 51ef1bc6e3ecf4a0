//! One job for the actor of a module, and the caller who waits for it: until it is done, its time is over or it is cancelled.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, Weak};

use super::activity::Activity;
use crate::cancel::{CancelToken, Wake};
use crate::deadline::Deadline;
use crate::error::TokenError;

/// Shared by the two sides.
pub(crate) struct Ticket<T> {
    state: Mutex<State<T>>,
    changed: Condvar,
    abandoned: AtomicBool,
}

enum State<T> {
    Queued,
    Running,
    Done(Result<T, TokenError>),
}

impl<T: Send + 'static> Ticket<T> {
    pub(crate) fn new() -> Arc<Self> {
        Arc::new(Self {
            state: Mutex::new(State::Queued),
            changed: Condvar::new(),
            abandoned: AtomicBool::new(false),
        })
    }

    /// The actor's side: false if nobody waits any more, so the job must not run.
    pub(crate) fn start(&self) -> bool {
        *self.state() = State::Running;
        !self.is_abandoned()
    }

    /// The actor's side: the answer.
    pub(crate) fn finish(&self, result: Result<T, TokenError>) {
        *self.state() = State::Done(result);
        self.changed.notify_all();
    }

    /// The caller's side.
    pub(crate) fn wait(
        self: &Arc<Self>,
        deadline: Deadline,
        cancel: &CancelToken,
        activity: &Activity,
    ) -> Result<T, TokenError> {
        let weak: Weak<Self> = Arc::downgrade(self);
        cancel.wake_on_cancel(weak);
        let mut state = self.state();
        loop {
            let queued = match std::mem::replace(&mut *state, State::Queued) {
                State::Done(result) => return result,
                State::Running => {
                    *state = State::Running;
                    false
                }
                State::Queued => true,
            };
            if cancel.is_cancelled() {
                self.abandoned.store(true, Ordering::Release);
                return Err(TokenError::Cancelled);
            }
            let left = deadline.remaining();
            if left.is_zero() {
                self.abandoned.store(true, Ordering::Release);
                // Queued means that the module works for somebody else within that caller's own time.
                return Err(if queued { TokenError::TokenBusy { holder: None } } else { activity.overdue() });
            }
            state = self.changed.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    fn state(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> Ticket<T> {
    fn is_abandoned(&self) -> bool {
        self.abandoned.load(Ordering::Acquire)
    }
}

impl<T: Send + 'static> Wake for Ticket<T> {
    fn wake(&self) {
        // The lock makes sure that a caller who is about to sleep sees the cancellation.
        drop(self.state());
        self.changed.notify_all();
    }
}

/// Tells a running job whether it is still wanted. Jobs look before each call into the module.
pub(crate) struct Watch {
    abandoned: Arc<dyn Abandoned>,
    deadline: Deadline,
    cancel: CancelToken,
}

trait Abandoned: Send + Sync {
    fn is_abandoned(&self) -> bool;
}

impl<T: Send> Abandoned for Ticket<T> {
    fn is_abandoned(&self) -> bool {
        Ticket::is_abandoned(self)
    }
}

impl Watch {
    pub(crate) fn new<T: Send + 'static>(
        ticket: &Arc<Ticket<T>>,
        deadline: Deadline,
        cancel: &CancelToken,
    ) -> Self {
        let abandoned: Arc<Ticket<T>> = Arc::clone(ticket);
        Self { abandoned, deadline, cancel: cancel.clone() }
    }

    /// An error once the job is no longer wanted.
    pub(crate) fn check(&self) -> Result<(), TokenError> {
        if self.cancel.is_cancelled() {
            return Err(TokenError::Cancelled);
        }
        if self.abandoned.is_abandoned() || self.deadline.has_passed() {
            return Err(TokenError::Deadline);
        }
        Ok(())
    }
}
