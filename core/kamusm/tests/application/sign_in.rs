//! The sign-in by e-imza: only its own text is shown, and an approval never has one.

use std::cell::RefCell;

use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use kamusm::{
    Code, Session, Step,
    config::{Config, ConfigBuilder, Environment},
    request::{Request, Response},
    session::{Outcome, OutcomeKind},
    time::Now,
};
use kamusm_test_ca::{Issued, Key, LeafKey, LeafSpec, TestCa};
use serde_json::{Value, json};

use crate::{
    caller::digest,
    walk::{NOW, walk},
};

const CREATED: &str = "2026-11-22T10:19:44+03:00";
const MEDIA_TYPE: &str = "text/plain; charset=utf-8; profile=\"urn:kamusm:sign-in-text:1\"";

struct Service {
    issued: Issued,
    text: String,
    media_type: &'static str,
    answers: RefCell<Vec<(u16, Value)>>,
}

impl Service {
    fn new() -> Self {
        Self {
            issued: TestCa::new(1_795_000_000).issue(&LeafSpec { key: LeafKey::P256, ..LeafSpec::default() }),
            text: right("https://basvuru.example"),
            media_type: MEDIA_TYPE,
            answers: RefCell::new(Vec::new()),
        }
    }

    fn answer(&self, request: &Request) -> Response {
        let path = request.url.strip_prefix("https://basvuru.example").unwrap();
        let (status, body) = match path {
            "/.well-known/kamusm-configuration" => (
                200,
                json!({
                    "issuer": "https://basvuru.example", "environment": "production",
                    "jwks_uri": "https://basvuru.example/jwks.json",
                }),
            ),
            "/api/v1/auth/eimza/challenges" => {
                assert_eq!((request.method.name(), request.body.as_slice()), ("POST", b"{}".as_slice()));
                assert!(request.header("idempotency-key").is_some());
                (
                    201,
                    json!({
                        "id": "g1", "text": BASE64.encode(&self.text), "media_type": self.media_type,
                        "length": self.text.len(), "digest": digest(self.text.as_bytes()), "created_at": CREATED,
                        "expires_in": 150,
                        "signature_policy": { "profile": "CAdES-B-B", "digests": ["sha-256"], "attached": true },
                    }),
                )
            }
            "/api/v1/auth/eimza/challenges/g1/response" => {
                assert_eq!(request.method.name(), "PUT");
                self.answers.borrow_mut().pop().unwrap_or_else(|| {
                    (
                        200,
                        json!({
                            "access_token": "secret", "token_type": "Bearer", "expires_in": 900,
                            "person": { "name": "I*** Ö****", "tckn": "172******60" },
                        }),
                    )
                })
            }
            other => panic!("{other} is not asked"),
        };
        assert_eq!(request.header("authorization"), None, "there is no token yet");
        let kind = if status < 300 { "application/json" } else { "application/problem+json" };
        Response::new(status, vec![("content-type".into(), kind.into())], body.to_string().into_bytes())
    }

    fn walk(&self, settings: impl FnOnce(ConfigBuilder) -> ConfigBuilder) -> (Outcome, Vec<&'static str>) {
        let key = Key::from_pkcs8_der(LeafKey::P256, &self.issued.private_key_pkcs8_der).unwrap();
        walk(session(settings), &self.issued.certificate_der, &key, |request| self.answer(request))
    }
}

fn session(settings: impl FnOnce(ConfigBuilder) -> ConfigBuilder) -> Session {
    let builder = Config::builder("https://basvuru.example", Environment::Production);
    Session::sign_in(&settings(builder).build().unwrap(), [7; 32])
}

fn right(origin: &str) -> String {
    format!(
        "KAMU SM GİRİŞ/1\nAdres: {origin}\nGiriş No: g1\nTek Kullanımlık Sayı: {}\n\
         Oluşturma Tarihi: {CREATED}\n\nBu metni imzalayarak Kamu SM Online İşlemler'e giriş yapıyorum. \
         Bu metin bir başvuru onayı değildir.\n",
        "ab".repeat(32)
    )
}

