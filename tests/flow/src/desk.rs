//! A service, and somebody who asks it single calls.

use std::{cell::Cell, time::Duration};

use kamusm::{
    Error, Session, Step,
    call::Call,
    config::{Config, Environment},
    drive::Transport as _,
    error::Result,
    http::HttpClient,
    idempotency::IdempotencyKey,
    request::{Request, Response},
    session::OutcomeKind,
    sign_in::SignedIn,
    time::Now,
};
use kamusm_sandbox::{Issued, LeafSpec, Sandbox};
use kamusm_token::{
    backend::{SignOptions, Signer as _, ToBeSigned},
    cancel::CancelToken,
    deadline::Deadline,
    pin::{Pin, PinSource},
    soft::SoftSigner,
};

const PIN: &[u8] = b"135790";
const PATIENCE: Duration = Duration::from_secs(30);

/// A service of its own with a client.
#[derive(Debug)]
#[non_exhaustive]
pub struct Desk {
    /// The service.
    pub sandbox: Sandbox,
    /// Of the client.
    pub config: Config,
    client: HttpClient,
    keys: Cell<u8>,
}

impl Desk {
    /// With the service's seed.
    #[expect(clippy::new_without_default, reason = "it starts a service")]
    pub fn new() -> Self {
        let sandbox = Sandbox::builder().start().expect("the service starts");
        let config = Config::builder(sandbox.base_url(), Environment::Sandbox)
            .intermediates_pem(&kamusm_test_ca::certificate_pem(sandbox.intermediate_der()))
            .build()
            .expect("the configuration is right");
        let client = HttpClient::new(&config).expect("there is a client");
        Self { sandbox, config, client, keys: Cell::new(0) }
    }

    /// The message, or the refusal.
    pub fn perform<T>(&self, call: &Call<T>) -> Result<T> {
        call.decode(&self.send(call.request()))
    }

    /// The service's answer, whatever it is.
    pub fn send(&self, request: &Request) -> Response {
        self.client.perform(request, &CancelToken::new()).expect("the service is there")
    }

    /// Another one for each act.
    pub fn key(&self) -> IdempotencyKey {
        self.keys.set(self.keys.get() + 1);
        IdempotencyKey::new([self.keys.get(); 32])
    }

    /// A right certificate of this person.
    pub fn certificate(&self, tckn: &str) -> Issued {
        let spec = LeafSpec { tckn: Some(tckn.to_owned()), ..LeafSpec::default() };
        self.sandbox.admin().issue_certificate(spec).expect("the service issues a certificate")
    }

    /// Signs in by e-imza, on the clock of the service; `meanwhile` happens before the signature is made.
    pub fn sign_in(
        &self,
        issued: &Issued,
        meanwhile: impl Fn(&Sandbox),
    ) -> (OutcomeKind, Option<Error>, Option<SignedIn>) {
        let now = Now { monotonic_ms: 1_000_000, unix_ms: self.sandbox.admin().now_ms() };
        let mut session = Session::sign_in(&self.config, [7; 32]);
        loop {
            let answer = match session.step(now).expect("the machine goes on") {
                Step::Send(send) => send.response(self.send(send.request())),
                Step::Show(texts) => {
                    assert!(texts.items()[0].octets.starts_with("KAMU SM GİRİŞ/1\n".as_bytes()));
                    texts.accept()
                }
                Step::Choose(requirements) => requirements.certificate(&issued.certificate_der, &[]),
                Step::Sign(request) => {
                    meanwhile(&self.sandbox);
                    let items = request.items().iter().map(|item| ToBeSigned {
                        octets: item.to_be_signed.clone(),
                        algorithm: item.algorithm,
                    });
                    request.signatures(signed(issued, &items.collect::<Vec<_>>()))
                }
                Step::Done(outcome) => return (outcome.kind, outcome.error, outcome.signed_in),
                step => panic!("{step:?} was not expected"),
            };
            session.answer(answer, now).expect("the answer is of this step");
        }
    }
}

fn signed(issued: &Issued, items: &[ToBeSigned]) -> Vec<Option<Vec<u8>>> {
    let pin = || Pin::new(PIN.to_vec());
    let signer = SoftSigner::from_pkcs8(&issued.certificate_der, &issued.private_key_pkcs8_der, Some(pin()))
        .expect("the key is readable");
    let listed = signer.identities(Deadline::after(PATIENCE)).expect("the signer lists");
    let options = SignOptions::new(Deadline::after(PATIENCE));
    let values = signer.sign(&listed[0].id, items, PinSource::Pin(pin()), &options);
    values.expect("the signer signs").into_iter().map(Some).collect()
}
