//! A redeemed session: what the service told, and its times on the monotonic clock.

use jiff::Timestamp;
use zeroize::Zeroizing;

use crate::{
    error::{Code, Error, Result},
    protocol::message::SessionBody,
    sign_code::SessionState,
    time::{MonotonicMs, Now},
};

/// The session with its clocks. The countdown runs on the monotonic clock, from what the service said.
pub(super) struct Opened {
    pub(super) token: Zeroizing<String>,
    pub(super) body: SessionBody,
    pub(super) window_end: Option<MonotonicMs>,
    pub(super) hard_end: MonotonicMs,
    seen_at: MonotonicMs,
    service_unix_ms: i64,
    /// What the service said is of another run's clock.
    pub(super) is_stale: bool,
}

impl Opened {
    /// From a record: its times mean nothing until the service tells them anew.
    pub(super) fn restored(token: Zeroizing<String>, body: SessionBody) -> Self {
        Self {
            token,
            body,
            window_end: None,
            hard_end: MonotonicMs::MAX,
            seen_at: 0,
            service_unix_ms: 0,
            is_stale: true,
        }
    }

    pub(super) fn new(token: Zeroizing<String>, body: SessionBody, now: Now) -> Result<Self> {
        let mut opened = Self::restored(token, body);
        let body = opened.body.clone();
        opened.renew(body, now)?;
        Ok(opened)
    }

    /// Takes over what the service says now; it must still speak of the same session.
    pub(super) fn renew(&mut self, body: SessionBody, now: Now) -> Result<()> {
        if body.id != self.body.id || body.application.no != self.body.application.no {
            return Err(Error::new(Code::BadResponse, "the answer speaks of another session"));
        }
        let server_time: Timestamp = body
            .server_time
            .parse()
            .map_err(|_| Error::new(Code::BadResponse, "server_time is not an RFC 3339 time"))?;
        let after = |seconds: u64| now.monotonic_ms.saturating_add(seconds.saturating_mul(1000));
        self.service_unix_ms = server_time.as_millisecond();
        self.seen_at = now.monotonic_ms;
        self.window_end = body.expires_in.map(after);
        self.hard_end = body.hard_expires_in.map_or(MonotonicMs::MAX, after);
        self.body = body;
        self.is_stale = false;
        Ok(())
    }

    /// The service's time: what it said plus what the monotonic clock counted since. The machine's own
    /// calendar plays no part, so a wrong one signs no wrong time.
    pub(super) fn service_time_unix_s(&self, now: MonotonicMs) -> i64 {
        let elapsed = i64::try_from(now.saturating_sub(self.seen_at)).unwrap_or(i64::MAX);
        self.service_unix_ms.saturating_add(elapsed).div_euclid(1000)
    }

    pub(super) fn has_lapsed(&self, now: MonotonicMs) -> bool {
        self.window_end.is_none_or(|end| now >= end)
    }

    /// The last moment at which a submission is still taken.
    pub(super) fn submission_end(&self) -> MonotonicMs {
        // How long ago a window lapsed that is told as lapsed is not known: no grace is counted on.
        let is_lapsed = self.body.state == SessionState::Lapsed;
        let grace_ms = if is_lapsed { 0 } else { self.body.grace_seconds.saturating_mul(1000) };
        self.window_end.map_or(self.hard_end, |end| end.saturating_add(grace_ms))
    }

    pub(super) fn is_over(&self, now: MonotonicMs) -> bool {
        now >= self.hard_end
    }
}
