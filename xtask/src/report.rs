//! What a test run counts, and its one closing line.

use std::{
    process::ExitCode,
    time::{Duration, Instant},
};

/// Counts of the checks of one suite; each check is told as it ends.
pub(crate) struct Report {
    suite: &'static str,
    passed: usize,
    failures: Vec<String>,
    skipped: usize,
    allow_skip: bool,
    began: Instant,
    took: Duration,
}

impl Report {
    /// The name stands before each check: other suites tell of theirs at the same time.
    pub(crate) fn new(suite: &'static str, allow_skip: bool) -> Self {
        println!("== {suite} begins");
        Self {
            suite,
            passed: 0,
            failures: Vec::new(),
            skipped: 0,
            allow_skip,
            began: Instant::now(),
            took: Duration::ZERO,
        }
    }

    /// One check with its verdict.
    pub(crate) fn check(&mut self, name: &str, verdict: Result<(), String>) {
        match verdict {
            Ok(()) => {
                self.passed += 1;
                println!("   ok    {}: {name}", self.suite);
            }
            Err(why) => self.fail(name, &why),
        }
    }

    /// Many checks that another test runner has counted; its own output was shown.
    pub(crate) fn counted(&mut self, name: &str, passed: usize, failed: usize) {
        self.passed += passed;
        println!("   ok    {}: {name}: {passed} passed", self.suite);
        for _ in 0..failed {
            self.fail(name, "see above");
        }
    }

    /// A part of the system that is not installed: a failure, unless the caller allows to skip.
    pub(crate) fn missing(&mut self, name: &str, what: &str) {
        if self.allow_skip {
            self.skipped += 1;
            println!("   SKIP  {}: {name}: {what} is missing", self.suite);
        } else {
            self.fail(name, &format!("{what} is missing; run `cargo xtask setup`"));
        }
    }

    fn fail(&mut self, name: &str, why: &str) {
        println!("   FAIL  {}: {name}: {why}", self.suite);
        self.failures.push(format!("{}: {name}", self.suite));
    }

    /// The suite is over.
    pub(crate) fn end(mut self) -> Self {
        self.took = self.began.elapsed();
        println!("== {} took {}", self.suite, minutes(self.took));
        self
    }
}

/// A table of the suites and the closing line; nothing comes after it.
pub(crate) fn close(reports: &[Report], took: Duration) -> ExitCode {
    for report in reports {
        let Report { suite, passed, failures, skipped, .. } = report;
        println!(
            "{suite:<10} {:>12} {passed:>5} passed {:>3} failed {skipped:>3} skipped",
            minutes(report.took),
            failures.len()
        );
    }
    println!("== {} in all", minutes(took));
    for failure in reports.iter().flat_map(|report| &report.failures) {
        println!("   FAIL  {failure}");
    }
    let total = |count: fn(&Report) -> usize| reports.iter().map(count).sum::<usize>();
    let (passed, failed) = (total(|report| report.passed), total(|report| report.failures.len()));
    println!("{passed} passed, {failed} failed, {} skipped", total(|report| report.skipped));
    // A run of nothing proves nothing.
    if failed == 0 && passed > 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn minutes(took: Duration) -> String {
    format!("{} min {:>2} s", took.as_secs() / 60, took.as_secs() % 60)
}
