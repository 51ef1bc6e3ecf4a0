//! `cargo xtask bench`: counts against the budget, times beside others; writes the evidence and its table.

mod budget;
mod counts;
mod evidence;
mod goals;
mod times;

use clap::Args;

use crate::{setup, shell};

pub(crate) use budget::Budget;
pub(crate) use counts::measure as counts;

/// The measured session, with everything that it depends on.
const RECORDING: &str = "tests/bench/fixtures/session.json";

/// What is measured.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Only the counts of instructions and allocations; no times, no evidence.
    #[arg(long)]
    counts: bool,
    /// Walks the recorded session anew first; needed where the protocol changed.
    #[arg(long)]
    record: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<(), String> {
    println!(
        "bench: counts instructions and allocations, then measures times beside OpenSSL and bare operations"
    );
    println!("bench: the first run builds for some minutes; a run takes two more");
    setup::packages()?;
    setup::bench::prepare()?;
    if arguments.record {
        record()?;
    }
    println!("== counts");
    let counts = counts::measure()?;
    let exceeded = tell(&Budget::read()?, &counts)?;
    if !arguments.counts {
        println!("== times");
        let times = times::measure()?;
        evidence::write(&counts, &times)?;
    }
    if exceeded == 0 { Ok(()) } else { Err(format!("{exceeded} counts exceed the budget")) }
}

fn record() -> Result<(), String> {
    println!("bench: records a session");
    let text = times::program("record")?;
    shell::generated(RECORDING, &text, false, "cargo xtask bench --record")
}

/// Every count with its budget; gives how many exceed it.
fn tell(budget: &Budget, counts: &counts::Counts) -> Result<usize, String> {
    let verdicts = budget.judge(counts)?;
    for verdict in &verdicts {
        match &verdict.verdict {
            Ok(remark) => println!("   ok    {}{remark}", verdict.name),
            Err(why) => println!("   FAIL  {}: {why}", verdict.name),
        }
    }
    Ok(verdicts.iter().filter(|verdict| verdict.verdict.is_err()).count())
}
