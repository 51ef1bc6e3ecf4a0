//! Sign-in: by e-imza, by e-Devlet, and each refusal by its real cause.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use kamusm_cades::algorithm::DigestAlgorithm;
use kamusm_sandbox::{CertificateStatus, LeafSpec, Ocsp, Usage};
use reqwest::{Method, Url};
use serde_json::{Value, json};

use crate::support::{Answer, Http, Signer, TCKN, World, base64, content_digest, from_base64};

const CHALLENGES: &str = "/api/v1/auth/eimza/challenges";

pub(crate) fn begin(world: &World) -> Value {
    let challenge = world.http.post(CHALLENGES, None, json!({}));
    assert_eq!(challenge.status, 201, "{}", challenge.text());
    challenge.json()
}

pub(crate) fn respond(world: &World, challenge: &Value, cms: &[u8]) -> Answer {
    let path = format!("{CHALLENGES}/{}/response", challenge["id"].as_str().unwrap());
    let body = json!({ "cms": base64(cms) }).to_string().into_bytes();
    let headers = [("content-type", "application/json")];
    world.http.send(Method::PUT, &path, None, &headers, Some(body)).unwrap()
}

pub(crate) fn text(challenge: &Value) -> Vec<u8> {
    from_base64(challenge["text"].as_str().unwrap())
}

#[test]
fn a_signed_text_opens_the_persons_account_once() {
    let world = World::new();
    let challenge = begin(&world);
    let text = text(&challenge);
    assert_eq!(challenge["length"], text.len());
    assert_eq!(challenge["digest"], content_digest(&text));
    assert_eq!(challenge["expires_in"], 150);
    assert_eq!(challenge["signature_policy"]["profile"], "CAdES-B-B");
    let id = challenge["id"].as_str().unwrap();
    let words = String::from_utf8(text.clone()).unwrap();
    let origin = world.sandbox.base_url();
    assert!(words.starts_with(&format!("KAMU SM GİRİŞ/1\nAdres: {origin}\nGiriş No: {id}\n")), "{words}");
    let cms = world.signer.sign(&text);
    let signed_in = respond(&world, &challenge, &cms);
    assert_eq!(signed_in.status, 200, "{}", signed_in.text());
    let signed_in = signed_in.json();
    assert_eq!(signed_in["person"], json!({ "name": "D***** K******** B**", "tckn": "100******46" }));
    let token = signed_in["access_token"].as_str().unwrap();
    assert_eq!(world.http.get("/api/v1/me", Some(token)).json()["name"], "Deneme Kullanıcı Bir");
    respond(&world, &challenge, &cms).assert_problem(409, "challenge-used");
    world.advance(signed_in["expires_in"].as_u64().unwrap());
    world.http.get("/api/v1/me", Some(token)).assert_problem(401, "unauthenticated");
}

#[test]
fn a_text_waits_for_150_seconds() {
    let world = World::new();
    let challenge = begin(&world);
    let cms = world.signer.sign(&text(&challenge));
    world.advance(150);
    respond(&world, &challenge, &cms).assert_problem(410, "challenge-expired");
    let unknown = json!({ "id": "x" });
    respond(&world, &unknown, &cms).assert_problem(404, "not-found");
}

#[test]
fn a_refused_signature_leaves_the_text() {
    let world = World::new();
    let challenge = begin(&world);
    let text = text(&challenge);
    respond(&world, &challenge, b"not a cms").assert_problem(422, "signature-invalid");
    respond(&world, &challenge, &world.signer.sign(b"other")).assert_problem(422, "content-mismatch");
    let approval = world.texts(&world.session()).remove(0);
    respond(&world, &challenge, &world.signer.sign(&approval)).assert_problem(422, "content-mismatch");
    let mut broken = world.signer.sign(&text);
    *broken.last_mut().unwrap() ^= 1;
    respond(&world, &challenge, &broken).assert_problem(422, "signature-invalid");
    assert_eq!(respond(&world, &challenge, &world.signer.sign(&text)).status, 200);
}

#[test]
fn the_certificate_is_judged_as_for_an_approval() {
    let world = World::new();
    let with = |spec: LeafSpec| {
        let challenge = begin(&world);
        respond(&world, &challenge, &Signer::new(&world.sandbox, spec).sign(&text(&challenge)))
    };
    let usage = LeafSpec { key_usage: Usage::DigitalSignature, ..LeafSpec::default() };
    with(usage).assert_problem(422, "key-usage-wrong");
    let stranger = LeafSpec { tckn: Some("10000000078".to_owned()), ..LeafSpec::default() };
    with(stranger).assert_problem(403, "forbidden");
    let admin = world.sandbox.admin();
    admin.set_ocsp(Ocsp::Down);
    assert_eq!(with(LeafSpec::default()).assert_problem(503, "upstream-unavailable")["upstream"], "ocsp");
    admin.set_ocsp(Ocsp::Up);
    admin.set_certificate_status(world.signer.certificate.der(), CertificateStatus::Revoked).unwrap();
    let challenge = begin(&world);
    let cms = world.signer.sign(&text(&challenge));
    respond(&world, &challenge, &cms).assert_problem(422, "certificate-revoked");
}

