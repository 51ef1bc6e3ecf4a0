//! Every problem type of the sign-session group reaches the caller as its own code, from its real cause.
//!
//! Where an honest client never sends what causes a problem, the request is altered on its way; where the service
//! has to fail, the fault is injected. Each such case says so.

#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use std::{cell::Cell, collections::BTreeSet, time::Duration};

use kamusm::{
    Code, Step,
    error::{Category, Error, Language},
    request::{Method, Request},
    session::Outcome,
};
use kamusm_sandbox::{Fault, FaultRule, Issued, LeafKey, Ocsp, RedeemConfirmation, Sandbox};
use kamusm_test_flow::{Applicant, Kind, Walk};
use serde_json::{Value, json};

struct Setting {
    sandbox: Sandbox,
    applicant: Applicant,
    issued: Issued,
    code: String,
}

impl Setting {
    fn new(texts: u8) -> Self {
        let sandbox = Sandbox::builder().start().unwrap();
        let applicant = Applicant::with_texts(&sandbox, texts);
        let issued = applicant.certificate(&sandbox, applicant.leaf(LeafKey::P256));
        let code = applicant.code(&sandbox);
        Self { sandbox, applicant, issued, code }
    }

    fn walk(&self) -> Walk<'_> {
        Walk::new(&self.sandbox, &self.code, &self.issued)
    }

    /// The code of the end when requests whose path ends so are altered.
    fn altered(&self, path_end: &'static str, mut change: impl FnMut(&mut Request)) -> Error {
        let mut walk = self.walk();
        walk.alter(move |request| {
            if request.url.ends_with(path_end) {
                change(request);
            }
        });
        error(walk.finish())
    }

    fn injected(&self, method: &str, path_end: &str, fault: Fault) -> Error {
        let rule = FaultRule { times: 100, ..FaultRule::once(method, path_end, fault) };
        self.sandbox.admin().inject(rule);
        error(self.walk().finish())
    }
}

fn error(outcome: Outcome) -> Error {
    let error = outcome.error.unwrap_or_else(|| panic!("{:?} has no error", outcome.kind));
    for language in [Language::Turkish, Language::English] {
        assert!(error.sentence(language).ends_with('.'));
    }
    error
}

/// The code, which must come with its problem type.
#[track_caller]
fn assert_problem(error: &Error, name: &str) {
    assert_eq!(error.problem(), Some(name), "{error:?}");
    let (_, code) = Code::problem_types().iter().find(|(known, _)| *known == name).unwrap();
    assert_eq!(error.code(), *code);
    assert!(error.http_status().is_some() && error.request_id().is_some());
}

fn body(request: &mut Request, change: impl FnOnce(&mut Value)) {
    let mut message: Value = serde_json::from_slice(&request.body).unwrap();
    change(&mut message);
    set_body(request, serde_json::to_vec(&message).unwrap());
}

fn set_body(request: &mut Request, octets: Vec<u8>) {
    use base64::{Engine as _, engine::general_purpose::STANDARD};
    use kamusm_cades::algorithm::DigestAlgorithm;
    let digest = STANDARD.encode(DigestAlgorithm::Sha256.digest(&octets));
    request.body = octets;
    set_header(request, "content-digest", Some(&format!("sha-256=:{digest}:")));
}

fn set_header(request: &mut Request, name: &str, value: Option<&str>) {
    request.headers.retain(|(key, _)| key != name);
    if let Some(value) = value {
        request.headers.push((name.into(), value.into()));
    }
}

const REDEEM: &str = "/sign-sessions";

