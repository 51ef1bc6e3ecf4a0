//! The session's states and times, by the held clock.

use serde_json::json;

use crate::support::{ORDER, World};

#[test]
fn the_window_is_started_once() {
    let world = World::new();
    let session = world.session();
    assert_eq!(world.post(&session, "/window", json!({})).json()["expires_in"], 150);
    world.advance(60);
    assert_eq!(world.post(&session, "/window", json!({})).json()["expires_in"], 90);
    let body = world.get(&session, "").json();
    assert_eq!((&body["state"], &body["server_time"]), (&json!("open"), &json!("2026-06-23T10:20:44+03:00")));
}

#[test]
fn signatures_come_within_the_window_and_its_grace() {
    let world = World::new();
    let (session, items) = world.ready_to_submit();
    world.advance(150);
    let body = world.get(&session, "").json();
    assert_eq!((&body["state"], &body["expires_in"]), (&json!("lapsed"), &json!(0)));
    world.advance(29);
    assert_eq!(world.submit(&session, &items).status, 200);
}

#[test]
fn a_lapsed_session_is_extended_and_takes_the_same_signatures() {
    let world = World::new();
    let (session, items) = world.ready_to_submit();
    world.advance(180);
    let problem = world.submit(&session, &items).assert_problem(409, "wrong-state");
    assert_eq!((&problem["state"], &problem["expected"]), (&json!("lapsed"), &json!("extension")));
    let body = world.post(&session, "/extensions", json!({})).json();
    assert_eq!(
        (&body["state"], &body["expires_in"], &body["extensions_left"]),
        (&json!("open"), &json!(150), &json!(9))
    );
    assert_eq!(world.submit(&session, &items).status, 200);
}

#[test]
fn there_are_ten_extensions_and_none_passes_the_hard_end() {
    let world = World::new();
    let session = world.session();
    world.post(&session, "/extensions", json!({})).assert_problem(409, "wrong-state");
    world.post(&session, "/window", json!({}));
    for left in (0..10).rev() {
        assert_eq!(world.post(&session, "/extensions", json!({})).json()["extensions_left"], left);
    }
    world.post(&session, "/extensions", json!({})).assert_problem(409, "no-extensions-left");

    let session = world.session();
    world.post(&session, "/window", json!({}));
    world.advance(1740);
    let body = world.post(&session, "/extensions", json!({})).json();
    assert_eq!((&body["expires_in"], &body["hard_expires_in"]), (&json!(60), &json!(60)));

    let session = world.session();
    world.advance(1740);
    assert_eq!(world.post(&session, "/window", json!({})).json()["expires_in"], 60);
}

#[test]
fn after_the_hard_end_only_the_submission_is_served() {
    let world = World::new();
    let (session, items) = world.ready_to_submit();
    world.advance(1800);
    for (path, answer) in [
        ("", world.get(&session, "")),
        ("/documents/1", world.get(&session, "/documents/1")),
        ("/window", world.post(&session, "/window", json!({}))),
        ("/extensions", world.post(&session, "/extensions", json!({}))),
        ("/certificate-checks", world.check(&session, &world.signer.certificate)),
        ("/cancellation", world.post(&session, "/cancellation", json!({ "reason": "user" }))),
        ("/submission", world.submit(&session, &items)),
    ] {
        assert_eq!(answer.problem(), "session-expired", "{path}");
    }
    world.get(&session, "/submission").assert_problem(404, "nothing-submitted");
}

#[test]
fn a_cancelled_session_is_over() {
    let world = World::new();
    let (session, items) = world.ready_to_submit();
    let cancel = |reason: &str| world.post(&session, "/cancellation", json!({ "reason": reason }));
    cancel("").assert_problem(400, "malformed");
    cancel("confirmation_refused").assert_problem(400, "malformed");
    assert_eq!(cancel("user").json()["state"], "cancelled");
    assert_eq!(cancel("user").status, 200);
    world.get(&session, "").assert_problem(410, "session-cancelled");
    world.get(&session, "/documents/1").assert_problem(410, "session-cancelled");
    world.submit(&session, &items).assert_problem(410, "session-cancelled");
}

#[test]
fn a_newer_code_supersedes_the_session() {
    let world = World::new();
    let (old, items) = world.ready_to_submit();
    let new = world.session();
    world.get(&old, "").assert_problem(410, "session-superseded");
    world.submit(&old, &items).assert_problem(410, "session-superseded");
    world.post(&old, "/cancellation", json!({ "reason": "user" })).assert_problem(410, "session-superseded");
    let items = world.prepare(&new);
    assert_eq!(world.submit(&new, &items).status, 200);
}

#[test]
fn once_submitted_nothing_else_can_be_done() {
    let world = World::new();
    let (session, items) = world.ready_to_submit();
    assert_eq!(world.submit(&session, &items).status, 200);
    assert_eq!(world.get(&session, "").json()["state"], "accepted");
    for answer in [
        world.post(&session, "/window", json!({})),
        world.post(&session, "/extensions", json!({})),
        world.check(&session, &world.signer.certificate),
        world.post(&session, "/cancellation", json!({ "reason": "user" })),
    ] {
        assert_eq!(answer.assert_problem(409, "already-submitted")["outcome"], "done");
    }
    world.issue(ORDER).assert_problem(409, "already-approved");
}

#[test]
fn signatures_need_a_started_window() {
    let world = World::new();
    let session = world.session();
    let items = session.items(&[world.signer.sign(&world.texts(&session)[0])]);
    let problem = world.submit(&session, &items).assert_problem(409, "wrong-state");
    assert_eq!((&problem["state"], &problem["expected"]), (&json!("open"), &json!("window")));
}
