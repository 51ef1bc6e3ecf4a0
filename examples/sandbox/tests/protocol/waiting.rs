//! `Prefer: wait`: an answer comes with the change, by whatever it is caused.

use std::sync::mpsc;
use std::time::Duration;

use kamusm_sandbox::RedeemConfirmation;
use serde_json::json;

use crate::support::{ORDER, World};

/// Asks in another thread, acts, and gives what was answered.
fn answered(world: &World, path: &str, token: &str, act: impl FnOnce()) -> serde_json::Value {
    let (sender, answer) = mpsc::channel();
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let waiting = [("prefer", "wait=25")];
            sender.send(world.http.get_with(path, Some(token), &waiting)).unwrap();
        });
        while world.sandbox.admin().waiting() == 0 {
            std::thread::yield_now();
        }
        assert!(answer.try_recv().is_err());
        act();
        answer.recv_timeout(Duration::from_secs(20)).unwrap().json()
    })
}

#[test]
fn a_session_waits_for_the_page() {
    let world = World::with(|builder| builder.redeem_confirmation(RedeemConfirmation::Always));
    let issued = world.issue(ORDER).json();
    let session = world.redeem(issued["code"].as_str().unwrap());
    let id = issued["id"].as_str().unwrap();
    let confirmation = format!("/api/v1/applications/{ORDER}/sign-codes/{id}/confirmation");
    let body = answered(&world, &session.path(""), &session.token, || {
        world.http.put(&confirmation, &world.person, &json!({ "confirmed": true }));
    });
    assert_eq!(body["state"], "open");
}

#[test]
fn the_page_turns_when_the_signature_is_accepted() {
    let world = World::new();
    let (session, items) = world.ready_to_submit();
    let path = format!("/api/v1/applications/{ORDER}/result");
    world.sandbox.admin().hold_decisions(true);
    let body = answered(&world, &path, &world.person, || {
        world.submit(&session, &items);
    });
    assert_eq!(body["state"], "received");
    let body = answered(&world, &path, &world.person, || {
        world.sandbox.admin().hold_decisions(false);
        world.advance(30);
    });
    // The wait ends with the clock or with the worker, whichever is first; the page asks again.
    let latest = world.decided(&session);
    assert_eq!(latest["state"], "accepted");
    assert!(["received", "done"].contains(&body["state"].as_str().unwrap()));
    assert_eq!(world.http.get(&path, Some(&world.person)).json()["title"], "İşlem Başarılı");
}

#[test]
fn time_ends_a_wait_and_a_window() {
    let world = World::new();
    let session = world.session();
    world.post(&session, "/window", json!({}));
    let body = answered(&world, &session.path(""), &session.token, || world.advance(25));
    assert_eq!(body["state"], "open");
    world.advance(120);
    let body = answered(&world, &session.path(""), &session.token, || world.advance(5));
    assert_eq!(body["state"], "lapsed");
}

#[test]
fn a_service_that_stops_lets_nobody_wait() {
    let mut world = Some(World::new());
    let (session, http) = {
        let world = world.as_ref().unwrap();
        (world.session(), world.http.clone())
    };
    let (sender, answer) = mpsc::channel();
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let waiting = [("prefer", "wait=25")];
            sender.send(http.get_with(&session.path(""), Some(&session.token), &waiting)).unwrap();
        });
        while world.as_ref().unwrap().sandbox.admin().waiting() == 0 {
            std::thread::yield_now();
        }
        drop(world.take());
        assert_eq!(answer.recv_timeout(Duration::from_secs(20)).unwrap().status, 200);
    });
}