#[test]
fn who_fails_too_often_waits_even_after_a_restart() {
    let directory = tempfile::TempDir::new().unwrap();
    let world = World::with(|builder| builder.store_path(directory.path()));
    let challenge = begin(&world);
    for _ in 0..10 {
        respond(&world, &challenge, b"not a cms").assert_problem(422, "signature-invalid");
    }
    let cms = world.signer.sign(&text(&challenge));
    respond(&world, &challenge, &cms).assert_problem(429, "slow-down");
    world.sandbox.kill();
    let world = World::with(|builder| builder.store_path(directory.path()));
    let refused = respond(&world, &challenge, &cms);
    assert_eq!(refused.assert_problem(429, "slow-down")["retry_after"], 60);
    world.advance(60);
    let again = respond(&world, &challenge, b"not a cms");
    again.assert_problem(422, "signature-invalid");
}

const VERIFIER: &str = "deneme-dogrulayici-0123456789-0123456789-abc";
const RETURN: &str = "http://127.0.0.1:49152/geri?x=1";

fn parameters<'a>(challenge: &'a str, redirect_uri: &'a str) -> Vec<(&'static str, &'a str)> {
    vec![
        ("response_type", "code"),
        ("client_id", "kamusm-sdk"),
        ("redirect_uri", redirect_uri),
        ("scope", "kimlik"),
        ("state", "durum & 1"),
        ("code_challenge", challenge),
        ("code_challenge_method", "S256"),
    ]
}

fn challenge() -> String {
    URL_SAFE_NO_PAD.encode(DigestAlgorithm::Sha256.digest(VERIFIER.as_bytes()))
}

fn encoded(parameters: &[(&str, &str)]) -> String {
    let mut address = Url::parse("http://x/").unwrap();
    address.query_pairs_mut().extend_pairs(parameters);
    address.query().unwrap().to_owned()
}

fn send_form(http: &Http, path: &str, parameters: &[(&str, &str)]) -> Answer {
    let headers = [("content-type", "application/x-www-form-urlencoded")];
    http.send(Method::POST, path, None, &headers, Some(encoded(parameters).into_bytes())).unwrap()
}

/// What the browser is sent back with.
fn returned(answer: &Answer) -> Vec<(String, String)> {
    assert_eq!(answer.status, 303, "{}", answer.text());
    let address = Url::parse(answer.header("location")).unwrap();
    address.query_pairs().into_owned().collect()
}

fn value<'a>(pairs: &'a [(String, String)], name: &str) -> &'a str {
    pairs.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str()).unwrap_or_default()
}

/// Signs in on the page as the person of the seed; gives the code.
pub(crate) fn code(world: &World) -> String {
    let challenge = challenge();
    let mut form = parameters(&challenge, RETURN);
    form.extend([("tckn", TCKN), ("password", "deneme")]);
    let back = returned(&send_form(&world.http, "/oauth/authorize", &form));
    assert_eq!((value(&back, "x"), value(&back, "state")), ("1", "durum & 1"));
    value(&back, "code").to_owned()
}

fn exchange(world: &World, code: &str, verifier: &str) -> Answer {
    let form = [
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", RETURN),
        ("client_id", "kamusm-sdk"),
        ("code_verifier", verifier),
    ];
    send_form(&world.http, "/oauth/token", &form)
}

#[test]
fn a_page_leads_to_a_code_and_the_code_to_a_token() {
    let world = World::new();
    let configuration = world.http.get("/.well-known/kamusm-configuration", None).json();
    let origin = world.sandbox.base_url();
    assert_eq!(configuration["authorization_endpoint"], format!("{origin}/oauth/authorize"));
    assert_eq!(configuration["token_endpoint"], format!("{origin}/oauth/token"));
    let page =
        world.http.get(&format!("/oauth/authorize?{}", encoded(&parameters(&challenge(), RETURN))), None);
    assert_eq!((page.status, page.header("content-type")), (200, "text/html; charset=utf-8"));
    assert!(page.header("content-security-policy").starts_with("default-src 'none'"));
    assert!(page.text().contains("value=\"durum &#38; 1\""), "{}", page.text());
    let token = exchange(&world, &code(&world), VERIFIER);
    assert_eq!(token.status, 200, "{}", token.text());
    assert_eq!((token.header("cache-control"), &token.json()["token_type"]), ("no-store", &json!("Bearer")));
    let token = token.json()["access_token"].as_str().unwrap().to_owned();
    assert_eq!(world.http.get("/api/v1/me", Some(&token)).json()["tckn"], "100******46");
}

