//! The suites of `cargo xtask test`, in the order in which they run: the quick ones first.

mod bench;
mod c;
mod demo;
mod docs;
mod judges;
mod kotlin;
mod parity;
pub(crate) mod python;
mod rust;
mod size;
mod swift;

use std::process::ExitCode;

use crate::{report::Report, setup};

type Suite = (&'static str, fn(&mut Report));

const SUITES: &[Suite] = &[
    ("lint", rust::lint),
    ("docs", docs::checks),
    ("rust", rust::tests),
    ("judges", judges::checks),
    ("c", c::checks),
    ("python", python::checks),
    ("swift", swift::checks),
    ("demo", demo::tests),
    ("size", size::checks),
    ("kotlin", kotlin::checks),
    ("bench", bench::checks),
    ("parity", parity::checks),
];

pub(crate) fn run(allow_skip: bool, only: Option<&str>) -> ExitCode {
    println!("Every check and every test of the project; progress by suite.");
    if let Err(why) = setup::run() {
        // What is missing will be named by the suites that need it.
        println!("setup: {why}");
    }
    let mut report = Report::new(allow_skip);
    for (name, suite) in SUITES.iter().filter(|(name, _)| only.is_none_or(|only| name.contains(only))) {
        report.suite(name);
        suite(&mut report);
    }
    report.close()
}