#[test]
fn requests_that_an_honest_client_never_sends() {
    let setting = Setting::new(1);
    let altered = |change: fn(&mut Request)| setting.altered(REDEEM, change);
    assert_problem(&altered(|request| set_body(request, b"{".to_vec())), "malformed");
    let without_key = altered(|request| set_header(request, "idempotency-key", None));
    assert_problem(&without_key, "idempotency-key-required");
    assert_problem(&altered(|request| set_body(request, vec![b' '; 300 * 1024])), "too-large");
    let other_type = altered(|request| set_header(request, "content-type", Some("text/plain")));
    assert_problem(&other_type, "unsupported-media-type");
    let other_profile =
        altered(|request| body(request, |message| message["accept"]["profiles"] = json!(["X"])));
    assert_problem(&other_profile, "no-common-profile");
    let old = altered(|request| body(request, |message| message["client"]["sdk_version"] = json!("0.0.1")));
    assert_problem(&old, "client-too-old");
    let mistyped = altered(|request| body(request, |message| message["code"] = json!("S000")));
    assert_problem(&mistyped, "code-malformed");
    let no_token = setting.altered("/documents/1", |request| set_header(request, "authorization", None));
    assert_problem(&no_token, "unauthenticated");
}

#[test]
fn a_text_that_is_not_there() {
    let setting = Setting::new(1);
    let error = setting.altered("/documents/1", |request| {
        request.url = request.url.replace("/documents/1", "/documents/9");
    });
    assert_problem(&error, "not-found");
}

#[test]
fn a_key_that_was_used_for_another_request() {
    let setting = Setting::new(1);
    let key = "0123456789012345678901234567890123456789012";
    let mut first = setting.walk();
    first.alter(move |request| {
        if request.url.ends_with(REDEEM) {
            set_header(request, "idempotency-key", Some(key));
        }
    });
    first.until(Kind::Show);
    let other = Applicant::with_texts(&setting.sandbox, 1);
    let code = other.code(&setting.sandbox);
    let mut second = Walk::new(&setting.sandbox, &code, &setting.issued);
    second.alter(move |request| {
        if request.url.ends_with(REDEEM) {
            set_header(request, "idempotency-key", Some(key));
        }
    });
    assert_problem(&error(second.finish()), "idempotency-key-reused");
}

#[test]
fn codes() {
    let setting = Setting::new(1);
    let elsewhere = Setting::new(1);
    let mut stranger = Walk::new(&setting.sandbox, &elsewhere.code, &setting.issued);
    assert_problem(&error(stranger.finish()), "code-unknown");

    let mut first = setting.walk();
    first.until(Kind::Show);
    assert_problem(&error(setting.walk().finish()), "code-already-used");

    let setting = Setting::new(1);
    setting.applicant.code(&setting.sandbox);
    assert_problem(&error(setting.walk().finish()), "code-cancelled");

    let setting = Setting::new(1);
    setting.sandbox.admin().advance(Duration::from_secs(11 * 60));
    assert_problem(&error(setting.walk().finish()), "code-expired");
}

