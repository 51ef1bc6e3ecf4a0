//! The institution's side: rows with results of their own, the mail, and who may look.

use kamusm_sandbox::Channel;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Answer, TCKN, World};

const STAFF: &str = "/api/v1/institutions/deneme-kurumu/pre-applications";
const NEW_TCKN: &str = "17291716060";

/// A world in which the e-imza sorumlusu of Deneme Kurumu asks.
fn officers_world() -> World {
    let mut world = World::new();
    world.person = world.sandbox.admin().person_token("10000011036").unwrap();
    world
}

fn begin(world: &World, items: Value) -> Answer {
    world.http.post(STAFF, Some(&world.person), json!({ "items": items }))
}

fn row(tckn: &str) -> Value {
    json!({ "tckn": tckn, "name": "Işıl Çağrı Yılmaz", "email": "isil@example.org", "reason": "first" })
}

#[test]
fn a_person_who_is_named_gets_a_mail_that_says_where_and_how() {
    let world = officers_world();
    let placed = begin(&world, json!([row(NEW_TCKN)]));
    assert_eq!(placed.status, 200, "{}", placed.text());
    let no = placed.json()["items"][0]["no"].as_str().unwrap().to_owned();
    assert_eq!(placed.json(), json!({ "items": [{ "row": 1, "no": no }] }));
    let outbox = world.sandbox.admin().outbox().unwrap();
    let [mail] = outbox.as_slice() else { panic!("{outbox:?}") };
    assert_eq!((mail.kind, mail.to.as_str()), (Channel::Mail, "isil@example.org"));
    for part in ["Sayın Işıl Çağrı Yılmaz", &no, world.sandbox.base_url(), "Başvurularım", "e-Devlet"]
    {
        assert!(mail.text.contains(part), "{part}: {}", mail.text);
    }
    assert!(!mail.text.contains(NEW_TCKN));
    let door = world.sandbox.admin().http_token().to_owned();
    let seen = world.http.get("/admin/v1/outbox", Some(&door)).json();
    assert_eq!((&seen["items"][0]["kind"], &seen["items"][0]["text"]), (&json!("mail"), &json!(mail.text)));
    let person = world.sandbox.admin().person_token(NEW_TCKN).unwrap();
    let own = world.http.get("/api/v1/applications", Some(&person)).json();
    assert_eq!(own["items"][0]["no"], no);
    assert_eq!(world.http.get("/api/v1/me", Some(&person)).json()["email"], "i***@example.org");
}

#[test]
fn each_row_has_its_own_result() {
    let world = officers_world();
    let with = |name: &str, value: Value| {
        let mut row = row("10000000382");
        row[name] = value;
        row
    };
    let rows = [
        (row("10000000147"), "/tckn", "format"),
        (with("name", json!("Őrült")), "/name", "characters"),
        (with("email", json!("isil@example")), "/email", "format"),
        (with("gsm", json!("0532 123 45 67")), "/gsm", "format"),
        (with("reason", json!("merak")), "/reason", "unknown_value"),
        (with("payer", json!("vali")), "/payer", "unknown_value"),
        (with("product", json!("")), "/product", "characters"),
    ];
    let mut items: Vec<Value> = rows.iter().map(|(row, ..)| row.clone()).collect();
    items.push(row(NEW_TCKN));
    items.push(row(NEW_TCKN));
    let placed = begin(&world, json!(items)).json();
    let placed = placed["items"].as_array().unwrap();
    assert_eq!(placed.len(), rows.len() + 2);
    for (result, (_, pointer, code)) in placed.iter().zip(&rows) {
        let problem = &result["problem"];
        assert_eq!(problem["type"], "urn:kamusm:problem:form-invalid");
        assert_eq!(problem["errors"], json!([{ "pointer": pointer, "code": code }]));
    }
    assert!(placed[7]["no"].as_str().is_some_and(|no| no.starts_with("SD-")));
    assert_eq!(placed[8]["problem"]["type"], "urn:kamusm:problem:wrong-state");
    assert_eq!(placed[8]["problem"]["no"], placed[7]["no"]);
    assert_eq!(world.sandbox.admin().outbox().unwrap().len(), 1);
}

