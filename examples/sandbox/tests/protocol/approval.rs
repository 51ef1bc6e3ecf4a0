//! How an order is approved: what stands in the way of each method, what has to be read, e-onay.

use kamusm_sandbox::{CertificateStatus, Order};
use serde_json::{Value, json};

use crate::form::{filled, save, state};
use crate::support::{Answer, ORDER, TCKN, World, content_digest, fresh_key};

fn approval(world: &World, no: &str) -> Value {
    world.person_get(&format!("/{no}/approval")).json()
}

/// Code and reason of each method.
fn methods(world: &World, no: &str) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let approval = approval(world, no);
    let methods = approval["methods"].as_array().unwrap().iter().map(|method| {
        assert_eq!(method["available"], method.get("reason").is_none());
        (text(&method["code"]), text(&method["reason"]))
    });
    methods.collect()
}

fn both(eonay: &str, eimza: &str) -> Vec<(String, String)> {
    vec![("e_onay".to_owned(), eonay.to_owned()), ("e_imza".to_owned(), eimza.to_owned())]
}

pub(crate) fn consent(world: &World) {
    let answer =
        world.http.post("/api/v1/me/eonay-consent", Some(&world.person), json!({ "accepted": true }));
    assert!((200..300).contains(&answer.status), "{}", answer.text());
}

pub(crate) fn approve(world: &World, no: &str, change: impl FnOnce(&mut Value)) -> Answer {
    let mut body = json!({
        "view_ids": world.views(no),
        "form_digest": approval(world, no)["form_digest"].as_str().unwrap_or_default(),
        "accepted": true,
    });
    change(&mut body);
    world.person_post(&format!("/{no}/approvals"), body)
}

#[test]
fn each_method_says_what_stands_in_its_way() {
    let world = World::new();
    assert_eq!(methods(&world, ORDER), both("no_prior_consent", "not_read"));
    consent(&world);
    assert_eq!(methods(&world, ORDER), both("not_read", "not_read"));
    world.views(ORDER);
    assert_eq!(methods(&world, ORDER), both("", ""));
    let admin = world.sandbox.admin();
    admin.set_certificate_status(world.signer.certificate.der(), CertificateStatus::Revoked).unwrap();
    assert_eq!(methods(&world, ORDER), both("", "no_valid_certificate"));
    for (number, (state, reason)) in
        [("form_saved", "phone_not_verified"), ("active", "wrong_state"), ("cancelled", "wrong_state")]
            .iter()
            .enumerate()
    {
        let no = format!("SD-8400{number}");
        admin.add_order(TCKN, Order { state: (*state).to_owned(), ..Order::ready(&no) }).unwrap();
        assert_eq!(methods(&world, &no), both(reason, reason));
    }
}

#[test]
fn the_taahhutname_is_read_as_it_is_now_and_to_its_end() {
    let world = World::new();
    let commitment = &approval(&world, ORDER)["commitments"][0];
    assert_eq!(commitment["title"], "Nitelikli Elektronik Sertifika Sahibi Taahhütnamesi");
    let path = format!("/api/v1/commitments/{}/content", commitment["id"].as_str().unwrap());
    let text = world.http.get(&path, Some(&world.person));
    assert_eq!(text.header("content-type"), "text/plain; charset=utf-8");
    assert_eq!(commitment["length"], text.body.len());
    assert!(text.text().contains("deneme hizmetinin kendi metnidir"));
    let view = |change: &dyn Fn(&mut Value)| {
        let mut body = json!({
            "commitment_id": commitment["id"], "digest": commitment["digest"], "read_to_end": true,
        });
        change(&mut body);
        world.person_post(&format!("/{ORDER}/commitment-views"), body)
    };
    view(&|body| body["digest"] = json!("sha-256=:AA==:")).assert_problem(409, "commitment-changed");
    view(&|body| body["read_to_end"] = json!(false)).assert_problem(422, "not-read");
    view(&|body| body["commitment_id"] = json!("another")).assert_problem(404, "not-found");
    assert_eq!(view(&|_| {}).status, 201);
    world
        .http
        .get("/api/v1/commitments/another/content", Some(&world.person))
        .assert_problem(404, "not-found");
}

