//! Sessions that are opened and dropped leave nothing behind. Alone in its process: others would grow beside it.

#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use std::fs;

use kamusm::{
    Session, Step,
    config::{Config, Environment},
    request::TransportFailure,
    session::VerificationCode,
    time::Now,
};
use kamusm_sandbox::Sandbox;
use kamusm_test_flow::Applicant;

const WARM: usize = 1_000;
const SESSIONS: usize = 10_000;
/// What an allocator may keep for itself.
const SLACK_KIB: u64 = 2_048;

#[test]
fn ten_thousand_sessions_leave_nothing_behind() {
    let sandbox = Sandbox::builder().start().unwrap();
    let code = Applicant::with_texts(&sandbox, 1).code(&sandbox);
    drop(sandbox);
    let config = Config::builder("http://127.0.0.1:9", Environment::Sandbox).build().unwrap();
    let round = || {
        let mut session = Session::new(VerificationCode::parse(&code).unwrap(), &config, [7; 32]);
        let now = Now { monotonic_ms: 1, unix_ms: 1 };
        let Step::Send(send) = session.step(now).unwrap() else { panic!("the first step is a request") };
        session.answer(send.failed(TransportFailure::Timeout), now).unwrap();
        assert!(
            matches!(session.step(now).unwrap(), Step::Wait(_)),
            "a service that was slow is asked again"
        );
    };
    (0..WARM).for_each(|_| round());
    let before = resident_kib();
    (WARM..SESSIONS).for_each(|_| round());
    let after = resident_kib();
    assert!(after <= before + SLACK_KIB, "{before} KiB became {after} KiB");
}

fn resident_kib() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}
