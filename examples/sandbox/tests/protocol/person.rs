//! The person who is signed in, and what reaches them: register, consent, SMS and mail.

use serde_json::{Value, json};

use crate::support::World;

fn me(world: &World) -> Value {
    world.http.get("/api/v1/me", Some(&world.person)).json()
}

fn world_of(tckn: &str) -> World {
    let mut world = World::new();
    world.person = world.sandbox.admin().person_token(tckn).unwrap();
    world
}

fn refresh(world: &World) -> crate::support::Answer {
    world.http.post("/api/v1/me/identity-refresh", Some(&world.person), json!({}))
}

#[test]
fn a_person_sees_what_is_known() {
    let world = World::new();
    assert_eq!(
        me(&world),
        json!({
            "name": "Deneme Kullanıcı Bir",
            "tckn": "100******46",
            "eonay_consent": { "given": false },
            "has_valid_certificate": true,
            "institutions": [],
        })
    );
    world.http.get("/api/v1/me", None).assert_problem(401, "unauthenticated");
    let officer = world_of("10000011036");
    assert_eq!(me(&officer)["institutions"], json!([{ "id": "deneme-kurumu", "name": "Deneme Kurumu" }]));
    assert_eq!(me(&officer)["has_valid_certificate"], false);
}

#[test]
fn the_name_comes_from_the_register() {
    let world = World::new();
    let same = json!({ "name": "Deneme Kullanıcı Bir", "tckn": "100******46", "changed": false });
    assert_eq!(refresh(&world).json(), same);
    let world = world_of("10000010800");
    assert_eq!(refresh(&world).json()["changed"], true);
    assert_eq!(me(&world)["name"], "Deneme Kullanıcı Yeni");
    assert_eq!(refresh(&world).json()["changed"], false);
    refresh(&world_of("10000010978")).assert_problem(409, "identity-mismatch");
}

#[test]
fn without_the_register_nothing_changes() {
    let world = world_of("10000010800");
    world.sandbox.admin().outages().set_nvi_down(true);
    let refused = refresh(&world).assert_problem(503, "upstream-unavailable");
    assert_eq!((&refused["upstream"], &refused["retry_after"]), (&json!("nvi"), &json!(30)));
    assert_eq!(me(&world)["name"], "Deneme Kullanıcı Sabit");
    world.sandbox.admin().outages().set_nvi_down(false);
    assert_eq!(refresh(&world).status, 200);
}

#[test]
fn a_consent_is_given_by_a_tick_and_once() {
    let world = World::new();
    let consent = |accepted: bool| {
        world.http.post("/api/v1/me/eonay-consent", Some(&world.person), json!({ "accepted": accepted }))
    };
    consent(false).assert_problem(422, "not-accepted");
    let given = json!({ "given": true, "given_at": "2026-06-23T10:19:44+03:00" });
    assert_eq!(consent(true).json(), given);
    world.advance(60);
    assert_eq!(consent(true).json(), given);
    assert_eq!(me(&world)["eonay_consent"], given);
}
