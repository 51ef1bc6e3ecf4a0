//! Every problem type of the sign-session group reaches the caller as its own code, from its real cause: one table for
//! the Rust machine and, with `KAMUSM_TEST_C_CALLER`, for the C ABI behind `tests/c/problems.c`.

#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

mod caller;
mod exchange;
mod message;
mod network;
mod rows;
mod setting;
mod through_c;
mod through_rust;
mod walk;

use std::{
    collections::BTreeSet,
    io::Write as _,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::atomic::{AtomicUsize, Ordering},
};

use kamusm::Code;
use kamusm_test_flow::problem_groups::OF_SINGLE_CALLS;

use self::{
    caller::{Callers, Told},
    rows::Row,
};

/// Rows at once, each with its own service; each thread has its own C program.
const THREADS: usize = 2;

#[test]
fn each_problem_type_arises_from_its_cause() {
    let rows = rows::all();
    let next = AtomicUsize::new(0);
    let failures: Vec<String> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS).map(|_| scope.spawn(|| work(&rows, &next))).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    let face = if Callers::is_c() { "C" } else { "Rust" };
    writeln!(std::io::stdout(), "problem types through {face}: {}", rows.len()).unwrap();
}

/// Takes rows until none is left; what failed comes back.
fn work(rows: &[Row], next: &AtomicUsize) -> Vec<String> {
    let mut callers = Callers::from_environment();
    let mut failures = Vec::new();
    if let Some(known) = callers.types() {
        let wanted: BTreeSet<String> = rows.iter().map(|row| row.problem.to_owned()).collect();
        let differing: Vec<_> = known.symmetric_difference(&wanted).collect();
        if !differing.is_empty() {
            failures.push(format!("only here or only in tests/c/problems.c: {differing:?}"));
        }
    }
    while let Some(row) = rows.get(next.fetch_add(1, Ordering::Relaxed)) {
        let told = catch_unwind(AssertUnwindSafe(|| {
            let told = (row.run)(&callers);
            judge(row, &told);
        }));
        if told.is_err() {
            failures.push(format!("{} ({:?})", row.problem, row.cause));
            // Nobody knows what the program at the other end of the pipe still has to say.
            callers = Callers::from_environment();
        }
    }
    if failures.is_empty() {
        callers.close();
    }
    failures
}

/// The code of its own, which came with its problem type, its status, and both sentences.
fn judge(row: &Row, told: &Told) {
    assert_eq!(told.problem.as_deref(), Some(row.problem), "{told:?}");
    let (_, code) = Code::problem_types().iter().find(|(known, _)| *known == row.problem).unwrap();
    assert_eq!(told.number, code.number(), "{told:?}");
    assert_eq!(told.http_status, Some(row.status), "{told:?}");
    assert!(told.request_id.as_ref().is_some_and(|id| !id.is_empty()), "{told:?}");
    assert!(told.turkish.ends_with('.') && told.english.ends_with('.'), "{told:?}");
    assert_ne!(told.turkish, told.english);
}

#[test]
fn every_problem_type_of_the_sign_session_has_its_row() {
    let rows = rows::all();
    let told: BTreeSet<&str> = rows.iter().map(|row| row.problem).collect();
    assert_eq!(told.len(), rows.len(), "a row stands twice");
    let group: BTreeSet<&str> = Code::problem_types().iter().map(|(name, _)| *name).collect();
    let others = BTreeSet::from(OF_SINGLE_CALLS);
    assert!(others.is_subset(&group));
    assert_eq!(&group - &others, told);
    for row in rows {
        assert!(row.cause.words().len() > 20, "{}: say the cause", row.problem);
    }
}

#[test]
fn every_problem_type_has_a_code_of_its_own() {
    let codes: BTreeSet<i32> = Code::problem_types().iter().map(|(_, code)| code.number()).collect();
    assert_eq!(codes.len(), Code::problem_types().len());
    // The name `INTERNAL` belongs to the library's own defects.
    for (name, code) in Code::problem_types().iter().filter(|(name, _)| *name != "internal") {
        assert_eq!(name.to_ascii_uppercase().replace('-', "_"), code.name());
    }
    assert!(codes.len() >= 68);
}
