//! Slows down who tries codes that do not exist.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use crate::clock::UnixMs;
use crate::domain::problem::{Kind, Problem};
use crate::domain::time::seconds_left;

const ALLOWED: usize = 10;
const PERIOD_MS: i64 = 60_000;

/// The wrong codes of the last minute by address.
#[derive(Debug, Default)]
pub(crate) struct Guesses(Mutex<HashMap<IpAddr, Vec<UnixMs>>>);

impl Guesses {
    /// Refuses an address that guessed too often.
    pub(crate) fn check(&self, address: IpAddr, now: UnixMs) -> Result<(), Problem> {
        let mut guesses = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        guesses.retain(|_, times| {
            times.retain(|time| now - time < PERIOD_MS);
            !times.is_empty()
        });
        match guesses.get(&address) {
            Some(times) if times.len() >= ALLOWED => {
                let first = times.iter().min().copied().unwrap_or(now);
                Err(Problem::new(Kind::SlowDown).after(seconds_left(first + PERIOD_MS, now)))
            }
            _ => Ok(()),
        }
    }

    /// Remembers a wrong guess.
    pub(crate) fn add(&self, address: IpAddr, now: UnixMs) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).entry(address).or_default().push(now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_eleventh_guess_of_a_minute_waits() {
        let guesses = Guesses::default();
        let [one, other] = [1, 2].map(|last| IpAddr::from([127, 0, 0, last]));
        for second in 0..10 {
            guesses.check(one, second * 1000).unwrap();
            guesses.add(one, second * 1000);
        }
        assert_eq!(guesses.check(one, 10_000).unwrap_err().retry_after_s(), Some(50));
        guesses.check(other, 10_000).unwrap();
        guesses.check(one, 60_000).unwrap();
    }
}
