//! One session with its performers; nothing happens that the test did not ask for.

use std::{cell::Cell, time::Duration};

use kamusm::{
    Error, Session, Step,
    config::{Config, ConfigBuilder, Environment},
    drive::{Failure, Transport},
    http::HttpClient,
    journal::{Entry, Record},
    request::{Request, Response, TransportFailure},
    session::{Answer, Outcome, VerificationCode},
    time::Now,
};
use kamusm_cades::x509::certificate::Certificate;
use kamusm_sandbox::{Issued, Sandbox};
use kamusm_token::{
    backend::{SignOptions, Signer, ToBeSigned},
    cancel::CancelToken,
    deadline::Deadline,
    pin::{Pin, PinSource},
    soft::SoftSigner,
};

/// No session of a test has more steps.
const MAX_STEPS: usize = 500;
const SIGN_TIME: Duration = Duration::from_secs(30);
const PIN: &[u8] = b"135790";

/// The kinds of step, to stop at one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "as the steps of a session")]
pub enum Kind {
    /// A request.
    Send,
    /// A pause.
    Wait,
    /// Texts.
    Show,
    /// A certificate.
    Choose,
    /// Signatures.
    Sign,
    /// A record of the journal.
    Persist,
    /// The end.
    Done,
}

/// The kind of a step.
pub fn kind(step: &Step) -> Kind {
    match step {
        Step::Send(_) => Kind::Send,
        Step::Wait(_) => Kind::Wait,
        Step::Show(_) => Kind::Show,
        Step::Choose(_) => Kind::Choose,
        Step::Sign(_) => Kind::Sign,
        Step::Persist(_) => Kind::Persist,
        Step::Done(_) => Kind::Done,
        _ => panic!("a new kind of step"),
    }
}

/// Stores a record, or says why not.
type StoreRecord<'a> = dyn FnMut(&Record) -> Result<(), Error> + 'a;

/// A session, its network and its signer.
pub struct Walk<'a> {
    /// The service.
    pub sandbox: &'a Sandbox,
    /// The session.
    pub session: Session,
    /// Both clocks; only the test moves them.
    pub now: Now,
    /// The certificate that is chosen and its signer.
    pub certificate: Vec<u8>,
    config: Config,
    signer: SoftSigner,
    client: HttpClient,
    alter: Box<dyn FnMut(&mut Request) + 'a>,
    lose: Box<dyn FnMut(&Request) -> bool + 'a>,
    requests: Vec<String>,
    store: Box<StoreRecord<'a>>,
    records: Vec<Record>,
    signings: Cell<u32>,
}

impl<'a> Walk<'a> {
    /// A session for this code with this certificate.
    pub fn new(sandbox: &'a Sandbox, code: &str, issued: &Issued) -> Self {
        Self::configured(sandbox, code, issued, |builder| builder)
    }

    /// The same with other settings.
    pub fn configured(
        sandbox: &'a Sandbox,
        code: &str,
        issued: &Issued,
        settings: impl FnOnce(ConfigBuilder) -> ConfigBuilder,
    ) -> Self {
        let config = settings(builder(sandbox)).build().expect("the configuration is right");
        let code = VerificationCode::parse(code).expect("the service's own code");
        let session = Session::new(code, &config, entropy());
        Self::of(sandbox, session, config, issued)
    }

    /// Goes on from a record.
    pub fn resumed(
        sandbox: &'a Sandbox,
        record: &[u8],
        issued: &Issued,
        settings: impl FnOnce(ConfigBuilder) -> ConfigBuilder,
    ) -> Self {
        let config = settings(builder(sandbox)).build().expect("the configuration is right");
        let session = Session::resume(record, &config, entropy()).expect("the record is one to go on from");
        Self::of(sandbox, session, config, issued)
    }

    fn of(sandbox: &'a Sandbox, session: Session, config: Config, issued: &Issued) -> Self {
        let pin = Some(Pin::new(PIN.to_vec()));
        let signer = SoftSigner::from_pkcs8(&issued.certificate_der, &issued.private_key_pkcs8_der, pin);
        Self {
            sandbox,
            session,
            now: Now { monotonic_ms: 1_000_000, unix_ms: sandbox.admin().now_ms() },
            certificate: issued.certificate_der.clone(),
            signer: signer.expect("key and certificate fit"),
            client: HttpClient::new(&config).expect("a client can be made"),
            config,
            alter: Box::new(|_| {}),
            lose: Box::new(|_| false),
            requests: Vec::new(),
            store: Box::new(|_| Ok(())),
            records: Vec::new(),
            signings: Cell::new(0),
        }
    }

    /// Changes requests on their way: for what an honest client never sends.
    pub fn alter(&mut self, alter: impl FnMut(&mut Request) + 'a) {
        self.alter = Box::new(alter);
    }

    /// Performs requests for which this says yes, but loses their answers.
    pub fn lose_answers(&mut self, lose: impl FnMut(&Request) -> bool + 'a) {
        self.lose = Box::new(lose);
    }

    /// Stores records so; without this every one is stored.
    pub fn store(&mut self, store: impl FnMut(&Record) -> Result<(), Error> + 'a) {
        self.store = Box::new(store);
    }

    /// The records that were stored, oldest first.
    pub fn records(&self) -> &[Record] {
        &self.records
    }

    /// How often the signer was asked, which is how often a PIN was.
    pub fn signings(&self) -> u32 {
        self.signings.get()
    }

    /// What the newest record says.
    pub fn entry(&self) -> Entry {
        let newest = self.records.last().expect("a record was stored");
        Entry::open(newest.octets(), &self.config).expect("the record is whole")
    }

