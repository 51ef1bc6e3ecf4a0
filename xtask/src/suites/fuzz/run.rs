//! Runs of the fuzzer, two at a time, and what it tells of them.

use std::{
    fmt, fs,
    path::PathBuf,
    process::Command,
    sync::{Mutex, PoisonError},
    thread,
};

use serde_json::{Value, json};

use crate::shell;

/// The built program.
pub(super) struct Fuzzer {
    pub(super) program: PathBuf,
    pub(super) folder: PathBuf,
    /// A key and its certificate in a PEM file.
    pub(super) person: PathBuf,
}

/// What a run without a finding tells.
pub(super) struct Told {
    runs: u64,
    edges: u64,
    corpus: u64,
}

impl Fuzzer {
    /// Every input of the corpus, and then what is made of them until the time is over.
    pub(super) fn run(&self, target: &str, seed: u64, seconds: u64) -> Result<Told, String> {
        let fresh = self.fresh(target);
        fs::create_dir_all(&fresh).map_err(|error| error.to_string())?;
        let mut command = self.command(target);
        command.arg(format!("-seed={}", seed.max(1))).arg(format!("-max_total_time={seconds}"));
        command.args([
            "-print_final_stats=1",
            "-timeout=20",
            "-rss_limit_mb=2048",
            "-reload=0",
            "-verbosity=1",
        ]);
        command.arg(format!("-artifact_prefix={}/finding-{target}-", self.folder.display()));
        let dictionary = shell::root().join("tests/fuzz/dictionaries").join(format!("{target}.dict"));
        if dictionary.is_file() {
            command.arg(format!("-dict={}", dictionary.display()));
        }
        let output = shell::output(command.arg(&fresh).arg(self.corpus(target)))?;
        let text = String::from_utf8_lossy(&output.stderr);
        if output.status.success() {
            return Told::read(&text).ok_or_else(|| format!("{target} told nothing: {text}"));
        }
        let lines: Vec<&str> = text.lines().collect();
        Err(format!("a finding\n{}", lines[lines.len().saturating_sub(60)..].join("\n")))
    }

    /// Adds to the committed corpus the inputs that reach what it did not reach.
    pub(super) fn keep(&self, target: &str, told: Told) -> Result<Told, String> {
        let mut merge = self.command(target);
        shell::capture(merge.arg("-set_cover_merge=1").arg(self.corpus(target)).arg(self.fresh(target)))?;
        let corpus = fs::read_dir(self.corpus(target)).map_err(|error| error.to_string())?.count();
        Ok(Told { corpus: corpus as u64, ..told })
    }

    fn command(&self, target: &str) -> Command {
        let mut command = Command::new(&self.program);
        command.env("KAMUSM_FUZZ_TARGET", target).env("KAMUSM_TEST_PEM", &self.person);
        command
            .env("ASAN_OPTIONS", "quarantine_size_mb=16:max_allocation_size_mb=512:detect_odr_violation=0");
        command.arg("-max_len=66000");
        command
    }

    fn corpus(&self, target: &str) -> PathBuf {
        shell::root().join("tests/fuzz/corpus").join(target)
    }

    fn fresh(&self, target: &str) -> PathBuf {
        self.folder.join("fresh").join(target)
    }
}

impl Told {
    fn read(text: &str) -> Option<Self> {
        let last = text.lines().rev().find(|line| line.contains(" cov: "))?;
        let after = |line: &str, word: &str| -> Option<u64> {
            let rest = line.split_once(word)?.1.trim_start();
            rest.split(|letter: char| !letter.is_ascii_digit()).next()?.parse().ok()
        };
        let runs = text.lines().find_map(|line| after(line, "stat::number_of_executed_units:"))?;
        Some(Self { runs, edges: after(last, " cov:")?, corpus: after(last, " corp:")? })
    }

    pub(super) fn json(&self) -> Value {
        json!({ "runs": self.runs, "edges reached": self.edges, "inputs kept": self.corpus })
    }
}

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} runs, {} edges", self.runs, self.edges)
    }
}

/// What each target tells, in their order; two run at a time.
pub(super) fn each<'t>(
    targets: &[&'t str],
    run: impl Fn(&str) -> Result<Told, String> + Sync,
) -> Vec<(&'t str, Result<Told, String>)> {
    let waiting = Mutex::new(targets.iter().enumerate());
    let told = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                loop {
                    let next = waiting.lock().unwrap_or_else(PoisonError::into_inner).next();
                    let Some((place, target)) = next else { return };
                    let verdict = run(target);
                    told.lock().unwrap_or_else(PoisonError::into_inner).push((place, *target, verdict));
                }
            });
        }
    });
    let mut told = told.into_inner().unwrap_or_else(PoisonError::into_inner);
    told.sort_by_key(|(place, ..)| *place);
    told.into_iter().map(|(_, target, verdict)| (target, verdict)).collect()
}