#[test]
fn a_code_is_good_once_and_for_a_minute() {
    let world = World::new();
    let used = code(&world);
    let token = exchange(&world, &used, VERIFIER).json()["access_token"].as_str().unwrap().to_owned();
    let refused = exchange(&world, &used, VERIFIER).assert_problem(409, "challenge-used");
    assert_eq!(refused["error"], "invalid_grant");
    // Somebody else has the code: what it gave is taken back.
    world.http.get("/api/v1/me", Some(&token)).assert_problem(401, "unauthenticated");
    let late = code(&world);
    world.advance(60);
    exchange(&world, &late, VERIFIER).assert_problem(410, "challenge-expired");
}

#[test]
fn a_token_needs_the_verifier_of_its_code() {
    let world = World::new();
    let code = code(&world);
    let other = "x".repeat(43);
    assert_eq!(exchange(&world, &code, &other).assert_problem(400, "malformed")["error"], "invalid_grant");
    assert_eq!(exchange(&world, "x", VERIFIER).assert_problem(400, "malformed")["error"], "invalid_grant");
    let refused = send_form(&world.http, "/oauth/token", &[("grant_type", "password")]);
    assert_eq!(refused.assert_problem(400, "malformed")["error"], "unsupported_grant_type");
    let stranger = [("grant_type", "authorization_code"), ("code", code.as_str()), ("client_id", "x")];
    let refused = send_form(&world.http, "/oauth/token", &stranger);
    assert_eq!(refused.assert_problem(401, "unauthenticated")["error"], "invalid_client");
    let headers = [("content-type", "application/json")];
    let json = world.http.send(Method::POST, "/oauth/token", None, &headers, Some(b"{}".to_vec())).unwrap();
    json.assert_problem(415, "unsupported-media-type");
    assert_eq!(exchange(&world, &code, VERIFIER).status, 200);
}

#[test]
fn nobody_is_sent_to_a_foreign_address() {
    let world = World::new();
    let challenge = challenge();
    for foreign in ["https://example.org/", "http://127.0.0.1/geri", "http://127.0.0.1.example.org:1/", "x"] {
        let query = encoded(&parameters(&challenge, foreign));
        let refused = world.http.get(&format!("/oauth/authorize?{query}"), None);
        assert_eq!(refused.assert_problem(400, "malformed")["parameter"], "redirect_uri", "{foreign}");
    }
    let mut unknown = parameters(&challenge, RETURN);
    unknown[1].1 = "baska";
    let refused = world.http.get(&format!("/oauth/authorize?{}", encoded(&unknown)), None);
    assert_eq!(refused.assert_problem(400, "malformed")["parameter"], "client_id");
    let telephone = encoded(&parameters(&challenge, "tr.gov.kamusm.app:/giris"));
    assert_eq!(world.http.get(&format!("/oauth/authorize?{telephone}"), None).status, 200);
}

#[test]
fn what_is_wrong_or_unwanted_goes_back_to_the_client() {
    let world = World::new();
    let challenge = challenge();
    let mut plain = parameters(&challenge, RETURN);
    plain[6].1 = "plain";
    let back = returned(&world.http.get(&format!("/oauth/authorize?{}", encoded(&plain)), None));
    assert_eq!((value(&back, "error"), value(&back, "state")), ("invalid_request", "durum & 1"));
    let mut form = parameters(&challenge, RETURN);
    form.push(("action", "vazgec"));
    let back = returned(&send_form(&world.http, "/oauth/authorize", &form));
    assert_eq!(value(&back, "error"), "access_denied");
}

#[test]
fn a_wrong_password_shows_the_page_again_and_the_eleventh_waits() {
    let world = World::new();
    let challenge = challenge();
    let mut form = parameters(&challenge, RETURN);
    form.extend([("tckn", TCKN), ("password", "yanlis\"><script>")]);
    for _ in 0..10 {
        let page = send_form(&world.http, "/oauth/authorize", &form);
        assert_eq!(page.status, 200);
        assert!(page.text().contains("role=\"alert\"") && !page.text().contains("<script"));
    }
    send_form(&world.http, "/oauth/authorize", &form).assert_problem(429, "slow-down");
}
