//! Format, lints and the tests of the Rust crates.

use std::process::Command;

use crate::{report::Report, shell};

pub(crate) fn lint(report: &mut Report) {
    let metadata = ["metadata", "--locked", "--format-version", "1"];
    report.check("Cargo.lock fits the manifests", shell::capture(shell::cargo().args(metadata)).map(drop));
    report.check("cargo fmt", shell::run(shell::cargo().args(["fmt", "--all", "--check"])));
    let clippy = ["clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"];
    report.check("cargo clippy", shell::run(shell::cargo().args(clippy)));
}

pub(crate) fn tests(report: &mut Report) {
    // The browser, the card and the simulation have suites of their own.
    let elsewhere = ["kamusm-test-browser", "kamusm-test-card", "kamusm-test-simulation"];
    let elsewhere = elsewhere.iter().flat_map(|package| ["--exclude", package]);
    counted(
        report,
        "cargo test",
        shell::cargo().args(["test", "--workspace", "--no-fail-fast"]).args(elsewhere),
    );
}

/// Runs this `cargo test` and counts its tests.
pub(super) fn counted(report: &mut Report, name: &str, command: &mut Command) {
    let output = match shell::output(command) {
        Ok(output) => output,
        Err(why) => return report.check(name, Err(why)),
    };
    let text = String::from_utf8_lossy(&output.stdout);
    let (mut passed, mut failed) = (0, 0);
    for line in text.lines() {
        if line.starts_with("test result:") {
            passed += number_before(line, " passed");
            failed += number_before(line, " failed");
        } else if line.ends_with("FAILED") || line.contains("panicked at") {
            println!("         {line}");
        }
    }
    report.counted(name, passed, failed);
    if !output.status.success() && failed == 0 {
        println!("{}", String::from_utf8_lossy(&output.stderr));
        report.check(name, Err("it did not build or run".into()));
    }
}

fn number_before(line: &str, word: &str) -> usize {
    let end = line.find(word).unwrap_or(0);
    line[..end].rsplit(' ').next().and_then(|number| number.parse().ok()).unwrap_or(0)
}
