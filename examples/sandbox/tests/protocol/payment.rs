//! Who pays what, the simulated POS, cancellation, history.

use kamusm_sandbox::{Order, OrderStep};
use reqwest::Method;
use serde_json::{Value, json};

use crate::form::state;
use crate::support::{Answer, ORDER, TCKN, World};

fn add(world: &World, order: Order) {
    world.sandbox.admin().add_order(TCKN, order).unwrap();
}

fn begin(world: &World, no: &str) -> Answer {
    world.person_post(&format!("/{no}/payment-intents"), json!({}))
}

fn payment(world: &World, no: &str) -> Value {
    world.person_get(&format!("/{no}/payment")).json()
}

fn cancel(world: &World, no: &str) -> Answer {
    world.person_post(&format!("/{no}/cancellation"), json!({}))
}

/// The path of the POS page.
fn page(world: &World, intent: &Value) -> String {
    intent["address"].as_str().unwrap().strip_prefix(world.sandbox.base_url()).unwrap().to_owned()
}

fn press(world: &World, page: &str, origin: Option<&str>) -> Answer {
    let headers: Vec<_> = origin.map(|origin| ("origin", origin)).into_iter().collect();
    world.http.send(Method::POST, page, None, &headers, None).unwrap()
}

#[test]
fn a_prepaid_order_waits_for_its_payment_by_card() {
    let world = World::new();
    let (session, items) = world.ready_to_submit();
    assert_eq!(world.submit(&session, &items).status, 200);
    let due = payment(&world, ORDER);
    assert_eq!((&due["state"], &due["amount_kurus"]), (&json!("pending"), &json!(60_000)));
    assert_eq!((&due["currency"], &due["virtual_pos"]), (&json!("TRY"), &json!(true)));
    let intent = begin(&world, ORDER).json();
    let page = page(&world, &intent);
    let shown = world.http.get(&page, None);
    assert!(shown.text().contains("Tutar: 600,00 TL") && shown.text().contains("Öde"));
    assert!(shown.header("content-security-policy").contains("default-src 'none'"));
    press(&world, &page, Some("https://example.org")).assert_problem(403, "forbidden");
    assert_eq!(state(&world, ORDER), "payment_pending");
    assert_eq!(press(&world, &page, Some(world.sandbox.base_url())).status, 303);
    assert_eq!(state(&world, ORDER), "production_pending");
    assert!(world.http.get(&page, None).text().contains("Ödeme alındı"));
    press(&world, &page, None).assert_problem(409, "nothing-to-pay");
    begin(&world, ORDER).assert_problem(409, "nothing-to-pay");
    assert_eq!(payment(&world, ORDER)["state"], "received");
}

#[test]
fn a_begun_payment_lasts_a_quarter_of_an_hour() {
    let world = World::new();
    let page = page(&world, &begin(&world, ORDER).json());
    world.advance(900);
    press(&world, &page, None).assert_problem(404, "not-found");
    assert!(world.http.get(&page, None).text().contains("artık yapılamaz"));
    world.http.get("/pos/another", None).assert_problem(404, "not-found");
}

/// The address is given to whoever pays, an accountant for instance.
#[test]
fn the_address_of_a_payment_tells_little_and_pays_once_what_the_order_costs() {
    let world = World::new();
    let [page, second] = [(); 2].map(|()| page(&world, &begin(&world, ORDER).json()));
    // 130 bits, another each time.
    assert!(page != second && page.len() == "/pos/".len() + 26, "{page}");
    let shown = world.http.get(&page, None);
    assert!(!shown.text().contains("Deneme Kullanıcı") && !shown.text().contains(&TCKN[7..]));
    assert_eq!((shown.header("referrer-policy"), shown.header("cache-control")), ("same-origin", "no-store"));
    // Another duration costs another amount; what was begun before is not taken for it.
    assert_eq!(crate::form::save(&world, ORDER, &crate::form::filled()).status, 200);
    assert_eq!(payment(&world, ORDER)["amount_kurus"], 39_000);
    press(&world, &page, None).assert_problem(409, "nothing-to-pay");
    assert!(world.http.get(&page, None).text().contains("artık yapılamaz"));
    let [page, second] = [(); 2].map(|()| self::page(&world, &begin(&world, ORDER).json()));
    assert_eq!(press(&world, &page, None).status, 303);
    for page in [page, second] {
        press(&world, &page, None).assert_problem(409, "nothing-to-pay");
    }
    assert_eq!(payment(&world, ORDER)["state"], "received");
}

#[test]
fn an_institution_pays_by_itself() {
    let world = World::new();
    let later = Order { payer: "institution".to_owned(), prepaid: false, ..Order::ready("SD-83001") };
    let before = Order { payer: "institution".to_owned(), ..Order::ready("SD-83002") };
    add(&world, later);
    add(&world, before);
    assert_eq!(payment(&world, "SD-83001")["state"], "not_required");
    assert_eq!(world.person_get("/SD-83001").json()["status"]["code"], "form_pending");
    begin(&world, "SD-83001").assert_problem(409, "nothing-to-pay");
    assert_eq!(payment(&world, "SD-83002")["state"], "pending");
    begin(&world, "SD-83002").assert_problem(409, "nothing-to-pay");
    world.sandbox.admin().step_order("SD-83002", OrderStep::Pay).unwrap();
    assert_eq!(payment(&world, "SD-83002")["state"], "received");
}

#[test]
fn the_person_cancels_until_the_card_is_made() {
    let world = World::new();
    let code = world.issue(ORDER).json()["code"].as_str().unwrap().to_owned();
    world.sandbox.admin().step_order(ORDER, OrderStep::Pay).unwrap();
    let cancelled = cancel(&world, ORDER).json();
    assert_eq!((&cancelled["state"], &cancelled["payment"]), (&json!("cancelled"), &json!("refunded")));
    assert_eq!(cancelled["status"]["cancelled_by"], "person");
    let redeem = world.http.post("/api/v1/sign-sessions", None, crate::support::redemption(&code));
    redeem.assert_problem(410, "code-cancelled");
    assert_eq!(cancel(&world, ORDER).assert_problem(409, "wrong-state")["state"], "cancelled");
    let events = world.person_get(&format!("/{ORDER}/events")).json();
    let newest = &events["items"][0];
    assert_eq!(newest["code"], "cancelled_by_person");
    assert_eq!(newest["text"], "Başvuru kişi talebiyle iptal edildi.");
    assert_eq!(newest["at"], "2026-06-23T10:19:44+03:00");

    world.sandbox.admin().step_order("SD-13498", OrderStep::Produce).unwrap();
    let refused = cancel(&world, "SD-13498").assert_problem(409, "too-late-to-cancel");
    assert_eq!(refused["state"], "in_production");
    world.sandbox.admin().step_order("SD-13447", OrderStep::Cancel).unwrap();
    let cancelled = world.person_get("/SD-13447").json();
    assert_eq!(cancelled["status"]["cancelled_by"], "institution");
}

#[test]
fn an_order_that_is_left_alone_is_cancelled_by_the_clock() {
    let world = World::new();
    let session = world.session();
    world.advance(90 * 24 * 60 * 60 - 1);
    let person = world.sandbox.admin().person_token(TCKN).unwrap();
    let get = || world.http.get(&format!("/api/v1/applications/{ORDER}"), Some(&person)).json();
    assert_eq!(get()["state"], "phone_verified");
    world.advance(1);
    let cancelled = get();
    assert_eq!(cancelled["status"]["cancelled_by"], "timeout");
    assert_eq!(cancelled["status"]["title"], "İptal Edildi");
    world.get(&session, "").assert_problem(410, "session-expired");
}
