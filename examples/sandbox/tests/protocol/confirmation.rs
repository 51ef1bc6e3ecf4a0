//! "Bu siz misiniz?": the page answers before the texts are shown.

use kamusm_sandbox::RedeemConfirmation;
use serde_json::{Value, json};

use crate::support::{Answer, Http, ORDER, Session, World, redemption};

struct Page<'a> {
    world: &'a World,
    path: String,
}

impl Page<'_> {
    fn read(&self) -> Value {
        self.world.http.get(&self.path, Some(&self.world.person)).json()
    }

    fn answer(&self, confirmed: bool) -> Answer {
        let path = format!("{}/confirmation", self.path);
        self.world.http.put(&path, &self.world.person, &json!({ "confirmed": confirmed }))
    }
}

/// A session that was redeemed from this address, and its page.
fn redeemed<'a>(world: &'a World, address: [u8; 4]) -> (Session, Page<'a>) {
    let issued = world.issue(ORDER).json();
    let path = format!("/api/v1/applications/{ORDER}/sign-codes/{}", issued["id"].as_str().unwrap());
    let http = Http::from_address(world.sandbox.base_url(), address.into());
    let answer = http.post("/api/v1/sign-sessions", None, redemption(issued["code"].as_str().unwrap()));
    (Session::from(answer.json()), Page { world, path })
}

#[test]
fn another_network_waits_for_the_page() {
    let world = World::new();
    let (session, page) = redeemed(&world, [127, 1, 0, 1]);
    assert_eq!(session.body["state"], "awaiting_confirmation");
    let seen = page.read();
    assert_eq!(seen["session"]["state"], "awaiting_confirmation");
    assert_eq!(seen["session"]["match_code"], session.body["match_code"]);
    assert_eq!(seen["session"]["client"]["is_other_network"], true);
    for answer in [
        world.get(&session, "/documents/1"),
        world.post(&session, "/window", json!({})),
        world.check(&session, &world.signer.certificate),
        world.submit(&session, &session.items(&[b"x".to_vec()])),
    ] {
        assert_eq!(answer.assert_problem(409, "awaiting-confirmation")["retry"], "after");
    }
    assert_eq!(page.answer(true).json()["session"]["state"], "open");
    let items = world.prepare(&session);
    assert_eq!(world.submit(&session, &items).status, 200);
}

#[test]
fn the_same_network_does_not_wait() {
    let world = World::new();
    let (session, page) = redeemed(&world, [127, 0, 0, 9]);
    assert_eq!(session.body["state"], "open");
    assert_eq!(page.read()["session"]["client"]["is_other_network"], false);
}

#[test]
fn the_policy_decides() {
    let world = World::with(|builder| builder.redeem_confirmation(RedeemConfirmation::Always));
    assert_eq!(redeemed(&world, [127, 0, 0, 1]).0.body["state"], "awaiting_confirmation");
    world.sandbox.admin().set_redeem_confirmation(RedeemConfirmation::Never);
    assert_eq!(redeemed(&world, [127, 1, 0, 1]).0.body["state"], "open");
}

#[test]
fn a_refusal_ends_session_and_code() {
    let world = World::with(|builder| builder.redeem_confirmation(RedeemConfirmation::Always));
    let (session, page) = redeemed(&world, [127, 0, 0, 1]);
    assert_eq!(page.answer(false).json()["session"]["state"], "cancelled");
    world.get(&session, "").assert_problem(410, "confirmation-refused");
    world.get(&session, "/documents/1").assert_problem(410, "confirmation-refused");
    let cancellation = world.post(&session, "/cancellation", json!({ "reason": "user" }));
    cancellation.assert_problem(410, "confirmation-refused");
    page.answer(true).assert_problem(409, "wrong-state");
}

#[test]
fn the_person_may_refuse_later_but_not_after_the_submission() {
    let world = World::new();
    let (session, page) = redeemed(&world, [127, 0, 0, 1]);
    let items = world.prepare(&session);
    page.answer(false);
    world.submit(&session, &items).assert_problem(410, "confirmation-refused");

    let (session, page) = redeemed(&world, [127, 0, 0, 1]);
    let items = world.prepare(&session);
    assert_eq!(world.submit(&session, &items).status, 200);
    page.answer(false).assert_problem(409, "already-submitted");
}

#[test]
fn an_unredeemed_code_has_nothing_to_confirm() {
    let world = World::new();
    let issued = world.issue(ORDER).json();
    let path = format!("/api/v1/applications/{ORDER}/sign-codes/{}", issued["id"].as_str().unwrap());
    Page { world: &world, path }.answer(true).assert_problem(409, "wrong-state");
}
