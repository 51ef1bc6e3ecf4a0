//! Each fault is what it says.

use std::os::unix::process::ExitStatusExt as _;
use std::time::Duration;

use kamusm_sandbox::{Fault, FaultRule, Spoof};
use reqwest::Method;
use serde_json::{Value, json};

use tempfile::TempDir;

use crate::program;
use crate::sign_in;
use crate::support::{Http, Session, World, content_digest, redemption};

const HEALTH: &str = "/health";

fn inject(world: &World, fault: Fault) {
    world.sandbox.admin().inject(FaultRule::once("GET", HEALTH, fault));
}

#[test]
fn answers_break_in_every_way() {
    let world = World::new();
    let get = || world.http.send(Method::GET, HEALTH, None, &[], None);
    inject(&world, Fault::Status { status: 502 });
    assert_eq!(get().unwrap().status, 502);
    inject(&world, Fault::DropBefore);
    assert!(get().is_err());
    inject(&world, Fault::Truncate);
    assert!(get().is_err());
    inject(&world, Fault::Garbage);
    assert!(serde_json::from_slice::<Value>(&get().unwrap().body).is_err());
    inject(&world, Fault::CaptivePortal);
    let portal = get().unwrap();
    assert_eq!((portal.status, portal.header("content-type")), (200, "text/html; charset=utf-8"));
    inject(&world, Fault::Redirect { location: "https://sandbox.invalid/".to_owned() });
    let redirect = get().unwrap();
    assert_eq!((redirect.status, redirect.header("location")), (307, "https://sandbox.invalid/"));
    inject(&world, Fault::Oversize { octets: 100_000 });
    assert!(get().unwrap().body.len() > 100_000);
    inject(&world, Fault::Json { pointer: "/status".to_owned(), value: json!("later") });
    assert_eq!(get().unwrap().json()["status"], "later");
    // Used up.
    assert_eq!(get().unwrap().json()["status"], "ok");
}

#[test]
fn a_dropped_request_before_does_nothing() {
    let world = World::new();
    let session = world.session();
    world.sandbox.admin().inject(FaultRule::once("POST", "/window", Fault::DropBefore));
    let key = crate::support::fresh_key();
    let headers = [("idempotency-key", key.as_str())];
    let path = session.path("/window");
    assert!(world.http.send(Method::POST, &path, Some(&session.token), &headers, None).is_err());
    assert!(world.get(&session, "").json().get("expires_in").is_none());
}

#[test]
fn a_request_that_arrives_twice_is_done_once() {
    let world = World::new();
    let session = world.session();
    world.sandbox.admin().inject(FaultRule::once("POST", "/window", Fault::Duplicate));
    assert_eq!(world.post(&session, "/window", json!({})).status, 200);
    // What takes no key shows that it did arrive twice: a text opens an account once.
    let challenge = sign_in::begin(&world);
    let cms = world.signer.sign(&sign_in::text(&challenge));
    world.sandbox.admin().inject(FaultRule::once("PUT", "/response", Fault::Duplicate));
    sign_in::respond(&world, &challenge, &cms).assert_problem(409, "challenge-used");
    let (other, items) = world.ready_to_submit();
    world.sandbox.admin().inject(FaultRule::once("PUT", "/submission", Fault::Duplicate));
    let receipt = world.submit(&other, &items).json();
    assert_eq!(receipt["receipt"], world.decided(&other)["receipt"]);
    assert_eq!(world.sandbox.admin().evidence(crate::support::ORDER).unwrap().len(), 1);
}

#[test]
fn a_slow_body_comes_when_the_clock_says_so() {
    let world = World::new();
    let client = reqwest::blocking::Client::builder().no_proxy().build().unwrap();
    let address = format!("{}{HEALTH}", world.sandbox.base_url());
    inject(&world, Fault::SlowBody { seconds: 30 });
    let answer = client.get(&address).timeout(Duration::from_millis(300)).send().unwrap();
    assert!(answer.bytes().is_err(), "the clock stands");
    inject(&world, Fault::SlowBody { seconds: 30 });
    let answer = client.get(&address).send().unwrap();
    world.advance(30);
    assert_eq!(answer.json::<Value>().unwrap()["status"], "ok");
}

#[test]
fn another_clock_shows_in_date_and_server_time() {
    let world = World::new();
    let session = world.session();
    let right = session.body["server_time"].as_str().unwrap();
    assert_eq!(right, "2026-06-23T10:19:44+03:00");
    for (seconds, time, date) in [
        (3600, "2026-06-23T11:19:44+03:00", "Tue, 23 Jun 2026 08:19:44 GMT"),
        (-86_400, "2026-06-22T10:19:44+03:00", "Mon, 22 Jun 2026 07:19:44 GMT"),
    ] {
        world.sandbox.admin().inject(FaultRule::once("GET", &session.id, Fault::ClockSkew { seconds }));
        let answer = world.get(&session, "");
        assert_eq!((answer.json()["server_time"].as_str(), answer.header("date")), (Some(time), date));
    }
    assert_eq!(world.get(&session, "").json()["server_time"], right);
    world.sandbox.admin().inject(FaultRule::once("POST", "/sign-sessions", Fault::ClockSkew { seconds: 60 }));
    assert_eq!(world.session().body["server_time"], "2026-06-23T10:20:44+03:00");
}