#[test]
fn e_onay_needs_consent_reading_tick_and_the_form_that_was_shown() {
    let world = World::new();
    approve(&world, ORDER, |_| {}).assert_problem(409, "no-prior-consent");
    consent(&world);
    approve(&world, ORDER, |body| body["view_ids"] = json!([])).assert_problem(422, "not-read");
    approve(&world, ORDER, |body| body["accepted"] = json!(false)).assert_problem(422, "not-accepted");
    let old = approval(&world, ORDER)["form_digest"].clone();
    assert_eq!(save(&world, ORDER, &filled()).status, 200);
    approve(&world, ORDER, |body| body["form_digest"] = old).assert_problem(412, "form-changed");
    assert_eq!(state(&world, ORDER), "phone_verified");
    let code = world.issue(ORDER).json()["code"].as_str().unwrap().to_owned();
    let done = approve(&world, ORDER, |_| {});
    assert_eq!(done.status, 201, "{}", done.text());
    assert_eq!((&done.json()["state"], &done.json()["title"]), (&json!("done"), &json!("İşlem Başarılı")));
    assert_eq!(done.json()["status"]["title"], "Ödeme Bekleniyor");
    assert_eq!(world.person_get(&format!("/{ORDER}/result")).json(), done.json());
    // The code that was out cannot approve it a second time.
    let redeem = world.http.post("/api/v1/sign-sessions", None, crate::support::redemption(&code));
    redeem.assert_problem(410, "code-cancelled");
    approve(&world, ORDER, |_| {}).assert_problem(409, "already-approved");
    // After an edit it can be approved again.
    assert_eq!(save(&world, ORDER, &filled()).status, 200);
    assert_eq!(approve(&world, ORDER, |_| {}).status, 201);
}

#[test]
fn e_onay_is_refused_where_the_order_is_not_ready() {
    let world = World::new();
    consent(&world);
    let saved = Order { state: "form_saved".to_owned(), ..Order::ready("SD-84010") };
    world.sandbox.admin().add_order(TCKN, saved).unwrap();
    approve(&world, "SD-84010", |_| {}).assert_problem(409, "phone-not-verified");
    assert_eq!(approve(&world, "SD-13459", |_| {}).assert_problem(409, "wrong-state")["state"], "cancelled");
    approve(&world, "SD-90001", |_| {}).assert_problem(404, "not-found");
}

#[test]
fn an_institution_may_want_one_method_only() {
    let world = World::new();
    consent(&world);
    let only = |no: &str, method: &str| {
        let order = Order { methods: vec![method.to_owned()], ..Order::ready(no) };
        world.sandbox.admin().add_order(TCKN, order).unwrap();
        assert_eq!(methods(&world, no), [(method.to_owned(), "not_read".to_owned())]);
    };
    only("SD-84020", "e_imza");
    approve(&world, "SD-84020", |_| {}).assert_problem(403, "method-not-allowed");
    assert_eq!(world.issue("SD-84020").status, 201);
    only("SD-84021", "e_onay");
    world.issue("SD-84021").assert_problem(403, "method-not-allowed");
    assert_eq!(approve(&world, "SD-84021", |_| {}).status, 201);
}

#[test]
fn a_repeated_e_onay_gets_the_same_answer() {
    let world = World::new();
    consent(&world);
    let body = json!({
        "view_ids": world.views(ORDER),
        "form_digest": approval(&world, ORDER)["form_digest"],
        "accepted": true,
    });
    let path = format!("/api/v1/applications/{ORDER}/approvals");
    let key = fresh_key();
    let press = || world.http.post_keyed(&path, Some(&world.person), &key, body.clone());
    let (first, again) = (press(), press());
    assert_eq!((first.status, again.status, first.body), (201, 201, again.body));
}

#[test]
fn an_eonay_is_evidence_with_what_was_approved_also_after_an_edit() {
    let world = World::new();
    consent(&world);
    let digest = approval(&world, ORDER)["form_digest"].clone();
    assert_eq!(approve(&world, ORDER, |_| ()).status, 201);
    assert_eq!(save(&world, ORDER, &filled()).status, 200);
    let listed = world.person_get(&format!("/{ORDER}/evidence")).json();
    let [item] = listed["items"].as_array().unwrap().as_slice() else { panic!("{listed}") };
    assert_eq!((&item["media_type"], item.get("session_id")), (&json!("application/json"), None));
    let record = world.person_get(&format!("/{ORDER}/evidence/{}", item["id"].as_str().unwrap()));
    assert_eq!(record.header("content-type"), "application/json");
    assert_eq!(
        (&item["length"], &item["digest"]),
        (&json!(record.body.len()), &json!(content_digest(&record.body)))
    );
    assert_eq!(record.header("repr-digest"), content_digest(&record.body));
    let record = record.json();
    assert_eq!((&record["application"], &record["form_digest"]), (&json!(ORDER), &digest));
    assert_eq!(record["form"]["job_title"], "Mühendis");
    assert_eq!(record["commitments"][0]["id"], "nes-sahibi-1");
    assert_eq!(record["view_ids"].as_array().unwrap().len(), 1);
}
