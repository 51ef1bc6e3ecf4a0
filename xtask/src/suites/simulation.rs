//! Worlds of chance: the core and the service's handlers over a seeded network, a virtual clock and a disk that fails.

use serde_json::Value;

use super::rust;
use crate::{report::Report, shell};

const PACKAGE: &str = "kamusm-test-simulation";
/// As many as the suite has time for; a campaign runs through many more.
const SEEDS: u64 = 2_000;
const FIRST: u64 = 1;

pub(crate) fn checks(report: &mut Report) {
    rust::counted(report, "the simulation's own tests", shell::cargo().args(["test", "--package", PACKAGE]));
    let verdict = run(FIRST, SEEDS, "dev").map(|counts| println!("   simulation: {counts}"));
    report.check("every promise holds in 2 000 worlds", verdict);
}

/// As many worlds as somebody has time for, of a program at speed.
pub(crate) fn campaign(seed: u64, count: u64) -> Result<Value, String> {
    run(seed, count, "bench")
}

/// What happened in the worlds of these seeds; an error names the seeds that broke a promise.
fn run(seed: u64, count: u64, profile: &str) -> Result<Value, String> {
    let mut command = shell::cargo();
    command.args(["run", "--quiet", "--profile", profile, "--package", PACKAGE, "--"]);
    command.args([seed.to_string(), count.to_string()]);
    let output = shell::output(&mut command)?;
    let text = String::from_utf8_lossy(&output.stdout);
    if count == 1 || !output.status.success() {
        println!("{text}{}", String::from_utf8_lossy(&output.stderr));
    }
    let counts = text.lines().find_map(|line| line.strip_prefix("campaign=")).ok_or("no counts were told")?;
    if !output.status.success() {
        return Err(format!("a promise was broken: {counts}"));
    }
    serde_json::from_str(counts).map_err(|error| error.to_string())
}
