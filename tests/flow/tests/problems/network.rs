//! Answers that are not the service's, a service that lies, and refusals without a problem document: Rust only, with the
//! library's own HTTP.

use kamusm::{
    Code, Step,
    error::{Category, Error, Language},
    session::Outcome,
};
use kamusm_sandbox::{Fault, FaultRule, Issued, LeafKey, Sandbox};
use kamusm_test_flow::{Applicant, Kind, Walk};
use serde_json::{Value, json};

const REDEEM: &str = "/sign-sessions";

struct Setting {
    sandbox: Sandbox,
    issued: Issued,
    code: String,
}

impl Setting {
    fn new(texts: u8) -> Self {
        let sandbox = Sandbox::builder().start().unwrap();
        let applicant = Applicant::with_texts(&sandbox, texts);
        let issued = applicant.certificate(&sandbox, applicant.leaf(LeafKey::P256));
        let code = applicant.code(&sandbox);
        Self { sandbox, issued, code }
    }

    fn walk(&self) -> Walk<'_> {
        Walk::new(&self.sandbox, &self.code, &self.issued)
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

/// What a proxy in front of the service answers: there is no problem document, and so no problem type.
#[test]
fn refusals_without_a_problem_document() {
    for (status, code) in
        [(429, Code::RateLimited), (503, Code::ServiceUnavailable), (500, Code::ServiceInternal)]
    {
        let error = Setting::new(1).injected("POST", REDEEM, Fault::Status { status });
        assert_eq!((error.code(), error.problem()), (code, None), "{error:?}");
    }
}

#[test]
fn guessing_is_slowed_down_and_the_right_code_works_afterwards() {
    let setting = Setting::new(1);
    let elsewhere = Setting::new(1);
    for _ in 0..10 {
        let mut stranger = Walk::new(&setting.sandbox, &elsewhere.code, &setting.issued);
        assert_eq!(error(stranger.finish()).code(), Code::CodeUnknown);
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
