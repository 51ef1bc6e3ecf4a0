//! Whole sessions with a card behind a spy that counts the logins: the PIN is used once, or not at all.

#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use std::time::Duration;

use kamusm::{
    Code, Error, Session,
    config::{Config, Environment},
    drive::{Person, drive},
    http::HttpClient,
    journal::NoStore,
    session::{Answer, Outcome, OutcomeKind, Requirements, SignRequest, Texts, VerificationCode},
    token,
};
use kamusm_sandbox::{CertificateStatus, LeafKey, LeafSpec, Qc, Sandbox, Usage};
use kamusm_test_flow::Applicant;
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

const PIN: &str = "135790";
const DEADLINE: Duration = Duration::from_secs(60);

/// Takes the only certificate whatever its reason, and types the PINs one after the other.
struct Holder {
    signer: Pkcs11Signer,
    pins: Vec<&'static str>,
}

impl Holder {
    fn identity(&self) -> Identity {
        self.signer.identities(Deadline::after(DEADLINE)).unwrap().remove(0)
    }
}

impl Person for Holder {
    fn show(&mut self, texts: &Texts, _: &CancelToken) -> Result<Answer, Error> {
        Ok(texts.accept())
    }

    fn choose(&mut self, requirements: &Requirements, _: &CancelToken) -> Result<Answer, Error> {
        if let Some(refusal) = requirements.refusals().last() {
            return Ok(requirements.failed(refusal.error.clone()));
        }
        // What the card layer knows to be unusable goes to the service all the same: both must refuse it.
        Ok(requirements.certificate(self.identity().certificate.der(), &[]))
    }

    fn sign(&mut self, request: &SignRequest, cancel: &CancelToken) -> Result<Answer, Error> {
        loop {
            let pin = Pin::new(self.pins.remove(0).as_bytes().to_vec());
            let options = token::options(request, cancel);
            match token::sign(request, &self.signer, &self.identity(), PinSource::Pin(pin), &options) {
                Err(error) if error.code() == Code::PinIncorrect && !self.pins.is_empty() => {}
                other => return other,
            }
        }
    }
}

struct Counted {
    outcome: Result<Outcome, Error>,
    logins: usize,
}

