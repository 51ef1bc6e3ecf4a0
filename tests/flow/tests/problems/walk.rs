//! One session of the caller under test, with the network between it and the service; both clocks are the test's.

use std::time::Duration;

use kamusm::time::Now;
use kamusm_sandbox::LeafKey;
use kamusm_test_ca::Key;

use super::{
    caller::{Answer, Caller, Step, Told},
    exchange::exchange,
    message::Request,
    setting::Setting,
};

/// No session of a test has more steps.
const MAX_STEPS: usize = 500;

pub(super) struct Walk<'a> {
    setting: &'a Setting<'a>,
    caller: Box<dyn Caller>,
    now: Now,
    alter: Box<dyn FnMut(&mut Request) + 'a>,
    lose: Box<dyn FnMut(&Request) -> bool + 'a>,
}

impl<'a> Walk<'a> {
    pub(super) fn new(setting: &'a Setting<'a>, code: &str) -> Self {
        let pem = kamusm_test_ca::certificate_pem(setting.sandbox.intermediate_der());
        Self {
            setting,
            caller: setting.callers.session(setting.sandbox.base_url(), code, &pem),
            now: Now { monotonic_ms: 1_000_000, unix_ms: setting.admin().now_ms() },
            alter: Box::new(|_| {}),
            lose: Box::new(|_| false),
        }
    }

    /// Changes requests on their way: for what an honest client never sends.
    pub(super) fn alter(&mut self, alter: impl FnMut(&mut Request) + 'a) {
        self.alter = Box::new(alter);
    }

    /// Sends requests for which this says yes, but loses their answers.
    pub(super) fn lose_answers(&mut self, lose: impl FnMut(&Request) -> bool + 'a) {
        self.lose = Box::new(lose);
    }

    /// Moves the clocks of both sides.
    pub(super) fn advance(&mut self, by: Duration) {
        let milliseconds = u64::try_from(by.as_millis()).unwrap();
        self.now.monotonic_ms += milliseconds;
        self.now.unix_ms += i64::try_from(milliseconds).unwrap();
        self.setting.admin().advance(by);
    }

    pub(super) fn step(&mut self) -> Step {
        self.caller.step(self.now)
    }

    /// Performs steps until one that is wanted, or the end.
    pub(super) fn until(&mut self, wanted: impl Fn(&Step) -> bool) -> Step {
        for _ in 0..MAX_STEPS {
            let step = self.step();
            if wanted(&step) || matches!(step, Step::Done(_)) {
                return step;
            }
            self.perform(step);
        }
        panic!("the session does not end");
    }

    /// The error at the end.
    pub(super) fn finish(&mut self) -> Told {
        match self.until(|_| false) {
            Step::Done(told) => told.expect("the session ends with an error"),
            _ => unreachable!("only the end was waited for"),
        }
    }

    /// The next request, which is not sent yet.
    pub(super) fn request(&mut self, path_end: &str) -> Request {
        let is_it = |step: &Step| matches!(step, Step::Send(request) if request.url.ends_with(path_end));
        match self.until(is_it) {
            Step::Send(request) => request,
            _ => panic!("no request for {path_end} came"),
        }
    }

    /// Does what an honest, quick person with a good network does.
    pub(super) fn perform(&mut self, step: Step) {
        let answer = match step {
            Step::Send(mut request) => {
                (self.alter)(&mut request);
                let response = exchange(&request);
                if (self.lose)(&request) { Answer::Unreachable } else { Answer::Response(response) }
            }
            Step::Wait { until_ms } => {
                self.advance(Duration::from_millis(until_ms.saturating_sub(self.now.monotonic_ms)));
                Answer::Elapsed
            }
            Step::Show { .. } => Answer::Accept,
            Step::Choose { refusals: 0 } => Answer::Certificate(self.setting.issued.certificate_der.clone()),
            Step::Choose { .. } => Answer::GiveUp,
            Step::Sign { items, .. } => Answer::Signatures(self.sign(&items)),
            Step::Done(_) => panic!("nothing to perform"),
        };
        self.caller.answer(answer, self.now);
    }

    fn sign(&self, items: &[Vec<u8>]) -> Vec<Vec<u8>> {
        let key = Key::from_pkcs8_der(LeafKey::P256, &self.setting.issued.private_key_pkcs8_der).unwrap();
        items.iter().map(|item| key.sign(item)).collect()
    }
}
