//! How often a caller may do something (RFC 6585, 4). The counts are stored, so a restart forgives nothing.

use std::net::IpAddr;

use crate::clock::UnixMs;
use crate::domain::digest::sha256;
use crate::domain::problem::{Kind, Problem};
use crate::domain::time::seconds_left;
use crate::store::Connection;
use crate::store::rate::{self, Period};

/// So many times in a period, which begins with the first time after the period before it.
#[derive(Debug)]
pub(crate) struct Limit {
    name: &'static str,
    pub(crate) most: i64,
    period_ms: i64,
    kind: Kind,
}

/// Requests with a session's token: an honest session needs fewer than sixty in its whole life.
pub(crate) const SESSION_REQUESTS: Limit =
    Limit { name: "session", most: 120, period_ms: 60_000, kind: Kind::RateLimited };
/// Codes that do not exist, by address.
pub(crate) const WRONG_CODES: Limit =
    Limit { name: "code", most: 10, period_ms: 60_000, kind: Kind::SlowDown };
/// Sign-ins that are begun, by address: a whole institution may share one.
pub(crate) const SIGN_INS: Limit =
    Limit { name: "sign-in", most: 120, period_ms: 60_000, kind: Kind::RateLimited };
/// Sign-ins that failed, by address.
pub(crate) const WRONG_SIGN_INS: Limit =
    Limit { name: "wrong-sign-in", most: 10, period_ms: 60_000, kind: Kind::SlowDown };

/// What is stored of an address; its network part would be personal data.
pub(crate) fn address(address: IpAddr) -> [u8; 32] {
    sha256(address.to_canonical().to_string().as_bytes())
}

impl Limit {
    /// Counts, or refuses.
    pub(crate) async fn admit(
        &self,
        connection: &mut Connection,
        caller: &[u8],
        now: UnixMs,
    ) -> Result<(), Problem> {
        let period = rate::count(connection, self.name, caller, now, now - self.period_ms).await?;
        if period.count > self.most { Err(self.refusal(period, now)) } else { Ok(()) }
    }

    /// Refuses who was counted too often.
    pub(crate) async fn check(
        &self,
        connection: &mut Connection,
        caller: &[u8],
        now: UnixMs,
    ) -> Result<(), Problem> {
        match rate::get(connection, self.name, caller, now - self.period_ms).await? {
            Some(period) if period.count >= self.most => Err(self.refusal(period, now)),
            _ => Ok(()),
        }
    }

    /// Counts only.
    pub(crate) async fn count(
        &self,
        connection: &mut Connection,
        caller: &[u8],
        now: UnixMs,
    ) -> Result<(), Problem> {
        rate::count(connection, self.name, caller, now, now - self.period_ms).await?;
        Ok(())
    }

    fn refusal(&self, period: Period, now: UnixMs) -> Problem {
        Problem::new(self.kind).after(seconds_left(period.since + self.period_ms, now))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Setup, Store};

    #[tokio::test]
    async fn a_period_has_so_many_times_and_the_next_one_begins_anew() {
        let directory = tempfile::tempdir().unwrap();
        let store = Store::open(&directory.path().join("rate"), &Setup::default()).await.unwrap();
        let mut connection = store.counting().await.unwrap();
        for second in 0..SESSION_REQUESTS.most {
            SESSION_REQUESTS.admit(&mut connection, b"one", 1_000 + second).await.unwrap();
        }
        let refused = SESSION_REQUESTS.admit(&mut connection, b"one", 31_000).await.unwrap_err();
        assert_eq!((refused.kind(), refused.retry_after_s()), (Kind::RateLimited, Some(30)));
        SESSION_REQUESTS.admit(&mut connection, b"other", 31_000).await.unwrap();
        assert!(SESSION_REQUESTS.admit(&mut connection, b"one", 60_999).await.is_err());
        SESSION_REQUESTS.admit(&mut connection, b"one", 61_000).await.unwrap();
    }

    #[tokio::test]
    async fn the_eleventh_wrong_guess_of_a_minute_waits() {
        let directory = tempfile::tempdir().unwrap();
        let store = Store::open(&directory.path().join("rate"), &Setup::default()).await.unwrap();
        let mut connection = store.counting().await.unwrap();
        for second in 0..WRONG_CODES.most {
            WRONG_CODES.check(&mut connection, b"one", second * 1000).await.unwrap();
            WRONG_CODES.count(&mut connection, b"one", second * 1000).await.unwrap();
        }
        let refused = WRONG_CODES.check(&mut connection, b"one", 10_000).await.unwrap_err();
        assert_eq!((refused.kind(), refused.retry_after_s()), (Kind::SlowDown, Some(50)));
        WRONG_CODES.check(&mut connection, b"other", 10_000).await.unwrap();
        WRONG_CODES.check(&mut connection, b"one", 60_000).await.unwrap();
    }
}
