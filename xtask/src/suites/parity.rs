//! The parity table: every scenario in every language, all languages at once.

mod native;

use std::{fs, thread};

use super::{kotlin, python, swift};
use crate::{programs, report::Report, shell};

/// A language with the command of its runner, which is built before.
type Runner = (&'static str, fn() -> Result<Vec<String>, String>);

const RUNNERS: &[Runner] = &[
    ("rust", rust),
    ("c", native::c),
    ("cpp", native::cpp),
    ("python", python::runner),
    ("kotlin", kotlin::runner),
    ("swift", swift::runner),
];

pub(crate) fn checks(report: &mut Report) {
    if let Err(why) = programs::build() {
        return report.check("kamusm-parity", Err(why));
    }
    report.check("docs/parity.md is the table", document());
    let mut ready = Vec::new();
    for (language, runner) in RUNNERS {
        match runner() {
            Ok(command) => ready.push((*language, command)),
            Err(why) => report.check(&format!("the runner of {language}"), Err(why)),
        }
    }
    let results: Vec<(&str, Result<Counts, String>)> = thread::scope(|scope| {
        let perform = |(language, command): (&'static str, Vec<String>)| {
            (language, scope.spawn(move || table(language, &command)))
        };
        let running: Vec<_> = ready.into_iter().map(perform).collect();
        let end = |(language, thread): (&'static str, thread::ScopedJoinHandle<'_, _>)| {
            (language, thread.join().unwrap_or_else(|_| Err("the table did not end".to_owned())))
        };
        running.into_iter().map(end).collect()
    });
    for (language, result) in results {
        match result {
            Ok(counts) => {
                counts.failures.iter().for_each(|line| println!("         {line}"));
                report.counted(&format!("the table in {language}"), counts.passed, counts.failures.len());
            }
            Err(why) => report.check(&format!("the table in {language}"), Err(why)),
        }
    }
}

/// The rows as the program has them.
fn document() -> Result<(), String> {
    let list = shell::capture(programs::command("kamusm-parity").arg("--list"))?;
    let page = fs::read_to_string(shell::root().join("docs/parity.md")).map_err(|why| why.to_string())?;
    if page.trim_end().ends_with(list.trim_end()) {
        Ok(())
    } else {
        Err("write the rows of `cargo run -p kamusm-parity -- --list` into it".to_owned())
    }
}

struct Counts {
    passed: usize,
    failures: Vec<String>,
}

fn table(language: &str, command: &[String]) -> Result<Counts, String> {
    let words: Vec<String> = command.iter().map(|word| format!("{word:?}")).collect();
    let mut program = programs::command("kamusm-parity");
    program.arg("--runner").arg(format!("{language}=[{}]", words.join(",")));
    let output = shell::output(&mut program)?;
    let text = String::from_utf8_lossy(&output.stdout);
    let failures = text.lines().filter(|line| line.starts_with("FAIL")).map(str::to_owned).collect();
    let counts = Counts { passed: text.lines().filter(|line| line.starts_with("ok ")).count(), failures };
    if !output.status.success() && counts.failures.is_empty() {
        return Err(format!("{text}{}", String::from_utf8_lossy(&output.stderr)));
    }
    Ok(counts)
}

fn rust() -> Result<Vec<String>, String> {
    Ok(vec![programs::path("kamusm-parity-rust").display().to_string()])
}
