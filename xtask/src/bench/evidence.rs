//! What was measured, for whoever reads it later: `docs/evidence/bench.json` and the table in `docs/performance.md`.

use std::fs;

use serde_json::{Map, Value, json};

use super::{
    counts::Counts,
    goals::GOALS,
    times::{self, Times},
};
use crate::{evidence::Origin, shell};

const COMMAND: &str = "cargo xtask bench";
const DOCUMENT: &str = "docs/performance.md";
const BEGIN: &str = "<!-- begin of what `cargo xtask bench` writes -->\n";
const END: &str = "<!-- end of what `cargo xtask bench` writes -->\n";

pub(crate) fn write(counts: &Counts, times: &Times) -> Result<(), String> {
    let openssl = times::program("openssl-version")?;
    let mut counted = Map::new();
    for ((work, what), count) in counts {
        counted.entry(work).or_insert_with(|| json!({}))[what] = json!(count);
    }
    let times_json: Map<String, Value> =
        times.iter().map(|(name, time)| (name.clone(), json!(round(*time)))).collect();
    let mut goals = Vec::new();
    let mut rows = String::from("| goal | at most | reached | met |\n|---|---|---|---|\n");
    let mut reasons = Vec::new();
    let mut met = 0;
    for goal in GOALS {
        let value = goal.value(counts, times).ok_or(format!("{} was not measured", goal.name))?;
        let is_met = value <= goal.at_most;
        met += usize::from(is_met);
        goals.push(json!({
            "goal": goal.name, "at most": goal.at_most, "reached": round(value), "met": is_met,
        }));
        let word = if is_met { "yes" } else { "**no**" };
        rows += &format!("| {} | {} | {} | {word} |\n", goal.name, goal.at_most, round(value));
        if !is_met {
            reasons.push(format!("- {}: {}.\n", goal.name, goal.why_not));
            println!("   NOT MET  {}: {}, not {}", goal.name, round(value), goal.at_most);
        }
    }
    let machine = machine();
    let found = json!({
        "machine": machine,
        "peer": openssl,
        "counts": counted,
        "times in microseconds of processor time, unless the name says otherwise": times_json,
        "goals": goals,
    });
    Origin::read(&["core", "tests/bench"])?.write("bench", COMMAND, found)?;
    let figures = figures(times)?;
    let reasons =
        if reasons.is_empty() { String::new() } else { format!("\nNot met:\n\n{}", reasons.concat()) };
    replace(&format!("Machine: {machine}; beside {openssl}.\n\n{rows}{reasons}\n{figures}"))?;
    println!("bench: {met} of {} goals are met; {DOCUMENT}", GOALS.len());
    Ok(())
}

/// More figures than these a shared machine cannot give.
fn round(value: f64) -> f64 {
    format!("{value:.3e}").parse().unwrap_or(value)
}

fn machine() -> String {
    let cpus = std::thread::available_parallelism().map_or(0, usize::from);
    let info = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = info.lines().find_map(|line| line.strip_prefix("model name")).unwrap_or_default();
    format!("{cpus} vCPU, {}", model.trim_start_matches([' ', '\t', ':']))
}

/// The figures that have no goal of their own.
fn figures(times: &Times) -> Result<String, String> {
    let time = |name: &str| times.get(name).copied().ok_or(format!("{name} was not measured"));
    let mut text = String::from(
        "| µs of processor time | raw sign | raw verify | sign | OpenSSL sign | three raw verifications | validate \
         | OpenSSL verify |\n|---|---|---|---|---|---|---|---|\n",
    );
    for key in ["rsa2048", "p256", "p384"] {
        let columns = [
            "raw sign",
            "raw verify",
            "sign",
            "openssl sign",
            "three raw verifications",
            "validate",
            "openssl verify",
        ];
        let cells: Result<Vec<String>, String> =
            columns.iter().map(|column| Ok(round(time(&format!("{key} {column}"))?).to_string())).collect();
        text += &format!("| {key} | {} |\n", cells?.join(" | "));
    }
    text += "\n| a whole session | |\n|---|---|\n";
    let mib = |name: &str| Ok::<_, String>(round(time(name)? / 1024.0));
    let milliseconds = |name: &str| Ok::<_, String>(round(time(name)? / 1000.0));
    let rows = [
        ("the machine alone, answers at hand, ms", milliseconds("flow machine")?),
        ("our side with HTTP over loopback, ms", milliseconds("flow our side")?),
        ("requests", time("flow requests")?),
        ("client and reference service together, ms", milliseconds("flow with service")?),
        ("the same, wall time, ms", milliseconds("flow with service wall")?),
        ("64 at once on one client and one signer, wall time, ms", milliseconds("many wall")?),
        ("64 at once, client and service, processor time of each, ms", milliseconds("many cpu per session")?),
        ("peak memory before the 64, MiB", mib("many peak KiB before")?),
        ("peak memory with them, client and service, MiB", mib("many peak KiB")?),
    ];
    for (name, value) in rows {
        text += &format!("| {name} | {value} |\n");
    }
    Ok(text)
}

fn replace(table: &str) -> Result<(), String> {
    let path = shell::root().join(DOCUMENT);
    let text = fs::read_to_string(&path).map_err(|error| format!("{DOCUMENT}: {error}"))?;
    let (before, rest) = text.split_once(BEGIN).ok_or(format!("{DOCUMENT} has no place for the table"))?;
    let (_, after) = rest.split_once(END).ok_or(format!("{DOCUMENT} has no place for the table"))?;
    let text = format!("{before}{BEGIN}\n{table}\n{END}{after}");
    fs::write(path, text).map_err(|error| error.to_string())
}
