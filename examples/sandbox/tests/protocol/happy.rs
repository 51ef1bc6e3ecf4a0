//! The way that everybody hopes for.

use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use kamusm_cades::algorithm::DigestAlgorithm;
use kamusm_sandbox::{LeafKey, LeafSpec, Notice, Order, Qc};
use serde_json::{Value, json};

use crate::support::{ORDER, Signer, TCKN, World, content_digest};

#[test]
fn from_the_code_to_the_evidence() {
    let world = World::new();
    let issued = world.issue(ORDER);
    assert_eq!(issued.status, 201, "{}", issued.text());
    let session = world.redeem(issued.json()["code"].as_str().unwrap());

    let body = &session.body;
    assert_eq!(body["state"], "open");
    assert_eq!(body["created_at"], "2026-06-23T10:19:44+03:00");
    assert_eq!(body["environment"], "sandbox");
    assert_eq!(body["applicant"], json!({ "name": "D***** K******** B**", "tckn": "100******46" }));
    assert_eq!(body["application"]["no"], ORDER);
    assert_eq!(body["hard_expires_in"], 1800);
    assert!(body.get("expires_in").is_none());
    let document = &body["documents"][0];
    assert_eq!(document["title"], "İmzalanacak Metin 1:");

    let text = world.get(&session, "/documents/1");
    assert_eq!(text.header("repr-digest"), content_digest(&text.body));
    assert_eq!(document["digest"], text.header("repr-digest"));
    assert_eq!(document["length"], text.body.len());
    assert_eq!(document["media_type"], text.header("content-type"));
    let words = String::from_utf8(text.body.clone()).unwrap();
    assert!(words.starts_with(&format!(
        "KAMU SM BAŞVURU ONAYI/1\nSipariş No: {ORDER}\nBelge: 1/1\nOturum: {}\nOluşturma Tarihi: {}\n\n",
        session.id,
        body["created_at"].as_str().unwrap()
    )));
    assert_eq!(body["match_code"], match_code(&session.id, &[&text.body]));

    let window = world.post(&session, "/window", json!({}));
    assert_eq!(window.json()["expires_in"], 150);
    assert_eq!(world.check(&session, &world.signer.certificate).json()["warnings"], json!([]));

    let cms = world.signer.sign(&text.body);
    world.advance(20);
    let accepted = world.submit(&session, &session.items(std::slice::from_ref(&cms)));
    assert_eq!((accepted.status, &accepted.json()["state"]), (200, &json!("accepted")));
    let receipt = accepted.json()["receipt"].as_str().unwrap().to_owned();
    let claims = verified(&world, &receipt);
    assert_eq!(claims["iss"], world.sandbox.base_url());
    assert_eq!(claims["sid"], session.id);
    assert_eq!(claims["application"], ORDER);
    assert_eq!(claims["documents"][0]["document_id"], document["id"]);
    assert_eq!(claims["documents"][0]["digest"], document["digest"]);
    assert_eq!(claims["documents"][0]["cms_digest"], content_digest(&cms));
    assert_eq!(claims["signer_certificate"], content_digest(world.signer.certificate.der()));
    assert_eq!(claims["signing_time"], "2026-06-23T10:19:44+03:00");
    assert_eq!(claims["received_at"], "2026-06-23T10:20:04+03:00");
    assert_eq!(claims["state"], "accepted");

    let result = world.person_get(&format!("/{ORDER}/result")).json();
    assert_eq!((&result["title"], &result["receipt"]), (&json!("İşlem Başarılı"), &json!(receipt)));
    assert_eq!(result["status"]["title"], "Ödeme Bekleniyor");
    let evidence = world.person_get(&format!("/{ORDER}/evidence")).json();
    let id = evidence["items"][0]["id"].as_str().unwrap();
    let stored = world.person_get(&format!("/{ORDER}/evidence/{id}"));
    assert_eq!((stored.header("content-type"), &stored.body), ("application/cms", &cms));
    assert_eq!(world.sandbox.admin().evidence(ORDER).unwrap()[0].cms, cms);
}

#[test]
fn the_receipt_can_be_read_again_for_thirty_days() {
    let world = World::new();
    let (session, items) = world.ready_to_submit();
    let accepted = world.submit(&session, &items).json();
    world.advance(30 * 24 * 60 * 60);
    assert_eq!(world.get(&session, "/submission").json(), accepted);
    assert_eq!(world.submit(&session, &items).json(), accepted);
    world.get(&session, "").assert_problem(410, "session-expired");
}

