//! Which call a module is in, seen from outside: a module that hangs cannot be asked.

use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Instant;

use crate::error::TokenError;

/// Shared by the thread that calls the module and those who wait for it.
#[derive(Default)]
pub(crate) struct Activity(Mutex<Option<Call>>);

struct Call {
    function: &'static str,
    since: Instant,
    /// The call lasts as long as a person types at the reader.
    for_person: bool,
    /// Somebody's deadline passed in this call.
    overdue: bool,
}

/// Hears of the calls of every module of this process.
pub(crate) type Observer = Box<dyn Fn(Change) + Send + Sync>;

/// What a module begins or ends.
#[cfg_attr(not(feature = "helper"), expect(dead_code, reason = "only the helper process is heard"))]
#[derive(Clone, Copy)]
pub(crate) enum Change {
    Entered { function: &'static str, for_person: bool },
    Left,
}

static OBSERVER: OnceLock<Observer> = OnceLock::new();

/// Has `observer` told of every call from now on; only the first of a process is.
#[cfg_attr(not(feature = "helper"), expect(dead_code, reason = "the helper process tells its host"))]
pub(crate) fn observe(observer: Observer) {
    let _ = OBSERVER.set(observer);
}

fn tell(change: Change) {
    if let Some(observer) = OBSERVER.get() {
        observer(change);
    }
}

/// Ends the call when dropped.
pub(crate) struct Busy<'a>(&'a Activity);

impl Activity {
    pub(crate) fn enter(&self, function: &'static str) -> Busy<'_> {
        self.begin(function, false)
    }

    pub(crate) fn enter_for_person(&self, function: &'static str) -> Busy<'_> {
        self.begin(function, true)
    }

    fn begin(&self, function: &'static str, for_person: bool) -> Busy<'_> {
        tell(Change::Entered { function, for_person });
        *self.call() = Some(Call { function, since: Instant::now(), for_person, overdue: false });
        Busy(self)
    }

    /// Notes what another process tells of its calls.
    #[cfg(feature = "helper")]
    pub(crate) fn note(&self, change: Change) {
        *self.call() = match change {
            Change::Entered { function, for_person } => {
                Some(Call { function, since: Instant::now(), for_person, overdue: false })
            }
            Change::Left => None,
        };
    }

    /// The call that the module is in.
    #[cfg(feature = "helper")]
    pub(crate) fn current(&self) -> Option<&'static str> {
        self.call().as_ref().map(|call| call.function)
    }

    /// What a caller is told whose deadline passed while its job ran. From now on the module counts as hung until
    /// the call returns.
    pub(crate) fn overdue(&self) -> TokenError {
        match &mut *self.call() {
            None => TokenError::Deadline,
            Some(call) => {
                call.overdue = true;
                if call.for_person { TokenError::PadTimeout } else { call.hung() }
            }
        }
    }

    /// What a new caller is told while an overdue call has not returned.
    pub(crate) fn refusal(&self) -> Option<TokenError> {
        let call = self.call();
        let call = call.as_ref().filter(|call| call.overdue)?;
        Some(if call.for_person { TokenError::TokenBusy { holder: None } } else { call.hung() })
    }

    fn call(&self) -> MutexGuard<'_, Option<Call>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Call {
    fn hung(&self) -> TokenError {
        TokenError::ModuleHung { function: self.function, after: self.since.elapsed() }
    }
}

impl Drop for Busy<'_> {
    fn drop(&mut self) {
        *self.0.call() = None;
        tell(Change::Left);
    }
}
