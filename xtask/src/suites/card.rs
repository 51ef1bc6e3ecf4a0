//! Signing with a card behind the real pcscd and OpenSC.

use std::path::Path;

use crate::{report::Report, shell, suites::rust};

pub(crate) fn tests(report: &mut Report) {
    if !Path::new("/usr/sbin/pcscd").is_file() {
        return report.missing("cards", "pcscd");
    }
    rust::counted(report, "cards", shell::cargo().args(["test", "--package", "kamusm-test-card"]));
}
