//! `doctor`: what keeps the card from signing, and what to do about it.

use std::{path::PathBuf, time::Duration};

use kamusm::{diagnosis::diagnose, error::Language};
use kamusm_token::deadline::Deadline;

use crate::messages::{Message, Words};

/// How long all drivers together may take.
const TIME: Duration = Duration::from_secs(60);

/// The help of the command.
pub(crate) fn in_turkish(command: clap::Command) -> clap::Command {
    command
        .about("Kartın neden imzalayamadığını ve ne yapılacağını söyler.")
        .disable_help_flag(true)
        .help_template("{about-with-newline}\nKullanım: kamusm-sign --service <URL> doctor")
}

/// Writes the findings; the exit code is that of a program that found trouble.
#[expect(clippy::print_stdout, reason = "the findings are what the command is for")]
pub(crate) fn run(modules: &[PathBuf], language: Language, words: Words) -> u8 {
    let findings = diagnose(modules, Deadline::after(TIME));
    for finding in &findings {
        let subject = finding.subject.name(language);
        match &finding.trouble {
            None => println!("{}", words.fill(Message::InOrder, &[&subject])),
            Some(error) => println!("{subject}: {}", error.sentence(language)),
        }
    }
    findings.iter().any(|finding| finding.trouble.is_some()).into()
}
