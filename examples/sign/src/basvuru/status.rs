//! "Detaylar": where an application stands, what is to be paid, what happened.

use kamusm::{
    application::{Application, ApplicationNumber, PaymentState},
    error::Result,
    event::Event,
    payment::{Payer, Payment},
};
use serde_json::{Value, json};

use super::{blocks, desk::Desk, list};
use crate::{
    conversation::reading,
    messages::{Message, Words},
    moment,
    screen::Screen,
};

pub(super) struct Seen {
    application: Application,
    payment: Payment,
    events: Vec<Event>,
}

pub(super) fn read(desk: &Desk<'_>, number: &ApplicationNumber) -> Result<Seen> {
    let Desk { config, token, .. } = desk;
    Ok(Seen {
        application: desk.perform(&Application::read(config, token, number))?,
        payment: desk.perform(&Payment::read(config, token, number))?,
        events: desk.perform(&Event::list(config, token, number))?,
    })
}

pub(super) fn show(screen: &mut Screen<'_>, seen: &Seen) {
    let Seen { application, payment, events } = seen;
    list::show(screen, std::slice::from_ref(application));
    reading::warn(screen, &application.warnings);
    screen.line("");
    blocks::show(screen, &application.status.body);

    screen.heading(Message::PaymentHeading);
    let (lira, kurus) = (payment.amount_kurus / 100, payment.amount_kurus % 100);
    screen.fill(Message::Amount, &[&lira, &format!("{kurus:02}"), &payment.currency]);
    match &payment.payer {
        Payer::Institution => screen.say(Message::InstitutionPays),
        Payer::Person => screen.say(Message::PersonPays),
        _ => {}
    }
    let state = state(screen.words(), &payment.state);
    screen.fill(Message::PaymentState, &[&state]);
    // The same text often stands in the status.
    if payment.body != application.status.body {
        blocks::show(screen, &payment.body);
    }

    screen.heading(Message::EventsHeading);
    for event in events {
        screen.line(&format!("{}  {}", moment::rewritten(&event.at), event.text));
    }
}

fn state(words: Words, state: &PaymentState) -> &str {
    words.say(match state {
        PaymentState::NotRequired => Message::PaymentNotRequired,
        PaymentState::Pending => Message::PaymentPending,
        PaymentState::Received => Message::PaymentReceived,
        PaymentState::Refunded => Message::PaymentRefunded,
        other => return other.word(),
    })
}

pub(super) fn described(seen: &Seen) -> Value {
    let Seen { application, payment, events } = seen;
    let events = events.iter().map(|event| json!({ "at": event.at, "code": event.code, "text": event.text }));
    json!({
        "event": "status",
        "application": list::one(application),
        "warnings": application.warnings,
        "payment": {
            "state": payment.state.word(),
            "payer": payment.payer.word(),
            "prepaid": payment.prepaid,
            "amount_kurus": payment.amount_kurus,
            "currency": payment.currency,
        },
        "events": events.collect::<Vec<_>>(),
    })
}
