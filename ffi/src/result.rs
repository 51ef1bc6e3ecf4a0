//! The number that every fallible function returns.

/// `0` for success, otherwise the number of a [`kamusm::Code`].
///
/// cbindgen writes the enum from the core's list, so this alias is left out of the header.
///
/// cbindgen:ignore
pub type kamusm_result = i32;

/// Success.
///
/// cbindgen:ignore
pub const KAMUSM_RESULT_OK: kamusm_result = 0;
