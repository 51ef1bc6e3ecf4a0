//! The sign session's state machine (protocol, section 2): what is stored, what time makes of it, what may be done.

pub(crate) mod cancel;
pub(crate) mod certificate_check;
pub(crate) mod read;
pub(crate) mod redeem;
pub(crate) mod window;

use serde::Serialize;
use utoipa::ToSchema;

use crate::clock::UnixMs;
use crate::domain::problem::{Kind, Problem, Retry};
use crate::domain::secret::token_hash;
use crate::domain::time::seconds_left;
use crate::store::Connection;
use crate::store::sign_session::{self, SignSession};

pub(crate) const WINDOW_S: u32 = 150;
pub(crate) const GRACE_S: u32 = 30;
pub(crate) const HARD_END_S: u32 = 30 * 60;
pub(crate) const EXTENSIONS: i64 = 10;
pub(crate) const SUBMISSIONS: i64 = 3;

/// The reason that a refusal on the page leaves.
pub(crate) const REFUSED: &str = "confirmation_refused";

/// The state of a sign session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum State {
    /// The page has to say "Evet, benim" first.
    AwaitingConfirmation,
    /// Texts may be read and signed.
    Open,
    /// The window is over; an extension opens it again.
    Lapsed,
    /// Signatures are stored, not yet decided.
    Received,
    /// Signatures are accepted.
    Accepted,
    /// The last submission was refused.
    Rejected,
    /// The hard end has passed.
    Expired,
    /// By the person.
    Cancelled,
    /// By a newer code.
    Superseded,
}

impl State {
    /// The word on the wire and in the store.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::AwaitingConfirmation => "awaiting_confirmation",
            Self::Open => "open",
            Self::Lapsed => "lapsed",
            Self::Received => "received",
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
            Self::Expired => "expired",
            Self::Cancelled => "cancelled",
            Self::Superseded => "superseded",
        }
    }
}

/// The state at a time: a stored `open` may have lapsed or expired meanwhile.
pub(crate) fn state_at(session: &SignSession, now: UnixMs) -> State {
    let is_over = now >= session.hard_ends_at;
    match session.state.as_str() {
        "received" => State::Received,
        "accepted" => State::Accepted,
        "rejected" => State::Rejected,
        "cancelled" => State::Cancelled,
        "superseded" => State::Superseded,
        _ if is_over => State::Expired,
        "awaiting_confirmation" => State::AwaitingConfirmation,
        _ if session.window_ends_at.is_some_and(|end| now >= end) => State::Lapsed,
        _ => State::Open,
    }
}

/// The next time at which the state changes by itself.
pub(crate) fn next_change(session: &SignSession, now: UnixMs) -> Option<UnixMs> {
    match state_at(session, now) {
        State::Open => Some(session.window_ends_at.unwrap_or(session.hard_ends_at).min(session.hard_ends_at)),
        State::AwaitingConfirmation | State::Lapsed => Some(session.hard_ends_at),
        _ => None,
    }
}

/// Seconds left of the running window; none before it was started.
pub(crate) fn expires_in(session: &SignSession, now: UnixMs) -> Option<u32> {
    session.window_ends_at.map(|end| seconds_left(end, now))
}

/// The session of this token under this identifier.
pub(crate) async fn authenticate(
    connection: &mut Connection,
    id: &str,
    token: &str,
) -> Result<SignSession, Problem> {
    let session = sign_session::by_token(connection, &token_hash(token)).await?;
    let session = session.ok_or(Kind::Unauthenticated)?;
    if session.id == id { Ok(session) } else { Err(Kind::SessionUnknown.into()) }
}

/// The state of a session that may still be read; the hard end closes it whatever became of it.
pub(crate) fn readable(session: &SignSession, now: UnixMs) -> Result<State, Problem> {
    match state_at(session, now) {
        State::Cancelled if session.reason.as_deref() == Some(REFUSED) => {
            Err(Kind::ConfirmationRefused.into())
        }
        State::Cancelled => Err(Kind::SessionCancelled.into()),
        State::Superseded => Err(Kind::SessionSuperseded.into()),
        State::Expired => Err(Kind::SessionExpired.into()),
        _ if now >= session.hard_ends_at => Err(Kind::SessionExpired.into()),
        state => Ok(state),
    }
}

/// The state of a session in which the person may still act: `open` or `lapsed`.
pub(crate) fn actionable(session: &SignSession, now: UnixMs) -> Result<State, Problem> {
    match readable(session, now)? {
        State::AwaitingConfirmation => Err(Problem::new(Kind::AwaitingConfirmation).after(2)),
        State::Received | State::Accepted => Err(Kind::AlreadySubmitted.into()),
        State::Rejected => Err(wrong_state(State::Rejected).advise(Retry::NewCode)),
        state => Ok(state),
    }
}

/// `wrong-state` with the state that stands in the way.
pub(crate) fn wrong_state(state: State) -> Problem {
    Problem::new(Kind::WrongState).with("state", state.name())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn session(state: &str) -> SignSession {
        SignSession {
            id: "s".to_owned(),
            code_id: "c".to_owned(),
            application_no: "SD-1".to_owned(),
            token_hash: vec![],
            key_hash: vec![],
            payload_hash: vec![],
            client_name: "test".to_owned(),
            client_version: "1".to_owned(),
            network: "n".to_owned(),
            match_code: "0000".to_owned(),
            state: state.to_owned(),
            reason: None,
            created_at: 0,
            hard_ends_at: 1_800_000,
            window_ends_at: None,
            extensions_used: 0,
            submissions_used: 0,
            certificate_hash: None,
        }
    }

    #[test]
    fn time_moves_an_open_session_on() {
        let mut open = session("open");
        assert_eq!(state_at(&open, 1_799_999), State::Open);
        assert_eq!(state_at(&open, 1_800_000), State::Expired);
        assert_eq!(next_change(&open, 0), Some(1_800_000));
        open.window_ends_at = Some(150_000);
        assert_eq!(state_at(&open, 149_999), State::Open);
        assert_eq!(next_change(&open, 0), Some(150_000));
        assert_eq!(state_at(&open, 150_000), State::Lapsed);
        assert_eq!(next_change(&open, 150_000), Some(1_800_000));
        assert_eq!(state_at(&open, 1_800_000), State::Expired);
    }

    #[test]
    fn what_was_decided_stays_but_is_closed_by_the_hard_end() {
        for (stored, state) in [("received", State::Received), ("accepted", State::Accepted)] {
            let decided = session(stored);
            assert_eq!(state_at(&decided, i64::MAX), state);
            assert_eq!(next_change(&decided, 0), None);
            assert_eq!(readable(&decided, 0).unwrap(), state);
            assert_eq!(readable(&decided, 1_800_000).unwrap_err().kind(), Kind::SessionExpired);
            assert_eq!(actionable(&decided, 0).unwrap_err().kind(), Kind::AlreadySubmitted);
        }
    }

    #[test]
    fn each_ended_session_says_why() {
        let refused = SignSession { reason: Some(REFUSED.to_owned()), ..session("cancelled") };
        for (session, kind) in [
            (session("cancelled"), Kind::SessionCancelled),
            (refused, Kind::ConfirmationRefused),
            (session("superseded"), Kind::SessionSuperseded),
        ] {
            assert_eq!(readable(&session, 0).unwrap_err().kind(), kind);
        }
        assert_eq!(
            actionable(&session("awaiting_confirmation"), 0).unwrap_err().kind(),
            Kind::AwaitingConfirmation
        );
        assert_eq!(actionable(&session("rejected"), 0).unwrap_err().kind(), Kind::WrongState);
    }
}
