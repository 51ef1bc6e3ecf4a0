//! What is stored survives: restarts, outages, lost answers.

use kamusm_sandbox::clock::ManualClock;
use kamusm_sandbox::{Fault, FaultRule, Ocsp, Sandbox};
use serde_json::json;
use tempfile::TempDir;

use crate::support::{Http, ORDER, START_MS, Session, World};

fn stored(directory: &TempDir) -> World {
    World::with(|builder| builder.store_path(directory.path()))
}

/// Another run of the service over the same store, some seconds later.
fn restarted(directory: &TempDir, seconds: i64) -> (Sandbox, Http) {
    let clock = ManualClock::at(START_MS + seconds * 1000);
    let sandbox = Sandbox::builder().store_path(directory.path()).clock(clock).start().unwrap();
    let http = Http::new(sandbox.base_url());
    (sandbox, http)
}

fn decided(http: &Http, session: &Session) -> serde_json::Value {
    let path = session.path("/submission");
    http.get_with(&path, Some(&session.token), &[("prefer", "wait=25")]).json()
}

#[test]
fn received_is_written_before_anything_is_checked() {
    let directory = TempDir::new().unwrap();
    let world = stored(&directory);
    world.sandbox.admin().hold_decisions(true);
    let (session, _) = world.ready_to_submit();
    let garbage = session.items(&[b"not a cms".to_vec()]);
    let received = world.submit(&session, &garbage);
    assert_eq!((received.status, &received.json()["state"]), (202, &json!("received")));
    assert_eq!(received.header("retry-after"), "30");
    assert_eq!(world.submit(&session, &garbage).status, 202);
    let conflict = world.submit(&session, &session.items(&[b"other".to_vec()]));
    assert_eq!(conflict.assert_problem(409, "submission-conflict")["state"], "received");
    world.sandbox.kill();

    let (_sandbox, http) = restarted(&directory, 0);
    let latest = decided(&http, &session);
    assert_eq!(latest["state"], "rejected");
    assert_eq!(latest["problem"]["type"], "urn:kamusm:problem:signature-invalid");
}

#[test]
fn a_killed_service_finishes_what_it_has_received() {
    let directory = TempDir::new().unwrap();
    let world = stored(&directory);
    world.sandbox.admin().hold_decisions(true);
    let (session, items) = world.ready_to_submit();
    assert_eq!(world.submit(&session, &items).status, 202);
    let person = world.person.clone();
    world.sandbox.kill();

    // After the hard end: the signatures count for the time they came.
    let (sandbox, http) = restarted(&directory, 3600);
    let latest = decided(&http, &session);
    assert_eq!(
        (&latest["state"], &latest["received_at"]),
        (&json!("accepted"), &json!("2026-06-23T10:19:44+03:00"))
    );
    assert_eq!(sandbox.admin().evidence(ORDER).unwrap().len(), 1);
    let result = http.get(&format!("/api/v1/applications/{ORDER}/result"), Some(&person)).json();
    assert_eq!((&result["title"], &result["receipt"]), (&json!("İşlem Başarılı"), &latest["receipt"]));
    let again = http.put_digested(&session.path("/submission"), &session.token, &items);
    assert_eq!(again.json()["receipt"], latest["receipt"]);
}

#[test]
fn sessions_tokens_and_keys_survive() {
    let directory = TempDir::new().unwrap();
    let world = stored(&directory);
    let (session, items) = world.ready_to_submit();
    let keys = world.http.get("/.well-known/jwks.json", None).json();
    drop(world);
    let (_sandbox, http) = restarted(&directory, 10);
    assert_eq!(http.get("/.well-known/jwks.json", None).json(), keys);
    let body = http.get(&session.path(""), Some(&session.token)).json();
    assert_eq!((&body["state"], &body["expires_in"]), (&json!("open"), &json!(140)));
    let accepted = http.put_digested(&session.path("/submission"), &session.token, &items);
    assert_eq!(accepted.status, 200, "{}", accepted.text());
}

#[test]
fn while_the_responder_is_away_signatures_stay_received() {
    let world = World::new();
    let (session, items) = world.ready_to_submit();
    world.sandbox.admin().set_ocsp(Ocsp::Down);
    let received = world.submit(&session, &items);
    assert_eq!((received.status, received.json().get("receipt")), (202, None));
    assert_eq!(world.get(&session, "").json()["state"], "received");
    assert_eq!(world.get(&session, "/submission").status, 202);
    let result = world.person_get(&format!("/{ORDER}/result")).json();
    assert_eq!(result["state"], "received");
    world.sandbox.admin().set_ocsp(Ocsp::Up);
    world.advance(30);
    assert_eq!(world.decided(&session)["state"], "accepted");
}

#[test]
fn after_a_day_without_the_responder_the_session_is_told() {
    let world = World::new();
    let (session, items) = world.ready_to_submit();
    world.sandbox.admin().set_ocsp(Ocsp::Down);
    assert_eq!(world.submit(&session, &items).status, 202);
    world.advance(24 * 60 * 60);
    let latest = world.decided(&session);
    assert_eq!(latest["state"], "rejected");
    assert_eq!(latest["problem"]["type"], "urn:kamusm:problem:upstream-unavailable");
}

#[test]
fn a_lost_answer_is_read_again() {
    let world = World::new();
    let (session, items) = world.ready_to_submit();
    world.sandbox.admin().inject(FaultRule::once("PUT", "/submission", Fault::DropAfter));
    let path = session.path("/submission");
    let octets = items.to_string().into_bytes();
    let digest = crate::support::content_digest(&octets);
    let headers = [("content-type", "application/json"), ("content-digest", digest.as_str())];
    let token = Some(session.token.as_str());
    assert!(world.http.send(reqwest::Method::PUT, &path, token, &headers, Some(octets)).is_err());
    let latest = world.get(&session, "/submission").json();
    assert_eq!(latest["state"], "accepted");
    assert_eq!(world.submit(&session, &items).json(), latest);
}
