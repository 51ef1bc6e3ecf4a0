//! The portal in a real Chromium; pictures of its pages are kept under target/browser.

use crate::{report::Report, setup::npm, shell};

pub(crate) fn tests(report: &mut Report) {
    for (program, package) in [("chromium", "chromium"), ("chromedriver", "chromium-driver")] {
        if shell::find(program).is_none() {
            return report.missing(program, package);
        }
    }
    if npm::ready().is_none() {
        return report.missing("axe-core", "axe-core of npm");
    }
    // Signs with the code that stands on the page.
    if let Err(why) = shell::run(shell::cargo().args(["build", "--package", "kamusm-sign"])) {
        return report.check("kamusm-sign", Err(why));
    }
    // A browser has many processes of its own.
    let test = ["test", "--package", "kamusm-test-browser", "--no-fail-fast", "--", "--test-threads", "2"];
    super::rust::counted(report, "cargo test of the portal", shell::cargo().args(test));
}
