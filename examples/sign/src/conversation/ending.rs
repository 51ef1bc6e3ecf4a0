//! "Sonuç": how it ended and what to do now.

use kamusm::session::{Outcome, OutcomeKind};

use crate::{ending::Ending, messages::Message, moment, screen::Screen};

pub(super) fn tell(screen: &mut Screen<'_>, ending: &Ending) {
    screen.heading(Message::OutcomeHeading);
    if let Ok(outcome) = &ending.outcome {
        tell_success(screen, outcome);
    }
    if let Some(error) = ending.error() {
        screen.line(error.sentence(screen.words().language()));
        if let Some(number) = error.request_id() {
            screen.fill(Message::SupportNumber, &[&number]);
        }
    }
    if ending.may_have_arrived() && ending.kind() == OutcomeKind::Cancelled {
        screen.say(Message::MayHaveArrived);
    }
    if let Some(page) = page_to_return_to(ending) {
        screen.fill(Message::ReturnToPage, &[&page]);
    }
    if ending.kind() == OutcomeKind::Accepted {
        screen.say(Message::SeeSuccess);
    }
    if let Some(error) = ending.journal_failure() {
        screen.fill(Message::JournalLost, &[&error.reason()]);
    }
    match &ending.saved {
        Some(Ok(folder)) => screen.fill(Message::Saved, &[&folder.display()]),
        Some(Err(reason)) => screen.fill(Message::NotSaved, &[&reason]),
        None => {}
    }
}

fn tell_success(screen: &mut Screen<'_>, outcome: &Outcome) {
    match outcome.kind {
        OutcomeKind::Accepted => screen.say(Message::Accepted),
        OutcomeKind::Received => screen.say(Message::Received),
        _ => {}
    }
    if let Some(receipt) = &outcome.receipt {
        screen.fill(Message::SigningTime, &[&moment::rewritten(&receipt.signing_time)]);
        screen.fill(Message::ReceivedAt, &[&moment::rewritten(&receipt.received_at)]);
    }
}

fn page_to_return_to(ending: &Ending) -> Option<&str> {
    ending.outcome.as_ref().ok().and_then(|outcome| outcome.return_to.as_deref())
}