/// A session with a card that holds this certificate.
fn signed(
    hsm: &SoftHsm,
    texts: u8,
    spec: impl FnOnce(&Sandbox, &Applicant) -> LeafSpec,
    status: Option<CertificateStatus>,
    pins: &[&'static str],
) -> Counted {
    let sandbox = Sandbox::builder().start().unwrap();
    let applicant = Applicant::with_texts(&sandbox, texts);
    let issued = applicant.certificate(&sandbox, spec(&sandbox, &applicant));
    if let Some(status) = status {
        sandbox.admin().set_certificate_status(&issued.certificate_der, status).unwrap();
    }
    let pair = KeyPairSpec {
        private_key: Some(&issued.private_key_pkcs8_der),
        certificate: Some(&issued.certificate_der),
        ..KeyPairSpec::default()
    };
    hsm.provision(&TokenSpec { label: "AKIS_4711", pin: PIN, keys: &[pair] }).unwrap();
    let spy = Spy::place(&hsm.folder().join("spy"), &module().unwrap()).unwrap();
    let signer = Pkcs11Signer::open(spy.module(), InitPolicy::Tolerant).unwrap();
    let config = Config::builder(sandbox.base_url(), Environment::Sandbox).build().unwrap();
    let code = VerificationCode::parse(&applicant.code(&sandbox)).unwrap();
    let mut session = Session::new(code, &config, [7; 32]);
    let client = HttpClient::new(&config).unwrap();
    let mut holder = Holder { signer, pins: pins.to_vec() };
    let outcome = drive(&mut session, &client, &NoStore, &mut holder, &CancelToken::new());
    Counted { outcome, logins: spy.count("C_Login") }
}

fn accepted_with_one_login(hsm: &SoftHsm, key: LeafKey, texts: u8) {
    let counted = signed(hsm, texts, |_, applicant| applicant.leaf(key), None, &[PIN]);
    assert_eq!(counted.outcome.unwrap().kind, OutcomeKind::Accepted);
    assert_eq!(counted.logins, 1);
}

#[test]
fn one_text_is_one_login() {
    in_own_process!(|hsm| accepted_with_one_login(&hsm, LeafKey::Rsa2048, 1));
}

#[test]
fn two_texts_are_one_login() {
    in_own_process!(|hsm| accepted_with_one_login(&hsm, LeafKey::P256, 2));
}

#[test]
fn ten_texts_are_one_login() {
    in_own_process!(|hsm| accepted_with_one_login(&hsm, LeafKey::P384, 10));
}

#[test]
fn a_wrong_pin_is_one_login_and_the_right_one_another() {
    in_own_process!(|hsm: SoftHsm| {
        let counted = signed(&hsm, 1, |_, applicant| applicant.leaf(LeafKey::P256), None, &["000000", PIN]);
        assert_eq!(counted.outcome.unwrap().kind, OutcomeKind::Accepted);
        assert_eq!(counted.logins, 2);
    });
}

#[test]
fn a_wrong_pin_alone_is_exactly_one_login() {
    in_own_process!(|hsm: SoftHsm| {
        let counted = signed(&hsm, 1, |_, applicant| applicant.leaf(LeafKey::P256), None, &["000000"]);
        let error = counted.outcome.unwrap_err();
        assert_eq!((error.code(), error.used_pin_try()), (Code::PinIncorrect, true));
        assert_eq!(counted.logins, 1);
    });
}

/// No login at all: the certificate is refused before the PIN.
fn refused(
    hsm: &SoftHsm,
    code: Code,
    status: Option<CertificateStatus>,
    change: impl FnOnce(i64, LeafSpec) -> LeafSpec,
) {
    let spec = |sandbox: &Sandbox, applicant: &Applicant| {
        change(sandbox.admin().now_ms() / 1000, applicant.leaf(LeafKey::P256))
    };
    let counted = signed(hsm, 1, spec, status, &[PIN]);
    let outcome = counted.outcome.unwrap();
    assert_eq!(outcome.error.unwrap().code(), code);
    assert_eq!(counted.logins, 0);
}

#[test]
fn of_another_person() {
    in_own_process!(|hsm: SoftHsm| {
        refused(&hsm, Code::SignerMismatch, None, |_, leaf| LeafSpec {
            tckn: Some("10000000146".into()),
            ..leaf
        });
    });
}

#[test]
fn expired() {
    in_own_process!(|hsm: SoftHsm| {
        refused(&hsm, Code::CertificateExpired, None, |now, leaf| LeafSpec {
            not_after: Some(now - 60),
            ..leaf
        });
    });
}

#[test]
fn not_valid_yet() {
    in_own_process!(|hsm: SoftHsm| {
        refused(&hsm, Code::CertificateNotYetValid, None, |now, leaf| LeafSpec {
            not_before: Some(now + 86_400),
            ..leaf
        });
    });
}

#[test]
fn revoked() {
    in_own_process!(|hsm: SoftHsm| {
        refused(&hsm, Code::CertificateRevoked, Some(CertificateStatus::Revoked), |_, leaf| leaf);
    });
}

#[test]
fn not_for_signatures() {
    in_own_process!(|hsm: SoftHsm| {
        refused(&hsm, Code::KeyUsageWrong, None, |_, leaf| LeafSpec {
            key_usage: Usage::DigitalSignature,
            ..leaf
        });
    });
}

#[test]
fn without_statement() {
    in_own_process!(|hsm: SoftHsm| {
        refused(&hsm, Code::CertificateNotQualified, None, |_, leaf| LeafSpec { qc: Qc::None, ..leaf });
    });
}

#[test]
fn a_seal() {
    in_own_process!(|hsm: SoftHsm| {
        refused(&hsm, Code::CertificateNotQualified, None, |_, leaf| LeafSpec { qc: Qc::Seal, ..leaf });
    });
}
