//! Submissions that are refused, each by its real cause.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use kamusm_cades::sign::Profile;
use kamusm_sandbox::{LeafSpec, Order};
use serde_json::{Value, json};

use crate::support::{START_MS, Session, Signer, TCKN, World};

/// A prepared session, its text and its right signature.
fn prepared() -> (World, Session, Vec<u8>, Vec<u8>) {
    let world = World::new();
    let session = world.session();
    world.prepare(&session);
    let text = world.texts(&session).remove(0);
    let cms = world.signer.sign(&text);
    (world, session, text, cms)
}

fn submit(world: &World, session: &Session, cms: Vec<u8>) -> crate::support::Answer {
    world.submit(session, &session.items(&[cms]))
}

fn refused(world: &World, session: &Session, cms: Vec<u8>, name: &str) -> Value {
    let problem = submit(world, session, cms).assert_problem(422, name);
    assert_eq!(problem["document_id"], session.body["documents"][0]["id"]);
    assert_eq!(problem["outcome"], "not_done");
    problem
}

#[test]
fn a_broken_signature_is_invalid() {
    let (world, session, _, mut cms) = prepared();
    assert_eq!(refused(&world, &session, b"not a cms".to_vec(), "signature-invalid")["check"], "format");
    *cms.last_mut().unwrap() ^= 1;
    assert_eq!(refused(&world, &session, cms, "signature-invalid")["check"], "signature");
}

#[test]
fn the_content_must_be_the_delivered_text_and_inside() {
    let (world, session, text, _) = prepared();
    let mut other = text.clone();
    other.push(b'\n');
    refused(&world, &session, world.signer.sign(&other), "content-mismatch");
    let detached = world.signer.sign_with(&text, &Profile::new(false, START_MS / 1000));
    assert_eq!(refused(&world, &session, detached, "policy-violation")["attribute"], "content");
}

#[test]
fn octets_behind_the_signature_and_impossible_times_break_the_policy() {
    let (world, session, text, mut cms) = prepared();
    cms.extend([0, 0]);
    assert_eq!(refused(&world, &session, cms, "policy-violation")["attribute"], "trailing-octets");
    let ahead = world.signer.sign_with(&text, &Profile::new(true, START_MS / 1000 + 3600));
    assert_eq!(refused(&world, &session, ahead, "policy-violation")["attribute"], "signing-time");
}

#[test]
fn the_checked_certificate_must_sign() {
    let (world, session, text, _) = prepared();
    let other = Signer::new(&world.sandbox, LeafSpec::default());
    refused(&world, &session, other.sign(&text), "certificate-not-checked");
    // Checked now, it may.
    assert_eq!(world.check(&session, &other.certificate).status, 200);
    assert_eq!(submit(&world, &session, other.sign(&text)).status, 200);
}

#[test]
fn without_a_check_no_certificate_may_sign() {
    let world = World::new();
    let session = world.session();
    world.post(&session, "/window", json!({}));
    let cms = world.signer.sign(&world.texts(&session)[0]);
    refused(&world, &session, cms, "certificate-not-checked");
}

#[test]
fn three_submissions_and_no_more() {
    let (world, session, text, cms) = prepared();
    for left in [2, 1] {
        let mut broken = cms.clone();
        *broken.last_mut().unwrap() ^= left;
        refused(&world, &session, broken.clone(), "signature-invalid");
        // The same octets again are the same refusal, not another try.
        refused(&world, &session, broken, "signature-invalid");
        let body = world.get(&session, "").json();
        assert_eq!((&body["state"], &body["submissions_left"]), (&json!("open"), &json!(left)));
    }
    refused(&world, &session, b"third".to_vec(), "signature-invalid");
    assert_eq!(world.get(&session, "").json()["state"], "rejected");
    let problem = submit(&world, &session, cms).assert_problem(409, "wrong-state");
    assert_eq!((&problem["state"], &problem["retry"]), (&json!("rejected"), &json!("new_code")));
    let latest = world.get(&session, "/submission").json();
    assert_eq!(latest["state"], "rejected");
    assert_eq!(latest["problem"]["type"], "urn:kamusm:problem:signature-invalid");
    // A new code helps.
    let session = world.session();
    let items = world.prepare(&session);
    assert_eq!(world.submit(&session, &items).status, 200);
    drop(text);
}

#[test]
fn a_refused_submission_is_followed_by_a_good_one() {
    let (world, session, _, cms) = prepared();
    refused(&world, &session, b"x".to_vec(), "signature-invalid");
    assert_eq!(submit(&world, &session, cms).status, 200);
}

#[test]
fn other_octets_after_acceptance_are_a_conflict() {
    let (world, session, text, cms) = prepared();
    let accepted = submit(&world, &session, cms.clone()).json();
    let again = world.signer.sign_with(&text, &Profile::new(true, START_MS / 1000 + 1));
    assert_ne!(again, cms);
    let problem = submit(&world, &session, again).assert_problem(409, "submission-conflict");
    assert_eq!(problem["receipt"], accepted["receipt"]);
    assert_eq!(submit(&world, &session, cms).json(), accepted);
}

#[test]
fn all_texts_are_signed_together_or_none() {
    let world = World::new();
    world.sandbox.admin().add_order(TCKN, Order { texts: 3, ..Order::ready("SD-50001") }).unwrap();
    let session = world.redeem(&world.sandbox.admin().issue_sign_code("SD-50001").unwrap().code);
    let items = world.prepare(&session);
    let id = |place: usize| session.body["documents"][place]["id"].clone();
    let mut two = items.clone();
    two["items"].as_array_mut().unwrap().remove(1);
    let problem = world.submit(&session, &two).assert_problem(422, "incomplete-submission");
    assert_eq!(problem["missing"], json!([id(1)]));
    let mut twice = items.clone();
    let copy = twice["items"][0].clone();
    twice["items"].as_array_mut().unwrap().push(copy);
    world.submit(&session, &twice).assert_problem(400, "malformed");
    let mut foreign = items.clone();
    foreign["items"][2]["document_id"] = json!("x");
    let problem = world.submit(&session, &foreign).assert_problem(422, "incomplete-submission");
    assert_eq!(problem["missing"], json!([id(2)]));
    // None of these was a submission; a bad signature among good ones refuses all.
    assert_eq!(world.get(&session, "").json()["submissions_left"], 3);
    let mut bad = items.clone();
    bad["items"][2]["cms"] = json!(STANDARD.encode("x"));
    let problem = world.submit(&session, &bad).assert_problem(422, "signature-invalid");
    assert_eq!(problem["document_id"], id(2));
    assert!(world.sandbox.admin().evidence("SD-50001").unwrap().is_empty());
    assert_eq!(world.submit(&session, &items).status, 200);
}

#[test]
fn swapped_signatures_are_a_content_mismatch() {
    let world = World::new();
    world.sandbox.admin().add_order(TCKN, Order { texts: 2, ..Order::ready("SD-50002") }).unwrap();
    let session = world.redeem(&world.sandbox.admin().issue_sign_code("SD-50002").unwrap().code);
    let mut items = world.prepare(&session);
    let [first, second] = [0, 1].map(|place| items["items"][place]["cms"].clone());
    items["items"][0]["cms"] = second;
    items["items"][1]["cms"] = first;
    world.submit(&session, &items).assert_problem(422, "content-mismatch");
}
