//! Receipts that are right but for one thing.

use aws_lc_rs::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _},
};
use kamusm_test_ca::{LeafSpec, TestCa};
use serde_json::{Value, json};

use super::*;

struct Service {
    pair: EcdsaKeyPair,
    certificate: Certificate,
    texts: Vec<Vec<u8>>,
    cms: Vec<Vec<u8>>,
}

impl Service {
    fn new() -> Self {
        let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap();
        let issued = TestCa::new(1_795_000_000).issue(&LeafSpec::default());
        Self {
            pair,
            certificate: Certificate::from_der(&issued.certificate_der).unwrap(),
            texts: vec![b"bir".to_vec(), b"iki".to_vec()],
            cms: vec![b"cms 1".to_vec(), b"cms 2".to_vec()],
        }
    }

    fn keys(&self) -> KeySet {
        let (x, y) = self.pair.public_key().as_ref()[1..].split_at(32);
        let key = Key {
            kty: "EC".into(),
            kid: Some("k1".into()),
            crv: Some("P-256".into()),
            x: Some(BASE64_URL.encode(x)),
            y: Some(BASE64_URL.encode(y)),
        };
        KeySet { keys: vec![key] }
    }

    fn header() -> Value {
        json!({ "alg": "ES256", "kid": "k1", "typ": TYPE })
    }

    fn claims(&self) -> Value {
        let documents: Vec<Value> = self
            .texts
            .iter()
            .zip(&self.cms)
            .map(|(text, cms)| json!({ "digest": content_digest(text), "cms_digest": content_digest(cms) }))
            .collect();
        json!({
            "iss": "https://service", "sid": "s", "application": "SD-1", "documents": documents,
            "signer_certificate": content_digest(self.certificate.der()),
            "signing_time": "2026-11-22T10:20:19+03:00", "received_at": "2026-11-22T10:20:20+03:00",
            "state": "accepted",
        })
    }

    fn sign(&self, header: &Value, claims: &Value) -> String {
        let part = |value: &Value| BASE64_URL.encode(value.to_string());
        let input = format!("{}.{}", part(header), part(claims));
        let signature = self.pair.sign(&SystemRandom::new(), input.as_bytes()).unwrap();
        format!("{input}.{}", BASE64_URL.encode(signature.as_ref()))
    }

    fn verify(&self, jws: &str, keys: &KeySet, pinned: &[String]) -> Result<Receipt> {
        let cms: Vec<&[u8]> = self.cms.iter().map(Vec::as_slice).collect();
        let known = Known {
            issuer: "https://service",
            session: "s",
            application: "SD-1",
            texts: &self.texts,
            cms: &cms,
            certificate: &self.certificate,
            pinned,
        };
        verify(jws, keys, &known)
    }

    fn refusal(&self, header: &Value, claims: &Value) -> String {
        let error = self.verify(&self.sign(header, claims), &self.keys(), &[]).unwrap_err();
        assert_eq!(error.code(), Code::Receipt);
        error.reason().to_owned()
    }
}

#[test]
fn a_right_receipt_is_taken_and_anchored_where_its_key_is_pinned() {
    let service = Service::new();
    let jws = service.sign(&Service::header(), &service.claims());
    let receipt = service.verify(&jws, &service.keys(), &[]).unwrap();
    assert_eq!((receipt.application.as_str(), receipt.anchored), ("SD-1", false));
    let pin = thumbprint(&service.keys().keys[0]).unwrap();
    assert!(service.verify(&jws, &service.keys(), &[pin]).unwrap().anchored);
    let other = thumbprint(&Service::new().keys().keys[0]).unwrap();
    let error = service.verify(&jws, &service.keys(), &[other]).unwrap_err();
    assert!(error.reason().ends_with("none of the pinned ones"));
}

#[test]
fn each_claim_is_compared() {
    let service = Service::new();
    for (field, value) in [
        ("iss", json!("https://other")),
        ("sid", json!("t")),
        ("application", json!("SD-2")),
        ("signer_certificate", json!(content_digest(b"other"))),
        ("state", json!("received")),
    ] {
        let mut claims = service.claims();
        claims[field] = value;
        assert!(service.refusal(&Service::header(), &claims).ends_with(&format!("its {field} differs")));
    }
    for (pointer, name) in
        [("/documents/1/digest", "text digests"), ("/documents/1/cms_digest", "CMS digests")]
    {
        let mut claims = service.claims();
        *claims.pointer_mut(pointer).unwrap() = json!(content_digest(b"other"));
        assert!(service.refusal(&Service::header(), &claims).ends_with(&format!("its {name} differs")));
    }
    let mut fewer = service.claims();
    fewer["documents"].as_array_mut().unwrap().pop();
    assert!(service.refusal(&Service::header(), &fewer).ends_with("its text digests differs"));
}

#[test]
fn only_the_one_algorithm_and_type_without_extensions() {
    let service = Service::new();
    for (member, value) in [
        ("alg", json!("none")),
        ("alg", json!("HS256")),
        ("typ", json!("JWT")),
        ("kid", json!("k2")),
        ("crit", json!(["exp"])),
    ] {
        let mut header = Service::header();
        header[member] = value;
        service.refusal(&header, &service.claims());
    }
}

#[test]
fn a_signature_of_another_key_or_over_other_octets_is_refused() {
    let (service, other) = (Service::new(), Service::new());
    let jws = service.sign(&Service::header(), &service.claims());
    let error = service.verify(&jws, &other.keys(), &[]).unwrap_err();
    assert!(error.reason().ends_with("does not verify"));
    let mut claims = service.claims();
    claims["received_at"] = json!("2020-01-01T00:00:00Z");
    let changed = service.sign(&Service::header(), &claims);
    let signature = jws.rsplit_once('.').unwrap().1;
    let forged = format!("{}.{signature}", changed.rsplit_once('.').unwrap().0);
    assert!(service.verify(&forged, &service.keys(), &[]).unwrap_err().reason().ends_with("does not verify"));
    for broken in ["", "a", "a.b", "a.b.c", &jws[..jws.len() - 2]] {
        assert_eq!(service.verify(broken, &service.keys(), &[]).unwrap_err().code(), Code::Receipt);
    }
}
