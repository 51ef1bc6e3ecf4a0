//! `Idempotency-Key`: missing, reused, in flight, repeated.

use std::sync::mpsc;
use std::time::Duration;

use kamusm_sandbox::{Fault, FaultRule};
use reqwest::Method;
use serde_json::json;

use crate::support::{ORDER, Session, World, fresh_key, redemption};

const REDEEM: &str = "/api/v1/sign-sessions";

#[test]
fn every_post_needs_a_long_key() {
    let world = World::new();
    let session = world.session();
    let body = || Some(redemption("x").to_string().into_bytes());
    let json = ("content-type", "application/json");
    for (path, token) in [
        (REDEEM.to_owned(), None),
        (session.path("/window"), Some(session.token.as_str())),
        (session.path("/extensions"), Some(session.token.as_str())),
        (session.path("/certificate-checks"), Some(session.token.as_str())),
        (session.path("/cancellation"), Some(session.token.as_str())),
        (format!("/api/v1/applications/{ORDER}/sign-codes"), Some(world.person.as_str())),
    ] {
        let missing = world.http.send(Method::POST, &path, token, &[json], body()).unwrap();
        missing.assert_problem(400, "idempotency-key-required");
        let short = [json, ("idempotency-key", "123456789012345678901")];
        let short = world.http.send(Method::POST, &path, token, &short, body()).unwrap();
        short.assert_problem(400, "idempotency-key-required");
    }
}

#[test]
fn a_repeated_redemption_gives_the_same_session_and_token() {
    let world = World::new();
    let (key, code) = (fresh_key(), world.code());
    let redeem = |body| world.http.post_keyed(REDEEM, None, &key, body);
    let first = Session::from(redeem(redemption(&code)).json());
    // Even after the code's ten minutes.
    world.advance(700);
    let again = Session::from(redeem(redemption(&code)).json());
    assert_eq!((first.id, &first.token), (again.id.clone(), &again.token));
    assert_eq!(world.get(&again, "").status, 200);
    let mut other = redemption(&code);
    other["client"]["name"] = json!("another");
    redeem(other).assert_problem(422, "idempotency-key-reused");
    // Another key is another client.
    world.http.post(REDEEM, None, redemption(&code)).assert_problem(409, "code-already-used");
}

#[test]
fn the_same_key_gets_the_same_answer_and_does_nothing_twice() {
    let world = World::new();
    let session = world.session();
    assert_eq!(world.post(&session, "/window", json!({})).status, 200);
    let key = fresh_key();
    let extend = |body| world.http.post_keyed(&session.path("/extensions"), Some(&session.token), &key, body);
    let first = extend(json!({}));
    world.advance(10);
    let again = extend(json!({}));
    assert_eq!((first.status, &first.body), (again.status, &again.body));
    assert_eq!(again.header("content-type"), "application/json");
    assert_eq!(world.get(&session, "").json()["extensions_left"], 9);
    extend(json!({ "x": 1 })).assert_problem(422, "idempotency-key-reused");
    // The key counts for its own operation and its own caller only.
    assert_eq!(
        world.http.post_keyed(&session.path("/window"), Some(&session.token), &key, json!({})).status,
        200
    );
    let other = world.session();
    let foreign = world.http.post_keyed(&other.path("/window"), Some(&other.token), &key, json!({}));
    assert_eq!(foreign.json()["id"], other.id);
}

#[test]
fn a_repeated_order_for_a_code_gives_the_same_code() {
    let world = World::new();
    let key = fresh_key();
    let path = format!("/api/v1/applications/{ORDER}/sign-codes");
    let body = json!({ "view_ids": world.views(ORDER) });
    let issue = || world.http.post_keyed(&path, Some(&world.person), &key, body.clone());
    let (first, again) = (issue(), issue());
    assert_eq!((first.status, again.status), (201, 201));
    assert_eq!(first.json(), again.json());
    assert_eq!(first.header("location"), again.header("location"));
    world.redeem(first.json()["code"].as_str().unwrap());
}

#[test]
fn a_refusal_frees_its_key() {
    let world = World::new();
    let session = world.session();
    let key = fresh_key();
    let extend =
        || world.http.post_keyed(&session.path("/extensions"), Some(&session.token), &key, json!({}));
    extend().assert_problem(409, "wrong-state");
    assert_eq!(world.post(&session, "/window", json!({})).status, 200);
    assert_eq!(extend().status, 200);
}

#[test]
fn a_key_in_flight_is_told_so() {
    let world = World::new();
    let session = world.session();
    world.sandbox.admin().inject(FaultRule::once("POST", "/window", Fault::Latency { seconds: 5 }));
    let key = fresh_key();
    let (sender, answers) = mpsc::channel();
    std::thread::scope(|scope| {
        for _ in 0..2 {
            let sender = sender.clone();
            let (world, session, key) = (&world, &session, &key);
            scope.spawn(move || {
                let path = session.path("/window");
                sender.send(world.http.post_keyed(&path, Some(&session.token), key, json!({}))).unwrap();
            });
        }
        // One of them waits for the clock, whichever came first; the other is told at once.
        let second = answers.recv_timeout(Duration::from_secs(30)).unwrap();
        second.assert_problem(409, "idempotency-in-flight");
        assert_eq!(second.header("retry-after"), "1");
        world.advance(5);
        assert_eq!(answers.recv_timeout(Duration::from_secs(30)).unwrap().status, 200);
    });
}
