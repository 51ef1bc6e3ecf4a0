//! The table against the diagram of the protocol, written down a second time as its edges.

use std::collections::{HashMap, HashSet};

use super::*;
use crate::chance::Chance;

/// The diagram: from, to. "Any time before production: cancelled"; an edit goes back; the rest goes forward.
const DIAGRAM: [(&str, &str); 27] = [
    ("pre_application", "form_saved"),
    ("form_saved", "form_saved"),
    ("form_saved", "phone_verified"),
    ("phone_verified", "phone_verified"),
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
    // The money may come at any time; it moves only an order that waits for it.
    ("pre_application", "pre_application"),
    ("production_pending", "production_pending"),
    ("in_production", "in_production"),
    ("shipped", "shipped"),
    ("delivered", "delivered"),
    ("active", "active"),
];
const EVENTS: [Event; 10] = [
    Event::SaveForm { has_new_phone: false },
    Event::SaveForm { has_new_phone: true },
    Event::VerifyPhone,
    Event::Approve,
    Event::ReceivePayment,
    Event::Cancel,
    Event::StartProduction,
    Event::Ship,
    Event::Deliver,
    Event::Activate,
];
/// Tries; not every event may happen everywhere.
const TRIES: usize = 1_000_000;
/// How many of them have to move the order.
const STEPS: u32 = 100_000;

fn new(chance: &mut Chance) -> State {
    let payer = ["institution", "person"][usize::try_from(chance.below(2)).unwrap()];
    let is_prepaid = chance.below(2) == 0;
    let payment = Payment::of_new(payer, is_prepaid);
    State { step: Step::PreApplication, payment, is_phone_verified: false, is_prepaid }
}

/// What must be true of every state, whatever led there.
fn check(state: State) {
    let State { step, payment, is_phone_verified, is_prepaid } = state;
    match step {
        Step::PreApplication | Step::FormSaved => assert!(!is_phone_verified),
        Step::Cancelled => assert_ne!(payment, Payment::Received, "money of a cancelled order goes back"),
        _ => assert!(is_phone_verified),
    }
    if step == Step::PaymentPending {
        assert!(is_prepaid && payment == Payment::Pending);
    }
    if step.is_approved() && step != Step::PaymentPending && is_prepaid {
        assert_eq!(payment, Payment::Received, "production waited for the payment");
    }
    assert!(payment != Payment::Refunded || step == Step::Cancelled);
}

#[test]
fn random_walks_never_leave_the_diagram() {
    let (mut chance, seed) = Chance::new();
    let allowed = HashSet::from(DIAGRAM);
    let mut taken: HashMap<(&str, &str), u32> = HashMap::new();
    let mut state = new(&mut chance);
    for number in 0..TRIES {
        if chance.below(40) == 0 {
            state = new(&mut chance);
        }
        // An order that is cancelled early shows little, so chance seldom cancels.
        let event = match EVENTS[usize::try_from(chance.below(10)).unwrap()] {
            Event::Cancel if chance.below(8) != 0 => Event::Approve,
            event => event,
        };
        let Ok(next) = state.next(event) else { continue };
        let edge = (state.step.name(), next.step.name());
        assert!(allowed.contains(&edge), "seed {seed}, step {number}: {edge:?} by {event:?}");
        assert_eq!(next.is_prepaid, state.is_prepaid);
        check(next);
        *taken.entry(edge).or_default() += 1;
        state = next;
    }
    let missing: Vec<_> = allowed.iter().filter(|edge| !taken.contains_key(*edge)).collect();
    assert!(missing.is_empty(), "seed {seed}: never taken {missing:?}");
    assert!(taken.values().sum::<u32>() >= STEPS, "seed {seed}: {taken:?}");
}

#[test]
fn each_refusal_says_why() {
    let at = |step| State { step, payment: Payment::Pending, is_phone_verified: true, is_prepaid: true };
    for (step, event, kind) in [
        (Step::PreApplication, Event::Approve, Kind::PhoneNotVerified),
        (Step::FormSaved, Event::Approve, Kind::PhoneNotVerified),
        (Step::PaymentPending, Event::Approve, Kind::AlreadyApproved),
        (Step::Active, Event::Approve, Kind::AlreadyApproved),
        (Step::Cancelled, Event::Approve, Kind::WrongState),
        (Step::PreApplication, Event::VerifyPhone, Kind::WrongState),
        (Step::PhoneVerified, Event::VerifyPhone, Kind::WrongState),
        (Step::InProduction, Event::SaveForm { has_new_phone: false }, Kind::WrongState),
        (Step::InProduction, Event::Cancel, Kind::TooLateToCancel),
        (Step::Active, Event::Cancel, Kind::TooLateToCancel),
        (Step::Cancelled, Event::Cancel, Kind::WrongState),
        (Step::Cancelled, Event::ReceivePayment, Kind::NothingToPay),
        (Step::PaymentPending, Event::StartProduction, Kind::WrongState),
    ] {
        assert_eq!(at(step).next(event), Err(kind), "{step:?} {event:?}");
    }
    let paid = State { payment: Payment::Received, ..at(Step::PhoneVerified) };
    assert_eq!(paid.next(Event::ReceivePayment), Err(Kind::NothingToPay));
    assert_eq!(paid.next(Event::Cancel).unwrap().payment, Payment::Refunded);
}

#[test]
fn words_are_read_back() {
    for step in Step::ALL {
        assert_eq!(Step::parse(step.name()), Some(step));
    }
    for payment in Payment::ALL {
        assert_eq!(Payment::parse(payment.name()), Some(payment));
    }
    assert_eq!(Step::parse("submitted"), None);
}
