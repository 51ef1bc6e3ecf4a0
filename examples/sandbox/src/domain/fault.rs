//! Faults on demand: what the network, a proxy or a broken service may do to an answer, and texts that lie.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use serde::Deserialize;

/// What happens to one answer.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Fault {
    /// The answer is made later, by the service's clock; the request is in flight so long.
    Latency {
        /// How much.
        seconds: u32,
    },
    /// The answer is never made: a defect of the service panics in the middle.
    Panic,
    /// Another status instead of the answer; nothing is done.
    Status {
        /// 4xx or 5xx.
        status: u16,
    },
    /// The connection breaks before anything is done.
    DropBefore,
    /// The connection breaks after everything is done.
    DropAfter,
    /// The connection breaks in the middle of the body.
    Truncate,
    /// The request arrives twice; the client gets the second answer.
    Duplicate,
    /// The second half of the body comes later, by the service's clock.
    SlowBody {
        /// How much.
        seconds: u32,
    },
    /// `Date` and every `server_time` of the answer are of another clock.
    ClockSkew {
        /// How far it is ahead.
        seconds: i64,
    },
    /// The program is aborted before anything is done. A service that lives in another's process drops the connection.
    KillBefore,
    /// The program is aborted after everything is done and before the answer; likewise.
    KillAfter,
    /// `Repr-Digest` is of other octets.
    WrongDigest,
    /// Octets that are no JSON.
    Garbage,
    /// The sign-in page of a hotel, 200 and HTML.
    CaptivePortal,
    /// 307 to this address.
    Redirect {
        /// Where to.
        location: String,
    },
    /// Spaces before the body.
    Oversize {
        /// How many.
        octets: u32,
    },
    /// A member of the JSON answer is another: unknown states, foreign check numbers, forged receipts.
    Json {
        /// RFC 6901.
        pointer: String,
        /// Instead of what is there.
        value: serde_json::Value,
    },
}

/// Where a fault strikes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// Before the answer is made, while the request is in flight.
    Inside,
    /// On the way between service and client.
    Outside,
}

impl Fault {
    fn place(&self) -> Place {
        match self {
            Self::Latency { .. } | Self::Panic => Place::Inside,
            _ => Place::Outside,
        }
    }
}

/// A fault for the next requests of a kind.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct FaultRule {
    /// `GET`, `POST`, `PUT`, `DELETE`.
    pub method: String,
    /// How the path ends: `/submission`.
    pub path_end: String,
    /// What happens.
    #[serde(flatten)]
    pub fault: Fault,
    /// To how many requests.
    #[serde(default = "once")]
    pub times: u32,
}

fn once() -> u32 {
    1
}

impl FaultRule {
    /// A fault for one request.
    pub fn once(method: &str, path_end: &str, fault: Fault) -> Self {
        Self { method: method.to_owned(), path_end: path_end.to_owned(), fault, times: 1 }
    }
}

/// How the texts of new sessions lie.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Spoof {
    /// They do not.
    #[default]
    None,
    /// The text is of another order.
    OtherOrder,
    /// The text is of another session.
    OtherSession,
    /// A mark turns the direction of writing.
    Bidi,
    /// A letter only looks like one of the alphabet.
    Lookalike,
}

impl Spoof {
    /// What becomes of a text.
    pub(crate) fn apply(self, text: Vec<u8>) -> Vec<u8> {
        let (what, instead) = match self {
            Self::None => return text,
            Self::OtherOrder => ("Sipariş No: SD-", "Sipariş No: SD-6"),
            Self::OtherSession => ("Oturum: ", "Oturum: 0"),
            Self::Bidi => ("Bu metin", "\u{202E}Bu metin"),
            Self::Lookalike => ("METİN SONU", "METİN SОNU"),
        };
        String::from_utf8_lossy(&text).replace(what, instead).into_bytes()
    }
}

/// The faults that wait for their requests.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    waiting: Mutex<Vec<FaultRule>>,
    may_abort: AtomicBool,
}

impl Faults {
    /// The process is the service's own: it may be aborted.
    pub(crate) fn allow_abort(&self) {
        self.may_abort.store(true, Ordering::Relaxed);
    }

    pub(crate) fn may_abort(&self) -> bool {
        self.may_abort.load(Ordering::Relaxed)
    }

    pub(crate) fn add(&self, rule: FaultRule) {
        self.rules().push(rule);
    }

    pub(crate) fn clear(&self) {
        self.rules().clear();
    }

    /// The first fault of this place for this request; it is used up by it.
    pub(crate) fn take(&self, place: Place, method: &str, path: &str) -> Option<Fault> {
        let mut rules = self.rules();
        let place = rules.iter().position(|rule| {
            rule.fault.place() == place && rule.method == method && path.ends_with(&rule.path_end)
        })?;
        rules[place].times = rules[place].times.saturating_sub(1);
        let fault = rules[place].fault.clone();
        rules.retain(|rule| rule.times > 0);
        Some(fault)
    }

    fn rules(&self) -> std::sync::MutexGuard<'_, Vec<FaultRule>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_used_up() {
        let faults = Faults::default();
        faults.add(FaultRule { times: 2, ..FaultRule::once("PUT", "/submission", Fault::DropAfter) });
        assert_eq!(faults.take(Place::Inside, "PUT", "/s/submission"), None);
        assert_eq!(faults.take(Place::Outside, "GET", "/s/submission"), None);
        assert_eq!(faults.take(Place::Outside, "PUT", "/s/submission"), Some(Fault::DropAfter));
        assert_eq!(faults.take(Place::Outside, "PUT", "/s/submission"), Some(Fault::DropAfter));
        assert_eq!(faults.take(Place::Outside, "PUT", "/s/submission"), None);
    }

    #[test]
    fn a_rule_is_read_from_json() {
        let json = r#"{"method":"GET","path_end":"/health","kind":"json","pointer":"/status","value":"x","times":3}"#;
        let rule: FaultRule = serde_json::from_str(json).unwrap();
        assert_eq!(rule.fault, Fault::Json { pointer: "/status".to_owned(), value: "x".into() });
        assert_eq!(rule.times, 3);
    }
}
