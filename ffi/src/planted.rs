//! Functions that panic, for the test of the guard (feature `_planted-panic`).

use std::mem::MaybeUninit;

use crate::{
    error::kamusm_error,
    guard::{guard, guard_value},
    result::kamusm_result,
};

/// What is thrown panics again when it is dropped.
struct Nasty;

impl Drop for Nasty {
    fn drop(&mut self) {
        panic!("planted in a drop");
    }
}

/// Panics; the caller sees `KAMUSM_RESULT_INTERNAL`.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_planted_panic(error: Option<&mut MaybeUninit<Box<kamusm_error>>>) -> kamusm_result {
    guard(error, || std::panic::panic_any(Nasty))
}

/// Panics; the caller sees the absent value, 7.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_planted_panic_value() -> u32 {
    guard_value(7, || panic!("planted"))
}
