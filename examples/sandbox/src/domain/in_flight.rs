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
        // Made only then: one that is dropped ends the flight.
        is_first.then(|| Flight { all: self, place })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refused_repetition_does_not_end_the_flight_of_the_first() {
        let all = InFlight::default();
        let first = all.begin([1; 32], [2; 32]);
        assert!(first.is_some());
        assert!(all.begin([1; 32], [2; 32]).is_none());
        assert!(all.begin([1; 32], [2; 32]).is_none());
        assert!(all.begin([1; 32], [3; 32]).is_some());
        drop(first);
        assert!(all.begin([1; 32], [2; 32]).is_some());
    }
}