    /// The program dies here; another run, on another clock, goes on from the newest record.
    pub fn crash(&mut self) {
        let newest = self.records.last().expect("a record was stored");
        self.session = Session::resume(newest.octets(), &self.config, entropy()).expect("it can go on");
        self.now.monotonic_ms = 5_000;
        self.requests.clear();
    }

    /// Performs steps until this request is to be sent.
    pub fn until_request(&mut self, method: &str, path_end: &str) -> kamusm::session::Send {
        for _ in 0..MAX_STEPS {
            match self.until(Kind::Send) {
                Step::Send(send)
                    if send.request().method.name() == method && send.request().url.ends_with(path_end) =>
                {
                    return send;
                }
                Step::Done(outcome) => panic!("the session ended before {method} {path_end}: {outcome:?}"),
                step => self.perform(&step),
            }
        }
        panic!("{method} {path_end} does not come: {:?}", self.requests);
    }

    /// Method and last part of the path of every request sent so far.
    pub fn requests(&self) -> &[String] {
        &self.requests
    }

    /// Moves the clocks of both sides.
    pub fn advance(&mut self, by: Duration) {
        let milliseconds = u64::try_from(by.as_millis()).expect("a time of a test");
        self.now.monotonic_ms += milliseconds;
        self.now.unix_ms += i64::try_from(milliseconds).expect("a time of a test");
        self.sandbox.admin().advance(by);
    }

    /// The step of now.
    pub fn step(&self) -> Step {
        self.session.step(self.now).expect("a step is never refused")
    }

    /// Answers; the machine must take it.
    pub fn answer(&mut self, answer: Answer) {
        self.session.answer(answer, self.now).expect("the answer of the present step is taken");
    }

    /// Performs steps until one of this kind, or the end.
    pub fn until(&mut self, wanted: Kind) -> Step {
        for _ in 0..MAX_STEPS {
            let step = self.step();
            if kind(&step) == wanted || kind(&step) == Kind::Done {
                return step;
            }
            self.perform(&step);
        }
        panic!("the session does not end: {:?}", self.requests);
    }

    /// Performs steps to the end.
    pub fn finish(&mut self) -> Outcome {
        match self.until(Kind::Done) {
            Step::Done(outcome) => outcome,
            step => panic!("the end is a Done step, not {step:?}"),
        }
    }

    /// Does what an honest, quick person with a good network does.
    pub fn perform(&mut self, step: &Step) {
        let answer = match step {
            Step::Send(send) => match self.send(send.request()) {
                Ok(response) => send.response(response),
                Err(failure) => send.failed(failure),
            },
            Step::Wait(wait) => {
                let by = wait.until().saturating_sub(self.now.monotonic_ms);
                self.advance(Duration::from_millis(by));
                wait.elapsed()
            }
            Step::Show(texts) => texts.accept(),
            Step::Choose(requirements) => match requirements.refusals().last() {
                Some(refusal) => requirements.failed(refusal.error.clone()),
                None => requirements.certificate(&self.certificate, &[]),
            },
            Step::Sign(request) => request.signatures(self.sign(request)),
            Step::Persist(persist) => match (self.store)(persist.record()) {
                Ok(()) => {
                    self.records.push(persist.record().clone());
                    persist.stored()
                }
                Err(why) => persist.failed(why),
            },
            step => panic!("nothing to perform: {step:?}"),
        };
        self.answer(answer);
    }

    /// Sends a request as it is altered.
    pub fn send(&mut self, request: &Request) -> Result<Response, TransportFailure> {
        let mut request = request.clone();
        (self.alter)(&mut request);
        let place = request.url.rsplit('/').next().unwrap_or_default();
        self.requests.push(format!("{} {place}", request.method.name()));
        let answer = self.client.perform(&request, &CancelToken::new());
        if (self.lose)(&request) {
            return Err(TransportFailure::Unreachable);
        }
        answer.map_err(|failure| match failure {
            Failure::Transport(failure) => failure,
            Failure::Cancelled => unreachable!("nobody cancels this token"),
        })
    }

    /// The values that the signer makes for a Sign step.
    pub fn sign(&self, request: &kamusm::session::SignRequest) -> Vec<Option<Vec<u8>>> {
        self.signings.set(self.signings.get() + 1);
        let items: Vec<ToBeSigned> = request
            .items()
            .iter()
            .map(|item| ToBeSigned { octets: item.to_be_signed.clone(), algorithm: item.algorithm })
            .collect();
        let identities = self.signer.identities(Deadline::after(SIGN_TIME)).expect("a soft signer lists");
        let pin = PinSource::Pin(Pin::new(PIN.to_vec()));
        let mut options = SignOptions::new(Deadline::after(SIGN_TIME));
        options.at_unix = Some(request.signing_time_unix_s());
        let values = self.signer.sign(&identities[0].id, &items, pin, &options).expect("a soft signer signs");
        values.into_iter().map(Some).collect()
    }

    /// The configuration of the session.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// The chosen certificate.
    pub fn certificate(&self) -> Certificate {
        Certificate::from_der(&self.certificate).expect("the test CA's certificate")
    }
}

fn builder(sandbox: &Sandbox) -> ConfigBuilder {
    Config::builder(sandbox.base_url(), Environment::Sandbox)
        .client("flow test", "1")
        .intermediates_pem(&kamusm_test_ca::certificate_pem(sandbox.intermediate_der()))
}

fn entropy() -> [u8; 32] {
    let mut entropy = [0; 32];
    getrandom::fill(&mut entropy).expect("the system has entropy");
    entropy
}
