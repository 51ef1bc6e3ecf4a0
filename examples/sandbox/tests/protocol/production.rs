//! When the card is made, and what it does to the certificates that are there; all by the service's clock.

use kamusm_sandbox::{LeafSpec, Order, OrderStep};
use serde_json::{Value, json};

use crate::support::{START_MS, TCKN, World};

const DAY: u64 = 24 * 60 * 60;

/// An order that waits for nothing but the approval.
fn order(no: &str, reason: &str) -> Order {
    Order { reason: reason.to_owned(), payer: "institution".to_owned(), prepaid: false, ..Order::ready(no) }
}

/// Approved by signature.
fn approved(world: &World, order: Order) -> Value {
    let no = order.no.clone();
    world.sandbox.admin().add_order(TCKN, order).unwrap();
    let session = world.redeem(world.issue(&no).json()["code"].as_str().unwrap());
    let items = world.prepare(&session);
    assert_eq!(world.submit(&session, &items).status, 200);
    read(world, &no)
}

fn read(world: &World, no: &str) -> Value {
    world.person_get(&format!("/{no}")).json()
}

#[test]
fn a_first_certificate_is_made_at_once() {
    let world = World::new();
    let order = approved(&world, order("SD-85001", "first"));
    assert_eq!(order["state"], "production_pending");
    assert_eq!(order["production"], json!({ "state": "scheduled", "earliest_on": "2026-06-23" }));
    for (seconds, state, title) in [
        (3_600, "in_production", "Üretimde"),
        (2 * DAY, "shipped", "Kargoya Verildi"),
        (3 * DAY, "delivered", "Teslim Edildi"),
        (DAY, "active", "Sertifika Aktif"),
    ] {
        world.advance(seconds - 1);
        assert_ne!(read(&world, "SD-85001")["state"], state);
        world.advance(1);
        let order = read(&world, "SD-85001");
        assert_eq!((&order["state"], &order["status"]["title"]), (&json!(state), &json!(title)));
        assert_eq!(order["status"]["action"]["code"], "details");
    }
    let events = world.person_get("/SD-85001/events").json();
    let codes: Vec<_> = events["items"].as_array().unwrap().iter().map(|event| &event["code"]).collect();
    assert_eq!(codes[..5], ["active", "delivered", "shipped", "in_production", "approved_by_eimza"]);
    assert_eq!(events["items"][3]["at"], "2026-06-23T11:19:44+03:00");
}

#[test]
fn the_clock_may_be_moved_over_many_steps() {
    let world = World::new();
    approved(&world, order("SD-85002", "other"));
    world.advance(20 * DAY);
    assert_eq!(read(&world, "SD-85002")["state"], "active");
    assert_eq!(read(&world, "SD-85002")["production"]["state"], "delivered");
}

#[test]
fn a_renewal_waits_until_two_calendar_months_before_the_newest_certificate_ends() {
    let mut world = World::new();
    // Ends on 2026-12-31: two calendar months earlier is 2026-10-31.
    let spec = LeafSpec { not_after: Some(1_798_700_000), ..LeafSpec::default() };
    world
        .sandbox
        .admin()
        .set_certificate_status(world.signer.certificate.der(), kamusm_sandbox::CertificateStatus::Revoked)
        .unwrap();
    world.signer = crate::support::Signer::new(&world.sandbox, spec);
    let order = approved(&world, order("SD-85003", "renewal"));
    assert_eq!(order["production"]["earliest_on"], "2026-10-31");
    let opens = 1_793_394_000 - START_MS / 1000; // 2026-10-31T00:00:00+03:00
    // The person's token lasts thirty days, the order's state does not need one.
    world.advance(u64::try_from(opens).unwrap() - 1);
    world.person = world.sandbox.admin().person_token(TCKN).unwrap();
    assert_eq!(read(&world, "SD-85003")["state"], "production_pending");
    world.advance(1);
    assert_eq!(read(&world, "SD-85003")["state"], "in_production");
    // Nothing is revoked by a renewal.
    world.advance(10 * DAY);
    assert_eq!(read(&world, "SD-85003")["state"], "active");
    assert_eq!(signing_is_possible(&world), "");
}

/// The reason that e-imza is not available for a fresh order.
fn signing_is_possible(world: &World) -> String {
    world.sandbox.admin().add_order(TCKN, Order::ready("SD-85099")).unwrap();
    world.views("SD-85099");
    let approval = world.person_get("/SD-85099/approval").json();
    approval["methods"][1]["reason"].as_str().unwrap_or_default().to_owned()
}

#[test]
fn whoever_comes_from_another_institution_does_not_wait() {
    let world = World::new();
    let order = Order { institution_change: true, ..order("SD-85004", "renewal") };
    let order = approved(&world, order);
    assert_eq!(order["production"]["earliest_on"], "2026-06-23");
    assert_eq!(order["warnings"], json!(["production_date_may_differ"]));
}

#[test]
fn a_replacement_revokes_the_certificates_of_the_same_institution_only() {
    for (institution, is_revoked) in [("Deneme Kurumu", true), ("Başka Kurum", false)] {
        let world = World::new();
        let order = Order { institution: institution.to_owned(), ..order("SD-85005", "lost_or_stolen") };
        approved(&world, order);
        for _ in 0..2 {
            world.sandbox.admin().step_order("SD-85005", OrderStep::Produce).unwrap();
        }
        assert_eq!(read(&world, "SD-85005")["state"], "shipped");
        world.sandbox.admin().add_order(TCKN, Order::ready("SD-85006")).unwrap();
        let session = world.redeem(world.issue("SD-85006").json()["code"].as_str().unwrap());
        let checked = world.check(&session, &world.signer.certificate);
        if is_revoked {
            checked.assert_problem(422, "certificate-revoked");
        } else {
            assert_eq!(checked.status, 200);
        }
        let events = world.person_get("/SD-85005/events").json();
        assert_eq!(events["items"][0]["code"], "certificates_revoked");
    }
}

#[test]
fn the_rows_of_the_figure_stay_until_they_are_pushed() {
    let world = World::new();
    world.advance(20 * DAY);
    assert_eq!(read(&world, "SD-13498")["status"]["title"], "Üretim Bekleniyor");
    for state in ["in_production", "shipped", "delivered", "active"] {
        world.sandbox.admin().step_order("SD-13498", OrderStep::Produce).unwrap();
        assert_eq!(read(&world, "SD-13498")["state"], state);
    }
    assert!(world.sandbox.admin().step_order("SD-13498", OrderStep::Produce).is_err());
}