#[test]
fn several_texts_are_accepted_together() {
    let world = World::new();
    let order = Order { texts: 10, ..Order::ready("SD-20010") };
    world.sandbox.admin().add_order(TCKN, order).unwrap();
    let session = world.redeem(&world.sandbox.admin().issue_sign_code("SD-20010").unwrap().code);
    let items = world.prepare(&session);
    let texts = world.texts(&session);
    assert!(String::from_utf8(texts[9].clone()).unwrap().contains("\nBelge: 10/10\n"));
    let texts: Vec<&[u8]> = texts.iter().map(Vec::as_slice).collect();
    assert_eq!(session.body["match_code"], match_code(&session.id, &texts));
    let accepted = world.submit(&session, &items);
    assert_eq!(accepted.status, 200, "{}", accepted.text());
    let claims = verified(&world, accepted.json()["receipt"].as_str().unwrap());
    assert_eq!(claims["documents"].as_array().unwrap().len(), 10);
    assert_eq!(world.sandbox.admin().evidence("SD-20010").unwrap().len(), 10);
}

#[test]
fn every_kind_of_nes_is_accepted() {
    let world = World::new();
    for (number, (key, notice, qc)) in [
        (LeafKey::Rsa2048, Notice::Bmp, Qc::Nes5070_1_1),
        (LeafKey::P256, Notice::Utf8, Qc::Nes5070_2_1),
        (LeafKey::P384, Notice::Bmp, Qc::Nes5070_2_1),
        (LeafKey::P521, Notice::Utf8, Qc::Nes5070_1_1),
    ]
    .into_iter()
    .enumerate()
    {
        let no = format!("SD-3000{number}");
        world.sandbox.admin().add_order(TCKN, Order::ready(&no)).unwrap();
        let signer = Signer::new(&world.sandbox, LeafSpec { key, notice, qc, ..LeafSpec::default() });
        let session = world.redeem(&world.sandbox.admin().issue_sign_code(&no).unwrap().code);
        let texts = world.texts(&session);
        world.post(&session, "/window", json!({}));
        assert_eq!(world.check(&session, &signer.certificate).status, 200);
        let accepted = world.submit(&session, &session.items(&[signer.sign(&texts[0])]));
        assert_eq!(accepted.status, 200, "{key:?}: {}", accepted.text());
    }
}

/// Computed here from the protocol's words, not with the service's code.
fn match_code(session: &str, texts: &[&[u8]]) -> String {
    let mut octets = b"kamusm-match-1\0".to_vec();
    octets.extend(session.as_bytes());
    octets.extend([0, u8::try_from(texts.len()).unwrap()]);
    for text in texts {
        octets.extend(DigestAlgorithm::Sha256.digest(text).as_ref());
    }
    let digest = DigestAlgorithm::Sha256.digest(&octets);
    let first = u16::from_be_bytes(digest.as_ref()[..2].try_into().unwrap());
    format!("{:04}", first >> 3)
}

/// The claims of a receipt, after its signature was checked with the published key.
pub(crate) fn verified(world: &World, receipt: &str) -> Value {
    let [header, claims, signature] = receipt.split('.').collect::<Vec<_>>().try_into().unwrap();
    let decode = |part: &str| URL_SAFE_NO_PAD.decode(part).unwrap();
    let read = |part: &str| serde_json::from_slice::<Value>(&decode(part)).unwrap();
    let header_members = read(header);
    assert_eq!(header_members["alg"], "ES256");
    assert_eq!(header_members["typ"], "kamusm-receipt+jwt");
    let configuration = world.http.get("/.well-known/kamusm-configuration", None).json();
    let path = configuration["jwks_uri"].as_str().unwrap().strip_prefix(world.sandbox.base_url()).unwrap();
    let keys = world.http.get(path, None).json();
    let keys = keys["keys"].as_array().unwrap();
    let key = keys.iter().find(|key| key["kid"] == header_members["kid"]).unwrap();
    let coordinate = |name: &str| decode(key[name].as_str().unwrap());
    let point = [vec![4], coordinate("x"), coordinate("y")].concat();
    UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point)
        .verify(format!("{header}.{claims}").as_bytes(), &decode(signature))
        .unwrap();
    read(claims)
}
