//! The suites of `cargo xtask test`, and which of them run side by side.

mod bench;
mod browser;
mod c;
mod card;
pub(crate) mod chaos;
mod demo;
mod docs;
pub(crate) mod fuzz;
mod judges;
mod kotlin;
mod parity;
pub(crate) mod python;
mod rust;
pub(crate) mod schema;
pub(crate) mod simulation;
mod size;
mod swift;
mod whole_application;

use std::{process::ExitCode, thread, time::Instant};

use crate::{
    report::{self, Report},
    setup::{self, Part},
};

/// Its name, its checks, and the parts of the setup that it waits for.
type Suite = (&'static str, fn(&mut Report), &'static [&'static Part]);

/// Each lane is a thread, and its suites run one after the other: those of one lane change the same files.
const LANES: [&[Suite]; 3] = [
    // The programs of the tests and the C library.
    &[
        ("lint", rust::lint, &[]),
        ("docs", docs::checks, &[]),
        ("rust", rust::tests, &[]),
        ("judges", judges::checks, &[&setup::PYTHON, &setup::MAVEN]),
        ("schema", schema::checks, &[&setup::PYTHON]),
        ("c", c::checks, &[]),
        ("card", card::tests, &[]),
        ("demo", demo::tests, &[]),
        ("browser", browser::tests, &[&setup::NPM]),
    ],
    // The library of the languages, Maven's and Swift's folders.
    &[
        ("python", python::checks, &[&setup::PYTHON]),
        ("kotlin", kotlin::checks, &[&setup::KOTLIN]),
        ("swift", swift::checks, &[&setup::SWIFT]),
        // It builds in a folder of its own.
        ("fuzz", fuzz::checks, &[]),
    ],
    // What cargo optimises; then what waits more than it computes, and builds little.
    &[
        ("size", size::checks, &[]),
        ("bench", bench::checks, &[&setup::BENCH]),
        ("simulation", simulation::checks, &[]),
        ("chaos", chaos::checks, &[]),
    ],
];

/// When all others are over: what they built is used, and here all languages run at once.
const LAST: [&[Suite]; 1] = [&[("parity", parity::checks, &[&setup::PYTHON, &setup::KOTLIN, &setup::SWIFT])]];

pub(crate) fn run(allow_skip: bool, only: Option<&str>) -> ExitCode {
    println!("Every check and every test of the project; the suites run side by side, their lines mix.");
    let began = Instant::now();
    if let Err(why) = setup::packages() {
        told(&why);
    }
    let is_one = LANES.iter().chain(&LAST).copied().flatten().any(|(name, ..)| Some(*name) == only);
    let is_chosen = |(name, ..): &&Suite| {
        only.is_none_or(|only| if is_one { *name == only } else { name.contains(only) })
    };
    let run = |suites: &[Suite]| -> Vec<Report> {
        suites.iter().filter(is_chosen).map(|suite| performed(suite, allow_skip)).collect()
    };
    let reports = thread::scope(|scope| {
        // The first suites need none of it.
        scope.spawn(|| {
            let chosen = LANES.iter().chain(&LAST).copied().flatten().filter(is_chosen);
            chosen.flat_map(|(.., parts)| *parts).for_each(|part| drop(part.ready()));
        });
        let side_by_side = |lanes: &[&'static [Suite]]| {
            let threads: Vec<_> = lanes.iter().map(|suites| scope.spawn(|| run(suites))).collect();
            threads.into_iter().map(thread::ScopedJoinHandle::join).collect::<Result<Vec<_>, _>>()
        };
        // A suite that panicked has said why; it passed nothing.
        let mut reports = side_by_side(&LANES).ok()?;
        reports.extend(side_by_side(&LAST).ok()?);
        Some(reports.into_iter().flatten().collect::<Vec<Report>>())
    });
    match reports {
        Some(reports) => report::close(&reports, began.elapsed()),
        None => ExitCode::FAILURE,
    }
}

fn performed((name, checks, parts): &Suite, allow_skip: bool) -> Report {
    // What is missing will be named by the suite itself.
    parts.iter().filter_map(|part| part.ready().err()).for_each(|why| told(&why));
    let mut report = Report::new(name, allow_skip);
    checks(&mut report);
    report.end()
}

fn told(why: &str) {
    println!("setup: {why}");
}
