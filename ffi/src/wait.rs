//! The default way to wait.

use std::mem::MaybeUninit;

use kamusm::drive;

use crate::{
    answer::{kamusm_answer, place},
    cancel::{kamusm_cancel, or_never},
    error::kamusm_error,
    guard::guard,
    handle::given,
    result::kamusm_result,
    step::kamusm_step,
};

/// Performs a `KAMUSM_STEP_WAIT`. It blocks until the moment has come or `cancel` was cancelled.
///
/// `cancel`: ends the wait from another thread; may be NULL.
/// `answer`: the answer, to be freed by `kamusm_answer_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_wait_perform(
    step: Option<&kamusm_step>,
    cancel: Option<&kamusm_cancel>,
    answer: Option<&mut MaybeUninit<Box<kamusm_answer>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let (step, answer) = (given(step, "step")?, place(answer)?);
        answer.write(Box::new(kamusm_answer(drive::wait(step.wait()?, &or_never(cancel)))));
        Ok(())
    })
}
