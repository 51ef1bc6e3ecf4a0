//! `kamusm-test-chaos`: a storm, or the windows one by one; says what happened and fails if anything is wrong.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "xtask reads what is printed")]

use std::{io, path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};
use kamusm_test_chaos::{
    service,
    storm::{self, Goals, Report},
    windows::{self, WINDOWS},
};
use serde_json::{Value, json};

#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Kills and losses by chance.
    Storm {
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// Kills of the service.
        #[arg(long, default_value_t = 50)]
        service_kills: u64,
        /// Kills of applications.
        #[arg(long, default_value_t = 50)]
        application_kills: u64,
        /// Answers that are lost or doubled.
        #[arg(long, default_value_t = 500)]
        losses: u64,
    },
    /// The fourteen windows, each with a program that is killed in it.
    Windows {
        /// Only those whose name contains it.
        #[arg(long, default_value = "")]
        only: String,
        /// The program with what stands before the arguments of all programs; without one the one of this package.
        #[arg(trailing_var_arg = true)]
        program: Vec<PathBuf>,
    },
}

fn main() -> ExitCode {
    let verdict = match Arguments::parse().command {
        Command::Storm { seed, service_kills, application_kills, losses } => {
            storm(Goals { seed, service_kills, application_kills, losses })
        }
        Command::Windows { only, program } => windows(&only, program),
    };
    match verdict {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn storm(goals: Goals) -> io::Result<bool> {
    let report = storm::run(goals)?;
    println!("{}", told(&report));
    for story in &report.stories {
        eprintln!("seed {}: {story}", goals.seed);
    }
    Ok(report.verdict.wrong.is_empty())
}

/// Each in a line, as the tests of cargo say it.
fn windows(only: &str, mut program: Vec<PathBuf>) -> io::Result<bool> {
    if program.is_empty() {
        program.push(service::program("kamusm-test-chaos-application")?);
    }
    let mut is_good = true;
    for window in WINDOWS.iter().filter(|(name, _)| name.contains(only)) {
        match windows::run(window, &program, &[]) {
            Ok(()) => println!("{} ... ok", window.0),
            Err(error) => {
                is_good = false;
                println!("{} ... FAILED: {error}", window.0);
            }
        }
    }
    Ok(is_good)
}

fn told(report: &Report) -> Value {
    let verdict = &report.verdict;
    let wrong = |name| verdict.wrong.iter().filter(|(wrong, _)| format!("{wrong:?}") == name).count();
    json!({
        "service killed at a random time": report.service_killed,
        "service aborted": report.service_aborted,
        "applications killed": report.application_killed,
        "network": report.network,
        "sessions": verdict.sessions,
        "accepted": verdict.accepted,
        "void": verdict.void,
        "pending": verdict.pending,
        "PIN again, killed between signature and record": verdict.again_before_record,
        "lost": wrong("Lost"),
        "twice": wrong("Twice"),
        "second PIN": wrong("SecondPin"),
        "other bytes": wrong("OtherBytes"),
        "untrue answers": wrong("Untrue"),
        "broken programs": wrong("Broken"),
    })
}
