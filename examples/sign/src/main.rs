//! `kamusm-sign`: the e-İmza application for the terminal (TAL.01.16, Şekil 9-11).

mod arguments;
mod basvuru;
mod card_rack;
mod certificate_choice;
mod code_entry;
mod conversation;
mod countdown;
mod descriptor;
mod doctor;
mod ending;
mod evidence;
mod front;
mod interruption;
mod journal;
mod journal_key;
mod json_front;
mod key;
mod line_entry;
mod mask;
mod messages;
mod moment;
mod page;
mod printable;
mod program;
mod run;
mod screen;
mod terminal;
mod typed;
mod unfinished;

use std::process::ExitCode;

fn main() -> ExitCode {
    program::main()
}
