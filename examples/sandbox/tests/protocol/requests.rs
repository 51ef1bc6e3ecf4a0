//! Requests that are wrong as requests, and who may not ask.

use reqwest::Method;
use serde_json::json;

use crate::support::{ORDER, World, content_digest, fresh_key, redemption};

const REDEEM: &str = "/api/v1/sign-sessions";

#[test]
fn a_body_must_be_json_of_the_right_form_and_size() {
    let world = World::new();
    let key = fresh_key();
    let send = |media_type: &str, body: Vec<u8>| {
        let headers = [("idempotency-key", key.as_str()), ("content-type", media_type)];
        world.http.send(Method::POST, REDEEM, None, &headers, Some(body)).unwrap()
    };
    send("text/plain", b"{}".to_vec()).assert_problem(415, "unsupported-media-type");
    send("application/json", b"{\"code\":".to_vec()).assert_problem(400, "malformed");
    send("application/json", b"{}".to_vec()).assert_problem(400, "malformed");
    let members_in_order = json!([world.code(), { "name": "deneme", "version": "1" }, null]);
    send("application/json", members_in_order.to_string().into_bytes()).assert_problem(400, "malformed");
    let problem =
        send("application/json; charset=utf-8", vec![b' '; 256 * 1024 + 1]).assert_problem(413, "too-large");
    assert_eq!(problem["limit"], 256 * 1024);
    // Members of a later version are no fault.
    let mut body = redemption(&world.code());
    body["later"] = json!({ "x": 1 });
    assert_eq!(send("application/json", body.to_string().into_bytes()).status, 201);
}

#[test]
fn a_submission_has_its_own_size_and_needs_its_digest() {
    let world = World::new();
    let (session, items) = world.ready_to_submit();
    let body = items.to_string().into_bytes();
    let put = |digest: Option<String>, body: Vec<u8>| {
        let mut headers = vec![("content-type", "application/json")];
        if let Some(digest) = &digest {
            headers.push(("content-digest", digest));
        }
        let path = session.path("/submission");
        world.http.send(Method::PUT, &path, Some(&session.token), &headers, Some(body)).unwrap()
    };
    let problem = put(None, body.clone()).assert_problem(400, "malformed");
    assert_eq!((&problem["header"], &problem["reason"]), (&json!("content-digest"), &json!("missing")));
    let problem = put(Some(content_digest(b"other")), body.clone()).assert_problem(400, "malformed");
    assert_eq!(problem["reason"], "differs");
    let problem = put(Some("sha-512=:AA==:".to_owned()), body.clone()).assert_problem(400, "malformed");
    assert_eq!(problem["reason"], "unusable");
    let large = vec![b' '; 2 * 1024 * 1024 + 1];
    let problem = put(Some(content_digest(&large)), large).assert_problem(413, "too-large");
    assert_eq!(problem["limit"], 2 * 1024 * 1024);
    let garbage = json!({ "items": [{ "document_id": "x", "cms": "?" }] }).to_string().into_bytes();
    let problem = put(Some(content_digest(&garbage)), garbage).assert_problem(400, "malformed");
    assert_eq!(problem["pointer"], "/items/0/cms");
    // Nothing of all this was taken for a submission.
    world.get(&session, "/submission").assert_problem(404, "nothing-submitted");
    assert_eq!(put(Some(content_digest(&body)), body).status, 200);
}

#[test]
fn only_the_own_token_opens_a_session() {
    let world = World::new();
    let first = world.session();
    let path = first.path("");
    let missing = world.http.get(&path, None);
    missing.assert_problem(401, "unauthenticated");
    assert_eq!(missing.header("www-authenticate"), "Bearer realm=\"kamusm\"");
    world.http.get(&path, Some("AAAA")).assert_problem(401, "unauthenticated");
    world.http.get(&path, Some(&world.person)).assert_problem(401, "unauthenticated");
    world.http.get("/api/v1/applications", Some(&first.token)).assert_problem(401, "unauthenticated");
    let second = world.session();
    world.http.get(&path, Some(&second.token)).assert_problem(404, "session-unknown");
    world.http.get("/api/v1/sign-sessions/x", Some(&second.token)).assert_problem(404, "session-unknown");
}

#[test]
fn a_persons_token_is_good_for_its_person_and_its_time() {
    let world = World::new();
    let magic = world.sandbox.admin().person_token("10000010114").unwrap();
    let path = format!("/api/v1/applications/{ORDER}");
    world.http.get(&path, Some(&magic)).assert_problem(404, "not-found");
    assert_eq!(world.http.get(&path, Some(&world.person)).status, 200);
    world.advance(30 * 24 * 60 * 60);
    world.http.get(&path, Some(&world.person)).assert_problem(401, "unauthenticated");
}

#[test]
fn paths_and_methods_that_are_not_there_are_problems_too() {
    let world = World::new();
    world.http.get("/api/v2/x", None).assert_problem(404, "not-found");
    let session = world.session();
    world.get(&session, "/documents/2").assert_problem(404, "not-found");
    world.get(&session, "/documents/x").assert_problem(404, "not-found");
    world
        .http
        .get(&format!("/api/v1/applications/{ORDER}/evidence/x"), Some(&world.person))
        .assert_problem(404, "not-found");
    world.http.get(&session.path("/window"), Some(&session.token)).assert_problem(405, "about:blank");
    // A POST without a key, to a path that takes none.
    let answer = world.http.send(Method::POST, "/health", None, &[], None).unwrap();
    answer.assert_problem(405, "about:blank");
}

#[test]
fn words_are_in_the_readers_language_and_types_are_not() {
    let world = World::new();
    let ask = |language: &str| {
        let headers = [("accept-language", language)];
        let answer = world.http.get_with("/api/v1/applications", None, &headers);
        (answer.header("content-language").to_owned(), answer.assert_problem(401, "unauthenticated"))
    };
    let (tag, turkish) = ask("de");
    assert_eq!((tag.as_str(), &turkish["title"]), ("tr", &json!("Kimlik doğrulanmadı")));
    let (tag, english) = ask("en-GB,tr;q=0.5");
    assert_eq!((tag.as_str(), &english["title"]), ("en", &json!("Not authenticated")));
    assert_eq!(turkish["instance"], "/api/v1/applications");
    assert_ne!(turkish["request_id"], english["request_id"]);
}
