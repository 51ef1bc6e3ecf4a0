//! The terminal's side of the session: what the person sees and answers (TAL.01.16, Şekil 9-11).

mod certificate;
mod ending;
pub(crate) mod reading;
mod secret;

use kamusm::{
    config::Environment,
    error::Error,
    journal::{Entry, JournalId},
    session::{Texts, WaitReason},
};
use kamusm_token::pin::{Pin, Tries};

use crate::{
    card_rack::CardRack,
    certificate_choice::Candidate,
    countdown::Countdown,
    ending::Ending,
    front::{Choosing, Front, Note, Reply},
    key::Key,
    line_entry::{Echo, Question},
    messages::Message,
    moment,
    screen::{Limit, Screen},
    typed::Typed,
};

/// Speaks with the person.
pub(crate) struct Conversation<'a> {
    screen: Screen<'a>,
    /// What stands beside the countdown while the card works.
    work: Message,
    is_pin_explained: bool,
}

impl<'a> Conversation<'a> {
    pub(crate) fn begin(screen: Screen<'a>) -> Self {
        let mut conversation = Self { screen, work: Message::Signing, is_pin_explained: false };
        conversation.screen.say(Message::Title);
        conversation
    }

    /// Where everything is said and asked.
    pub(crate) fn screen(&mut self) -> &mut Screen<'a> {
        &mut self.screen
    }

    /// Asks for the code; `before` is why the last one was not taken.
    pub(crate) fn code(&mut self, before: Option<&Error>) -> Reply<Typed> {
        match before {
            Some(error) => self.tell(error),
            None => {
                self.screen.heading(Message::CodeHeading);
                self.screen.say(Message::CodeHint);
            }
        }
        let prompt = self.screen.words().say(Message::CodePrompt);
        self.screen.ask(Question { prompt, echo: Echo::Shown, countdown: None, ends_in_time: false })
    }

    /// Says that nothing is real here.
    pub(crate) fn tell_environment(&mut self, environment: Environment) {
        if environment == Environment::Sandbox {
            self.screen.say(Message::TestService);
        }
    }

    /// The core's sentence: what happened and what to do.
    fn tell(&mut self, error: &Error) {
        self.screen.line(error.sentence(self.screen.words().language()));
    }
}

impl Front for Conversation<'_> {
    fn note(&mut self, note: Note<'_>) {
        let message = match note {
            Note::Connecting => Message::Connecting,
            Note::Waiting(WaitReason::Confirmation) => Message::WaitingForConfirmation,
            Note::Waiting(WaitReason::Checks) => Message::WaitingForChecks,
            Note::Waiting(_) => Message::WaitingForRetry,
            Note::Extended => Message::Extended,
            Note::Cancelling => Message::Cancelling,
            Note::PinAtReader => return self.work = Message::PinAtReader,
            Note::Signing => return self.work = Message::Signing,
            Note::Signed => Message::Signed,
            Note::PasswordWrong => Message::PasswordWrong,
            Note::SignatureDue { signing_time_unix_s } => {
                self.screen.heading(Message::PinHeading);
                let time = moment::date_and_time(signing_time_unix_s);
                return self.screen.fill(Message::SigningTime, &[&time]);
            }
            Note::KeyFile(file) => return self.screen.fill(Message::KeyFile, &[&file.display()]),
            Note::Torn(file) => return self.screen.fill(Message::UnfinishedTorn, &[&file]),
            Note::Unusable(error) => {
                let sentence = error.sentence(self.screen.words().language());
                return self.screen.fill(Message::UnfinishedUnusable, &[&sentence, &error.reason()]);
            }
            Note::Refused(error) | Note::Trouble(error) => return self.tell(error),
        };
        self.screen.say(message);
    }

    fn resume(&mut self, unfinished: &[Entry]) -> Reply<Option<JournalId>> {
        for entry in unfinished {
            self.screen.heading(Message::UnfinishedHeading);
            self.screen.line(&entry.description(self.screen.words().language()));
            let begun = moment::date_and_time(entry.begun_unix_s());
            self.screen.fill(Message::UnfinishedSince, &[&begun]);
            if self.screen.ask_yes_or_no(Message::UnfinishedPrompt, None, false)? {
                return Ok(Some(entry.id()));
            }
        }
        Ok(None)
    }

    fn show(&mut self, texts: &Texts, countdown: Countdown) -> Reply<bool> {
        reading::show(&mut self.screen, texts, countdown)
    }

    fn choose(&mut self, rack: &mut CardRack, choosing: Choosing<'_>) -> Reply<Candidate> {
        certificate::choose(&mut self.screen, rack, choosing)
    }

    fn password(&mut self, countdown: Countdown) -> Reply<(Pin, Pin)> {
        secret::password(&mut self.screen, countdown)
    }

    fn pin(&mut self, tries: Tries, countdown: Countdown) -> Reply<Pin> {
        if !std::mem::replace(&mut self.is_pin_explained, true) {
            self.screen.say(Message::PinHint);
        }
        secret::pin(&mut self.screen, tries, countdown)
    }

    fn confirm_last_try(&mut self, countdown: Countdown) -> Reply<bool> {
        self.screen.say(Message::LastTry);
        self.screen.ask_yes_or_no(Message::LastTryPrompt, countdown, true)
    }

    fn again(&mut self, countdown: Countdown) -> Reply<()> {
        let prompt = self.screen.words().say(Message::AgainPrompt);
        while self.screen.key(prompt, countdown, Limit::Window)? != Key::Enter {}
        Ok(())
    }

    fn working(&mut self, countdown: Countdown) {
        self.screen.tick(countdown, self.screen.words().say(self.work));
    }

    fn end(&mut self, ending: &Ending) {
        ending::tell(&mut self.screen, ending);
    }
}
