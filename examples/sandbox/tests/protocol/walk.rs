//! Random operations over the running service: an order never leaves the diagram, and a refusal changes nothing.
//!
//! `KAMUSM_SEED=… cargo test` walks the same way again. The long walk is over the state machine itself, in the crate.

use std::collections::BTreeMap;

use kamusm_sandbox::{Order, OrderStep};
use serde_json::{Value, json};

use crate::chance::Chance;
use crate::form::{filled, save};
use crate::phone::verify_quietly;
use crate::support::{Answer, TCKN, World};

const STEPS: usize = 500;
/// From, to; an order that stays where it is is always allowed.
const DIAGRAM: [(&str, &str); 20] = [
    ("pre_application", "form_saved"),
    ("form_saved", "phone_verified"),
    ("phone_verified", "form_saved"),
    ("phone_verified", "payment_pending"),
    ("phone_verified", "production_pending"),
    ("payment_pending", "production_pending"),
    ("payment_pending", "form_saved"),
    ("payment_pending", "phone_verified"),
    ("production_pending", "form_saved"),
    ("production_pending", "phone_verified"),
    ("production_pending", "in_production"),
    ("in_production", "shipped"),
    ("shipped", "delivered"),
    ("delivered", "active"),
    ("pre_application", "cancelled"),
    ("form_saved", "cancelled"),
    ("phone_verified", "cancelled"),
    ("payment_pending", "cancelled"),
    ("production_pending", "cancelled"),
    ("cancelled", "cancelled"),
];

/// What the walk does next, and whether the service did it.
fn act(world: &World, no: &str, chance: &mut Chance) -> (&'static str, bool) {
    let is_done = |answer: &Answer| {
        assert!(answer.status < 500, "{}", answer.text());
        answer.status < 300
    };
    let step = |step| world.sandbox.admin().step_order(no, step).is_ok();
    match chance.below(16) {
        0..=2 => {
            let mut values = filled();
            values["gsm"] =
                json!(["+905321234567", "+905331234567"][usize::try_from(chance.below(2)).unwrap()]);
            ("save", is_done(&save(world, no, &values)))
        }
        3..=6 => ("verify", verify_quietly(world, no)),
        7..=10 => {
            let approval = world.person_get(&format!("/{no}/approval")).json();
            let body = json!({
                "view_ids": world.views(no), "form_digest": approval["form_digest"], "accepted": true,
            });
            ("approve", is_done(&world.person_post(&format!("/{no}/approvals"), body)))
        }
        11 => ("pay", step(OrderStep::Pay)),
        12 => (
            "cancel",
            chance.below(4) == 0 && is_done(&world.person_post(&format!("/{no}/cancellation"), json!({}))),
        ),
        13 => ("produce", step(OrderStep::Produce)),
        14 => ("code", is_done(&world.issue(no))),
        _ => {
            world.advance(60 * 60);
            ("wait", true)
        }
    }
}

fn read(world: &World, no: &str) -> Value {
    world.person_get(&format!("/{no}")).json()
}

#[test]
fn random_operations_never_leave_the_diagram() {
    let (mut chance, seed) = Chance::new();
    let world = World::new();
    world.http.post("/api/v1/me/eonay-consent", Some(&world.person), json!({ "accepted": true }));
    let mut taken: BTreeMap<(String, String), u32> = BTreeMap::new();
    let mut no = String::new();
    for number in 0..STEPS {
        if number % 25 == 0 {
            no = format!("SD-87{number:03}");
            let order = Order {
                state: "pre_application".to_owned(),
                payer: ["person", "institution"][usize::try_from(chance.below(2)).unwrap()].to_owned(),
                prepaid: chance.below(2) == 0,
                ..Order::ready(&no)
            };
            world.sandbox.admin().add_order(TCKN, order).unwrap();
        }
        let before = read(&world, &no);
        let (operation, is_done) = act(&world, &no, &mut chance);
        let after = read(&world, &no);
        let word = |order: &Value| order["state"].as_str().unwrap().to_owned();
        let edge = (word(&before), word(&after));
        let place = format!("seed {seed}, step {number}, {operation}: {edge:?}");
        if !is_done {
            assert_eq!(edge.0, edge.1, "{place}");
        }
        let is_allowed = DIAGRAM.contains(&(edge.0.as_str(), edge.1.as_str()));
        assert!(edge.0 == edge.1 || is_allowed, "{place}");
        let is_paid = after["payment"] == "received";
        if edge.1 == "production_pending" && after["prepaid"] == true {
            assert!(is_paid, "{place}: production waited for the payment");
        }
        assert!(!(edge.1 == "cancelled" && is_paid), "{place}: the money goes back");
        *taken.entry(edge).or_default() += 1;
    }
    assert!(taken.len() >= 8, "seed {seed}: the walk hardly moved: {taken:?}");
}