#[test]
fn sessions_that_end_on_the_other_side() {
    let setting = Setting::new(1);
    let mut walk = setting.walk();
    walk.until(Kind::Choose);
    setting.applicant.code(&setting.sandbox);
    assert_problem(&error(walk.finish()), "session-superseded");

    let setting = Setting::new(1);
    let mut walk = setting.walk();
    walk.until(Kind::Sign);
    // The service's clock alone: this machine was asleep and does not know it.
    setting.sandbox.admin().advance(Duration::from_secs(31 * 60));
    assert_problem(&error(walk.finish()), "session-expired");

    let setting = Setting::new(1);
    let mut walk = setting.walk();
    let Step::Choose(requirements) = walk.until(Kind::Choose) else { panic!("a Choose step is next") };
    walk.answer(requirements.certificate(&setting.issued.certificate_der, &[]));
    let Step::Send(check) = walk.step() else { panic!("the check is next") };
    // Another program with the same token cancels.
    let mut cancellation = check.request().clone();
    cancellation.url = cancellation.url.replace("/certificate-checks", "/cancellation");
    set_body(&mut cancellation, br#"{"reason":"test"}"#.to_vec());
    set_header(&mut cancellation, "idempotency-key", Some(&"9".repeat(43)));
    assert_eq!(walk.send(&cancellation).unwrap().status, 200);
    assert_problem(&error(walk.finish()), "session-cancelled");
}

#[test]
fn the_page_s_word_about_who_redeemed() {
    let setting = Setting::new(1);
    setting.sandbox.admin().set_redeem_confirmation(RedeemConfirmation::Always);
    // Altered: an honest client polls the session and asks for no text before the confirmation.
    let mut walk = setting.walk();
    walk.alter(|request| {
        if request.method == Method::Get && !request.url.contains("well-known") {
            request.url.push_str("/documents/1");
        }
    });
    assert_problem(&error(walk.finish()), "awaiting-confirmation");
}

#[test]
fn submissions() {
    let setting = Setting::new(2);
    let flipped = setting.altered("/submission", |request| {
        use base64::{Engine as _, engine::general_purpose::STANDARD};
        body(request, |message| {
            let mut cms = STANDARD.decode(message["items"][0]["cms"].as_str().unwrap()).unwrap();
            *cms.last_mut().unwrap() ^= 1;
            message["items"][0]["cms"] = json!(STANDARD.encode(cms));
        });
    });
    assert_problem(&flipped, "signature-invalid");
    assert_eq!(flipped.category(), Category::Signature);

    let setting = Setting::new(2);
    let swapped = setting.altered("/submission", |request| {
        body(request, |message| {
            let first = message["items"][0]["cms"].take();
            let second = message["items"][1]["cms"].take();
            (message["items"][0]["cms"], message["items"][1]["cms"]) = (second, first);
        });
    });
    assert_problem(&swapped, "content-mismatch");

    let setting = Setting::new(2);
    let one = setting.altered("/submission", |request| {
        body(request, |message| {
            message["items"].as_array_mut().unwrap().pop();
        });
    });
    assert_problem(&one, "incomplete-submission");

    let setting = Setting::new(1);
    let other = setting.applicant.certificate(&setting.sandbox, setting.applicant.leaf(LeafKey::P384));
    let unchecked = setting.altered("/certificate-checks", |request| {
        use base64::{Engine as _, engine::general_purpose::STANDARD};
        body(request, |message| message["certificate"] = json!(STANDARD.encode(&other.certificate_der)));
    });
    assert_problem(&unchecked, "certificate-not-checked");
}

#[test]
fn a_second_submission() {
    let setting = Setting::new(1);
    let asked = setting.altered("/documents/1", |request| {
        request.url = request.url.replace("/documents/1", "/submission");
    });
    assert_problem(&asked, "nothing-submitted");

    // Other octets after the accepted ones: the first answer is lost, the repetition is altered.
    let setting = Setting::new(1);
    let puts = Cell::new(0);
    let mut walk = setting.walk();
    walk.lose_answers(|request| request.method == Method::Put && puts.get() == 1);
    walk.alter(|request| {
        if request.method == Method::Put {
            puts.set(puts.get() + 1);
            if puts.get() == 2 {
                body(request, |message| {
                    let cms = message["items"][0]["cms"].as_str().unwrap().to_owned();
                    message["items"][0]["cms"] = json!(format!("{}AAAA", &cms[..cms.len() - 4]));
                });
            }
        }
    });
    assert_problem(&error(walk.finish()), "submission-conflict");
}

#[test]
fn a_service_that_is_slow_or_down() {
    let setting = Setting::new(1);
    setting.sandbox.admin().set_ocsp(Ocsp::Down);
    assert_problem(&error(setting.walk().finish()), "upstream-unavailable");

    // Injected: the reference service is never overloaded or under maintenance by itself.
    for (status, codes) in [
        (429, [Code::RateLimited, Code::SlowDown]),
        (503, [Code::ServiceUnavailable, Code::Maintenance]),
        (500, [Code::ServiceInternal, Code::ServiceInternal]),
    ] {
        let error = Setting::new(1).injected("POST", REDEEM, Fault::Status { status });
        assert!(codes.contains(&error.code()), "{status} {error:?}");
    }
}

#[test]
fn guessing_is_slowed_down_and_the_right_code_works_afterwards() {
    let setting = Setting::new(1);
    let elsewhere = Setting::new(1);
    for _ in 0..10 {
        let mut stranger = Walk::new(&setting.sandbox, &elsewhere.code, &setting.issued);
        assert_problem(&error(stranger.finish()), "code-unknown");
    }
    // The machine itself waits as long as the service asks for.
    let mut walk = setting.walk();
    let Step::Wait(pause) = walk.until(Kind::Wait) else { panic!("a pause is next") };
    assert!(pause.until() > walk.now.monotonic_ms + 30_000);
    assert!(walk.finish().error.is_none());
}

#[test]
fn answers_that_are_not_the_service_s() {
    for (fault, codes) in [
        (Fault::Garbage, [Code::BadResponse, Code::BadResponse]),
        (Fault::CaptivePortal, [Code::CaptivePortal, Code::CaptivePortal]),
        (Fault::Redirect { location: "http://127.0.0.1:1/".into() }, [Code::Redirected, Code::Redirected]),
        (Fault::Oversize { octets: 300 * 1024 }, [Code::ResponseTooLarge, Code::ResponseTooLarge]),
        (Fault::Truncate, [Code::Unreachable, Code::BadResponse]),
        (Fault::DropBefore, [Code::Unreachable, Code::Unreachable]),
        (Fault::DropAfter, [Code::Unreachable, Code::Unreachable]),
    ] {
        let error = Setting::new(1).injected("POST", REDEEM, fault.clone());
        assert!(codes.contains(&error.code()), "{fault:?} {error:?}");
        assert_eq!(error.category(), Category::Network);
    }
    let error = Setting::new(1).injected("GET", "/documents/1", Fault::WrongDigest);
    assert_eq!(error.code(), Code::DigestMismatch);
}

#[test]
fn a_service_that_lies() {
    let json = |pointer: &str, value: Value| Fault::Json { pointer: pointer.into(), value };
    for (method, path_end, fault, code) in [
        ("POST", REDEEM, json("/session/match_code", json!("9999")), Code::MatchCode),
        ("POST", REDEEM, json("/session/environment", json!("production")), Code::WrongEnvironment),
        ("POST", REDEEM, json("/session/created_at", json!("2020-01-01T00:00:00+03:00")), Code::TextMismatch),
        ("POST", REDEEM, json("/session/application/no", json!("SD-1")), Code::TextMismatch),
        ("POST", REDEEM, json("/session/documents/0/index", json!(2)), Code::BadResponse),
        ("POST", REDEEM, json("/session/signature_policy/profile", json!("XAdES")), Code::NoCommonProfile),
        ("POST", REDEEM, json("/session/server_time", json!("yesterday")), Code::BadResponse),
        ("GET", "configuration", json("/environment", json!("production")), Code::WrongEnvironment),
        ("GET", "configuration", json("/jwks_uri", json!("http://127.0.0.1:1/jwks")), Code::BadResponse),
        ("POST", "/window", json("/id", json!("another")), Code::BadResponse),
        ("PUT", "/submission", json("/receipt", json!("a.b.c")), Code::Receipt),
        ("GET", "jwks.json", json("/keys/0/kid", json!("another")), Code::Receipt),
    ] {
        let error = Setting::new(1).injected(method, path_end, fault.clone());
        assert_eq!(error.code(), code, "{fault:?} {error:?}");
    }
}

#[test]
fn every_problem_type_has_a_code_of_its_own() {
    let codes: BTreeSet<i32> = Code::problem_types().iter().map(|(_, code)| code.number()).collect();
    assert_eq!(codes.len(), Code::problem_types().len());
    assert!(codes.len() >= 68);
}

#[test]
fn refused_on_the_page() {
    let setting = Setting::new(1);
    setting.sandbox.admin().set_redeem_confirmation(RedeemConfirmation::Always);
    let issued = setting.applicant.issue(&setting.sandbox);
    let mut walk = Walk::new(&setting.sandbox, &issued.code, &setting.issued);
    assert!(matches!(walk.until(Kind::Wait), Step::Wait(_)));
    // "Bu ben değilim", said with the page's own token.
    let Applicant { application, .. } = &setting.applicant;
    let page = setting.applicant.token(&setting.sandbox);
    let step = walk.step();
    walk.perform(&step);
    let Step::Send(poll) = walk.step() else { panic!("the session is asked for") };
    let mut refusal = poll.request().clone();
    refusal.method = Method::Put;
    let base = setting.sandbox.base_url();
    refusal.url = format!("{base}/api/v1/applications/{application}/sign-codes/{}/confirmation", issued.id);
    set_body(&mut refusal, br#"{"confirmed":false}"#.to_vec());
    set_header(&mut refusal, "content-type", Some("application/json"));
    set_header(&mut refusal, "authorization", Some(&format!("Bearer {page}")));
    assert!(walk.send(&refusal).unwrap().status < 300);
    assert_problem(&error(walk.finish()), "confirmation-refused");
}

#[test]
fn a_signature_that_breaks_the_policy() {
    use base64::{Engine as _, engine::general_purpose::STANDARD};
    use kamusm_cades::sign::{self, Profile};
    let setting = Setting::new(1);
    let mut walk = setting.walk();
    let Step::Show(texts) = walk.until(Kind::Show) else { panic!("a Show step is next") };
    let text = texts.items()[0].octets.clone();
    let Step::Sign(request) = walk.until(Kind::Sign) else { panic!("a Sign step is next") };
    // Detached, though the session asks for attached: this core never makes it, so it is put in on the way.
    let profile = Profile::new(false, request.signing_time_unix_s());
    let prepared = sign::begin(&text, request.certificate(), &[], &profile).unwrap();
    let key =
        kamusm_test_ca::Key::from_pkcs8_der(LeafKey::P256, &setting.issued.private_key_pkcs8_der).unwrap();
    let cms = prepared.finish(&key.sign(prepared.signed_attributes())).unwrap();
    walk.alter(move |request| {
        if request.url.ends_with("/submission") {
            body(request, |message| message["items"][0]["cms"] = json!(STANDARD.encode(&cms)));
        }
    });
    assert_problem(&error(walk.finish()), "policy-violation");
}

#[test]
fn after_the_submission_nothing_else_is_taken() {
    let setting = Setting::new(1);
    // Altered: an honest client cancels nothing after it was accepted.
    let asked = Cell::new(false);
    let held = std::cell::RefCell::new(None::<Request>);
    let mut walk = setting.walk();
    walk.alter(|request| {
        if request.url.ends_with("/certificate-checks") {
            held.replace(Some(request.clone()));
        }
        if request.url.ends_with("jwks.json") && !asked.replace(true) {
            let check = held.borrow().clone().unwrap();
            *request = check;
            request.url = request.url.replace("/certificate-checks", "/extensions");
            set_header(request, "idempotency-key", Some(&"8".repeat(43)));
            request.body.clear();
        }
    });
    assert_problem(&error(walk.finish()), "already-submitted");
}

#[test]
fn the_service_counts_the_extensions_too() {
    let setting = Setting::new(1);
    let mut walk = setting.walk();
    let Step::Choose(requirements) = walk.until(Kind::Choose) else { panic!("a Choose step is next") };
    walk.answer(requirements.certificate(&setting.issued.certificate_der, &[]));
    let Step::Send(check) = walk.step() else { panic!("the check is next") };
    // Another program with the same token uses all extensions up.
    for number in 0..10 {
        let mut extension = check.request().clone();
        extension.url = extension.url.replace("/certificate-checks", "/extensions");
        extension.body.clear();
        set_header(&mut extension, "idempotency-key", Some(&format!("{number:0>43}")));
        assert_eq!(walk.send(&extension).unwrap().status, 200);
    }
    walk.advance(Duration::from_secs(151));
    assert_problem(&error(walk.finish()), "no-extensions-left");
}
