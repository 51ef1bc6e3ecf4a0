//! `cargo xtask vectors`: our verdicts on the files of EU DSS, which are not part of the project; writes the evidence.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::{evidence::Origin, shell};

const EVIDENCE: &str = "dss-vectors";
/// Where the files are; the default stands beside the checkout.
const VARIABLE: &str = "KAMUSM_VECTORS";
const DEFAULT: &str = "../shared/vectors";

pub(crate) fn run() -> Result<(), String> {
    let folder = std::env::var_os(VARIABLE).map_or_else(|| shell::root().join(DEFAULT), PathBuf::from);
    if !folder.join("dss_expected.tsv").is_file() {
        skip(&folder);
        return Ok(());
    }
    let folder = folder.canonicalize().map_err(|error| error.to_string())?;
    let arguments = ["run", "--quiet", "--package", "kamusm-test-judges", "vectors"];
    let output = shell::capture(shell::cargo().args(arguments).arg(folder))?;
    let comparison: Value = serde_json::from_str(&output).map_err(|error| error.to_string())?;
    write(&comparison)?;
    tell(&comparison)
}

/// What was not looked at is said with its number, as far as the last run knows it.
fn skip(folder: &Path) {
    let last = std::fs::read_to_string(shell::root().join(format!("docs/evidence/{EVIDENCE}.json"))).ok();
    let last: Option<Value> = last.and_then(|text| serde_json::from_str(&text).ok());
    let total = last.as_ref().and_then(|evidence| evidence["total"].as_u64());
    let cases = total.map_or_else(|| "ALL".to_owned(), |total| total.to_string());
    println!(
        "vectors: SKIPPED {cases} CASES: {} is not there; name the folder in {VARIABLE}",
        folder.display()
    );
}

fn write(comparison: &Value) -> Result<(), String> {
    let found = json!({
        "compared with": "EU DSS 6.4, no trust anchor",
        "total": comparison["total"],
        "counts": comparison["counts"],
        "cases": comparison["cases"],
    });
    Origin::read(&["core/cades", "tests/judges"])?.write(EVIDENCE, "cargo xtask vectors", found)
}

fn tell(comparison: &Value) -> Result<(), String> {
    let cases = comparison["cases"].as_array().map_or(&[][..], Vec::as_slice);
    for case in cases.iter().filter(|case| case["outcome"] != "match") {
        println!("   {}: {} ({})", text(&case["outcome"]), text(&case["file"]), text(&case["why"]));
        if case["outcome"] == "mismatch" {
            println!("      expected {}", case["expected"]);
            println!("      got      {}", case["got"]);
        }
    }
    println!("vectors: {} cases: {}", comparison["total"], comparison["counts"]);
    match comparison["counts"]["mismatch"].as_u64() {
        Some(0) if !cases.is_empty() => Ok(()),
        _ => Err("not every verdict is as expected".into()),
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
