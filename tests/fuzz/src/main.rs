//! One program with all fuzz targets; the environment names the one. `cargo xtask campaign fuzz` builds and runs them.

#![no_main]

mod bound;
mod recording;
mod targets;

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;

#[global_allocator]
static ALLOCATOR: bound::Counter = bound::Counter;

static TARGET: OnceLock<fn(&[u8])> = OnceLock::new();

fuzz_target!(init: choose(), |octets: &[u8]| TARGET.get().expect("chosen at the beginning")(octets));

fn choose() {
    let name = std::env::var("KAMUSM_FUZZ_TARGET").unwrap_or_default();
    let names: Vec<_> = targets::ALL.iter().map(|(name, _)| *name).collect();
    let found = targets::ALL.iter().find(|(known, _)| *known == name);
    let (_, target) = found.unwrap_or_else(|| panic!("KAMUSM_FUZZ_TARGET is one of {}", names.join(", ")));
    TARGET.get_or_init(|| *target);
}
