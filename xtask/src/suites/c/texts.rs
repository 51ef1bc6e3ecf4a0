//! What is shown is what is signed and what is stored: ten thousand texts, compared by OpenSSL.

use super::{
    program::{Mode, Workshop, passed},
    service::Service,
};
use crate::{report::Report, shell};

/// The header that comes with libssl-dev.
const OPENSSL: [&str; 2] = ["--exists", "libcrypto >= 3.0"];

pub(super) fn checks(report: &mut Report, workshop: &Workshop) {
    let has_openssl = shell::output(std::process::Command::new("pkg-config").args(OPENSSL));
    if !has_openssl.is_ok_and(|output| output.status.success()) {
        return report.missing("texts.c", "libssl-dev");
    }
    // Sessions of ten texts each, and threads; the memory checks need no thousands.
    for (mode, sessions, threads) in
        [(Mode::Plain, 1000, 3), (Mode::Sanitized, 20, 2), (Mode::Valgrind, 2, 1)]
    {
        let verdict = texts(workshop, mode, sessions, threads);
        report.check(&format!("{} texts as OpenSSL extracts them, {}", sessions * 10, mode.name()), verdict);
    }
}

fn texts(workshop: &Workshop, mode: Mode, sessions: u32, threads: u32) -> Result<(), String> {
    let service = Service::start()?;
    let source = shell::root().join("tests/c/texts.c");
    let program = workshop.compile_with(&source, "texts", mode, &["-lcrypto"])?;
    let mut command = workshop.command(&program, mode);
    command.args([sessions.to_string(), threads.to_string()]).envs(service.settings()?);
    for (setting, fact) in [
        ("KAMUSM_TEST_ADMIN_TOKEN", "admin_token"),
        ("KAMUSM_TEST_PERSON_TOKEN", "person_token"),
        ("KAMUSM_TEST_ANCHOR", "trust_anchor"),
    ] {
        command.env(setting, service.fact(fact)?);
    }
    passed(&shell::capture(&mut command)?)
}
