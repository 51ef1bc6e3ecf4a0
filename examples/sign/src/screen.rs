//! Lines of words on the terminal. Everything shown passes through [`printable`] here.

use std::io;

use crate::{
    countdown::Countdown,
    front::{Reply, Stop},
    interruption::Interruption,
    key::Key,
    line_entry::{self, Echo, Question},
    messages::{Message, Words},
    page::wrapped,
    printable::printable,
    terminal::{Input, Terminal},
    typed::Typed,
};

/// The terminal with the language. A terminal that is gone answers every question with a cancellation.
pub(crate) struct Screen<'a> {
    terminal: Terminal,
    interruption: &'a Interruption,
    words: Words,
    is_lost: bool,
}

impl<'a> Screen<'a> {
    pub(crate) fn new(terminal: Terminal, interruption: &'a Interruption, words: Words) -> Self {
        Self { terminal, interruption, words, is_lost: false }
    }

    pub(crate) fn words(&self) -> Words {
        self.words
    }

    /// Columns and rows.
    pub(crate) fn size(&self) -> (usize, usize) {
        self.terminal.size()
    }

    /// A line, broken where the terminal ends.
    pub(crate) fn line(&mut self, text: &str) {
        for line in wrapped(&printable(text), self.size().0 - 1) {
            let written = self.terminal.line(&line);
            self.note(written);
        }
    }

    /// A line that is left to the terminal to break, so that it can be copied whole.
    pub(crate) fn unbroken(&mut self, text: &str) {
        let written = self.terminal.line(&printable(text));
        self.note(written);
    }

    pub(crate) fn say(&mut self, message: Message) {
        self.line(self.words.say(message));
    }

    pub(crate) fn fill(&mut self, message: Message, values: &[&dyn std::fmt::Display]) {
        self.line(&self.words.fill(message, values));
    }

    /// A title with a line under it.
    pub(crate) fn heading(&mut self, message: Message) {
        let title = self.words.say(message);
        self.line("");
        self.line(title);
        self.line(&"-".repeat(title.chars().count()));
    }

    /// Redraws the countdown on the lowest line.
    pub(crate) fn tick(&mut self, countdown: Countdown, prompt: &str) {
        let text = format!("{}  {prompt}", countdown.text(self.words));
        let drawn = self.terminal.live(&text);
        self.note(drawn);
    }

    /// Asks for a line.
    pub(crate) fn ask(&mut self, question: Question<'_>) -> Reply<Typed> {
        if self.is_lost {
            return Err(Stop::Cancelled);
        }
        let reply = line_entry::ask(&mut self.terminal, self.interruption, self.words, question);
        self.answered(reply)
    }

    /// Asks until the answer is yes or no, in either language.
    pub(crate) fn ask_yes_or_no(
        &mut self,
        prompt: Message,
        countdown: impl Into<Option<Countdown>>,
        ends_in_time: bool,
    ) -> Reply<bool> {
        let prompt = self.words.say(prompt);
        let question = Question { prompt, echo: Echo::Shown, countdown: countdown.into(), ends_in_time };
        loop {
            match yes_or_no(self.ask(question)?.octets()) {
                Some(answer) => return Ok(answer),
                None => self.say(Message::YesOrNo),
            }
        }
    }

    /// One key, while the countdown runs if there is one; the line is removed from the screen afterwards.
    pub(crate) fn key(
        &mut self,
        prompt: &str,
        countdown: impl Into<Option<Countdown>>,
        limit: Limit,
    ) -> Reply<Key> {
        let countdown = countdown.into();
        let mut read = || -> io::Result<Reply<Key>> {
            if limit != Limit::Tick {
                self.terminal.discard_input();
            }
            loop {
                let time = countdown.map_or_else(String::new, |countdown| countdown.text(self.words) + "  ");
                self.terminal.live(&format!("{time}{prompt}"))?;
                if limit != Limit::None && countdown.is_some_and(Countdown::is_over) {
                    return Ok(Err(Stop::TimeOver));
                }
                match self.terminal.read(self.interruption, countdown.map(Countdown::until_next_second))? {
                    Input::Key(Key::Escape) | Input::Interrupted => return Ok(Err(Stop::Cancelled)),
                    Input::Key(key) => return Ok(Ok(key)),
                    Input::TimeOver if limit == Limit::Tick => return Ok(Ok(Key::Other)),
                    Input::TimeOver => {}
                }
            }
        };
        let reply = if self.is_lost { Ok(Err(Stop::Cancelled)) } else { read() };
        if limit != Limit::Tick {
            let ended = self.terminal.end_live();
            self.note(ended);
        }
        self.answered(reply)
    }

    fn answered<T>(&mut self, reply: io::Result<Reply<T>>) -> Reply<T> {
        reply.unwrap_or_else(|_| {
            self.is_lost = true;
            Err(Stop::Cancelled)
        })
    }

    fn note(&mut self, written: io::Result<()>) {
        self.is_lost |= written.is_err();
    }
}

/// What ends the wait for a key besides the key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Limit {
    /// Nothing: the text may be read as long as it takes.
    None,
    /// The end of the window.
    Window,
    /// Each second, so that something else can be looked at; given as [`Key::Other`].
    Tick,
}

/// "evet" or "hayır", "yes" or "no", in full: one letter is typed too easily.
fn yes_or_no(octets: &[u8]) -> Option<bool> {
    let answer = std::str::from_utf8(octets).ok()?.trim();
    let is = |word: &str| answer.eq_ignore_ascii_case(word);
    if is("evet") || is("yes") {
        Some(true)
    } else if is("hayır") || is("hayir") || answer == "HAYIR" || is("no") {
        Some(false)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_words_answer() {
        for (typed, answer) in [
            ("evet", Some(true)),
            (" EVET ", Some(true)),
            ("yes", Some(true)),
            ("hayır", Some(false)),
            ("HAYIR", Some(false)),
            ("Hayır", Some(false)),
            ("hayir", Some(false)),
            ("no", Some(false)),
            ("e", None),
            ("", None),
            ("evet hayır", None),
        ] {
            assert_eq!(yes_or_no(typed.as_bytes()), answer, "{typed}");
        }
    }
}
