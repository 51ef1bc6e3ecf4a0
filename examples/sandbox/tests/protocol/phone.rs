//! The SMS code: three tries, three minutes, one a minute, five an hour, all by the service's clock.

use kamusm_sandbox::Order;
use serde_json::{Value, json};

use crate::form::{filled, save, state};
use crate::support::{Answer, ORDER, TCKN, World};

const NO: &str = "SD-82001";

fn saved() -> World {
    let world = World::new();
    let order = Order { state: "form_saved".to_owned(), ..Order::ready(NO) };
    world.sandbox.admin().add_order(TCKN, order).unwrap();
    world
}

fn send(world: &World, no: &str) -> Answer {
    world.person_post(&format!("/{no}/phone-verifications"), json!({}))
}

fn attempt(world: &World, no: &str, sent: &Value, code: &str) -> Answer {
    let id = sent["id"].as_str().unwrap();
    world.person_post(&format!("/{no}/phone-verifications/{id}/attempts"), json!({ "code": code }))
}

/// The six digits of the last SMS.
fn last_code(world: &World) -> String {
    world.sandbox.admin().outbox().unwrap().last().unwrap().code().unwrap().to_owned()
}

/// Another code than this.
fn wrong(code: &str) -> String {
    let other = if code.starts_with('0') { "1" } else { "0" };
    format!("{other}{}", &code[1..])
}

pub(crate) fn verify(world: &World, no: &str) {
    let sent = send(world, no);
    assert_eq!(sent.status, 201, "{}", sent.text());
    let answer = attempt(world, no, &sent.json(), &last_code(world));
    assert_eq!((answer.status, answer.json()), (200, json!({ "verified": true })));
}

/// Verifies the telephone if that is possible now; tells whether it was.
pub(crate) fn verify_quietly(world: &World, no: &str) -> bool {
    world.advance(60);
    let sent = send(world, no);
    assert!(sent.status < 500, "{}", sent.text());
    sent.status == 201 && attempt(world, no, &sent.json(), &last_code(world)).status == 200
}

#[test]
fn the_right_code_verifies_the_telephone_of_the_form() {
    let world = saved();
    let sent = send(&world, NO).json();
    assert_eq!(sent["gsm"], "+90532*****67");
    assert_eq!((&sent["expires_in"], &sent["attempts_left"]), (&json!(180), &json!(3)));
    assert_eq!(sent["resend_in"], 60);
    world.advance(179);
    assert_eq!(attempt(&world, NO, &sent, &last_code(&world)).status, 200);
    assert_eq!(state(&world, NO), "phone_verified");
    send(&world, NO).assert_problem(409, "wrong-state");
    // Another telephone is not verified; the same one again stays so.
    let mut values = filled();
    assert_eq!(save(&world, NO, &values).status, 200);
    assert_eq!(state(&world, NO), "phone_verified");
    values["gsm"] = json!("05331234567");
    assert_eq!(save(&world, NO, &values).status, 200);
    assert_eq!(state(&world, NO), "form_saved");
}

#[test]
fn three_tries() {
    let world = saved();
    let sent = send(&world, NO).json();
    let code = last_code(&world);
    for left in [2, 1, 0] {
        let problem = attempt(&world, NO, &sent, &wrong(&code)).assert_problem(422, "sms-code-wrong");
        assert_eq!(problem["attempts_left"], left);
    }
    attempt(&world, NO, &sent, &code).assert_problem(429, "sms-attempts-exhausted");
    world.advance(60);
    verify(&world, NO);
}

#[test]
fn a_code_is_over_after_three_minutes_or_by_a_newer_one() {
    let world = saved();
    let first = send(&world, NO).json();
    let code = last_code(&world);
    world.advance(180);
    attempt(&world, NO, &first, &code).assert_problem(410, "sms-code-expired");
    let second = send(&world, NO).json();
    let code = last_code(&world);
    world.advance(60);
    send(&world, NO);
    attempt(&world, NO, &second, &code).assert_problem(410, "sms-code-expired");
    attempt(&world, NO, &json!({ "id": "another" }), &code).assert_problem(404, "not-found");
}

#[test]
fn a_code_for_an_older_telephone_is_over() {
    let world = saved();
    let sent = send(&world, NO).json();
    let code = last_code(&world);
    let mut values = filled();
    values["gsm"] = json!("05331234567");
    assert_eq!(save(&world, NO, &values).status, 200);
    attempt(&world, NO, &sent, &code).assert_problem(410, "sms-code-expired");
}

#[test]
fn one_a_minute_and_five_an_hour() {
    let world = saved();
    for number in 0..5 {
        assert_eq!(send(&world, NO).status, 201);
        if number < 4 {
            let limited = send(&world, NO);
            assert_eq!(limited.assert_problem(429, "sms-limit")["retry_after"], 60);
            assert_eq!(limited.header("retry-after"), "60");
        }
        world.advance(60);
    }
    assert_eq!(send(&world, NO).assert_problem(429, "sms-limit")["retry_after"], 3300);
    world.advance(3300);
    verify(&world, NO);
}

#[test]
fn a_gateway_that_is_down_is_told_and_one_that_loses_is_not() {
    let world = saved();
    world.sandbox.admin().outages().set_sms_gateway_down(true);
    send(&world, NO).assert_problem(503, "sms-gateway-down");
    world.sandbox.admin().outages().set_sms_gateway_down(false);
    world.sandbox.admin().outages().set_sms_lost(true);
    assert_eq!(send(&world, NO).status, 201);
    assert!(world.sandbox.admin().outbox().unwrap().is_empty());
    world.sandbox.admin().outages().set_sms_lost(false);
    world.advance(60);
    verify(&world, NO);
}

#[test]
fn no_code_goes_to_an_order_that_needs_none() {
    let world = saved();
    assert_eq!(send(&world, ORDER).assert_problem(409, "wrong-state")["state"], "phone_verified");
    send(&world, "SD-90001").assert_problem(404, "not-found");
}
