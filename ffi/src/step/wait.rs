//! `KAMUSM_STEP_WAIT`: how long and what for, and the answer of a caller who waits by itself.

use std::mem::MaybeUninit;

use kamusm::session::WaitReason;

use super::kamusm_step;
use crate::{
    answer::{kamusm_answer, place},
    error::kamusm_error,
    guard::{guard, guard_value},
    handle::given,
    result::kamusm_result,
};

/// What is waited for.
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum kamusm_wait_reason {
    /// None that this version knows.
    Unknown = 0,
    /// The pause before a retry.
    Retry = 1,
    /// The person's "Evet, benim" on the portal.
    Confirmation = 2,
    /// The service's checks of the submission.
    Checks = 3,
}

/// Until when to wait, in milliseconds on the clock of `kamusm_clock_monotonic_ms`.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_step_until_ms(step: Option<&kamusm_step>) -> u64 {
    guard_value(0, || Some(step?.wait().ok()?.until()))
}

/// What is waited for, to tell the person.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_step_wait_reason(step: Option<&kamusm_step>) -> kamusm_wait_reason {
    guard_value(kamusm_wait_reason::Unknown, || match step?.wait().ok()?.reason() {
        WaitReason::Retry => Some(kamusm_wait_reason::Retry),
        WaitReason::Confirmation => Some(kamusm_wait_reason::Confirmation),
        WaitReason::Checks => Some(kamusm_wait_reason::Checks),
        _ => None,
    })
}

/// Answers that the time came.
///
/// `answer`: the answer, to be freed by `kamusm_answer_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_step_elapsed(
    step: Option<&kamusm_step>,
    answer: Option<&mut MaybeUninit<Box<kamusm_answer>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let (step, answer) = (given(step, "step")?, place(answer)?);
        answer.write(Box::new(kamusm_answer(step.wait()?.elapsed())));
        Ok(())
    })
}
