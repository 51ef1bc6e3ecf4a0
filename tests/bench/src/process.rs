//! What this process has used so far.

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

/// Processor time of all threads.
pub(crate) fn cpu() -> Duration {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    let seconds = u64::try_from(time.tv_sec).expect("a clock that starts at 0");
    Duration::new(seconds, u32::try_from(time.tv_nsec).expect("less than a second"))
}

/// The most memory that was resident, in KiB.
pub(crate) fn peak_rss_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux tells this");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("Linux tells this");
    line.trim().trim_end_matches(" kB").parse().expect("a number of kB")
}
