//! How a session ends, as a number.

/// `0` where there is no outcome, otherwise the number of a [`kamusm::session::OutcomeKind`].
///
/// cbindgen writes the enum from the core's list, so this alias is left out of the header.
///
/// cbindgen:ignore
pub type kamusm_outcome = i32;
