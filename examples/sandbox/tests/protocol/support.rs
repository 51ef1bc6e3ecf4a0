//! A service with a held clock, a plain client, a person with a certificate.

use std::net::IpAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use kamusm_cades::algorithm::DigestAlgorithm;
use kamusm_cades::sign::{self, Profile};
use kamusm_cades::x509::certificate::Certificate;
use kamusm_sandbox::clock::ManualClock;
use kamusm_sandbox::{Builder, LeafKey, LeafSpec, Sandbox};
use kamusm_test_ca::Key;
use reqwest::Method;
use reqwest::blocking::{Client, Response};
use reqwest::header::HeaderMap;
use serde_json::{Value, json};

pub(crate) const TCKN: &str = "10000000146";
pub(crate) const ORDER: &str = "SD-13712";
/// 2026-06-23T10:19:44+03:00
pub(crate) const START_MS: i64 = 1_782_199_184_000;

/// A running service and who talks to it.
pub(crate) struct World {
    pub(crate) sandbox: Sandbox,
    pub(crate) http: Http,
    pub(crate) person: String,
    pub(crate) signer: Signer,
}

impl World {
    pub(crate) fn new() -> Self {
        Self::with(|builder| builder)
    }

    pub(crate) fn with(change: impl FnOnce(Builder) -> Builder) -> Self {
        let builder = Sandbox::builder().clock(ManualClock::at(START_MS));
        let sandbox = change(builder).start().unwrap();
        let signer = Signer::new(&sandbox, LeafSpec::default());
        let person = sandbox.admin().person_token(TCKN).unwrap();
        Self { http: Http::new(sandbox.base_url()), sandbox, person, signer }
    }

    pub(crate) fn advance(&self, seconds: u64) {
        self.sandbox.admin().advance(Duration::from_secs(seconds));
    }

    pub(crate) fn code(&self) -> String {
        self.sandbox.admin().issue_sign_code(ORDER).unwrap().code
    }

    /// Redeems a fresh code.
    pub(crate) fn session(&self) -> Session {
        self.redeem(&self.code())
    }

    pub(crate) fn redeem(&self, code: &str) -> Session {
        let answer = self.http.post("/api/v1/sign-sessions", None, redemption(code));
        assert_eq!(answer.status, 201, "{}", answer.text());
        Session::from(answer.json())
    }

    /// A session with its certificate bound and its window running, and the signatures for it.
    pub(crate) fn ready_to_submit(&self) -> (Session, Value) {
        let session = self.session();
        let items = self.prepare(&session);
        (session, items)
    }

    pub(crate) fn prepare(&self, session: &Session) -> Value {
        let texts = self.texts(session);
        assert_eq!(self.post(session, "/window", json!({})).status, 200);
        let answer = self.check(session, &self.signer.certificate);
        assert_eq!(answer.status, 200, "{}", answer.text());
        let signed = texts.iter().map(|text| self.signer.sign(text)).collect::<Vec<_>>();
        session.items(&signed)
    }

    pub(crate) fn texts(&self, session: &Session) -> Vec<Vec<u8>> {
        let count = session.body["documents"].as_array().unwrap().len();
        let text = |place| {
            let answer = self.get(session, &format!("/documents/{place}"));
            assert_eq!(answer.status, 200, "{}", answer.text());
            answer.body
        };
        (1..=count).map(text).collect()
    }

    pub(crate) fn get(&self, session: &Session, path: &str) -> Answer {
        self.http.get(&session.path(path), Some(&session.token))
    }

    pub(crate) fn post(&self, session: &Session, path: &str, body: Value) -> Answer {
        self.http.post(&session.path(path), Some(&session.token), body)
    }

    pub(crate) fn check(&self, session: &Session, certificate: &Certificate) -> Answer {
        let body = json!({ "certificate": STANDARD.encode(certificate.der()) });
        self.post(session, "/certificate-checks", body)
    }

    pub(crate) fn submit(&self, session: &Session, items: &Value) -> Answer {
        self.http.put_digested(&session.path("/submission"), &session.token, items)
    }

    /// The decision about the session's signatures, once there is one.
    pub(crate) fn decided(&self, session: &Session) -> Value {
        let path = session.path("/submission");
        loop {
            let waiting = [("prefer", "wait=25")];
            let latest = self.http.get_with(&path, Some(&session.token), &waiting).json();
            if latest["state"] != "received" {
                return latest;
            }
        }
    }