#[test]
fn the_number_of_a_known_person_is_right() {
    let world = officers_world();
    let person = kamusm_sandbox::Person {
        tckn: "11111111111".to_owned(),
        name: "Deneme Kullanıcı Eski".to_owned(),
        orders: Vec::new(),
    };
    assert!(begin(&world, json!([row("11111111111")])).json()["items"][0].get("no").is_none());
    world.sandbox.admin().add_person(person).unwrap();
    assert!(begin(&world, json!([row("11111111111")])).json()["items"][0].get("no").is_some());
    let listed = world.http.get(STAFF, Some(&world.person)).json();
    assert_eq!(listed["items"][0]["name"], "D***** K******** E***");
}

#[test]
fn one_to_five_hundred_rows_come_at_once() {
    let world = officers_world();
    begin(&world, json!([])).assert_problem(400, "malformed");
    let many = |count: usize| json!(vec![row("10000000147"); count]);
    begin(&world, many(501)).assert_problem(400, "malformed");
    assert_eq!(begin(&world, many(500)).json()["items"].as_array().unwrap().len(), 500);
}

#[test]
fn an_order_is_followed_by_its_tag() {
    let world = officers_world();
    let no = begin(&world, json!([row(NEW_TCKN)])).json()["items"][0]["no"].as_str().unwrap().to_owned();
    let path = format!("{STAFF}/{no}");
    let first = world.http.get(&path, Some(&world.person));
    let order = first.json();
    assert_eq!((&order["tckn"], &order["applied_on"]), (&json!("172******60"), &json!("2026-06-23")));
    assert_eq!(order["status"]["code"], "form_and_payment_pending");
    let tag = first.header("etag").to_owned();
    let again = world.http.get_with(&path, Some(&world.person), &[("if-none-match", &tag)]);
    assert_eq!((again.status, again.body.len()), (304, 0));
    std::thread::scope(|scope| {
        let waiting = scope.spawn(|| {
            let headers = [("if-none-match", tag.as_str()), ("prefer", "wait=25")];
            world.http.get_with(&path, Some(&world.person), &headers)
        });
        while world.sandbox.admin().waiting() == 0 {
            std::thread::yield_now();
        }
        world.sandbox.admin().set_commitment_read(&no, true).unwrap();
        // Wakes who waits.
        world.http.post("/api/v1/me/eonay-consent", Some(&world.person), json!({ "accepted": true }));
        let changed = waiting.join().unwrap();
        assert_eq!(changed.status, 200);
        assert_ne!(changed.header("etag"), tag);
    });
}

#[test]
fn another_institution_and_a_person_see_nothing() {
    let world = officers_world();
    let no = begin(&world, json!([row(NEW_TCKN)])).json()["items"][0]["no"].as_str().unwrap().to_owned();
    for tckn in ["10000011104", TCKN, NEW_TCKN] {
        let other = world.sandbox.admin().person_token(tckn).unwrap();
        for path in [STAFF.to_owned(), format!("{STAFF}/{no}")] {
            world.http.get(&path, Some(&other)).assert_problem(404, "not-found");
        }
        let post = world.http.post(STAFF, Some(&other), json!({ "items": [row("10000000078")] }));
        post.assert_problem(404, "not-found");
    }
    // An order that nobody of the institution began is none of theirs.
    world.http.get(&format!("{STAFF}/SD-13712"), Some(&world.person)).assert_problem(404, "not-found");
    world.http.get(STAFF, None).assert_problem(401, "unauthenticated");
}

#[test]
fn an_institution_comes_through_the_door() {
    let world = World::new();
    let door = world.sandbox.admin().http_token().to_owned();
    let body = json!({ "name": "Yeni Kurum", "officers": [TCKN] });
    let headers = [("content-type", "application/json")];
    let path = "/admin/v1/institutions/yeni";
    let body = Some(body.to_string().into_bytes());
    assert_eq!(world.http.send(Method::PUT, path, Some(&door), &headers, body).unwrap().status, 204);
    let me = world.http.get("/api/v1/me", Some(&world.person)).json();
    assert_eq!(me["institutions"], json!([{ "id": "yeni", "name": "Yeni Kurum" }]));
}
