//! Which call a module is in, seen from outside: a module that hangs cannot be asked.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use crate::error::TokenError;

/// Shared by the thread that calls the module and those who wait for it.
#[derive(Default)]
pub(super) struct Activity(Mutex<Option<Call>>);

struct Call {
    function: &'static str,
    since: Instant,
    /// The call lasts as long as a person types at the reader.
    for_person: bool,
    /// Somebody's deadline passed in this call.
    overdue: bool,
}

/// Ends the call when dropped.
pub(super) struct Busy<'a>(&'a Activity);

impl Activity {
    pub(super) fn enter(&self, function: &'static str) -> Busy<'_> {
        self.begin(function, false)
    }

    pub(super) fn enter_for_person(&self, function: &'static str) -> Busy<'_> {
        self.begin(function, true)
    }

    fn begin(&self, function: &'static str, for_person: bool) -> Busy<'_> {
        *self.call() = Some(Call { function, since: Instant::now(), for_person, overdue: false });
        Busy(self)
    }

    /// What a caller is told whose deadline passed while its job ran. From now on the module counts as hung until
    /// the call returns.
    pub(super) fn overdue(&self) -> TokenError {
        match &mut *self.call() {
            None => TokenError::Deadline,
            Some(call) => {
                call.overdue = true;
                if call.for_person { TokenError::PadTimeout } else { call.hung() }
            }
        }
    }

    /// What a new caller is told while an overdue call has not returned.
    pub(super) fn refusal(&self) -> Option<TokenError> {
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
    }
}
