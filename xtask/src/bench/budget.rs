//! What our own code may cost: `tests/bench/budget.json`.

use std::collections::BTreeMap;

use serde_json::Value;

use super::counts::Counts;
use crate::shell;

const FILE: &str = "tests/bench/budget.json";
/// A count that is lower by more than this part asks for a lower budget.
const SLACK_PERCENT: u64 = 15;

/// Limits by work and by what is counted.
pub(crate) struct Budget(BTreeMap<(String, String), u64>);

/// One count beside its limit.
pub(crate) struct Verdict {
    pub(crate) name: String,
    /// A remark, or why it is too much.
    pub(crate) verdict: Result<String, String>,
}

impl Budget {
    pub(crate) fn read() -> Result<Self, String> {
        let text =
            std::fs::read_to_string(shell::root().join(FILE)).map_err(|error| format!("{FILE}: {error}"))?;
        let json: Value = serde_json::from_str(&text).map_err(|error| format!("{FILE}: {error}"))?;
        let works = json.as_object().ok_or(format!("{FILE} is not an object"))?;
        let limits = works.iter().flat_map(|(work, limits)| {
            let limits = limits.as_object().into_iter().flatten();
            limits.filter_map(move |(what, limit)| Some(((work.clone(), what.clone()), limit.as_u64()?)))
        });
        Ok(Self(limits.collect()))
    }

    /// Each count has to have a limit, and each limit its count: what is not compared would never fail.
    pub(crate) fn judge(&self, counts: &Counts) -> Result<Vec<Verdict>, String> {
        if let Some((work, what)) = self.0.keys().find(|&key| !counts.contains_key(key)) {
            return Err(format!("{FILE}: {what} of {work} were not counted"));
        }
        let verdicts = counts.iter().map(|(key, &count)| {
            let (work, what) = key;
            let limit = *self.0.get(key).ok_or(format!("{FILE} has no limit for {what} of {work}"))?;
            let lower = count.saturating_mul(100) < limit.saturating_mul(100 - SLACK_PERCENT);
            let verdict = match count {
                count if count > limit => Err(format!("{count}, the budget is {limit}")),
                _ if lower => Ok(format!(": far less than {limit}, lower the budget")),
                _ => Ok(format!(" of {limit}")),
            };
            Ok(Verdict { name: format!("{work}: {count} {what}"), verdict })
        });
        verdicts.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(limit: u64) -> (Budget, (String, String)) {
        let key = ("assembly".to_owned(), "allocations".to_owned());
        (Budget(BTreeMap::from([(key.clone(), limit)])), key)
    }

    #[test]
    fn more_than_the_budget_fails_and_much_less_is_said() {
        let (budget, key) = one(100);
        let judge = |count| {
            let counts = Counts::from([(key.clone(), count)]);
            budget.judge(&counts).expect("one count, one limit").remove(0).verdict
        };
        assert_eq!(judge(101), Err("101, the budget is 100".into()));
        assert_eq!(judge(100), Ok(" of 100".into()));
        assert_eq!(judge(85), Ok(" of 100".into()));
        assert_eq!(judge(84), Ok(": far less than 100, lower the budget".into()));
    }

    #[test]
    fn nothing_is_left_uncompared() {
        let (budget, key) = one(100);
        assert!(budget.judge(&Counts::new()).is_err());
        let more = Counts::from([(key, 1), (("session".into(), "instructions".into()), 1)]);
        assert!(budget.judge(&more).is_err());
    }
}
