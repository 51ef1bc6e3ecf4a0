//! `basvuru`: the person's applications without the portal: list, form, SMS code, e-onay, status, evidence.

mod approval;
mod arguments;
mod blocks;
mod desk;
mod evidence;
mod form;
mod list;
mod phone;
mod sign_in;
mod status;
mod trouble;

use std::io::{self, Write};

use kamusm::{
    config::Config,
    error::{Code, Error},
    sign_in::SignedIn,
};
use serde_json::{Value, json};

pub(crate) use self::arguments::{Arguments, in_turkish};
use self::{arguments::Command, desk::Desk};
use crate::{
    conversation::Conversation,
    ending::Ending,
    front::{Reply, Stop},
    interruption::Interruption,
    json_front::described,
    messages::{Message, Words},
    program::{Prepared, Unfit},
    screen::Screen,
    terminal::{Restorer, Terminal},
};

/// What the program has at hand when the command line is read.
pub(crate) struct Setting<'a> {
    pub(crate) arguments: &'a Arguments,
    pub(crate) config: Config,
    pub(crate) prepared: Prepared,
    /// The beginning of the fingerprint of the certificate to sign in with.
    pub(crate) wanted: Option<String>,
    pub(crate) interruption: &'a Interruption,
    pub(crate) restorer: &'a Restorer,
    pub(crate) words: Words,
}

/// One command, from the sign-in to the exit code.
pub(crate) fn run(setting: Setting<'_>) -> Result<u8, Unfit> {
    let Setting { arguments, config, prepared, wanted, interruption, restorer, words } = setting;
    let anchors = evidence::anchors(&arguments.command, words)?;
    let token = arguments.token_file.as_deref().map(|path| sign_in::token(path, words)).transpose()?;
    if arguments.json {
        let token = token.ok_or_else(|| Unfit(words.say(Message::JsonNeedsToken).to_owned()))?;
        let desk = Desk::new(config, token, interruption)?;
        let told = for_program(&desk, &arguments.command, &anchors);
        let told = told.ok_or_else(|| Unfit(words.say(Message::OnlyForPersons).to_owned()))?;
        return Ok(print(told, &desk, words));
    }
    let terminal = Terminal::open(restorer).map_err(|_| Unfit(words.say(Message::NoTerminal).to_owned()))?;
    let mut conversation = Conversation::begin(Screen::new(terminal, interruption, words));
    conversation.tell_environment(config.environment());
    let token = match token {
        Some(token) => token,
        None => {
            let signed_in = if arguments.edevlet {
                let screen = conversation.screen();
                let signed_in = sign_in::by_edevlet(&config, prepared.entropy, interruption, screen);
                signed_in.map_err(|stop| {
                    trouble::tell(screen, &error_of(stop));
                    Ending::FAILED
                })
            } else {
                sign_in::by_eimza(&config, prepared, wanted, interruption, &mut conversation)
            };
            match signed_in {
                Ok(SignedIn { token, name, tckn, .. }) => {
                    conversation.screen().fill(Message::SignedIn, &[&name, &tckn]);
                    token
                }
                Err(exit_code) => return Ok(exit_code),
            }
        }
    };
    let desk = Desk::new(config, token, interruption)?;
    let screen = conversation.screen();
    Ok(for_person(screen, &desk, &arguments.command, &anchors).unwrap_or_else(|stop| {
        trouble::tell(screen, &error_of(stop));
        if desk.is_open() {
            screen.say(Message::MayHaveHappened);
        }
        desk.exit_code_of_failure()
    }))
}

fn for_person(
    screen: &mut Screen<'_>,
    desk: &Desk<'_>,
    command: &Command,
    anchors: &evidence::Anchors,
) -> Reply<u8> {
    match command {
        Command::List => list::show(screen, &list::read(desk)?),
        Command::Form { number, set } => form::walk(screen, desk, number, set)?,
        Command::Sms { number } => phone::walk(screen, desk, number)?,
        Command::Onay { number } => return approval::walk(screen, desk, number),
        Command::Durum { number } => status::show(screen, &status::read(desk, number)?),
        Command::Kanit { number, folder, .. } => {
            return Ok(evidence::show(screen, &evidence::keep(desk, number, folder, anchors)?));
        }
    }
    Ok(Ending::ACCEPTED)
}

/// None where only a person can answer.
fn for_program(
    desk: &Desk<'_>,
    command: &Command,
    anchors: &evidence::Anchors,
) -> Option<Result<(Value, u8), Error>> {
    Some(match command {
        Command::List => list::read(desk).map(|rows| (list::described(&rows), Ending::ACCEPTED)),
        Command::Form { number, set } => {
            form::save_given(desk, number, set).map(|form| (form::described(&form), Ending::ACCEPTED))
        }
        Command::Durum { number } => {
            status::read(desk, number).map(|seen| (status::described(&seen), Ending::ACCEPTED))
        }
        Command::Kanit { number, folder, .. } => evidence::keep(desk, number, folder, anchors)
            .map(|kept| (evidence::described(&kept), kept.exit_code())),
        Command::Sms { .. } | Command::Onay { .. } => return None,
    })
}

fn print(told: Result<(Value, u8), Error>, desk: &Desk<'_>, words: Words) -> u8 {
    let mut output = io::stdout();
    // Who reads no more is told by the exit code.
    let mut line = |value: &Value| drop(writeln!(output, "{value}"));
    let (exit_code, error) = match told {
        Ok((value, exit_code)) => {
            line(&value);
            (exit_code, None)
        }
        Err(error) => (desk.exit_code_of_failure(), Some(described(&error, words))),
    };
    line(&json!({ "event": "done", "exit_code": exit_code, "error": error }));
    exit_code
}

fn error_of(stop: Stop) -> Error {
    match stop {
        Stop::Failed(error) => error,
        Stop::Cancelled | Stop::TimeOver => Error::new(Code::Cancelled, "the person cancelled"),
    }
}
