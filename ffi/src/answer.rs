//! What a caller tells the machine about a step.

use std::mem::MaybeUninit;

use kamusm::{Answer, Error};

use crate::{guard::guard_void, handle::given};

/// The answer to one step; made only by the step itself or by a performer.
///
/// Threads: any number may read it at once.
pub struct kamusm_answer(pub(crate) Answer);

/// The place for an answer; checked before anything is done for it.
pub(crate) fn place(
    answer: Option<&mut MaybeUninit<Box<kamusm_answer>>>,
) -> Result<&mut MaybeUninit<Box<kamusm_answer>>, Error> {
    given(answer, "answer")
}

/// Frees the answer; NULL is fine.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_answer_free(answer: Option<Box<kamusm_answer>>) {
    guard_void(|| drop(answer));
}
