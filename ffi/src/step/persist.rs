//! `KAMUSM_STEP_PERSIST`: the record of the journal, and that it was stored.

use std::{
    ffi::{CString, c_char},
    mem::MaybeUninit,
    ptr,
};

use kamusm::{journal::Record, session::Persist};

use super::{View, kamusm_step};
use crate::{
    answer::{kamusm_answer, place},
    bytes::kamusm_bytes,
    error::kamusm_error,
    guard::{guard, guard_value},
    handle::given,
    result::kamusm_result,
    text::lendable,
};

pub(super) struct PersistView {
    journal: CString,
}

impl PersistView {
    pub(super) fn new(persist: &Persist) -> Self {
        Self { journal: lendable(&persist.record().journal().to_string()) }
    }
}

fn record(step: Option<&kamusm_step>) -> Option<&Record> {
    Some(step?.persist().ok()?.record())
}

/// What to store durably, before anything else is done: encrypted, to be kept as it stands. Lent by the step.
///
/// The newest record of a journal is enough for `kamusm_session_resume`; those before it are no longer needed.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_step_record(step: Option<&kamusm_step>) -> kamusm_bytes {
    guard_value(kamusm_bytes::ABSENT, || Some(kamusm_bytes::lent(record(step)?.octets())))
}

/// The number of the journal that the record belongs to, 32 hexadecimal digits; NULL for other steps. Lent by the step.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_step_record_id(step: Option<&kamusm_step>) -> *const c_char {
    guard_value(ptr::null(), || match step?.view() {
        View::Persist(view) => Some(view.journal.as_ptr()),
        _ => None,
    })
}

/// The place of the record in its journal, each above the one before. Refuse one that is not above the last one stored:
/// another session goes on from there, answer with `KAMUSM_RESULT_JOURNAL_LOCKED`.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_step_record_sequence(step: Option<&kamusm_step>) -> u64 {
    guard_value(0, || Some(record(step)?.sequence()))
}

/// How many octets the next record may need. Make room for them now, so that a full disk is met before a signature
/// exists and not after.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_step_record_reserve(step: Option<&kamusm_step>) -> usize {
    guard_value(0, || Some(record(step)?.reserve_octets()))
}

/// Answers that the record is stored, and stays so when the power fails now. If it could not be: `kamusm_step_failed`.
///
/// `answer`: the answer, to be freed by `kamusm_answer_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_step_stored(
    step: Option<&kamusm_step>,
    answer: Option<&mut MaybeUninit<Box<kamusm_answer>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let (step, answer) = (given(step, "step")?, place(answer)?);
        answer.write(Box::new(kamusm_answer(step.persist()?.stored())));
        Ok(())
    })
}
