//! The convenient loop: a silent network, and many sessions on one client.

#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use std::{
    net::TcpListener,
    sync::{Arc, Barrier},
    thread,
    time::{Duration, Instant},
};

use kamusm::{
    Code, Error, Session,
    config::{Config, Environment},
    drive::{Person, drive},
    http::HttpClient,
    journal::NoStore,
    session::{Answer, OutcomeKind, Requirements, SignRequest, Texts, VerificationCode},
    token,
};
use kamusm_sandbox::{LeafKey, Sandbox};
use kamusm_test_flow::Applicant;
use kamusm_token::{
    backend::Signer,
    cancel::CancelToken,
    deadline::Deadline,
    pin::{Pin, PinSource},
    soft::SoftSigner,
};

const PIN: &[u8] = b"135790";
const DEADLINE: Duration = Duration::from_secs(60);

/// Accepts everything and signs with a key of its own.
struct Willing(SoftSigner);

impl Person for Willing {
    fn show(&mut self, texts: &Texts, _: &CancelToken) -> Result<Answer, Error> {
        Ok(texts.accept())
    }

    fn choose(&mut self, requirements: &Requirements, _: &CancelToken) -> Result<Answer, Error> {
        token::choose(requirements, &self.0.identities(Deadline::after(DEADLINE))?[0])
    }

    fn sign(&mut self, request: &SignRequest, cancel: &CancelToken) -> Result<Answer, Error> {
        let identity = &self.0.identities(Deadline::after(DEADLINE))?[0];
        let pin = PinSource::Pin(Pin::new(PIN.to_vec()));
        token::sign(request, &self.0, identity, pin, &token::options(request, cancel))
    }
}

fn config(base_url: &str) -> Config {
    Config::builder(base_url, Environment::Sandbox).build().unwrap()
}

fn entropy(seed: usize) -> [u8; 32] {
    let mut entropy = [0; 32];
    getrandom::fill(&mut entropy).unwrap();
    entropy[0] = u8::try_from(seed % 256).unwrap();
    entropy
}

fn willing(sandbox: &Sandbox, applicant: &Applicant) -> Willing {
    let issued = applicant.certificate(sandbox, applicant.leaf(LeafKey::P256));
    let pin = Some(Pin::new(PIN.to_vec()));
    let signer = SoftSigner::from_pkcs8(&issued.certificate_der, &issued.private_key_pkcs8_der, pin);
    Willing(signer.unwrap())
}

#[test]
fn a_cancel_does_not_wait_for_a_network_that_says_nothing() {
    let sandbox = Sandbox::builder().start().unwrap();
    let applicant = Applicant::with_texts(&sandbox, 1);
    // It takes connections and never answers.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let config = config(&format!("http://{}", silent.local_addr().unwrap()));
    let code = VerificationCode::parse(&applicant.code(&sandbox)).unwrap();
    let mut session = Session::new(code, &config, entropy(0));
    let cancel = CancelToken::new();
    let connected = cancel.clone();
    let canceller = thread::spawn(move || {
        let connection = silent.accept().unwrap();
        connected.cancel();
        (silent, connection)
    });
    let client = HttpClient::new(&config).unwrap();
    let began = Instant::now();
    let outcome =
        drive(&mut session, &client, &NoStore, &mut willing(&sandbox, &applicant), &cancel).unwrap();
    assert_eq!(outcome.kind, OutcomeKind::Cancelled);
    assert_eq!(outcome.error.unwrap().code(), Code::Cancelled);
    // The request's own time is thirty seconds.
    assert!(began.elapsed() < Duration::from_secs(10));
    canceller.join().unwrap();
}

#[test]
fn sixty_four_sessions_share_one_client() {
    const SESSIONS: usize = 64;
    let sandbox = Sandbox::builder().start().unwrap();
    let config = config(sandbox.base_url());
    let client = HttpClient::new(&config).unwrap();
    let starting = Arc::new(Barrier::new(SESSIONS));
    let accepted = thread::scope(|scope| {
        let sessions: Vec<_> = (0..SESSIONS)
            .map(|number| {
                let applicant = Applicant::with_texts(&sandbox, 1);
                let code = VerificationCode::parse(&applicant.code(&sandbox)).unwrap();
                let mut session = Session::new(code, &config, entropy(number));
                let mut person = willing(&sandbox, &applicant);
                let (client, starting) = (client.clone(), starting.clone());
                scope.spawn(move || {
                    starting.wait();
                    drive(&mut session, &client, &NoStore, &mut person, &CancelToken::new()).unwrap().kind
                })
            })
            .collect();
        sessions.into_iter().map(|session| session.join().unwrap()).collect::<Vec<_>>()
    });
    assert_eq!(accepted, vec![OutcomeKind::Accepted; SESSIONS]);
}
