//! Requests as values, and how they are altered on their way.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use kamusm_cades::algorithm::DigestAlgorithm;
use serde_json::Value;

/// A request as the caller wants it sent.
#[derive(Clone)]
pub(super) struct Request {
    pub(super) method: String,
    pub(super) url: String,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
}

impl Request {
    /// Changes the JSON body.
    pub(super) fn edit(&mut self, change: impl FnOnce(&mut Value)) {
        let mut message: Value = serde_json::from_slice(&self.body).unwrap();
        change(&mut message);
        self.set_body(serde_json::to_vec(&message).unwrap());
    }

    /// Another body, with its digest.
    pub(super) fn set_body(&mut self, octets: Vec<u8>) {
        let digest = STANDARD.encode(DigestAlgorithm::Sha256.digest(&octets));
        self.body = octets;
        self.set_header("content-digest", Some(&format!("sha-256=:{digest}:")));
    }

    pub(super) fn set_header(&mut self, name: &str, value: Option<&str>) {
        self.headers.retain(|(key, _)| key != name);
        if let Some(value) = value {
            self.headers.push((name.into(), value.into()));
        }
    }

    /// Another operation of the same session, with the same token and a key of its own.
    pub(super) fn instead(&self, method: &str, operation: &str, key: &str, body: &[u8]) -> Self {
        let mut other = self.clone();
        other.method = method.into();
        let session: Vec<&str> = self.url.split('/').take(7).collect();
        other.url = format!("{}{operation}", session.join("/"));
        other.set_header("idempotency-key", Some(&format!("{key:0>43}")));
        other.set_header("content-type", (method != "GET").then_some("application/json"));
        other.set_body(body.to_vec());
        other
    }
}
