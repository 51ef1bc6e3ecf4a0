//! Instructions of our own code, counted by valgrind. `cargo xtask bench` holds them against `budget.json`.
//!
//! Digests and verifications are left out: valgrind hides SHA-NI and AVX-512, so their counts are of other code than
//! what runs.

#![expect(missing_docs, unused_qualifications, reason = "of what the macros make")]

use std::hint::black_box;

use gungraun::{Callgrind, prelude::*};
use kamusm_bench::{Assembly, Play, Recording, RevocationList, SignedFile};

/// The turn that opens the session: the code is redeemed.
const REDEMPTION: usize = 1;
const ENTRIES: u32 = 10_000;

fn signature() -> Assembly {
    settled(Assembly::recorded())
}

fn file() -> SignedFile {
    settled(SignedFile::recorded())
}

fn list() -> RevocationList {
    settled(RevocationList::with_entries(ENTRIES))
}

fn at_redemption() -> Play {
    let mut play = Recording::committed().play();
    play.advance(REDEMPTION);
    settled(play)
}

fn whole() -> Play {
    settled(Recording::committed().play())
}

/// A large request lets the C library tidy up what the setup gave back; else the measured work would.
fn settled<T>(input: T) -> T {
    drop(black_box(Vec::<u8>::with_capacity(1 << 16)));
    input
}

// Each gives its input back, so that dropping it is not counted.

#[library_benchmark(setup = signature)]
#[bench::recorded()]
fn assembly(input: Assembly) -> (Assembly, Vec<u8>) {
    let file = black_box(&input).run();
    (input, file)
}

#[library_benchmark(setup = file)]
#[bench::recorded()]
fn cms_parse(input: SignedFile) -> SignedFile {
    black_box(black_box(&input).parse());
    input
}

#[library_benchmark(setup = file)]
#[bench::recorded()]
fn validation(input: SignedFile) -> SignedFile {
    black_box(black_box(&input).validate());
    input
}

#[library_benchmark(setup = list)]
#[bench::absent()]
fn crl_scan(input: RevocationList) -> RevocationList {
    black_box(black_box(&input).first_use());
    input
}

#[library_benchmark(setup = list)]
#[bench::whole()]
fn crl_index(input: RevocationList) -> RevocationList {
    black_box(black_box(&input).indexed());
    input
}

#[library_benchmark(setup = at_redemption)]
#[bench::redemption()]
fn session_turn(mut input: Play) -> Play {
    black_box(&mut input).turn();
    input
}

#[library_benchmark(setup = whole)]
#[bench::recorded()]
fn session(mut input: Play) -> Play {
    black_box(black_box(&mut input).finish());
    input
}

library_benchmark_group!(
    name = own_work,
    benchmarks = [assembly, cms_parse, validation, crl_scan, crl_index, session_turn, session]
);

main!(
    // The toggles switch counting off at the entry of such a function and on again at its end.
    config = LibraryBenchmarkConfig::default().tool(Callgrind::with_args([
        "--cache-sim=no",
        "--toggle-collect=*aws_lc_rs*verify_sig*",
        "--toggle-collect=*sha2*compress*",
    ])),
    library_benchmark_groups = own_work
);
