//! What a test run counts, and its one closing line.

use std::{
    process::ExitCode,
    time::{Duration, Instant},
};

/// Counts of checks; each check is told as it ends.
pub(crate) struct Report {
    passed: usize,
    failures: Vec<String>,
    skipped: usize,
    allow_skip: bool,
    suite: String,
    began: Instant,
}

impl Report {
    pub(crate) fn new(allow_skip: bool) -> Self {
        Self {
            passed: 0,
            failures: Vec::new(),
            skipped: 0,
            allow_skip,
            suite: String::new(),
            began: Instant::now(),
        }
    }

    /// The name that stands before the checks from here on.
    pub(crate) fn suite(&mut self, name: &str) {
        name.clone_into(&mut self.suite);
        println!("== {name}");
    }

    /// One check with its verdict.
    pub(crate) fn check(&mut self, name: &str, verdict: Result<(), String>) {
        match verdict {
            Ok(()) => {
                self.passed += 1;
                println!("   ok    {name}");
            }
            Err(why) => self.fail(name, &why),
        }
    }

    /// Many checks that another test runner has counted; its own output was shown.
    pub(crate) fn counted(&mut self, name: &str, passed: usize, failed: usize) {
        self.passed += passed;
        println!("   ok    {name}: {passed} passed");
        for _ in 0..failed {
            self.fail(name, "see above");
        }
    }

    /// A part of the system that is not installed: a failure, unless the caller allows to skip.
    pub(crate) fn missing(&mut self, name: &str, what: &str) {
        if self.allow_skip {
            self.skipped += 1;
            println!("   SKIP  {name}: {what} is missing");
        } else {
            self.fail(name, &format!("{what} is missing; run `cargo xtask setup`"));
        }
    }

    fn fail(&mut self, name: &str, why: &str) {
        println!("   FAIL  {name}: {why}");
        self.failures.push(format!("{}: {name}", self.suite));
    }

    /// The closing line; nothing comes after it.
    pub(crate) fn close(self) -> ExitCode {
        let seconds = Duration::as_secs(&self.began.elapsed());
        println!("== {} min {} s", seconds / 60, seconds % 60);
        for failure in &self.failures {
            println!("   FAIL  {failure}");
        }
        // A run of nothing proves nothing.
        let good = self.failures.is_empty() && self.passed > 0;
        println!("{} passed, {} failed, {} skipped", self.passed, self.failures.len(), self.skipped);
        if good { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}
