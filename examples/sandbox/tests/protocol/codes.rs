//! The doğrulama kodu: each refusal by its real cause.

use kamusm_sandbox::{AdminError, CertificateStatus, Order};
use serde_json::{Value, json};

use crate::support::{ORDER, TCKN, World, redemption};

const REDEEM: &str = "/api/v1/sign-sessions";
/// The same check digits as the service's codes, made by the rule with another first symbol.
const PRODUCTION_CODE: &str = "K000-0000-0000-0004";

fn redeem(world: &World, code: &str) -> crate::support::Answer {
    world.http.post(REDEEM, None, redemption(code))
}

#[test]
fn a_mistyped_code_is_malformed() {
    let world = World::new();
    let code = world.code();
    let mut swapped: Vec<char> = code.chars().collect();
    let place = (1..3).find(|place| swapped[*place] != swapped[place + 1]).unwrap_or(1);
    swapped.swap(place, place + 1);
    let swapped: String = swapped.into_iter().collect();
    let problem = redeem(&world, &code[..18]).assert_problem(400, "code-malformed");
    assert_eq!(problem["symbols"], 15);
    let problem = redeem(&world, &code.replacen('S', "U", 1)).assert_problem(400, "code-malformed");
    assert_eq!(problem["place"], 1);
    if swapped != code {
        redeem(&world, &swapped).assert_problem(400, "code-malformed");
    }
    // The code itself is as good as before, however it is typed.
    assert_eq!(redeem(&world, &code.to_ascii_lowercase().replace('-', " ")).status, 201);
}

#[test]
fn a_code_of_production_is_of_another_environment() {
    let world = World::new();
    let problem = redeem(&world, PRODUCTION_CODE).assert_problem(421, "wrong-environment");
    assert_eq!(problem["environment"], "production");
}

#[test]
fn guessing_is_slowed_down() {
    let world = World::new();
    let stranger = World::new();
    for _ in 0..10 {
        redeem(&world, &stranger.code()).assert_problem(404, "code-unknown");
    }
    let code = world.code();
    let slowed = redeem(&world, &code);
    assert_eq!(slowed.assert_problem(429, "slow-down")["retry_after"], 60);
    assert_eq!(slowed.header("retry-after"), "60");
    world.advance(60);
    assert_eq!(redeem(&world, &code).status, 201);
}

#[test]
fn a_code_lasts_ten_minutes() {
    let world = World::new();
    let (last, late) = (world.code(), world.code());
    redeem(&world, &last).assert_problem(410, "code-cancelled");
    world.advance(599);
    let on_time = world.redeem(&late);
    assert_eq!(on_time.body["state"], "open");
    let code = world.code();
    world.advance(600);
    redeem(&world, &code).assert_problem(410, "code-expired");
}

#[test]
fn a_newer_code_and_a_withdrawal_cancel_a_code() {
    let world = World::new();
    let old = world.code();
    let issued = world.issue(ORDER).json();
    let problem = redeem(&world, &old).assert_problem(410, "code-cancelled");
    assert_eq!(problem["reason"], "newer_code");
    let path = format!("/api/v1/applications/{ORDER}/sign-codes/{}", issued["id"].as_str().unwrap());
    assert_eq!(world.http.delete(&path, &world.person).status, 204);
    let problem = redeem(&world, issued["code"].as_str().unwrap()).assert_problem(410, "code-cancelled");
    assert_eq!(problem["reason"], "cancelled");
    assert_eq!(world.http.get(&path, Some(&world.person)).json()["state"], "cancelled");
}

#[test]
fn exactly_one_of_many_redemptions_wins() {
    let world = World::new();
    let issued = world.issue(ORDER).json();
    let code = issued["code"].as_str().unwrap();
    let answers: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(|| redeem(&world, code))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let winners = answers.iter().filter(|answer| answer.status == 201).count();
    assert_eq!(winners, 1);
    for loser in answers.iter().filter(|answer| answer.status != 201) {
        loser.assert_problem(409, "code-already-used");
    }
    let seen = world.person_get(&format!("/{ORDER}/sign-codes/{}", issued["id"].as_str().unwrap())).json();
    assert_eq!((&seen["state"], &seen["second_redemptions"]), (&json!("redeemed"), &json!(7)));
    assert_eq!(seen["session"]["client"]["name"], "deneme");
    assert!(seen.get("code").is_none());
}

