//! The parity table: the same scenarios in every language, against the same service, with values of their own.
//!
//! Each language's runner reads scenarios and tells what it saw as JSON; what it must have seen is taken from the
//! service. How the two speak: tests/parity/README.md.

#![expect(clippy::print_stdout, reason = "a command line program speaks on its terminal")]

mod attempt;
mod card;
mod chance;
mod compare;
mod receipt;
mod rows;
mod runner;
mod scenario;
mod signing_service;
mod single_call;
mod stage;
mod want;

use std::process::ExitCode;

use clap::Parser;

use self::{attempt::Attempt, card::Card, rows::Row, runner::Runner, signing_service::SigningService};

#[derive(Parser)]
#[command(about = "Runs the parity table with the given runners")]
struct Arguments {
    /// A language and the command of its runner: `python=["python3","runner.py"]`.
    #[arg(long = "runner", value_parser = runner::command)]
    runners: Vec<runner::Command>,
    /// Only the rows whose name contains this.
    #[arg(long)]
    only: Option<String>,
    /// Only prints the table, as Markdown.
    #[arg(long)]
    list: bool,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    if arguments.list {
        println!("{}", rows::markdown());
        return ExitCode::SUCCESS;
    }
    // SoftHSM finds its tokens through the environment, which a process cannot set for itself.
    if let Some(code) = card::run_in_its_environment() {
        return code;
    }
    match run(&arguments) {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(why) => {
            println!("FAIL set-up: {why}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<usize, String> {
    let card = Card::new()?;
    let signing = SigningService::start()?;
    let wanted = |row: &&Row| arguments.only.as_ref().is_none_or(|only| row.name.contains(only.as_str()));
    let (mut passed, mut failed) = (0, 0);
    for command in &arguments.runners {
        let mut runner = Runner::start(command)?;
        for row in rows::all().filter(wanted) {
            match (row.perform)(&mut Attempt::new(&mut runner, &card, &signing)) {
                Ok(()) => {
                    passed += 1;
                    println!("ok   {} · {}", row.name, command.language);
                }
                Err(why) => {
                    failed += 1;
                    println!("FAIL {} · {}: {why}", row.name, command.language);
                }
            }
        }
        runner.end()?;
    }
    println!("{passed} passed, {failed} failed");
    Ok(failed + usize::from(passed == 0))
}
