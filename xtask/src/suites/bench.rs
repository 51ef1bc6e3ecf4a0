//! What our own code costs, held against the budget: counts of instructions and allocations, never times.

use crate::{
    bench::{self, Budget},
    report::Report,
    setup, shell,
};

pub(crate) fn checks(report: &mut Report) {
    // Behind its feature it is no part of the workspace's own checks.
    let clippy =
        ["clippy", "--workspace", "--features", "kamusm-bench/ratios", "--all-targets", "--quiet", "--"];
    report.check(
        "the program that measures times",
        shell::run(shell::cargo().args(clippy).args(["-D", "warnings"])),
    );
    if shell::find("valgrind").is_none() {
        return report.missing("counts", "valgrind");
    }
    if !setup::bench::runner().is_file() {
        return report.missing("counts", "gungraun-runner");
    }
    match Budget::read().and_then(|budget| budget.judge(&bench::counts()?)) {
        Ok(verdicts) => {
            for verdict in verdicts {
                match verdict.verdict {
                    Ok(remark) => report.check(&format!("{}{remark}", verdict.name), Ok(())),
                    Err(why) => report.check(&verdict.name, Err(why)),
                }
            }
        }
        Err(why) => report.check("counts", Err(why)),
    }
}
