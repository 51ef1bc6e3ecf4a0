//! Who makes the calls, and the answers of the contract.

use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use kamusm::{
    application::{ApplicationNumber, PersonToken},
    call::Call,
    config::{Config, Environment},
    error::Result,
    idempotency::IdempotencyKey,
    request::Response,
};
use serde_json::{Value, json};

pub(crate) struct Caller {
    pub(crate) config: Config,
    pub(crate) token: PersonToken,
    pub(crate) number: ApplicationNumber,
    pub(crate) key: IdempotencyKey,
}

impl Caller {
    pub(crate) fn new() -> Self {
        Self {
            config: Config::builder("https://basvuru.example/", Environment::Production).build().unwrap(),
            token: PersonToken::parse("secret").unwrap(),
            number: ApplicationNumber::parse("SD-1").unwrap(),
            key: IdempotencyKey::new([1; 32]),
        }
    }
}

/// Method and path with its query, and the body as it is sent.
pub(crate) fn sent<T>(call: &Call<T>) -> (String, Value) {
    let request = call.request();
    let path = request.url.strip_prefix("https://basvuru.example").unwrap();
    assert_eq!(request.header("authorization"), Some("Bearer secret"));
    // Acts carry a key, and a digest of what they say.
    assert_eq!(request.header("idempotency-key").is_some(), request.method.name() == "POST", "{path}");
    assert_eq!(request.header("content-digest").is_some(), !request.body.is_empty(), "{path}");
    let body = serde_json::from_slice(&request.body).unwrap_or(Value::Null);
    (format!("{} {path}", request.method.name()), body)
}

pub(crate) fn answered<T>(
    call: &Call<T>,
    status: u16,
    headers: &[(&str, &str)],
    body: impl AsRef<[u8]>,
) -> Result<T> {
    let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    call.decode(&Response::new(status, headers, body.as_ref().to_vec()))
}

pub(crate) fn decoded<T>(call: &Call<T>, body: &Value) -> T {
    answered(call, 200, &[("content-type", "application/json"), ("etag", "\"t\"")], body.to_string()).unwrap()
}

pub(crate) fn refused<T: std::fmt::Debug>(call: &Call<T>, status: u16, body: &Value) -> kamusm::Error {
    answered(call, status, &[("content-type", "application/problem+json")], body.to_string()).unwrap_err()
}

pub(crate) fn status() -> Value {
    json!({ "code": "production_pending", "title": "Üretim Bekleniyor", "action": { "code": "update", "title": "G" } })
}

/// `sha-256=:…:`, RFC 9530.
pub(crate) fn digest(octets: &[u8]) -> String {
    format!("sha-256=:{}:", BASE64.encode(aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, octets)))
}
