//! Requests that are answered right now, by caller, operation and `Idempotency-Key`.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

type Place = ([u8; 32], [u8; 32]);

/// All of them.
#[derive(Debug, Default)]
pub(crate) struct InFlight(Mutex<HashSet<Place>>);

impl InFlight {
    /// None where the same request is in flight already.
    pub(crate) fn begin(&self, scope: [u8; 32], key: [u8; 32]) -> Option<Flight<'_>> {
        let place = (scope, key);
        let is_first = self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(place);
        is_first.then_some(Flight { all: self, place })
    }
}

/// One of them; it ends when this is dropped, whatever became of the request.
#[derive(Debug)]
pub(crate) struct Flight<'a> {
    all: &'a InFlight,
    place: Place,
}

impl Drop for Flight<'_> {
    fn drop(&mut self) {
        self.all.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.place);
    }
}
