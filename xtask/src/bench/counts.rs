//! Counts instructions with valgrind and allocations with an allocator; both are the same in each run.

use std::{collections::BTreeMap, process::Command};

use serde_json::Value;

use crate::{setup::bench, shell};

/// Counts by work and by what is counted.
pub(crate) type Counts = BTreeMap<(String, String), u64>;

pub(crate) fn measure() -> Result<Counts, String> {
    let mut counts = allocations()?;
    counts.extend(instructions()?);
    Ok(counts)
}

fn cargo_bench(name: &str) -> Command {
    let mut command = shell::cargo();
    command.args(["bench", "--quiet", "--package", "kamusm-bench", "--bench", name]);
    command
}

fn allocations() -> Result<Counts, String> {
    let output = shell::capture(&mut cargo_bench("allocations"))?;
    let counts: BTreeMap<String, u64> =
        serde_json::from_str(output.trim()).map_err(|error| format!("allocations: {error}"))?;
    Ok(counts.into_iter().map(|(work, count)| ((work, "allocations".into()), count)).collect())
}

fn instructions() -> Result<Counts, String> {
    let mut command = cargo_bench("instructions");
    command.env("GUNGRAUN_RUNNER", bench::runner()).args(["--", "--output-format=json"]);
    let output = shell::capture(&mut command)?;
    let summaries = output.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let counts: Option<Counts> = summaries.map(|summary| instructions_of(&summary)).collect();
    match counts {
        Some(counts) if !counts.is_empty() => Ok(counts),
        _ => Err(format!("no counts of instructions in\n{output}")),
    }
}

/// One line of gungraun's output.
fn instructions_of(summary: &Value) -> Option<((String, String), u64)> {
    let work = summary["function_name"].as_str()?;
    let count = &summary["profiles"][0]["data"]["total"]["metrics"]["Ir"]["values"]["new"];
    Some(((work.to_owned(), "instructions".into()), count.as_u64()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_names_the_work_and_its_count() {
        let line = r#"{"function_name":"assembly","profiles":[{"data":{"total":{"metrics":
            {"Ir":{"values":{"new":20123}}}}},"tool":"Callgrind"}],"version":"7"}"#;
        let summary = serde_json::from_str(line).expect("JSON");
        let key = ("assembly".to_owned(), "instructions".to_owned());
        assert_eq!(instructions_of(&summary), Some((key, 20_123)));
    }
}
