//! One line typed by the person, with the countdown before it, redrawn each second.

use std::io;

use zeroize::Zeroizing;

use crate::{
    countdown::Countdown,
    front::{Reply, Stop},
    interruption::Interruption,
    key::Key,
    messages::Words,
    terminal::{Input, Terminal},
    typed::Typed,
};

/// What is asked.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Question<'a> {
    pub(crate) prompt: &'a str,
    pub(crate) echo: Echo,
    pub(crate) countdown: Option<Countdown>,
    /// Whether the end of the window ends the question; else it only shows zero.
    pub(crate) ends_in_time: bool,
}

/// How the typed line is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Echo {
    Shown,
    /// As dots; Tab shows and hides it.
    Hidden,
}

/// Asks; the answer is the line without its Enter.
pub(crate) fn ask(
    terminal: &mut Terminal,
    interruption: &Interruption,
    words: Words,
    question: Question<'_>,
) -> io::Result<Reply<Typed>> {
    let mut typed = Typed::empty();
    let mut echo = question.echo;
    terminal.discard_input();
    loop {
        draw(terminal, words, question, &typed, echo)?;
        if question.ends_in_time && question.countdown.is_some_and(Countdown::is_over) {
            return end(terminal, words, question, Stop::TimeOver);
        }
        let key = match terminal.read(interruption, question.countdown.map(Countdown::until_next_second))? {
            Input::Key(key) => key,
            Input::TimeOver => continue,
            Input::Interrupted => return end(terminal, words, question, Stop::Cancelled),
        };
        match key {
            Key::Octet(octet) => {
                typed.push(octet);
            }
            Key::Backspace => typed.pop(),
            Key::Clear => typed.clear(),
            Key::Toggle if question.echo == Echo::Hidden => {
                echo = if echo == Echo::Hidden { Echo::Shown } else { Echo::Hidden };
            }
            Key::Escape => return end(terminal, words, question, Stop::Cancelled),
            // An empty PIN is never sent anywhere; the question stands.
            Key::Enter if question.echo == Echo::Hidden && typed.is_empty() => {}
            Key::Enter => {
                // What stays on the screen is hidden again.
                draw(terminal, words, question, &typed, question.echo)?;
                terminal.end_live()?;
                return Ok(Ok(typed));
            }
            Key::Toggle | Key::Back | Key::Forward | Key::Other => {}
        }
    }
}

/// Leaves nothing of the line on the screen but the question.
fn end<T>(terminal: &mut Terminal, words: Words, question: Question<'_>, stop: Stop) -> io::Result<Reply<T>> {
    draw(terminal, words, question, &Typed::empty(), Echo::Hidden)?;
    terminal.end_live()?;
    Ok(Err(stop))
}

fn draw(
    terminal: &mut Terminal,
    words: Words,
    question: Question<'_>,
    typed: &Typed,
    echo: Echo,
) -> io::Result<()> {
    let countdown = question.countdown.map_or_else(String::new, |countdown| countdown.text(words) + "  ");
    // Made large enough at once: a growing string would leave the PIN that is shown behind in memory.
    let room = countdown.len() + question.prompt.len() + typed.room();
    let mut line = Zeroizing::new(String::with_capacity(room));
    line.push_str(&countdown);
    line.push_str(question.prompt);
    match echo {
        Echo::Shown => typed.show(&mut line),
        Echo::Hidden => line.extend(std::iter::repeat_n('•', typed.characters())),
    }
    terminal.live(&line)
}
