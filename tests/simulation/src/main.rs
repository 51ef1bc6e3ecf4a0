//! `kamusm-test-simulation SEED COUNT`: runs worlds and tells their counts; says which seed failed, and how.

#![expect(clippy::print_stdout, reason = "a program that speaks on its terminal")]

use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use kamusm_test_simulation::world::{Report, run};

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1).map(|argument| argument.parse::<u64>().ok());
    let (Some(seed), Some(count)) = (arguments.next().flatten(), arguments.next().flatten()) else {
        println!("usage: kamusm-test-simulation SEED COUNT");
        return ExitCode::FAILURE;
    };
    let next = AtomicU64::new(seed);
    let end = seed.saturating_add(count);
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let reports: Vec<Report> = thread::scope(|scope| {
        let work = || {
            let mut reports = Vec::new();
            loop {
                let seed = next.fetch_add(1, Ordering::Relaxed);
                if seed >= end {
                    return reports;
                }
                reports.push(run(seed));
            }
        };
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        workers.into_iter().flat_map(|worker| worker.join().expect("a world does not panic")).collect()
    });
    let failed: Vec<&Report> = reports.iter().filter(|report| !report.violations.is_empty()).collect();
    for report in failed
        .iter()
        .take(3)
        .copied()
        .chain(reports.iter().filter(|report| count == 1 && report.violations.is_empty()))
    {
        for line in report.history.lines() {
            println!("{line}");
        }
        println!("digest {}", report.digest);
    }
    for report in &failed {
        println!("seed {} failed: {}", report.seed, report.violations.join("; "));
        println!("again: cargo xtask campaign simulation --seed {} --count 1", report.seed);
    }
    let sum = |part: fn(&Report) -> u64| reports.iter().map(part).sum::<u64>();
    let counts = serde_json::json!({
        "histories": reports.len(),
        "failed": failed.len(),
        "bad exchanges": sum(|report| report.counts.bad_exchanges),
        "crashes of the service": sum(|report| report.counts.service_crashes),
        "crashes of the application": sum(|report| report.counts.application_crashes),
        "troubles of the disk": sum(|report| report.counts.disk_troubles),
        "sessions resumed": sum(|report| report.counts.resumed),
        "PIN entries": sum(|report| report.counts.pins),
        "void sessions": sum(|report| report.counts.void),
        "accepted": sum(|report| report.counts.accepted),
    });
    println!("campaign={counts}");
    if failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
