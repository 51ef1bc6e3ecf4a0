//! "PIN Kodu": typed unseen, shown on demand, with the tries that are left.

use kamusm_token::pin::{Pin, Tries};

use crate::{
    countdown::Countdown,
    front::Reply,
    line_entry::{Echo, Question},
    messages::Message,
    screen::Screen,
    typed::Typed,
};

pub(super) fn pin(screen: &mut Screen<'_>, tries: Tries, countdown: Countdown) -> Reply<Pin> {
    match (tries.left(), tries) {
        (Some(left), _) => screen.fill(Message::TriesLeft, &[&left]),
        (None, Tries::NotFull) => screen.say(Message::TriesReduced),
        _ => {}
    }
    Ok(ask(screen, Message::PinPrompt, countdown)?.to_pin())
}

/// The password of a certificate file, twice: reading the file takes one, signing the other.
pub(super) fn password(screen: &mut Screen<'_>, countdown: Countdown) -> Reply<(Pin, Pin)> {
    screen.heading(Message::FileHeading);
    let typed = ask(screen, Message::PasswordPrompt, countdown)?;
    Ok((typed.to_pin(), typed.to_pin()))
}

fn ask(screen: &mut Screen<'_>, prompt: Message, countdown: Countdown) -> Reply<Typed> {
    let prompt = screen.words().say(prompt);
    screen.ask(Question { prompt, echo: Echo::Hidden, countdown: Some(countdown), ends_in_time: true })
}