    /// Reads the taahhütname of an order and gives the proofs; none where there is nothing to read.
    pub(crate) fn views(&self, no: &str) -> Vec<Value> {
        let approval = self.person_get(&format!("/{no}/approval"));
        if approval.status != 200 {
            return Vec::new();
        }
        let view = |commitment: &Value| {
            let content = format!("/api/v1/commitments/{}/content", commitment["id"].as_str().unwrap());
            let text = self.http.get(&content, Some(&self.person));
            assert_eq!(content_digest(&text.body), commitment["digest"]);
            let body = json!({
                "commitment_id": commitment["id"],
                "digest": text.header("repr-digest"),
                "read_to_end": true,
            });
            self.person_post(&format!("/{no}/commitment-views"), body).json()["view_id"].clone()
        };
        approval.json()["commitments"].as_array().unwrap().iter().map(view).collect()
    }

    /// Asks for a code as the page does, after the reading.
    pub(crate) fn issue(&self, no: &str) -> Answer {
        let view_ids = self.views(no);
        self.person_post(&format!("/{no}/sign-codes"), json!({ "view_ids": view_ids }))
    }

    pub(crate) fn person_get(&self, path: &str) -> Answer {
        self.http.get(&format!("/api/v1/applications{path}"), Some(&self.person))
    }

    pub(crate) fn person_post(&self, path: &str, body: Value) -> Answer {
        self.http.post(&format!("/api/v1/applications{path}"), Some(&self.person), body)
    }
}

pub(crate) fn redemption(code: &str) -> Value {
    json!({
        "code": code,
        "client": { "name": "deneme", "version": "1.0" },
        "accept": { "profiles": ["CAdES-B-B"], "digests": ["sha-256", "sha-384"] },
    })
}

/// A redeemed session.
#[derive(Clone)]
pub(crate) struct Session {
    pub(crate) id: String,
    pub(crate) token: String,
    pub(crate) body: Value,
}

impl Session {
    pub(crate) fn from(redeemed: Value) -> Self {
        Self {
            id: redeemed["session"]["id"].as_str().unwrap().to_owned(),
            token: redeemed["token"].as_str().unwrap().to_owned(),
            body: redeemed["session"].clone(),
        }
    }

    pub(crate) fn path(&self, path: &str) -> String {
        format!("/api/v1/sign-sessions/{}{path}", self.id)
    }

    /// The body of a submission.
    pub(crate) fn items(&self, signed: &[Vec<u8>]) -> Value {
        let documents = self.body["documents"].as_array().unwrap();
        let items = documents
            .iter()
            .zip(signed)
            .map(|(document, cms)| json!({ "document_id": document["id"], "cms": STANDARD.encode(cms) }));
        json!({ "items": items.collect::<Vec<_>>() })
    }
}

/// A certificate with its key.
pub(crate) struct Signer {
    pub(crate) certificate: Certificate,
    key: Key,
}

impl Signer {
    pub(crate) fn new(sandbox: &Sandbox, spec: LeafSpec) -> Self {
        let kind = spec.key;
        let issued = sandbox.admin().issue_certificate(spec).unwrap();
        Self::from(kind, &issued.certificate_der, &issued.private_key_pkcs8_der)
    }

    pub(crate) fn from(kind: LeafKey, certificate: &[u8], key: &[u8]) -> Self {
        Self {
            certificate: Certificate::from_der(certificate).unwrap(),
            key: Key::from_pkcs8_der(kind, key).unwrap(),
        }
    }

    pub(crate) fn sign(&self, text: &[u8]) -> Vec<u8> {
        self.sign_with(text, &Profile::new(true, START_MS / 1000))
    }

    pub(crate) fn sign_with(&self, text: &[u8], profile: &Profile) -> Vec<u8> {
        let prepared = sign::begin(text, &self.certificate, &[], profile).unwrap();
        prepared.finish(&self.key.sign(prepared.signed_attributes())).unwrap()
    }
}

