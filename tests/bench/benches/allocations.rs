//! Allocations of our own code. `cargo xtask bench` holds them against `budget.json`. Each name stands for the same
//! work as in the other benchmark. What aws-lc allocates in C is not counted.

use std::{
    collections::BTreeMap,
    hint::black_box,
    io::{Write as _, stdout},
};

use kamusm_bench::{Assembly, Counter, Recording, RevocationList, SignedFile};

const REDEMPTION: usize = 1;
const ENTRIES: u32 = 10_000;

#[global_allocator]
static COUNTER: Counter = Counter;

fn main() {
    let assembly = Assembly::recorded();
    let file = SignedFile::recorded();
    let list = RevocationList::with_entries(ENTRIES);
    let mut turn = Recording::committed().play();
    turn.advance(REDEMPTION);
    let mut session = Recording::committed().play();
    // What is made once in a process is made here.
    drop((assembly.run(), file.validate(), Recording::committed().play().finish()));
    let counts = BTreeMap::from([
        ("assembly", Counter::count(|| drop(black_box(assembly.run())))),
        ("cms_parse", Counter::count(|| drop(black_box(file.parse())))),
        ("validation", Counter::count(|| drop(black_box(file.validate())))),
        ("crl_scan", Counter::count(|| assert!(!list.first_use()))),
        ("crl_index", Counter::count(|| drop(black_box(list.indexed())))),
        ("session_turn", Counter::count(|| turn.turn())),
        ("session", Counter::count(|| drop(black_box(session.finish())))),
    ]);
    let text = serde_json::to_string(&counts).expect("names and numbers");
    writeln!(stdout(), "{text}").expect("somebody reads");
}
