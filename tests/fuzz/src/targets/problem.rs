//! Refusals of the service (RFC 9457): each becomes one stable error that tells no more than it may.

use std::sync::LazyLock;

use kamusm::{
    Code, Error,
    config::{Config, Environment},
    error::Language,
    reference::Choice,
    request::Response,
};
use serde_json::Value;

use super::answers;
use crate::bound::bounded;

const STATUSES: [u16; 16] = [400, 401, 403, 404, 405, 408, 409, 410, 412, 413, 415, 422, 428, 429, 500, 503];

/// The first octet says the status; the rest is the body.
pub fn run(octets: &[u8]) {
    let [status, body @ ..] = octets else { return };
    let status = STATUSES[usize::from(*status) % STATUSES.len()];
    let response = Response::new(status, headers(), body.to_vec());
    let call = Choice::list(&CONFIG, answers::token(), "provinces");
    let error =
        bounded(octets, 32 * 1024, 64, || call.decode(&response)).expect_err("a refusal is no success");
    assert_eq!(call.decode(&response).as_ref(), Err(&error), "the same refusal is the same error");
    assert_eq!(error.http_status(), Some(status));
    told(&error);
    // Serde's own reading of the same octets, without our types; it is stricter about what nobody reads.
    let Ok(document) = serde_json::from_slice::<Value>(body) else { return };
    let kind = document["type"].as_str();
    match error.problem() {
        Some(name) => {
            let kind = kind.expect("a problem is an object with a type");
            assert_eq!(kind.strip_prefix("urn:kamusm:problem:").unwrap_or(kind), name);
            let known = Code::problem_types().iter().find(|(known, _)| *known == name);
            assert_eq!(error.code(), known.map_or(Code::UnknownProblem, |(_, code)| *code));
        }
        None => assert_ne!(error.code(), Code::UnknownProblem),
    }
}

static CONFIG: LazyLock<Config> = LazyLock::new(|| {
    Config::builder("http://127.0.0.1:1", Environment::Sandbox).build().expect("right settings")
});

/// Of a problem, with a second to wait.
pub fn headers() -> Vec<(String, String)> {
    [("content-type", "application/problem+json"), ("retry-after", "1")]
        .map(|(k, v)| (k.into(), v.into()))
        .into()
}

/// What holds for every error.
pub fn told(error: &Error) {
    assert_eq!(Code::from_number(error.code().number()), Some(error.code()));
    assert_ne!(error.code(), Code::Internal, "{error}");
    assert!(
        [Language::Turkish, Language::English].iter().all(|language| !error.sentence(*language).is_empty())
    );
    assert!(error.to_string().len() < 1 << 20);
}
