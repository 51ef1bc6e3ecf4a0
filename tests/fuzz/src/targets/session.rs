//! Bodies of the protocol, each at its place in a whole session: one answer of the recorded session is another.

use std::sync::LazyLock;

use kamusm::{
    Answer, Session, Step,
    config::{Config, ConfigBuilder, Environment},
    door,
    request::{Response, TransportFailure},
    session::{Outcome, OutcomeKind, VerificationCode, WaitReason},
    time::Now,
};
use kamusm_cades::cms::SignedData;
use serde_json::Value;

use super::problem;
use crate::{bound::bounded, recording};

/// More than any session needs that is told nonsense once.
const MOST_STEPS: usize = 200;
const STATUSES: [u16; 12] = [200, 200, 201, 204, 302, 400, 404, 409, 410, 429, 500, 503];

static CONFIG: LazyLock<Config> =
    LazyLock::new(|| settings().build().expect("the recorded settings are right"));
static CERTIFICATE: LazyLock<Vec<u8>> = LazyLock::new(|| recording::octets("certificate"));

/// As they were recorded.
pub fn settings() -> ConfigBuilder {
    Config::builder(recording::text("base_url"), Environment::Sandbox).client("kamusm-bench", "1")
}

/// The first octet says which answer, the second its status; the rest is the body.
pub fn run(octets: &[u8]) {
    let [place, status, body @ ..] = octets else { return };
    let status = STATUSES[usize::from(*status) % STATUSES.len()];
    let play = || Play::new(begun(&CONFIG), (usize::from(*place) % responses().len(), status, body));
    let once = bounded(octets, 4 << 20, 2048, || play().end());
    let twice = play().end();
    assert_eq!(once, twice, "the same answers give the same end");
}

/// The recorded session before its first step.
pub fn begun(config: &Config) -> Session {
    let code = VerificationCode::parse(recording::text("code")).expect("the service's own code");
    let entropy = recording::octets("entropy").try_into().expect("32 octets were recorded");
    Session::new(code, config, entropy)
}

/// A session that is answered as it was recorded, but for one answer.
pub struct Play<'a> {
    session: Session,
    now: Now,
    next: usize,
    other: (usize, u16, &'a [u8]),
    shown: Vec<Vec<u8>>,
    /// What the journal was given.
    pub records: Vec<Vec<u8>>,
}

impl<'a> Play<'a> {
    /// With the place of the other answer, its status and its body.
    pub fn new(session: Session, other: (usize, u16, &'a [u8])) -> Self {
        Self { session, now: now_of(&turns()[0]), next: 0, other, shown: Vec::new(), records: Vec::new() }
    }

    /// Until the session is over.
    pub fn end(mut self) -> Outcome {
        self.finish()
    }

    /// The same, and what it was given can be looked at.
    pub fn finish(&mut self) -> Outcome {
        for _ in 0..MOST_STEPS {
            let step = self.session.step(self.now).expect("a step is never refused");
            assert_eq!(format!("{step:?}"), format!("{:?}", self.session.step(self.now).expect("nor again")));
            if let Step::Done(outcome) = step {
                self.judge(&outcome);
                return outcome;
            }
            let answer = self.answer(&step);
            if let Err(error) = self.session.answer(answer, self.now) {
                // Nothing has changed: what was asked for is still asked for.
                problem::told(&error);
                self.session.cancel();
            }
        }
        panic!("the session does not end");
    }

    fn answer(&mut self, step: &Step) -> Answer {
        match step {
            Step::Send(send) => match self.response() {
                Some(response) => send.response(response),
                None => send.failed(TransportFailure::Unreachable),
            },
            Step::Wait(wait) => {
                self.now.monotonic_ms = self.now.monotonic_ms.max(wait.until());
                // The answer that belongs here comes to the request that is sent again.
                self.next -= usize::from(wait.reason() == WaitReason::Retry && self.next > self.other.0);
                wait.elapsed()
            }
            Step::Show(texts) => {
                self.shown = texts.items().iter().map(|text| text.octets.clone()).collect();
                assert!(self.shown.iter().all(|text| door::checked(text).is_ok()), "nothing else is shown");
                texts.accept()
            }
            Step::Choose(requirements) => requirements.certificate(&CERTIFICATE, &[]),
            Step::Sign(request) => {
                assert_eq!(request.items().len(), self.shown.len(), "what was shown is signed");
                let values = turns().iter().find_map(|turn| turn["reply"]["signatures"].as_array());
                let values = values.into_iter().flatten();
                request.signatures(values.map(|value| Some(recording::decoded(value))).collect())
            }
            Step::Persist(persist) => {
                self.records.push(persist.record().octets().to_vec());
                persist.stored()
            }
            _ => panic!("a step that nobody knows"),
        }
    }

    fn response(&mut self) -> Option<Response> {
        let turn = responses().get(self.next)?;
        let (place, status, body) = self.other;
        let is_other = self.next == place;
        self.next += 1;
        let now = now_of(turn);
        self.now = Now { monotonic_ms: self.now.monotonic_ms.max(now.monotonic_ms), unix_ms: now.unix_ms };
        let recorded = &turn["reply"]["response"];
        let headers = recorded["headers"].as_array().into_iter().flatten().map(|header| {
            let part = |index: usize| header[index].as_str().unwrap_or_default().to_owned();
            (part(0), part(1))
        });
        if !is_other {
            let status = recorded["status"].as_u64().and_then(|status| u16::try_from(status).ok());
            let body = recorded["body"].as_str().unwrap_or_default();
            return Some(Response::new(status.unwrap_or_default(), headers.collect(), body.into()));
        }
        let headers = if status < 400 { headers.collect() } else { problem::headers() };
        Some(Response::new(status, headers, body.to_vec()))
    }

    fn judge(&self, outcome: &Outcome) {
        if let Some(error) = &outcome.error {
            problem::told(error);
        }
        let is_well = matches!(outcome.kind, OutcomeKind::Accepted | OutcomeKind::Received);
        assert!(is_well || outcome.error.is_some(), "{:?} says why", outcome.kind);
        assert!(
            outcome.kind != OutcomeKind::Accepted || outcome.receipt.is_some(),
            "accepted without a receipt"
        );
        for (file, text) in outcome.signatures.iter().zip(&self.shown) {
            let signed = SignedData::parse(file).expect("our own file");
            assert_eq!(signed.content(), Some(text.as_slice()), "what was shown was signed");
        }
    }
}

fn responses() -> &'static [&'static Value] {
    static RESPONSES: LazyLock<Vec<&Value>> =
        LazyLock::new(|| turns().iter().filter(|turn| turn["reply"]["response"].is_object()).collect());
    &RESPONSES
}

fn turns() -> &'static [Value] {
    recording::RECORDING["turns"].as_array().expect("the recording has turns")
}

fn now_of(turn: &Value) -> Now {
    let monotonic_ms = turn["monotonic_ms"].as_u64().expect("a time");
    Now { monotonic_ms, unix_ms: turn["unix_ms"].as_i64().expect("a time") }
}
