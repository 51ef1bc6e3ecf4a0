//! A function that panics, for the test of the guard (feature `_planted-panic`).

use crate::error::Result;

/// Panics; the caller sees the language's error for a panic.
#[uniffi::export]
pub fn planted_panic() -> Result<()> {
    panic!("planted")
}