#[test]
fn the_program_dies_before_or_after_it_has_done_its_work() {
    for (kind, is_redeemed) in [("kill_before", false), ("kill_after", true)] {
        let data = TempDir::new().unwrap();
        let (mut program, said) = program::run(&data);
        let http = Http::new(&said["base_url"]);
        let rule = json!({ "method": "POST", "path_end": "/sign-sessions", "kind": kind });
        assert_eq!(http.post("/admin/v1/faults", Some(&said["admin_token"]), rule).status, 204);
        let key = crate::support::fresh_key();
        let headers = [("idempotency-key", key.as_str()), ("content-type", "application/json")];
        let body = redemption(&said["sign_code"]).to_string().into_bytes();
        assert!(
            http.send(Method::POST, "/api/v1/sign-sessions", None, &headers, Some(body.clone())).is_err()
        );
        assert_eq!(program.0.wait().unwrap().signal(), Some(6), "SIGABRT");

        // A new run gives the order another code; the lost answer is still to be had with the same key.
        let (_program, said) = program::run(&data);
        let http = Http::new(&said["base_url"]);
        let again = http.send(Method::POST, "/api/v1/sign-sessions", None, &headers, Some(body)).unwrap();
        assert_eq!(again.status, if is_redeemed { 201 } else { 410 }, "{kind}: {}", again.text());
    }
}

#[test]
fn a_service_of_this_process_only_drops_the_connection() {
    let world = World::new();
    for fault in [Fault::KillBefore, Fault::KillAfter] {
        inject(&world, fault);
        assert!(world.http.send(Method::GET, HEALTH, None, &[], None).is_err());
    }
    assert_eq!(world.http.get(HEALTH, None).status, 200);
}

#[test]
fn a_wrong_digest_is_not_that_of_the_text() {
    let world = World::new();
    let session = world.session();
    world.sandbox.admin().inject(FaultRule::once("GET", "/documents/1", Fault::WrongDigest));
    let text = world.get(&session, "/documents/1");
    assert_ne!(text.header("repr-digest"), content_digest(&text.body));
}

#[test]
fn texts_lie_with_right_digests() {
    let world = World::new();
    for (spoof, lie) in [
        (Spoof::OtherOrder, "Sipariş No: SD-613712\n"),
        (Spoof::OtherSession, "Oturum: 0"),
        (Spoof::Bidi, "\u{202E}"),
        (Spoof::Lookalike, "SОNU"),
    ] {
        world.sandbox.admin().set_spoof(spoof);
        let session = world.session();
        let text = world.get(&session, "/documents/1");
        assert!(text.text().contains(lie), "{spoof:?}");
        assert_eq!(session.body["documents"][0]["digest"], content_digest(&text.body));
    }
    world.sandbox.admin().set_spoof(Spoof::None);
    let session = world.session();
    assert!(!world.get(&session, "/documents/1").text().contains('\u{202E}'));
}

#[test]
fn the_same_door_is_open_over_http() {
    let world = World::new();
    let token = world.sandbox.admin().http_token().to_owned();
    let admin = |method: Method, path: &str, body: Value| {
        let headers = [("content-type", "application/json")];
        let path = format!("/admin/v1{path}");
        let body = Some(body.to_string().into_bytes());
        let answer = world.http.send(method, &path, Some(&token), &headers, body).unwrap();
        assert!((200..300).contains(&answer.status), "{path}: {}", answer.text());
        answer
    };
    let now = world.sandbox.admin().now_ms();
    admin(Method::POST, "/clock", json!({ "advance_seconds": 90 }));
    assert_eq!(world.sandbox.admin().now_ms(), now + 90_000);

    let tckn = "10000010350";
    let issued =
        admin(Method::POST, &format!("/persons/{tckn}/certificates"), json!({ "key": "p384" })).json();
    assert!(issued["private_key"].as_str().unwrap().starts_with("-----BEGIN PRIVATE KEY-----"));
    let status = format!("/certificates/{}/status", issued["digest"].as_str().unwrap());
    admin(Method::PUT, &status, json!({ "status": "good" }));
    let person = admin(Method::POST, &format!("/persons/{tckn}/tokens"), json!({})).json();
    let orders = world.http.get("/api/v1/applications", Some(person["token"].as_str().unwrap())).json();
    assert_eq!(orders["items"][0]["no"], "SD-90003");
    let code = admin(Method::POST, "/orders/SD-90003/sign-codes", json!({})).json();
    let session = world.http.post("/api/v1/sign-sessions", None, redemption(code["code"].as_str().unwrap()));
    assert_eq!(Session::from(session.json()).body["state"], "awaiting_confirmation");

    admin(
        Method::PUT,
        "/switches",
        json!({ "ocsp_down": true, "redeem_confirmation": "never", "spoof": "bidi" }),
    );
    let rule = json!({ "method": "GET", "path_end": HEALTH, "kind": "status", "status": 503, "times": 2 });
    admin(Method::POST, "/faults", rule);
    assert_eq!(world.http.get(HEALTH, None).status, 503);
    admin(Method::DELETE, "/faults", json!({}));
    assert_eq!(world.http.get(HEALTH, None).status, 200);
}

#[test]
fn the_door_needs_its_token() {
    let world = World::new();
    let clock = "/admin/v1/clock";
    let body = json!({ "advance_seconds": 90 });
    world.http.post(clock, None, body.clone()).assert_problem(401, "unauthenticated");
    world.http.post(clock, Some(&world.person), body).assert_problem(401, "unauthenticated");
    assert_eq!(world.sandbox.admin().now_ms(), crate::support::START_MS);
}
