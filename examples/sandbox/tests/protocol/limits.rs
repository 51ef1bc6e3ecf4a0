//! What the service does not take on: maintenance, a session that asks too often, a request that takes too long.

use std::time::Duration;

use kamusm_sandbox::{Fault, FaultRule};
use serde_json::json;

use crate::support::{TCKN, World, redemption};

#[test]
fn under_maintenance_only_the_tests_door_is_open() {
    let world = World::new();
    let (session, code) = (world.session(), world.code());
    let door = world.sandbox.admin().http_token().to_owned();
    let switch = |on: bool| world.http.put("/admin/v1/switches", &door, &json!({ "maintenance": on }));
    assert_eq!(switch(true).status, 204);
    let closed = world.get(&session, "");
    assert_eq!(closed.assert_problem(503, "maintenance")["retry_after"], 30);
    assert_eq!(closed.header("retry-after"), "30");
    world.http.get("/.well-known/kamusm-configuration", None).assert_problem(503, "maintenance");
    world.http.post("/api/v1/sign-sessions", None, redemption(&code)).assert_problem(503, "maintenance");
    assert_eq!(switch(false).status, 204);
    assert_eq!(world.redeem(&code).body["state"], "open");
}

#[test]
fn a_session_gets_so_many_requests_a_minute() {
    let world = World::new();
    let session = world.session();
    let limits = world.http.get("/.well-known/kamusm-configuration", None).json()["limits"].clone();
    let most = limits["session_requests_per_minute"].as_u64().unwrap();
    for _ in 0..most {
        assert_eq!(world.get(&session, "").status, 200);
    }
    world.advance(20);
    let refused = world.get(&session, "");
    assert_eq!(refused.assert_problem(429, "rate-limited")["retry_after"], 40);
    assert_eq!(refused.header("retry-after"), "40");
    // Of each session its own.
    assert_eq!(world.get(&world.session(), "").status, 200);
    world.advance(40);
    world.get(&session, "").assert_problem(410, "session-superseded");
}

#[test]
fn a_request_that_takes_too_long_or_fails_inside_has_its_answer() {
    let world = World::new();
    let session = world.session();
    let admin = world.sandbox.admin();
    admin.inject(FaultRule::once("POST", "/window", Fault::Panic));
    world.post(&session, "/window", json!({})).assert_problem(500, "internal");
    admin.set_longest_request(Duration::from_millis(50));
    admin.inject(FaultRule::once("POST", "/window", Fault::Latency { seconds: 3600 }));
    world.post(&session, "/window", json!({})).assert_problem(503, "service-unavailable");
}

#[test]
fn an_order_comes_through_the_door_and_its_texts_are_checked_as_any_other() {
    let world = World::new();
    let door = world.sandbox.admin().http_token().to_owned();
    let add = |no: &str, value: &str| {
        let order = json!({ "no": no, "texts": 3, "form": [["Not", value]] });
        let path = format!("/admin/v1/persons/{TCKN}/orders");
        assert_eq!(world.http.post(&path, Some(&door), order).status, 204);
    };
    add("SD-50001", "“§” {\\}~ ‘ş’");
    add("SD-50002", "Ő");
    let session = world.redeem(&world.sandbox.admin().issue_sign_code("SD-50001").unwrap().code);
    let texts = world.texts(&session);
    assert_eq!(texts.len(), 3);
    for text in texts {
        assert!(String::from_utf8(text).unwrap().contains("\nNot: “§” {\\}~ ‘ş’\n"));
    }
    let refused = world.issue("SD-50002");
    refused.assert_problem(422, "form-invalid");
}
