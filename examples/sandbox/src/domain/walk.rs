//! Random operations on the codes and sessions of real orders in a real store, by the functions that the handlers
//! call: nothing ever goes where the diagrams have no edge, and a refusal changes nothing.
//!
//! `KAMUSM_SEED=… cargo test` walks the same way again, `KAMUSM_COUNT=…` so many steps.

mod desk;
mod diagram;

use std::collections::BTreeMap;

use self::desk::{Desk, Step};
use self::diagram::{Cause, EDGES, Edge, Machine, NOTHING};
use crate::chance::{Chance, count, tell};

/// So many steps, unless a campaign asks for more.
const SHORT: u64 = 9_000;
/// After so many every edge has to have been taken; a shorter walk may miss some rare ones.
const LONG: u64 = 50_000;
const RARE: usize = 4;
/// A service, its clock and its certificate last so long.
const STEPS_OF_A_SERVICE: u64 = 2_000;
const STEPS_OF_AN_ORDER: u64 = 60;

/// What was seen of each code and session of the order.
type Seen = BTreeMap<(Machine, String), &'static str>;

#[tokio::test]
async fn random_walks_of_codes_and_sessions_never_leave_the_diagrams() {
    let (mut chance, seed) = Chance::new();
    let mut taken: BTreeMap<Edge, u64> = BTreeMap::new();
    let (steps, mut done) = (count(SHORT), 0);
    let mut desk = Desk::open().await;
    let mut seen = Seen::new();
    for number in 0..steps {
        if number > 0 && number.is_multiple_of(STEPS_OF_A_SERVICE) {
            desk = Desk::open().await;
            seen.clear();
        }
        if number.is_multiple_of(STEPS_OF_AN_ORDER) || desk.is_over() {
            desk.begin_order(number).await;
            seen.clear();
        }
        let label = format!("KAMUSM_SEED={seed}, step {number}");
        let Step { cause, refusal } = desk.step(&mut chance, &seen, &label).await;
        let moved = follow(&desk, &mut seen, &mut taken, cause, &label).await;
        assert!(refusal.is_none() || moved == 0, "{label}: {cause:?} was refused and changed something");
        if cause == Cause::Time {
            // Whoever reads orders next settles what has come due.
            desk.settle().await;
            follow(&desk, &mut seen, &mut taken, Cause::Order, &label).await;
        }
        done += u64::from(refusal.is_none());
    }
    // Whatever led along it.
    let mut ways: BTreeMap<_, u64> =
        EDGES.iter().map(|(machine, from, to, _)| ((machine, from, to), 0)).collect();
    for ((machine, from, to, _), times) in &taken {
        *ways.entry((machine, from, to)).or_default() += times;
    }
    let missing: Vec<_> = ways.iter().filter(|(_, times)| **times == 0).collect();
    let may_miss = if steps < LONG { RARE } else { 0 };
    assert!(steps < SHORT || missing.len() <= may_miss, "KAMUSM_SEED={seed}: never taken {missing:?}");
    tell(&serde_json::json!({
        "steps": steps, "done": done, "edges taken": taken.values().sum::<u64>(), "edges": EDGES.len(),
    }));
}

/// Compares with what was seen before; tells how many went along an edge.
async fn follow(
    desk: &Desk,
    seen: &mut Seen,
    taken: &mut BTreeMap<Edge, u64>,
    cause: Cause,
    label: &str,
) -> u64 {
    let now = desk.look().await;
    let mut moved = 0;
    for (thing, state) in &now {
        let before = seen.get(thing).copied().unwrap_or(NOTHING);
        if before == *state {
            continue;
        }
        let edge = (thing.0, before, *state, cause);
        assert!(EDGES.contains(&edge), "{label}: {edge:?} is no edge of the diagram");
        *taken.entry(edge).or_default() += 1;
        moved += 1;
    }
    assert!(seen.keys().all(|thing| now.contains_key(thing)), "{label}: something vanished");
    *seen = now;
    moved
}
