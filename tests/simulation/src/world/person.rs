//! The person and the application: one step at a time, with crashes before and after each.

use kamusm::session::{Outcome, OutcomeKind, VerificationCode};
use kamusm::time::Now;
use kamusm::{Code, Session, Step};

use super::World;
use super::journal::Unfinished;
use crate::application::{Running, State, is_void, told};
use crate::server::NoCode;

impl World {
    /// Gets a code from the page.
    pub(super) async fn take_code(&mut self) {
        let (order, _) = self.order();
        match self.server.issue_code(order).await {
            Ok(code) => {
                self.note("person: has a code");
                let code = VerificationCode::parse(&code).expect("the service's own code");
                let entropy = self.entropy();
                self.begin(Session::new(code, &self.config, entropy));
            }
            Err(NoCode::Down(said)) => {
                self.note(said);
                self.state = State::NoCode { from_ms: self.now() + 5_000 };
            }
            Err(NoCode::Refused(error)) => {
                self.note(format!("person: no code: {error}"));
                // Only the service's database may keep a person from a code.
                if self.heal_disk_at == i64::MAX {
                    self.ledger.violated(format!("no code for an order that is not approved: {error}"));
                }
                self.state = State::NoCode { from_ms: self.now() + 5_000 };
            }
        }
    }

    /// One step of the running application.
    pub(super) async fn go_on(&mut self) {
        let State::Running(running) = &mut self.state else { return };
        let now = Now {
            monotonic_ms: running.offset_ms + self.clock.elapsed_ms(),
            unix_ms: kamusm_sandbox::clock::Clock::now_ms(&self.clock),
        };
        let step = match running.session.step(now) {
            Ok(step) => step,
            Err(error) => return self.ledger.violated(format!("the machine has no step: {error}")),
        };
        if self.crashes("before") {
            return;
        }
        self.look_at_lock();
        let answer = match &step {
            Step::Send(send) => {
                self.look_at_sending(send.request());
                match self.exchange(send.request()).await {
                    Ok(response) => {
                        self.look_at_answer(send.request(), &response);
                        send.response(response)
                    }
                    Err(failure) => send.failed(failure),
                }
            }
            Step::Persist(persist) => match self.store(persist) {
                Some(answer) => answer,
                None => return,
            },
            Step::Wait(wait) => {
                let left = wait.until().saturating_sub(now.monotonic_ms);
                self.note(format!("wait {left}"));
                self.clock.pass(left);
                wait.elapsed()
            }
            Step::Show(texts) => {
                self.ledger.shown.extend(texts.items().iter().map(|text| text.octets.clone()));
                self.think("show");
                if self.plan.strikes(&mut self.chance, self.plan.person) {
                    texts.decline()
                } else {
                    texts.accept()
                }
            }
            Step::Choose(requirements) => {
                self.think("choose");
                match requirements.refusals().last() {
                    Some(refusal) => requirements.failed(refusal.error.clone()),
                    None => requirements.certificate(&self.material.certificate, &[]),
                }
            }
            Step::Sign(request) => {
                self.think("sign");
                request.signatures(self.sign(request))
            }
            Step::Done(outcome) => return self.end(outcome),
            step => return self.ledger.violated(format!("an unknown step: {step:?}")),
        };
        if self.crashes("after") {
            return;
        }
        let State::Running(running) = &mut self.state else { return };
        let now = Now {
            monotonic_ms: running.offset_ms + self.clock.elapsed_ms(),
            unix_ms: kamusm_sandbox::clock::Clock::now_ms(&self.clock),
        };
        match running.session.answer(answer, now) {
            Err(error) if error.code() != Code::Stale => {
                self.ledger.violated(format!("the machine refuses its own answer: {error}"));
            }
            _ => {}
        }
    }

    /// The PIN is asked for here.
    fn sign(&mut self, request: &kamusm::session::SignRequest) -> Vec<Option<Vec<u8>>> {
        self.counts.pins += 1;
        self.look_at_pin();
        request.items().iter().for_each(|item| self.ledger.note_signing(&item.to_be_signed));
        let mut values = self.material.sign(request);
        if self.plan.strikes(&mut self.chance, self.plan.person) {
            // The card is pulled out.
            values.pop();
            values.push(None);
            self.note("card: the last signature is not made");
        }
        values
    }

    /// People take their time, some of them too long.
    fn think(&mut self, what: &str) {
        let mut milliseconds = self.chance.u64(500..20_000);
        if self.plan.strikes(&mut self.chance, self.plan.slow) {
            let longest = if self.chance.u8(..6) == 0 { 2_000_000 } else { 400_000 };
            milliseconds = self.chance.u64(100_000..longest);
        }
        self.clock.pass(milliseconds);
        self.note(format!("{what} for {milliseconds}"));
    }

    fn crashes(&mut self, when: &str) -> bool {
        let strikes = self.plan.strikes(&mut self.chance, self.plan.application);
        if strikes {
            self.die(when);
        }
        strikes
    }

    pub(super) fn die(&mut self, when: &str) {
        self.counts.application_crashes += 1;
        let away = self.chance.i64(1_000..200_000);
        self.note(format!("application: dead {when} the step, away for {away} ms"));
        self.files.close();
        self.state = State::Gone { until_ms: self.now() + away };
    }

    fn begin(&mut self, session: Session) {
        let offset_ms = self.chance.u64(..1_000_000);
        self.state = State::Running(Box::new(Running::new(session, offset_ms)));
    }

    fn entropy(&mut self) -> [u8; 32] {
        let mut entropy = [0; 32];
        self.chance.fill(&mut entropy);
        entropy
    }

    /// The application is started again: what is unfinished comes first ("Yarım kalan işlem").
    pub(super) fn come_back(&mut self) {
        let unfinished = match self.unfinished() {
            Ok(unfinished) => unfinished,
            Err(error) => return self.ledger.violated(format!("the journal is not readable: {error}")),
        };
        self.state = match unfinished {
            Unfinished::Accepted => {
                self.note("person: the journal holds the receipt");
                self.counts.accepted += 1;
                State::Accepted
            }
            Unfinished::Nothing => State::NoCode { from_ms: self.now() },
            Unfinished::Entry(record) => {
                let entropy = self.entropy();
                match Session::resume(&record, &self.config, entropy) {
                    Ok(session) => {
                        self.note("person: goes on with what was unfinished");
                        self.counts.resumed += 1;
                        return self.begin(session);
                    }
                    Err(error) => {
                        return self.ledger.violated(format!("what is unfinished cannot go on: {error}"));
                    }
                }
            }
        };
    }

    fn end(&mut self, outcome: &Outcome) {
        self.note(format!("end: {}", told(outcome)));
        if outcome.kind == OutcomeKind::Accepted {
            self.counts.accepted += 1;
            self.state = State::Accepted;
            return;
        }
        if outcome.error.is_none() && outcome.kind != OutcomeKind::Received {
            self.ledger.violated("an end without a reason");
        }
        if outcome.error.as_ref().is_some_and(|error| error.code() == Code::CodeAlreadyUsed) {
            self.ledger.violated("the own redemption was taken for another's");
        }
        self.counts.void += u64::from(is_void(outcome));
        self.failures += 1;
        // Who fails again comes back later and later.
        let pause = 5_000 << (2 * self.failures.min(6));
        self.state = State::Gone { until_ms: self.now() + pause };
    }
}
