//! The machine itself.

use kamusm::{
    Session,
    config::{Config, Environment},
    error::{Error, Language},
    request::{Response, TransportFailure},
    session::VerificationCode,
    time::Now,
};

use super::{
    caller::{Answer, Caller, Step, Told},
    message::Request,
};

pub(super) struct RustCaller {
    session: Session,
    /// The one to be answered.
    step: Option<kamusm::Step>,
}

impl RustCaller {
    pub(super) fn new(base_url: &str, code: &str, intermediates_pem: &str) -> Self {
        let config = Config::builder(base_url, Environment::Sandbox).intermediates_pem(intermediates_pem);
        let mut entropy = [0; 32];
        getrandom::fill(&mut entropy).unwrap();
        let session = Session::new(VerificationCode::parse(code).unwrap(), &config.build().unwrap(), entropy);
        Self { session, step: None }
    }
}

impl Caller for RustCaller {
    fn step(&mut self, now: Now) -> Step {
        let step = self.session.step(now).unwrap();
        let plain = match &step {
            kamusm::Step::Send(send) => {
                let request = send.request();
                Step::Send(Request {
                    method: request.method.name().to_owned(),
                    url: request.url.clone(),
                    headers: request.headers.clone(),
                    body: request.body.clone(),
                })
            }
            kamusm::Step::Wait(wait) => Step::Wait { until_ms: wait.until() },
            kamusm::Step::Show(texts) => {
                Step::Show { texts: texts.items().iter().map(|text| text.octets.clone()).collect() }
            }
            kamusm::Step::Choose(requirements) => Step::Choose { refusals: requirements.refusals().len() },
            kamusm::Step::Sign(request) => Step::Sign {
                certificate: request.certificate().der().to_vec(),
                at_unix_s: request.signing_time_unix_s(),
                items: request.items().iter().map(|item| item.to_be_signed.clone()).collect(),
            },
            kamusm::Step::Done(outcome) => Step::Done(outcome.error.as_ref().map(told)),
            _ => panic!("a new kind of step"),
        };
        self.step = Some(step);
        plain
    }

    fn answer(&mut self, answer: Answer, now: Now) {
        let answer = match (self.step.take().unwrap(), answer) {
            (kamusm::Step::Send(send), Answer::Response(response)) => {
                send.response(Response::new(response.status, response.headers, response.body))
            }
            (kamusm::Step::Send(send), Answer::Unreachable) => send.failed(TransportFailure::Unreachable),
            (kamusm::Step::Wait(wait), Answer::Elapsed) => wait.elapsed(),
            (kamusm::Step::Show(texts), Answer::Accept) => texts.accept(),
            (kamusm::Step::Choose(requirements), Answer::Certificate(der)) => {
                requirements.certificate(&der, &[])
            }
            (kamusm::Step::Choose(requirements), Answer::GiveUp) => {
                requirements.failed(requirements.refusals().last().unwrap().error.clone())
            }
            (kamusm::Step::Sign(request), Answer::Signatures(values)) => {
                request.signatures(values.into_iter().map(Some).collect())
            }
            (step, _) => panic!("this is no answer to {step:?}"),
        };
        self.session.answer(answer, now).unwrap();
    }
}

fn told(error: &Error) -> Told {
    Told {
        number: error.code().number(),
        problem: error.problem().map(str::to_owned),
        http_status: error.http_status(),
        request_id: error.request_id().map(str::to_owned),
        turkish: error.sentence(Language::Turkish).to_owned(),
        english: error.sentence(Language::English).to_owned(),
    }
}
