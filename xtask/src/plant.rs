//! `cargo xtask plant`: breaks core and service on purpose in a copy of the checkout, and sees the simulation notice.
//!
//! The faults stand in one patch; each waits for its name in the environment. Nothing of it is part of the sources, so
//! none can get into what is built from them.

use std::{path::Path, process::Command};

use crate::shell;

const PATCH: &str = "tests/simulation/plants.patch";
/// As many seeds as the suite of `cargo xtask test` has.
const SEEDS: u64 = 2_000;
const STEP: u64 = 50;

/// What is broken.
const PLANTS: [&str; 5] = [
    "acknowledged-before-sync",
    "new-key-on-retry",
    "journaled-after-submit",
    "received-after-validation",
    "lock-not-taken",
];

pub(crate) fn run() -> Result<(), String> {
    let folder = shell::target().join("plant");
    let copy = folder.join("copy");
    remove(&copy)?;
    let git = |at: &Path, arguments: &[&str]| shell::run(Command::new("git").current_dir(at).args(arguments));
    let to = copy.to_str().ok_or("the path is no text")?;
    git(shell::root(), &["worktree", "add", "--quiet", "--detach", "--force", to, "HEAD"])?;
    let verdict = git(&copy, &["apply", PATCH]).and_then(|()| look(&copy, &folder.join("target")));
    remove(&copy)?;
    verdict
}

fn remove(copy: &Path) -> Result<(), String> {
    if copy.exists() {
        let git = ["worktree", "remove", "--force"];
        shell::run(Command::new("git").current_dir(shell::root()).args(git).arg(copy))?;
    }
    Ok(())
}

fn look(copy: &Path, target: &Path) -> Result<(), String> {
    let build = ["build", "--quiet", "--package", "kamusm-test-simulation"];
    shell::run(shell::cargo().current_dir(copy).args(build).env("CARGO_TARGET_DIR", target))?;
    let mut missed = Vec::new();
    for plant in PLANTS {
        match caught(&target.join("debug/kamusm-test-simulation"), plant)? {
            Some(line) => println!("plant: {plant}: {line}"),
            None => missed.push(plant),
        }
    }
    if missed.is_empty() {
        Ok(())
    } else {
        Err(format!("not noticed in {SEEDS} seeds: {}", missed.join(", ")))
    }
}

/// The line of the first seed that noticed it.
fn caught(simulation: &Path, plant: &str) -> Result<Option<String>, String> {
    for first in (1..=SEEDS).step_by(usize::try_from(STEP).unwrap_or(1)) {
        let mut command = Command::new(simulation);
        command.args([first.to_string(), STEP.to_string()]).env("KAMUSM_PLANT", plant);
        let output = shell::output(&mut command)?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let seed = |line: &str| line.split(' ').nth(1).and_then(|seed| seed.parse::<u64>().ok());
        let lines = text.lines().filter(|line| line.starts_with("seed ") && line.contains(" failed: "));
        if let Some(line) = lines.min_by_key(|line| seed(line)) {
            return Ok(Some(line.chars().take(160).collect()));
        }
    }
    Ok(None)
}
