//! A session's token is served so many requests a minute; more are `rate-limited` (RFC 6585, 4).

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use crate::clock::UnixMs;
use crate::domain::problem::{Kind, Problem};
use crate::domain::time::seconds_left;

/// An honest session needs fewer than sixty in its whole life.
pub(crate) const REQUESTS_PER_MINUTE: u32 = 120;
const PERIOD_MS: i64 = 60_000;

/// The requests of the present minute by the hash of the token.
#[derive(Debug, Default)]
pub(crate) struct Rate(Mutex<Minutes>);

#[derive(Debug, Default)]
struct Minutes {
    of_callers: HashMap<[u8; 32], Minute>,
    swept_at: UnixMs,
}

/// Begins with a caller's first request after the minute before it.
#[derive(Debug)]
struct Minute {
    since: UnixMs,
    requests: u32,
}

impl Rate {
    /// Counts a request, or refuses it.
    pub(crate) fn admit(&self, caller: [u8; 32], now: UnixMs) -> Result<(), Problem> {
        let mut minutes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if now - minutes.swept_at >= PERIOD_MS {
            minutes.of_callers.retain(|_, minute| now - minute.since < PERIOD_MS);
            minutes.swept_at = now;
        }
        let minute = minutes.of_callers.entry(caller).or_insert(Minute { since: now, requests: 0 });
        if now - minute.since >= PERIOD_MS {
            *minute = Minute { since: now, requests: 0 };
        }
        if minute.requests >= REQUESTS_PER_MINUTE {
            return Err(Problem::new(Kind::RateLimited).after(seconds_left(minute.since + PERIOD_MS, now)));
        }
        minute.requests += 1;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minute_has_so_many_requests_and_the_next_one_begins_anew() {
        let rate = Rate::default();
        let [one, other] = [[1; 32], [2; 32]];
        for _ in 0..REQUESTS_PER_MINUTE {
            rate.admit(one, 1_000).unwrap();
        }
        let refused = rate.admit(one, 31_000).unwrap_err();
        assert_eq!((refused.kind(), refused.retry_after_s()), (Kind::RateLimited, Some(30)));
        rate.admit(other, 31_000).unwrap();
        assert!(rate.admit(one, 60_999).is_err());
        rate.admit(one, 61_000).unwrap();
    }
}
