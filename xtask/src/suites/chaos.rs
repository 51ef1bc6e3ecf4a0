//! Real processes that are killed, and a network that loses and doubles answers (tests/chaos).

use std::{fs, process::Command};

use serde_json::Value;
use tempfile::TempDir;

use crate::{programs, report::Report, shell};

const PROGRAMS: [&str; 3] = ["kamusm-test-chaos", "kamusm-test-chaos-application", "kamusm-sandbox"];
/// The way that `cargo xtask test` goes; a campaign goes others.
const SEED: u64 = 7;
/// Kills of each side; lost or doubled answers are ten times as many.
const KILLS: u64 = 50;

pub(crate) fn checks(report: &mut Report) {
    match windows() {
        Ok((passed, failed)) => report.counted("a program killed in each window", passed, failed),
        Err(why) => report.check("a program killed in each window", Err(why)),
    }
    let verdict = run(SEED, KILLS).map(|counts| println!("   chaos: {counts}"));
    report.check("nothing is lost, counted twice or signed again", verdict);
}

/// One storm; an error if anything is wrong afterwards.
pub(crate) fn run(seed: u64, kills: u64) -> Result<Value, String> {
    let folder = copies()?;
    let mut command = Command::new(folder.path().join(PROGRAMS[0]));
    command.args(["storm", "--seed", &seed.to_string(), "--service-kills", &kills.to_string()]);
    command.args(["--application-kills", &kills.to_string(), "--losses", &(10 * kills).to_string()]);
    serde_json::from_str(&shell::capture(&mut command)?).map_err(|error| error.to_string())
}

/// How many of the protocol's windows were survived, and how many not.
fn windows() -> Result<(usize, usize), String> {
    let folder = copies()?;
    let output = shell::output(Command::new(folder.path().join(PROGRAMS[0])).arg("windows"))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let failed = text.lines().filter(|line| line.contains(" ... FAILED"));
    let failed = failed.inspect(|line| println!("         {line}")).count();
    let passed = text.lines().filter(|line| line.ends_with(" ... ok")).count();
    if output.status.success() == (failed == 0) && passed + failed > 0 {
        return Ok((passed, failed));
    }
    Err(String::from_utf8_lossy(&output.stderr).into_owned())
}

/// Copies of the programs: they are started again and again, and somebody may build meanwhile.
fn copies() -> Result<TempDir, String> {
    programs::build()?;
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    for name in PROGRAMS {
        let copy = fs::copy(programs::path(name), folder.path().join(name));
        copy.map_err(|error| format!("{name}: {error}"))?;
    }
    Ok(folder)
}
