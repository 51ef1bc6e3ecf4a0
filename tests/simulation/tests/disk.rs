//! Every call of the service's store fails once, in each way: a clear refusal or none, nothing lost, nothing damaged.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use kamusm_test_simulation::disk::Trouble;
use kamusm_test_simulation::world::{Report, run_troubled};

/// A seed whose order has two texts.
const SEED: u64 = 1;
const NEVER: u64 = u64::MAX / 2;

fn told(report: &Report) -> String {
    format!("{}\n{}", report.history.lines().join("\n"), report.violations.join("\n"))
}

#[test]
fn every_call_fails_once_in_each_way() {
    let undisturbed = run_troubled(SEED, NEVER, Trouble::Error);
    assert!(undisturbed.violations.is_empty(), "{}", told(&undisturbed));
    let mut cases: Vec<(u64, Trouble)> =
        (0..undisturbed.disk_calls).map(|call| (call, Trouble::Error)).collect();
    // Only a write can be short, or find no room.
    for call in undisturbed.disk_writes.iter().copied() {
        cases.extend([Trouble::Short, Trouble::Full, Trouble::ReadOnly].map(|trouble| (call, trouble)));
    }
    let next = AtomicUsize::new(0);
    let work = || {
        let mut met = 0;
        while let Some((call, trouble)) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
            let report = run_troubled(SEED, *call, *trouble);
            assert!(report.violations.is_empty(), "{trouble:?} in {call}: {}", told(&report));
            met += usize::from(report.digest != undisturbed.digest);
        }
        met
    };
    let met: usize = thread::scope(|scope| {
        let workers: Vec<_> = (0..2).map(|_| scope.spawn(work)).collect();
        workers.into_iter().map(|worker| worker.join().unwrap()).sum()
    });
    println!("{} cases, {met} histories went another way", cases.len());
    assert!(cases.len() > 300 && met > cases.len() / 2, "{met} of {}", cases.len());
}
