//! `cargo xtask demo`: builds the demo with a word on how long that takes, and runs it.

use std::process::{ExitCode, Stdio};

use clap::Args;

use crate::{programs, shell};

/// What is passed on to the demo.
#[derive(Args)]
#[command(disable_help_flag = true)]
pub(crate) struct Arguments {
    /// Arguments of the demo.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    rest: Vec<String>,
}

pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    println!("demo: builds (some minutes the first time), then runs");
    let built = build();
    if built.is_err() {
        return shell::exit("demo", built);
    }
    let status = programs::command("kamusm-demo").args(&arguments.rest).stdin(Stdio::null()).status();
    match status {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => shell::exit("demo", Err(error.to_string())),
    }
}

fn build() -> Result<(), String> {
    shell::run(shell::cargo().args(["build", "--package", "kamusm-demo"]))
}
