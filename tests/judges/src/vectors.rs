//! Our verdicts on the files of EU DSS, held against its own verdicts without trust: these depend on no clock.

mod case;
mod difference;
mod verdict;

use std::collections::BTreeMap;
use std::path::Path;
use std::{fs, io};

use serde_json::{Value, json};

use case::Case;
use difference::Kind;
use verdict::Verdict;

/// The outcome of each case and the counts, for docs/evidence.
pub(crate) fn compare(folder: &Path) -> io::Result<Value> {
    let table = fs::read_to_string(folder.join("dss_expected.tsv"))?;
    let mut counts = BTreeMap::from(Outcome::NAMES.map(|name| (name, 0)));
    let mut cases = Vec::new();
    for line in table.lines().skip(1).filter(|line| !line.is_empty()) {
        let case = Case::read(line).ok_or_else(|| io::Error::other(format!("not a case: {line}")))?;
        let got = case.judge(&folder.join("dss"))?;
        let outcome = Outcome::of(&case, &got);
        *counts.entry(outcome.name()).or_default() += 1;
        cases.push(record(&case, &got, &outcome));
    }
    Ok(json!({ "total": cases.len(), "counts": counts, "cases": cases }))
}

enum Outcome {
    /// All that level B-B covers is the same.
    Match,
    /// Known and meant, for this reason.
    Explained(&'static str),
    /// Level B-B says nothing about the file.
    OutOfScope(&'static str),
    /// The algorithm is not verified here; the file does not pass.
    Unsupported(&'static str),
    Mismatch(&'static str),
}

impl Outcome {
    fn of(case: &Case<'_>, got: &Verdict) -> Self {
        if got.signatures != case.expected
            && let Some(difference) = difference::find(case.file)
            && got.signatures == difference.ours
        {
            return match difference.kind {
                Kind::Meant => Self::Explained(difference.why),
                Kind::OutOfScope => Self::OutOfScope(difference.why),
                Kind::Unsupported => Self::Unsupported(difference.why),
            };
        }
        if got.signatures != case.expected {
            Self::Mismatch("indication")
        } else if !case.covers(&got.level) {
            Self::Mismatch("level")
        } else {
            Self::Match
        }
    }

    /// Each is counted, the ones that do not occur too.
    const NAMES: [&str; 5] = ["match", "explained difference", "out of scope", "not supported", "mismatch"];

    fn name(&self) -> &'static str {
        match self {
            Self::Match => "match",
            Self::Explained(_) => "explained difference",
            Self::OutOfScope(_) => "out of scope",
            Self::Unsupported(_) => "not supported",
            Self::Mismatch(_) => "mismatch",
        }
    }

    fn why(&self) -> Option<&'static str> {
        match self {
            Self::Match => None,
            Self::Explained(why) | Self::OutOfScope(why) | Self::Unsupported(why) | Self::Mismatch(why) => {
                Some(why)
            }
        }
    }
}

fn record(case: &Case<'_>, got: &Verdict, outcome: &Outcome) -> Value {
    json!({
        "file": case.file,
        "content": case.content,
        "outcome": outcome.name(),
        "why": outcome.why(),
        "expected": { "level": case.level, "signatures": case.expected },
        "got": { "level": got.level, "signatures": got.signatures, "reasons": got.reasons },
        "beyond B-B, not compared": case.beyond(),
    })
}
