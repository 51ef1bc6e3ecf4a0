//! How large each artefact may be: `docs/size.toml`.

use std::{collections::BTreeMap, fs};

use super::{LIBRARIES, Sizes};
use crate::shell;

const FILE: &str = "docs/size.toml";
const HEAD: &str = "\
# Octets that each artefact may have, stripped, on Linux x86_64: 5 % above what it had when `cargo xtask size` wrote
# this, and for a library never more than 6 000 000. What that includes and how to look into it: docs/release.md.
";
/// For a library with its HTTP client.
const CEILING: u64 = 6_000_000;
/// Of a budget above what was measured.
const SLACK_PERCENT: u64 = 5;
/// An artefact that is smaller than its budget by more than this part asks for a lower one.
const UNUSED_PERCENT: u64 = 15;

/// Limits by the name of the artefact.
pub(super) struct Budget(BTreeMap<String, u64>);

impl Budget {
    pub(super) fn read() -> Result<Self, String> {
        let text =
            fs::read_to_string(shell::root().join(FILE)).map_err(|error| format!("{FILE}: {error}"))?;
        Self::parse(&text)
    }

    /// Lines `"name" = number`, with `_` between digits.
    fn parse(text: &str) -> Result<Self, String> {
        let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        let limits = lines.map(|line| {
            let entry = line.split_once(" = ").and_then(|(name, number)| {
                Some((name.trim_matches('"').to_owned(), number.replace('_', "").parse().ok()?))
            });
            entry.ok_or_else(|| format!("{FILE}: {line} is no limit"))
        });
        let limits: BTreeMap<String, u64> = limits.collect::<Result<_, _>>()?;
        let above = |name: &str| limits.get(name).is_some_and(|limit| *limit > CEILING);
        match LIBRARIES.iter().find(|name| above(name)) {
            Some(name) => Err(format!("{FILE}: {name} may never have more than {CEILING}")),
            None => Ok(Self(limits)),
        }
    }

    /// Writes limits for these sizes.
    pub(super) fn write(sizes: &Sizes) -> Result<(), String> {
        let mut text = HEAD.to_owned();
        for (name, octets) in sizes {
            text += &format!("\"{name}\" = {}\n", grouped(limit(name, *octets)));
        }
        // What is above the ceiling stays so, and is told.
        Self::parse(&text)?.judge(sizes)?.into_iter().collect::<Result<Vec<_>, _>>()?;
        fs::write(shell::root().join(FILE), text).map_err(|error| format!("{FILE}: {error}"))
    }

    /// The limits of these artefacts and of no others.
    pub(super) fn of(mut self, names: &[&str]) -> Self {
        self.0.retain(|name, _| names.contains(&name.as_str()));
        self
    }

    /// Each artefact has to have a limit, and each limit its artefact: what is not compared would never fail.
    pub(super) fn judge(&self, sizes: &Sizes) -> Result<Vec<Result<String, String>>, String> {
        if let Some(name) = self.0.keys().find(|&name| !sizes.iter().any(|(built, _)| built == name)) {
            return Err(format!("{FILE}: {name} was not built"));
        }
        let verdicts = sizes.iter().map(|&(name, octets)| {
            let limit = *self.0.get(name).ok_or(format!("{FILE} has no limit for {name}"))?;
            let unused = octets.saturating_mul(100) < limit.saturating_mul(100 - UNUSED_PERCENT);
            Ok(match octets {
                octets if octets > limit => Err(format!("{name} has {octets} octets, the budget is {limit}")),
                _ if unused => {
                    Ok(format!("{name}: {octets} octets, far less than {limit}, lower the budget"))
                }
                _ => Ok(format!("{name}: {octets} octets of {limit}")),
            })
        });
        verdicts.collect()
    }
}

/// Rounded to thousands.
fn limit(name: &str, octets: u64) -> u64 {
    let limit = (octets.saturating_mul(100 + SLACK_PERCENT) / 100).div_ceil(1000).saturating_mul(1000);
    if LIBRARIES.contains(&name) { limit.min(CEILING) } else { limit }
}

fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push('_');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(octets: u64) -> Result<String, String> {
        let budget = Budget::parse("# a note\n\"wheel\" = 1_000\n").expect("one limit");
        budget.judge(&vec![("wheel", octets)]).expect("one artefact, one limit").remove(0)
    }

    #[test]
    fn more_than_the_budget_fails_and_much_less_is_said() {
        assert_eq!(judged(1001), Err("wheel has 1001 octets, the budget is 1000".into()));
        assert_eq!(judged(1000), Ok("wheel: 1000 octets of 1000".into()));
        assert_eq!(judged(850), Ok("wheel: 850 octets of 1000".into()));
        assert_eq!(judged(849), Ok("wheel: 849 octets, far less than 1000, lower the budget".into()));
    }

    #[test]
    fn nothing_is_left_uncompared() {
        let budget = Budget::parse("\"wheel\" = 1_000\n\"jar\" = 2_000\n").expect("two limits");
        assert_eq!(budget.judge(&vec![("wheel", 1)]), Err(format!("{FILE}: jar was not built")));
        let budget = budget.of(&["wheel"]);
        assert!(budget.judge(&vec![("wheel", 1)]).is_ok());
        let other = budget.judge(&vec![("wheel", 1), ("jar", 1)]);
        assert_eq!(other, Err(format!("{FILE} has no limit for jar")));
    }

    #[test]
    fn no_budget_lifts_a_library_above_the_ceiling() {
        assert_eq!(limit("wheel", 5_900_000), 6_195_000);
        assert_eq!(limit(LIBRARIES[0], 5_900_000), CEILING);
        assert_eq!(limit(LIBRARIES[0], 5_000_001), 5_251_000);
        assert!(Budget::parse("\"libkamusm.so\" = 6_000_001\n").is_err());
        assert!(Budget::parse("\"libkamusm.so\" = 6 MB\n").is_err());
        assert_eq!(grouped(6_000_000), "6_000_000");
        assert_eq!(grouped(12), "12");
    }
}
