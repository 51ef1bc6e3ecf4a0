//! Runs the program that measures, one process per part.

use std::{collections::BTreeMap, process::Command};

use crate::shell;

/// Figures by name, microseconds unless the name says otherwise.
pub(crate) type Times = BTreeMap<String, f64>;

const PARTS: [(&str, &str); 5] = [
    ("signatures", "signing and validating, three kinds of key"),
    ("lists", "a list of a million revoked certificates"),
    ("flow", "sessions one after the other"),
    ("many", "64 sessions at once"),
    ("card", "SoftHSM"),
];

pub(crate) fn measure() -> Result<Times, String> {
    build()?;
    let mut times = Times::new();
    for (part, what) in PARTS {
        println!("   {part}: {what}");
        let output = shell::capture(Command::new(path()).arg(part))?;
        let figures: Times = serde_json::from_str(&output).map_err(|error| format!("{part}: {error}"))?;
        times.extend(figures);
    }
    Ok(times)
}

/// What the program says to this argument.
pub(crate) fn program(argument: &str) -> Result<String, String> {
    build()?;
    shell::capture(Command::new(path()).arg(argument))
}

fn build() -> Result<(), String> {
    let arguments = ["build", "--quiet", "--profile", "bench", "--package", "kamusm-bench", "--features"];
    shell::run(shell::cargo().args(arguments).arg("ratios"))
}

fn path() -> std::path::PathBuf {
    shell::target().join("release/kamusm-bench")
}
