//! Persons whose outcome is fixed.

use kamusm_sandbox::LeafSpec;
use serde_json::Value;

use crate::support::{Answer, Http, Session, Signer, World, redemption};

/// A world in which the person of this number has a certificate, and their code.
fn world_of(tckn: &str) -> World {
    let mut world = World::new();
    let spec = LeafSpec { tckn: Some(tckn.to_owned()), ..LeafSpec::default() };
    world.signer = Signer::new(&world.sandbox, spec);
    world.person = world.sandbox.admin().person_token(tckn).unwrap();
    world
}

fn issue(world: &World, no: &str) -> Answer {
    world.issue(no)
}

fn session(world: &World, no: &str) -> Session {
    world.redeem(issue(world, no).json()["code"].as_str().unwrap())
}

#[test]
fn every_certificate_is_revoked() {
    let world = world_of("10000010114");
    let session = session(&world, "SD-90001");
    world.check(&session, &world.signer.certificate).assert_problem(422, "certificate-revoked");
}

#[test]
fn the_responder_stays_away() {
    let world = world_of("10000010282");
    let session = session(&world, "SD-90002");
    let items = world.prepare(&session);
    assert_eq!(world.submit(&session, &items).status, 202);
    world.advance(24 * 60 * 60);
    assert_eq!(world.decided(&session)["problem"]["type"], "urn:kamusm:problem:upstream-unavailable");
}

#[test]
fn every_redemption_waits_for_the_page() {
    let world = world_of("10000010350");
    assert_eq!(session(&world, "SD-90003").body["state"], "awaiting_confirmation");
}

#[test]
fn every_code_is_over() {
    let world = world_of("10000010428");
    let issued: Value = issue(&world, "SD-90004").json();
    assert_eq!(issued["state"], "expired");
    let code = world.sandbox.admin().issue_sign_code("SD-90004").unwrap().code;
    let http = Http::new(world.sandbox.base_url());
    http.post("/api/v1/sign-sessions", None, redemption(&code)).assert_problem(410, "code-expired");
}

#[test]
fn no_certificate_is_known() {
    issue(&world_of("10000010596"), "SD-90005").assert_problem(409, "no-valid-certificate");
}

#[test]
fn every_submission_is_refused() {
    let world = world_of("10000010664");
    let session = session(&world, "SD-90006");
    let items = world.prepare(&session);
    world.submit(&session, &items).assert_problem(422, "signature-invalid");
}

#[test]
fn the_taahhutname_is_not_read() {
    issue(&world_of("10000010732"), "SD-90007").assert_problem(422, "not-read");
}