#[test]
fn the_page_may_show_its_code_until_it_is_redeemed_or_over() {
    let world = World::new();
    let issued = world.issue(ORDER).json();
    let path = format!("/{ORDER}/sign-codes/{}", issued["id"].as_str().unwrap());
    let seen = world.person_get(&path).json();
    assert_eq!((&seen["code"], &seen["expires_in"]), (&issued["code"], &json!(600)));
    world.advance(600);
    let seen = world.person_get(&path).json();
    assert_eq!((seen.get("code"), &seen["state"]), (None, &json!("expired")));
}

#[test]
fn an_old_sdk_and_foreign_profiles_are_refused() {
    let world = World::new();
    let code = world.code();
    let with = |pointer: &str, value: Value| {
        let mut body = redemption(&code);
        body["client"]["sdk_version"] = json!("0.1.0");
        *body.pointer_mut(pointer).unwrap() = value;
        world.http.post(REDEEM, None, body)
    };
    let problem = with("/client/sdk_version", json!("0.0.9")).assert_problem(426, "client-too-old");
    assert_eq!(problem["min_client"], "0.1.0");
    with("/accept/profiles", json!(["XAdES-B-B"])).assert_problem(406, "no-common-profile");
    with("/accept/digests", json!(["sha-1"])).assert_problem(406, "no-common-profile");
    assert_eq!(with("/accept/digests", json!(["sha-1", "sha-256"])).status, 201);
}

#[test]
fn a_client_has_a_name_that_can_be_shown() {
    let world = World::new();
    let code = world.code();
    for (pointer, value) in [
        ("/client/name", String::new()),
        ("/client/name", "a".repeat(101)),
        ("/client/name", "e-Devlet\u{202E}".to_owned()),
        ("/client/version", "1\n2".to_owned()),
    ] {
        let mut body = redemption(&code);
        *body.pointer_mut(pointer).unwrap() = json!(value);
        let problem = world.http.post(REDEEM, None, body).assert_problem(400, "malformed");
        assert_eq!(problem["pointer"], pointer);
    }
    assert_eq!(redeem(&world, &code).status, 201);
}

#[test]
fn a_code_needs_a_read_taahhutname_and_a_valid_certificate() {
    let world = World::new();
    let issue =
        |view_ids: Value| world.person_post(&format!("/{ORDER}/sign-codes"), json!({ "view_ids": view_ids }));
    issue(json!([])).assert_problem(422, "not-read");
    let views = world.views(ORDER);
    issue(json!([views[0], "another"])).assert_problem(422, "not-read");
    world.sandbox.admin().add_order(TCKN, Order::ready("SD-40000")).unwrap();
    // What was read for another order proves nothing for this one.
    issue(json!(world.views("SD-40000"))).assert_problem(422, "not-read");
    assert_eq!(issue(json!(views)).status, 201);
    let admin = world.sandbox.admin();
    admin.set_certificate_status(world.signer.certificate.der(), CertificateStatus::Revoked).unwrap();
    issue(json!(views)).assert_problem(409, "no-valid-certificate");
    // The tests' own door asks what the seed says.
    admin.set_commitment_read(ORDER, false).unwrap();
    let refused = admin.issue_sign_code(ORDER).err();
    assert_eq!(refused, Some(AdminError::Refused { problem: "not-read" }));
}

#[test]
fn an_order_that_is_not_ready_gets_no_code() {
    let world = World::new();
    let issue = |no: &str| world.issue(no);
    issue("SD-13498").assert_problem(409, "already-approved");
    assert_eq!(issue("SD-13459").assert_problem(409, "wrong-state")["state"], "cancelled");
    let order = Order { state: "form_saved".to_owned(), ..Order::ready("SD-40001") };
    world.sandbox.admin().add_order(TCKN, order).unwrap();
    issue("SD-40001").assert_problem(409, "phone-not-verified");
    issue("SD-99999").assert_problem(404, "not-found");
    // Somebody else's order does not exist.
    issue("SD-90001").assert_problem(404, "not-found");
}

#[test]
fn a_text_outside_the_profile_is_refused_when_the_code_is_issued() {
    let world = World::new();
    for (number, value) in
        ["Müdür\u{202E}", "Őrült", "a\nSipariş No: SD-1", &"a".repeat(400)].iter().enumerate()
    {
        let no = format!("SD-4100{number}");
        let form = vec![("Ünvan".to_owned(), (*value).to_owned())];
        let order = Order { form, ..Order::ready(&no) };
        world.sandbox.admin().add_order(TCKN, order).unwrap();
        world.issue(&no).assert_problem(422, "form-invalid");
    }
}