/// A client that follows nothing and retries nothing.
#[derive(Clone)]
pub(crate) struct Http {
    base: String,
    client: Client,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

static KEYS: AtomicU64 = AtomicU64::new(0);

/// A key that no other request of this process has.
pub(crate) fn fresh_key() -> String {
    format!("deneme-anahtari-{:016}", KEYS.fetch_add(1, Ordering::Relaxed))
}

pub(crate) fn base64(octets: &[u8]) -> String {
    STANDARD.encode(octets)
}

pub(crate) fn from_base64(text: &str) -> Vec<u8> {
    STANDARD.decode(text).unwrap()
}

pub(crate) fn unix_now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    i64::try_from(since.as_secs()).unwrap()
}

pub(crate) fn content_digest(octets: &[u8]) -> String {
    format!("sha-256=:{}:", STANDARD.encode(DigestAlgorithm::Sha256.digest(octets)))
}

impl Http {
    pub(crate) fn new(base: &str) -> Self {
        Self::from_address(base, [127, 0, 0, 1].into())
    }

    pub(crate) fn from_address(base: &str, address: IpAddr) -> Self {
        let client = Client::builder()
            .no_proxy()
            .local_address(address)
            .redirect(reqwest::redirect::Policy::none())
            .timeout(Duration::from_secs(60))
            .build()
            .unwrap();
        Self { base: base.to_owned(), client }
    }

    pub(crate) fn get(&self, path: &str, token: Option<&str>) -> Answer {
        self.get_with(path, token, &[])
    }

    pub(crate) fn get_with(&self, path: &str, token: Option<&str>, headers: &[(&str, &str)]) -> Answer {
        self.send(Method::GET, path, token, headers, None).unwrap()
    }

    /// A POST with a fresh key.
    pub(crate) fn post(&self, path: &str, token: Option<&str>, body: Value) -> Answer {
        self.post_keyed(path, token, &fresh_key(), body)
    }

    pub(crate) fn post_keyed(&self, path: &str, token: Option<&str>, key: &str, body: Value) -> Answer {
        let headers = [("idempotency-key", key), ("content-type", "application/json")];
        self.send(Method::POST, path, token, &headers, Some(body.to_string().into_bytes())).unwrap()
    }

    pub(crate) fn put(&self, path: &str, token: &str, body: &Value) -> Answer {
        let headers = [("content-type", "application/json")];
        self.send(Method::PUT, path, Some(token), &headers, Some(body.to_string().into_bytes())).unwrap()
    }

    pub(crate) fn delete(&self, path: &str, token: &str) -> Answer {
        self.send(Method::DELETE, path, Some(token), &[], None).unwrap()
    }

    pub(crate) fn put_digested(&self, path: &str, token: &str, body: &Value) -> Answer {
        let octets = body.to_string().into_bytes();
        let digest = content_digest(&octets);
        let headers = [("content-type", "application/json"), ("content-digest", digest.as_str())];
        self.send(Method::PUT, path, Some(token), &headers, Some(octets)).unwrap()
    }

    pub(crate) fn send(
        &self,
        method: Method,
        path: &str,
        token: Option<&str>,
        headers: &[(&str, &str)],
        body: Option<Vec<u8>>,
    ) -> reqwest::Result<Answer> {
        let mut request = self.client.request(method, format!("{}{path}", self.base));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        if let Some(body) = body {
            request = request.body(body);
        }
        Answer::read(request.send()?)
    }
}

impl Answer {
    fn read(response: Response) -> reqwest::Result<Self> {
        Ok(Self {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            body: response.bytes()?.to_vec(),
        })
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("{}: {}", self.status, self.text()))
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }

    /// The problem type's name, after the whole document was looked at.
    #[track_caller]
    pub(crate) fn problem(&self) -> String {
        let document = self.json();
        assert_eq!(self.header("content-type"), "application/problem+json");
        assert_eq!(document["status"], self.status);
        assert_eq!(document["request_id"], self.header("x-request-id"));
        for member in ["title", "detail", "instance", "retry", "outcome"] {
            assert!(document[member].as_str().is_some_and(|text| !text.is_empty()), "{member}: {document}");
        }
        let kind = document["type"].as_str().unwrap();
        kind.strip_prefix("urn:kamusm:problem:").unwrap_or(kind).to_owned()
    }

    /// Status and problem type in one.
    #[track_caller]
    pub(crate) fn assert_problem(&self, status: u16, name: &str) -> Value {
        assert_eq!((self.status, self.problem().as_str()), (status, name), "{}", self.text());
        self.json()
    }
}
