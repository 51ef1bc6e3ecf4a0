//! One judge: how it is started, and which words it has for what it finds.

use std::{collections::HashMap, path::Path, process::Command};

use serde_json::Value;

use crate::{
    setup::{maven, python},
    shell,
};

/// A program that takes the folder of a batch and prints one line of JSON for each signature.
pub(crate) struct Judge {
    pub(crate) name: &'static str,
    /// What must be installed.
    pub(crate) needs: &'static str,
    command: fn() -> Option<Command>,
    /// The verdict that a file in this state has to get.
    pub(crate) expects: fn(state: &str) -> String,
}

/// By the name of the file.
pub(crate) type Verdicts = HashMap<String, Verdict>;

/// What a judge says about one file.
pub(crate) struct Verdict {
    /// `INDICATION/SUB_INDICATION LEVEL`, as far as the judge knows these.
    pub(crate) text: String,
    pub(crate) why: String,
}

pub(crate) const JUDGES: [Judge; 3] = [
    Judge { name: "OpenSSL", needs: "openssl", command: openssl, expects: passed_or_failed },
    Judge { name: "pyHanko", needs: "pyHanko", command: pyhanko, expects: indication },
    Judge { name: "DSS", needs: "EU DSS", command: dss, expects: indication_and_level },
];

impl Judge {
    /// `None` if it is not installed.
    pub(crate) fn run(&self, batch: &Path) -> Option<Result<Verdicts, String>> {
        let mut command = (self.command)()?;
        Some(shell::capture(command.arg(batch)).and_then(|output| output.lines().map(read).collect()))
    }
}

fn openssl() -> Option<Command> {
    shell::find("openssl")?;
    let mut command = Command::new("sh");
    command.arg(shell::root().join("tests/judges/openssl/judge.sh"));
    Some(command)
}

fn pyhanko() -> Option<Command> {
    let mut command = Command::new(python::judge()?);
    command.arg(shell::root().join("tests/judges/pyhanko/judge.py"));
    Some(command)
}

fn dss() -> Option<Command> {
    let mut command = Command::new(shell::find("java")?);
    // A run of some seconds is over before the second compiler pays.
    command.args(["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp"]).arg(maven::judge()?);
    command.arg(shell::root().join("tests/judges/dss/Judge.java"));
    Some(command)
}

fn read(line: &str) -> Result<(String, Verdict), String> {
    let value: Value = serde_json::from_str(line).map_err(|error| format!("{error} in {line}"))?;
    let word = |name| value.get(name).and_then(Value::as_str);
    let (Some(file), Some(indication)) = (word("file"), word("indication")) else {
        return Err(format!("no verdict in {line}"));
    };
    let mut text = indication.to_owned();
    for (between, name) in [("/", "sub_indication"), (" ", "level")] {
        if let Some(word) = word(name) {
            text.push_str(between);
            text.push_str(word);
        }
    }
    Ok((file.to_owned(), Verdict { text, why: word("why").unwrap_or("no reason given").to_owned() }))
}

fn passed_or_failed(state: &str) -> String {
    if state == "sound" { "PASSED".into() } else { "FAILED".into() }
}

/// EN 319 102-1 clause 5.3, in pyHanko's words.
fn indication(state: &str) -> String {
    let indication = match state {
        "sound" => "PASSED/OK",
        "content" => "FAILED/HASH_FAILURE",
        "attribute" | "signature" => "FAILED/SIG_CRYPTO_FAILURE",
        "revoked" => "INDETERMINATE/REVOKED_NO_POE",
        "stranger" => "INDETERMINATE/NO_CERTIFICATE_CHAIN_FOUND",
        other => other,
    };
    indication.into()
}

/// The same in DSS's words. The level is one of form: a damaged file has it too.
fn indication_and_level(state: &str) -> String {
    let indication = match state {
        "sound" => "TOTAL_PASSED".into(),
        _ => indication(state).replace("FAILED/", "TOTAL_FAILED/"),
    };
    format!("{indication} CAdES-BASELINE-B")
}
