//! A card behind a spy that counts its logins: going on after a crash asks for no PIN.

use std::time::Duration;

use kamusm::{
    Code, Error, Session, Step,
    config::{Config, Environment},
    drive::{Failure, Person, Transport, drive},
    http::HttpClient,
    journal::file::FileStore,
    request::{Request, Response},
    session::{Answer, OutcomeKind, Requirements, SignRequest, Texts, VerificationCode},
    time::Now,
    token,
};
use kamusm_sandbox::LeafKey;
use kamusm_test_softhsm::{KeyPairSpec, SoftHsm, TokenSpec, in_own_process, module};
use kamusm_test_spy::Spy;
use kamusm_token::{
    backend::Signer,
    cancel::CancelToken,
    deadline::Deadline,
    identity::Identity,
    pin::{Pin, PinSource},
    pkcs11::{InitPolicy, Pkcs11Signer},
};

use crate::setting::Setting;

const PIN: &str = "135790";

/// Accepts everything and types the PIN.
struct Holder(Pkcs11Signer);

impl Holder {
    fn identity(&self) -> Identity {
        self.0.identities(Deadline::after(Duration::from_secs(60))).unwrap().remove(0)
    }
}

impl Person for Holder {
    fn show(&mut self, texts: &Texts, _: &CancelToken) -> Result<Answer, Error> {
        Ok(texts.accept())
    }

    fn choose(&mut self, requirements: &Requirements, _: &CancelToken) -> Result<Answer, Error> {
        token::choose(requirements, &self.identity())
    }

    fn sign(&mut self, request: &SignRequest, cancel: &CancelToken) -> Result<Answer, Error> {
        let pin = PinSource::Pin(Pin::new(PIN.as_bytes().to_vec()));
        token::sign(request, &self.0, &self.identity(), pin, &token::options(request, cancel))
    }
}

/// As the network of a program that is killed before its submission leaves.
struct Dying<'a>(&'a HttpClient);

impl Transport for Dying<'_> {
    fn perform(&self, request: &Request, cancel: &CancelToken) -> Result<Response, Failure> {
        assert_ne!(request.method.name(), "PUT", "killed");
        self.0.perform(request, cancel)
    }
}

#[test]
fn one_login_whatever_happens_after_the_signatures() {
    in_own_process!(|hsm: SoftHsm| {
        let setting = Setting::new(2);
        let issued = setting.applicant.certificate(&setting.sandbox, setting.applicant.leaf(LeafKey::P256));
        let pair = KeyPairSpec {
            private_key: Some(&issued.private_key_pkcs8_der),
            certificate: Some(&issued.certificate_der),
            ..KeyPairSpec::default()
        };
        hsm.provision(&TokenSpec { label: "AKIS_4711", pin: PIN, keys: &[pair] }).unwrap();
        let spy = Spy::place(&hsm.folder().join("spy"), &module().unwrap()).unwrap();
        let mut holder = Holder(Pkcs11Signer::open(spy.module(), InitPolicy::Tolerant).unwrap());
        let config = Config::builder(setting.sandbox.base_url(), Environment::Sandbox)
            .journal_key([0x42; 32])
            .build()
            .unwrap();
        let code = VerificationCode::parse(&setting.applicant.code(&setting.sandbox)).unwrap();
        let client = HttpClient::new(&config).unwrap();
        let folder = hsm.folder().join("journal");
        let cancel = CancelToken::new();

        let store = FileStore::open(&folder).unwrap();
        let killed = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            let mut session = Session::new(code, &config, [7; 32]);
            drive(&mut session, &Dying(&client), &store, &mut holder, &cancel)
        }));
        assert!(killed.is_err());
        drop(store);
        assert_eq!(spy.count("C_Login"), 1);

        let store = FileStore::open(&folder).unwrap();
        let pending = store.pending(&config).unwrap();
        let record = store.read(pending.entries[0].id()).unwrap();
        let mut session = Session::resume(&record, &config, [8; 32]).unwrap();
        let outcome = drive(&mut session, &client, &store, &mut holder, &cancel).unwrap();
        assert_eq!(outcome.kind, OutcomeKind::Accepted, "{:?}", outcome.error);
        assert_eq!(setting.evidence(), outcome.signatures);
        assert_eq!(spy.count("C_Login"), 1, "no second PIN");
        assert!(store.pending(&config).unwrap().entries.is_empty());
        let ended = store.read(outcome.journal.unwrap()).unwrap();
        assert_eq!(Session::resume(&ended, &config, [9; 32]).unwrap_err().code(), Code::State);
        assert!(matches!(session.step(Now::system()), Ok(Step::Done(_))));
    });
}