#[test]
fn the_token_comes_and_nothing_else() {
    let (outcome, kinds) = Service::new().walk(|builder| builder);
    assert_eq!(kinds, ["send", "send", "show", "choose", "sign", "send"]);
    assert_eq!((outcome.kind, outcome.error), (OutcomeKind::Accepted, None));
    assert_eq!((outcome.receipt, outcome.return_to, outcome.signatures.len()), (None, None, 0));
    assert_eq!(outcome.signed_in.unwrap().expires_in_s, 900);
}

#[test]
fn a_text_that_is_not_wholly_a_sign_in_here_is_never_shown() {
    let approval = format!(
        "KAMU SM BAŞVURU ONAYI/1\nSipariş No: SD-1\nBelge: 1/1\nOturum: g1\nOluşturma Tarihi: {CREATED}\n\nBeyan.\n"
    );
    for (text, media_type, code) in [
        (right("https://basvuru.example.evil"), MEDIA_TYPE, Code::TextMismatch),
        (right("http://basvuru.example"), MEDIA_TYPE, Code::TextMismatch),
        (right("https://basvuru.example").replace("g1", "g2"), MEDIA_TYPE, Code::TextMismatch),
        (right("https://basvuru.example") + "Beyan ederim.\n", MEDIA_TYPE, Code::TextMismatch),
        (approval, MEDIA_TYPE, Code::TextMismatch),
        (
            right("https://basvuru.example"),
            "text/plain; profile=\"urn:kamusm:signed-text:1\"",
            Code::TextProfile,
        ),
        (right("https://basvuru.example\u{202e}"), MEDIA_TYPE, Code::TextProfile),
    ] {
        let service = Service { text, media_type, ..Service::new() };
        // What is let through for approvals is not let through here.
        let (outcome, kinds) = service.walk(|builder| builder.other_text_profiles(true));
        assert_eq!(kinds, ["send", "send"]);
        assert_eq!(outcome.error.unwrap().code(), code, "{}", service.text);
    }
}

#[test]
fn a_refused_certificate_may_be_replaced_and_other_refusals_end_it() {
    let service = Service::new();
    let refuse = |name: &str, status: u16| {
        let problem = json!({ "type": format!("urn:kamusm:problem:{name}") });
        service.answers.borrow_mut().push((status, problem));
    };
    refuse("certificate-expired", 422);
    let (outcome, kinds) = service.walk(|builder| builder);
    assert_eq!(kinds, ["send", "send", "show", "choose", "sign", "send", "choose", "sign", "send"]);
    assert_eq!(outcome.kind, OutcomeKind::Accepted);
    for (name, status, code, kind) in [
        ("forbidden", 403, Code::Forbidden, OutcomeKind::Failed),
        ("signature-invalid", 422, Code::SignatureInvalid, OutcomeKind::Failed),
        ("challenge-used", 409, Code::ChallengeUsed, OutcomeKind::Failed),
        ("challenge-expired", 410, Code::ChallengeExpired, OutcomeKind::Expired),
    ] {
        refuse(name, status);
        let (outcome, _) = service.walk(|builder| builder);
        assert_eq!((outcome.kind, outcome.error.unwrap().code()), (kind, code));
        assert_eq!(outcome.signed_in, None);
    }
}

#[test]
fn the_time_to_sign_in_ends_without_another_request() {
    let service = Service::new();
    let mut session = session(|builder| builder);
    while let Step::Send(send) = session.step(NOW).unwrap() {
        session.answer(send.response(service.answer(send.request())), NOW).unwrap();
    }
    let Step::Show(texts) = session.step(NOW).unwrap() else { panic!("the text comes next") };
    assert!(texts.facts().sign_in && texts.facts().match_code.is_empty());
    assert_eq!(texts.facts().origin, "https://basvuru.example");
    assert_eq!(texts.facts().deadline, NOW.monotonic_ms + 150_000);
    let late = Now { monotonic_ms: NOW.monotonic_ms + 150_000, ..NOW };
    let Step::Done(outcome) = session.step(late).unwrap() else { panic!("it is over") };
    assert_eq!(outcome.kind, OutcomeKind::Expired);
    assert_eq!(outcome.error.unwrap().code(), Code::ChallengeExpired);
    // A person who leaves is told nothing of: there is nobody to tell.
    session.cancel();
    let Step::Done(outcome) = session.step(NOW).unwrap() else { panic!("it is over") };
    assert_eq!(outcome.kind, OutcomeKind::Cancelled);
}
