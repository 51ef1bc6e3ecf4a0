//! A whole session, with a code or to sign in, as the scenario wants it.

use std::{thread, time::Duration};

use kamusm::{
    Session, Step,
    drive::{self, Failure, Transport as _},
    error::Result,
    session::{Answer, Texts, VerificationCode, WaitReason},
    time::{MonotonicMs, Now},
};
use kamusm_token::cancel::CancelToken;
use serde_json::{Value, json};

use crate::{
    error,
    network::{Network, config},
    person::Person,
    scenario::Scenario,
    trace::{self, Trace},
};

pub(crate) fn trace(scenario: &Scenario) -> Value {
    let mut trace = Trace::default();
    if let Err(thrown) = run(scenario, &mut trace) {
        trace.thrown = error::trace(&thrown);
    }
    trace.into_value()
}

fn run(scenario: &Scenario, trace: &mut Trace) -> Result<()> {
    let signs_in = scenario.get("kind") == Some("sign_in");
    let code = (!signs_in).then(|| VerificationCode::parse(scenario.text("code"))).transpose()?;
    let config = config(scenario)?;
    let network = Network::new(scenario, &config)?;
    let mut entropy = [0; 32];
    getrandom::fill(&mut entropy).expect("the system has entropy");
    let mut going = Going {
        scenario,
        session: match code {
            Some(code) => Session::new(code, &config, entropy),
            None => Session::sign_in(&config, entropy),
        },
        network,
        person: Person::new(scenario)?,
        cancel: CancelToken::new(),
    };
    let ended = going.drive(trace);
    if scenario.get("log").is_some() {
        trace.log = json!(config.log().read().0.iter().map(|line| &line.text).collect::<Vec<_>>());
    }
    ended
}

struct Going<'a> {
    scenario: &'a Scenario,
    session: Session,
    network: Network,
    person: Person<'a>,
    cancel: CancelToken,
}

impl Going<'_> {
    fn drive(&mut self, trace: &mut Trace) -> Result<()> {
        loop {
            let step = self.session.step(Now::system())?;
            let (kind, answer) = match &step {
                Step::Send(send) => {
                    trace.kind("send");
                    self.cancel_at("send");
                    let answer = match self.network.perform(send.request(), &self.cancel) {
                        Ok(response) => send.response(response),
                        Err(Failure::Transport(failure)) => send.failed(failure),
                        Err(Failure::Cancelled) => send.cancelled(),
                    };
                    ("send", answer)
                }
                Step::Wait(wait) => {
                    trace.wait(match wait.reason() {
                        WaitReason::Retry => "retry",
                        WaitReason::Confirmation => "confirmation",
                        WaitReason::Checks => "checks",
                        _ => "unknown",
                    });
                    self.cancel_at("wait");
                    ("wait", drive::wait(wait, &self.cancel))
                }
                Step::Show(texts) => ("show", self.show(texts, trace)),
                Step::Choose(requirements) => {
                    trace.kind("choose");
                    trace.choose = trace::choose(requirements);
                    let cancelled = self.is_at("cancel_at", "choose");
                    let answer = if cancelled {
                        requirements.cancelled()
                    } else {
                        self.person.choose(requirements)?
                    };
                    ("choose", answer)
                }
                Step::Sign(request) => {
                    trace.kind("sign");
                    trace.sign = trace::sign(request);
                    if self.is_at("cancel_at", "sign") {
                        ("sign", request.cancelled())
                    } else {
                        match self.person.sign(request, &self.cancel) {
                            Ok(answer) => ("sign", answer),
                            Err(wrong) => {
                                trace.pin_errors.push(error::trace(&wrong));
                                continue;
                            }
                        }
                    }
                }
                Step::Done(outcome) => {
                    trace.kind("done");
                    trace.end(outcome);
                    return Ok(());
                }
                _ => {
                    self.session.cancel();
                    continue;
                }
            };
            self.give(kind, answer, trace)?;
        }
    }

    fn show(&self, texts: &Texts, trace: &mut Trace) -> Answer {
        trace.kind("show");
        trace.show = trace::show(texts);
        if let Some(count) = self.scenario.number("countdown") {
            trace.countdown = json!(countdown(texts.facts().deadline, count));
        }
        if self.is_at("cancel_at", "show") {
            texts.cancelled()
        } else if self.scenario.get("decline").is_some() {
            texts.decline()
        } else {
            texts.accept()
        }
    }

    fn give(&mut self, kind: &str, answer: Answer, trace: &mut Trace) -> Result<()> {
        if self.is_at("cancel_session_at", kind) {
            self.session.cancel();
            return Ok(());
        }
        let again = (kind == "show" && self.scenario.get("answer_twice").is_some()).then(|| answer.clone());
        self.session.answer(answer, Now::system())?;
        if let Some(again) = again {
            trace.stale = error::optional(self.session.answer(again, Now::system()).err().as_ref());
        }
        Ok(())
    }

    fn cancel_at(&self, kind: &str) {
        if self.is_at("cancel_at", kind) {
            self.cancel.cancel();
        }
    }

    fn is_at(&self, key: &str, kind: &str) -> bool {
        self.scenario.get(key) == Some(kind)
    }
}

/// Kalan Süre: this many values, one a second, until nothing is left.
fn countdown(until: MonotonicMs, count: usize) -> Vec<u64> {
    let mut values = Vec::new();
    while values.len() < count {
        let left = until.saturating_sub(Now::system().monotonic_ms);
        values.push(left.div_ceil(1000));
        if left == 0 {
            break;
        }
        if values.len() < count {
            // To the moment at which the next whole second is left.
            thread::park_timeout(Duration::from_millis((left - 1) % 1000 + 1));
        }
    }
    values
}
