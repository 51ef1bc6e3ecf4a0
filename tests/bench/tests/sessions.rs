//! Sessions one after the other in one process: what has ended leaves nothing behind.

use kamusm::session::OutcomeKind;
use kamusm_bench::Recording;
use serde_json::json;

/// A tenth of the sessions may not leave more than this: a leak of a hundred octets a session is seen in 10 000.
const MOST_KIB: u64 = 1024;
const STEPS: u64 = 10;

/// `KAMUSM_COUNT` sessions; the campaign asks for 10 000.
#[test]
fn ended_sessions_leave_no_memory_behind() {
    let count: u64 = std::env::var("KAMUSM_COUNT").map_or(500, |count| count.parse().expect("a number"));
    let recording = Recording::committed();
    let before = resident_kib();
    let resident: Vec<u64> = (0..STEPS)
        .map(|_| {
            for _ in 0..count / STEPS {
                assert_eq!(recording.play().finish().kind, OutcomeKind::Accepted);
            }
            resident_kib()
        })
        .collect();
    let counts = json!({
        "sessions": count / STEPS * STEPS,
        "resident KiB before": before,
        "resident KiB after each tenth": resident,
        "through": "the core: every step of a recorded session, each with a verified signature and receipt",
    });
    println!("campaign={counts}");
    // The first tenth fills what is kept once: the allocator's own pages, tables of the cryptography.
    let (first, last) = (resident[0], resident[resident.len() - 1]);
    assert!(last <= first + MOST_KIB, "{first} KiB became {last} KiB");
}

/// What this process has in memory now.
fn resident_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux tells this");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("Linux tells this");
    line.trim().trim_end_matches(" kB").parse().expect("a number of kB")
}
