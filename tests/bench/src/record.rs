//! Walks one session against the reference service and writes down every answer.

use std::time::Duration;

use kamusm::{
    config::{Config, Environment},
    drive::Transport as _,
    http::HttpClient,
    session::{OutcomeKind, SignRequest, Step},
    time::Now,
};
use kamusm_bench::{Octets, Recording, Reply, Turn};
use kamusm_sandbox::{LeafKey, Sandbox};
use kamusm_test_flow::Applicant;
use kamusm_token::{
    backend::{SignOptions, Signer as _, ToBeSigned},
    cancel::CancelToken,
    deadline::Deadline,
    pin::{Pin, PinSource},
    soft::SoftSigner,
};

const PIN: &[u8] = b"135790";
const SIGN_TIME: Duration = Duration::from_secs(30);
const ORIGIN: &str = "made by `cargo xtask bench --record`: one session against the reference service, which is gone \
    with all its keys; the person is invented";

/// The recording, JSON.
pub(crate) fn record() -> String {
    let sandbox = Sandbox::builder().start().expect("the service starts");
    let applicant = Applicant::with_texts(&sandbox, 1);
    let issued = applicant.certificate(&sandbox, applicant.leaf(LeafKey::Rsa2048));
    let pin = Some(Pin::new(PIN.to_vec()));
    let signer = SoftSigner::from_pkcs8(&issued.certificate_der, &issued.private_key_pkcs8_der, pin);
    let signer = signer.expect("key and certificate fit");
    let mut entropy = vec![0; 32];
    getrandom::fill(&mut entropy).expect("the system has entropy");
    let mut recording = Recording {
        origin: ORIGIN.into(),
        base_url: sandbox.base_url().into(),
        code: applicant.code(&sandbox),
        entropy: Octets(entropy),
        certificate: Octets(issued.certificate_der.clone()),
        intermediate: Octets(sandbox.intermediate_der().to_vec()),
        root: Octets(sandbox.trust_anchor_der().to_vec()),
        cms: Octets(Vec::new()),
        turns: Vec::new(),
    };
    walk(&sandbox, &signer, &mut recording);
    let text = serde_json::to_string_pretty(&recording).expect("text and numbers");
    text + "\n"
}

fn walk(sandbox: &Sandbox, signer: &SoftSigner, recording: &mut Recording) {
    let config = Config::builder(sandbox.base_url(), Environment::Sandbox).build().expect("loopback");
    let client = HttpClient::new(&config).expect("a client can be made");
    let mut session = recording.session(sandbox.base_url());
    let mut now = Now { monotonic_ms: 1_000_000, unix_ms: sandbox.admin().now_ms() };
    loop {
        let step = session.step(now).expect("a step is never refused");
        let (answer, reply) = match &step {
            Step::Send(send) => {
                let response = client.perform(send.request(), &CancelToken::new()).expect("loopback");
                let reply = Reply::Response {
                    status: response.status,
                    headers: response.headers.clone(),
                    body: String::from_utf8(response.body.clone()).expect("the service speaks text"),
                };
                (send.response(response), reply)
            }
            Step::Wait(wait) => {
                let milliseconds = wait.until().saturating_sub(now.monotonic_ms);
                now.monotonic_ms += milliseconds;
                now.unix_ms += i64::try_from(milliseconds).expect("a short pause");
                sandbox.admin().advance(Duration::from_millis(milliseconds));
                (wait.elapsed(), Reply::Elapsed)
            }
            Step::Show(texts) => (texts.accept(), Reply::Accepted),
            Step::Choose(requirements) => {
                assert!(requirements.refusals().is_empty(), "the certificate is right");
                (requirements.certificate(&recording.certificate.0, &[]), Reply::Certificate)
            }
            Step::Sign(request) => {
                let values = sign(signer, request);
                let reply = Reply::Signatures(values.iter().cloned().map(Octets).collect());
                (request.signatures(values.into_iter().map(Some).collect()), reply)
            }
            Step::Done(outcome) => {
                assert_eq!(outcome.kind, OutcomeKind::Accepted, "the session succeeds");
                recording.cms = Octets(outcome.signatures[0].clone());
                return;
            }
            step => panic!("nothing to perform: {step:?}"),
        };
        session.answer(answer, now).expect("the answer of the present step is taken");
        recording.turns.push(Turn { monotonic_ms: now.monotonic_ms, unix_ms: now.unix_ms, reply });
    }
}

fn sign(signer: &SoftSigner, request: &SignRequest) -> Vec<Vec<u8>> {
    let items: Vec<ToBeSigned> = request
        .items()
        .iter()
        .map(|item| ToBeSigned { octets: item.to_be_signed.clone(), algorithm: item.algorithm })
        .collect();
    let identities = signer.identities(Deadline::after(SIGN_TIME)).expect("a soft signer lists");
    let mut options = SignOptions::new(Deadline::after(SIGN_TIME));
    options.at_unix = Some(request.signing_time_unix_s());
    let pin = PinSource::Pin(Pin::new(PIN.to_vec()));
    signer.sign(&identities[0].id, &items, pin, &options).expect("a soft signer signs")
}
