//! The running service against its description: schemathesis makes requests of it, good ones and bad ones, and looks at
//! every answer.

use std::process::Command;

use serde_json::{Value, json};

use super::c::service::Service;
use crate::{programs, report::Report, setup::python, shell};

const FOLDER: &str = "tests/schema";
/// Of each operation, in each phase.
const EXAMPLES: u64 = 10;
/// Another one finds other things; a campaign tries many.
const SEED: u64 = 1;
/// The person whose token the service announces.
const TCKN: &str = "10000000146";

pub(crate) fn checks(report: &mut Report) {
    if python::schemathesis().is_none() {
        return report.missing("schemathesis", "schemathesis");
    }
    let verdict = run(SEED, EXAMPLES).map(|counts| println!("   schemathesis: {counts}"));
    report.check("no answer differs from the description", verdict);
}

/// What was asked and answered; an error if any answer is not as described.
pub(crate) fn run(seed: u64, examples: u64) -> Result<Value, String> {
    let schemathesis = python::schemathesis().ok_or("schemathesis is missing; run `cargo xtask setup`")?;
    programs::build()?;
    let service = Service::start()?;
    let root = shell::root();
    let mut command = Command::new(schemathesis);
    command.current_dir(root.join(FOLDER)).args(["--config-file", "schemathesis.toml", "run"]);
    command.arg(root.join("docs/openapi.yaml"));
    command.args(["--seed", &seed.to_string(), "--max-examples", &examples.to_string()]);
    command.env("PYTHONPATH", ".").env("PYTHONDONTWRITEBYTECODE", "1").env("KAMUSM_SEED", seed.to_string());
    command
        .env("KAMUSM_TCKN", TCKN)
        .env("HYPOTHESIS_STORAGE_DIRECTORY", shell::target().join("schema/hypothesis"));
    for (variable, fact) in [
        ("KAMUSM_BASE_URL", "base_url"),
        ("KAMUSM_PERSON_TOKEN", "person_token"),
        ("KAMUSM_ADMIN_TOKEN", "admin_token"),
    ] {
        command.env(variable, service.fact(fact)?);
    }
    let output = shell::output(&mut command)?;
    let text = String::from_utf8_lossy(&output.stdout);
    if !output.status.success() {
        let from = text.find("= ERRORS").or_else(|| text.find("= FAILURES")).unwrap_or(0);
        return Err(format!("{}{}", &text[from..], String::from_utf8_lossy(&output.stderr)));
    }
    counts(&text)
}

/// The lines `generated` of schemathesis and `reached` of the hooks.
fn counts(text: &str) -> Result<Value, String> {
    let cases = text.lines().find(|line| line.contains(" generated, ")).ok_or("nothing was generated")?;
    let line = text.lines().find_map(|line| line.split_once("answers="));
    let answers: Value =
        serde_json::from_str(line.ok_or("the hooks told nothing")?.1).map_err(|error| error.to_string())?;
    for (name, why) in
        [("turned_away", "never did its work"), ("stale", "is reached, and listed as never done")]
    {
        if answers[name].as_array().is_none_or(|operations| !operations.is_empty()) {
            return Err(format!("{}: {why}", answers[name]));
        }
    }
    Ok(json!({ "cases": cases.trim(), "operations that did their work": answers["reached"] }))
}
