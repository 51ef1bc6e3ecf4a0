//! Commands of the project; `cargo xtask help` lists them.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command line program speaks on its terminal"
)]

mod report;
mod shell;
mod suites;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Commands of the project")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Runs every check and every test; ends in one line of counts.
    Test {
        /// A missing part of the system is skipped instead of failing the run.
        #[arg(long)]
        allow_skip: bool,
        /// Only the suites whose name contains this.
        #[arg(long)]
        only: Option<String>,
    },
}

fn main() -> ExitCode {
    match Arguments::parse().command {
        Command::Test { allow_skip, only } => suites::run(allow_skip, only.as_deref()),
    }
}
