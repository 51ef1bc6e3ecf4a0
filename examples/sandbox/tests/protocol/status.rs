//! The list of Şekil 2 with its texts, and what an approval changes.

use kamusm_sandbox::Order;
use serde_json::{Value, json};

use crate::support::{ORDER, TCKN, World};

fn bank(order: &Value, name: &str) -> Value {
    let body = order["status"]["body"].as_array().unwrap();
    let channels = body.iter().find(|block| block["kind"] == "channels").unwrap();
    channels["banks"].as_array().unwrap().iter().find(|bank| bank["name"] == name).unwrap().clone()
}

#[test]
fn the_list_is_that_of_the_figure() {
    let world = World::new();
    let list = world.person_get("").json();
    let rows: Vec<_> = list["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            let column = |pointer: &str| row.pointer(pointer).unwrap().as_str().unwrap().to_owned();
            [column("/no"), column("/applied_on"), column("/status/title"), column("/status/action/title")]
        })
        .collect();
    assert_eq!(
        rows,
        [
            ["SD-13712", "2021-12-17", "Başvuru Formu ve Ödeme Bekleniyor", "Başvuruyu Tamamla"],
            ["SD-13498", "2021-12-07", "Üretim Bekleniyor", "Başvuruyu Güncelle"],
            ["SD-13459", "2021-12-01", "İptal Edildi", "Detaylar"],
            ["SD-13447", "2021-11-30", "Üretim Bekleniyor", "Başvuruyu Güncelle"],
        ]
    );
    assert_eq!(list["items"][2]["status"]["cancelled_by"], "institution");
}

#[test]
fn an_approval_leads_to_the_payment_or_to_production() {
    let world = World::new();
    let before = world.person_get(&format!("/{ORDER}"));
    assert_eq!(bank(&before.json(), "ZİRAAT BANKASI")["atm"], true);
    let (session, items) = world.ready_to_submit();
    assert_eq!(world.submit(&session, &items).status, 200);
    let after = world.person_get(&format!("/{ORDER}"));
    assert_eq!(after.json()["status"]["code"], "payment_pending");
    assert_eq!(bank(&after.json(), "ZİRAAT BANKASI")["atm"], false);
    assert_ne!(before.header("etag"), after.header("etag"));

    let order = Order { prepaid: false, payer: "institution".to_owned(), ..Order::ready("SD-60001") };
    world.sandbox.admin().add_order(TCKN, order).unwrap();
    let session = world.redeem(&world.sandbox.admin().issue_sign_code("SD-60001").unwrap().code);
    let items = world.prepare(&session);
    assert_eq!(world.submit(&session, &items).status, 200);
    assert_eq!(world.person_get("/SD-60001").json()["status"]["code"], "production_pending");
}

#[test]
fn a_reason_that_revokes_warns_before_the_signature() {
    let world = World::new();
    for (number, reason) in
        ["lost_or_stolen", "hardware_fault", "identity_change", "pin_puk_lost"].iter().enumerate()
    {
        let no = format!("SD-7000{number}");
        let order = Order { reason: (*reason).to_owned(), institution_change: true, ..Order::ready(&no) };
        world.sandbox.admin().add_order(TCKN, order).unwrap();
        let session = world.redeem(&world.sandbox.admin().issue_sign_code(&no).unwrap().code);
        let warnings = &session.body["application"]["warnings"];
        assert_eq!(warnings, &json!(["revokes_existing", "production_date_may_differ"]));
    }
    assert_eq!(world.session().body["application"]["warnings"], json!([]));
}

#[test]
fn an_unchanged_order_is_not_sent_again() {
    let world = World::new();
    let path = format!("/api/v1/applications/{ORDER}");
    let first = world.http.get(&path, Some(&world.person));
    let tag = first.header("etag").to_owned();
    let again = world.http.get_with(&path, Some(&world.person), &[("if-none-match", &tag)]);
    assert_eq!((again.status, again.body.len(), again.header("etag")), (304, 0, tag.as_str()));
}
