//! A session that answers itself: no network, no person, no card, only the machine's own work.

use std::collections::VecDeque;

use kamusm::{
    request::Response,
    session::{Answer, Outcome, Session, Step},
    time::Now,
};

/// A session and the answers that it will get.
pub struct Play {
    session: Session,
    answers: VecDeque<(Now, Given)>,
}

/// An answer that is ready, so that handing it over costs nothing.
#[expect(clippy::exhaustive_enums, reason = "as the recording's replies")]
pub enum Given {
    /// By the service.
    Response(Response),
    /// By the clock.
    Elapsed,
    /// By the person, to the texts.
    Accepted,
    /// The certificate.
    Certificate(Vec<u8>),
    /// By the card.
    Signatures(Vec<Option<Vec<u8>>>),
}

impl Play {
    pub(super) fn new(session: Session, answers: VecDeque<(Now, Given)>) -> Self {
        Self { session, answers }
    }

    /// Performs as many steps.
    pub fn advance(&mut self, turns: usize) {
        for _ in 0..turns {
            self.turn();
        }
    }

    /// Asks for the step and gives its answer; the time comes with the answer.
    pub fn turn(&mut self) {
        let (now, given) = self.answers.pop_front().expect("a turn that was recorded");
        let step = self.session.step(now).expect("a step is never refused");
        let answer = answer(&step, given);
        self.session.answer(answer, now).expect("the recorded answer fits its step");
    }

    /// Leaves the next answer out: it comes from elsewhere.
    pub fn skip(&mut self) {
        self.answers.pop_front().expect("a turn that was recorded");
    }

    /// The next answer, for the same step of another session.
    pub fn answer(&mut self, step: &Step) -> Answer {
        answer(step, self.answers.pop_front().expect("a turn that was recorded").1)
    }

    /// Performs what is left.
    pub fn finish(&mut self) -> Outcome {
        let end = self.answers.back().expect("a session has steps").0;
        while !self.answers.is_empty() {
            self.turn();
        }
        match self.session.step(end).expect("a step is never refused") {
            Step::Done(outcome) => outcome,
            step => panic!("the recording ends at {step:?}; record it anew"),
        }
    }
}

fn answer(step: &Step, given: Given) -> Answer {
    match (step, given) {
        (Step::Send(send), Given::Response(response)) => send.response(response),
        (Step::Wait(wait), Given::Elapsed) => wait.elapsed(),
        (Step::Show(texts), Given::Accepted) => texts.accept(),
        (Step::Choose(requirements), Given::Certificate(der)) => requirements.certificate(&der, &[]),
        (Step::Sign(request), Given::Signatures(values)) => request.signatures(values),
        (step, _) => panic!("the recording does not fit {step:?}; record it anew"),
    }
}
