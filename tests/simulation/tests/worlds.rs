//! One seed gives one history, and other seeds other ones.

use std::collections::BTreeSet;

use kamusm_test_simulation::world::run;

const SEEDS: std::ops::Range<u64> = 1_000_000..1_000_020;

#[test]
fn the_same_seed_gives_the_same_history() {
    let first: Vec<String> = SEEDS.map(|seed| run(seed).digest).collect();
    let again: Vec<String> = SEEDS.map(|seed| run(seed).digest).collect();
    assert_eq!(first, again);
    assert_eq!(first.iter().collect::<BTreeSet<_>>().len(), first.len());
}
