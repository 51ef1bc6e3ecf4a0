//! `KAMUSM_STEP_SIGN`: what to sign with the chosen certificate's key, and the answer of a caller who signs by itself.

use std::{mem::MaybeUninit, ptr, slice};

use kamusm::{
    Code, Error,
    session::{SignItem, SignRequest},
};

use super::{View, kamusm_step};
use crate::{
    algorithm::kamusm_algorithm,
    answer::{kamusm_answer, place},
    bytes::{kamusm_bytes, octets},
    error::kamusm_error,
    guard::{guard, guard_value},
    handle::given,
    result::kamusm_result,
};

pub(super) struct SignView {
    failure: Option<kamusm_error>,
}

impl SignView {
    pub(super) fn new(request: &SignRequest) -> Self {
        Self { failure: request.failure().map(kamusm_error::new) }
    }
}

fn item(step: Option<&kamusm_step>, index: usize) -> Option<&SignItem> {
    step?.sign().ok()?.items().get(index)
}

/// How many values are to be signed: one per text that has no signature yet.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_step_item_count(step: Option<&kamusm_step>) -> usize {
    guard_value(0, || Some(step?.sign().ok()?.items().len()))
}

/// The octets to hash and sign at this place, from 0: DER of the signed attributes, RFC 5652 5.4. Lent by the step.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_step_item_to_be_signed(step: Option<&kamusm_step>, index: usize) -> kamusm_bytes {
    guard_value(kamusm_bytes::ABSENT, || Some(kamusm_bytes::lent(&item(step, index)?.to_be_signed)))
}

/// The digest of those octets, for keys that sign digests. Lent by the step.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_step_item_digest(step: Option<&kamusm_step>, index: usize) -> kamusm_bytes {
    guard_value(kamusm_bytes::ABSENT, || Some(kamusm_bytes::lent(&item(step, index)?.digest)))
}

/// How to sign the value at this place, from 0.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_step_item_algorithm(step: Option<&kamusm_step>, index: usize) -> kamusm_algorithm {
    guard_value(kamusm_algorithm::Unknown, || Some(kamusm_algorithm::of(item(step, index)?.algorithm)))
}

/// The certificate whose key signs, DER. Lent by the step.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_step_signer_certificate(step: Option<&kamusm_step>) -> kamusm_bytes {
    guard_value(kamusm_bytes::ABSENT, || Some(kamusm_bytes::lent(step?.sign().ok()?.certificate().der())))
}

/// İmzalama Tarihi: the service's time, seconds since 1970-01-01T00:00:00Z.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_step_signing_time_unix_s(step: Option<&kamusm_step>) -> i64 {
    guard_value(0, || Some(step?.sign().ok()?.signing_time_unix_s()))
}

/// Why the attempt before this one failed, to tell the person; NULL for the first. Lent by the step: never free it.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_step_failure(step: Option<&kamusm_step>) -> *const kamusm_error {
    guard_value(ptr::null(), || match step?.view() {
        View::Sign(view) => Some(ptr::from_ref(view.failure.as_ref()?)),
        _ => None,
    })
}

/// Answers with signature values that the caller made; each is verified with the certificate.
///
/// `values`: one per item in their order, copied; `data` NULL for one that was not made.
/// `count`: how many there are, as `kamusm_step_item_count`; otherwise `KAMUSM_RESULT_RANGE`.
/// `answer`: the answer, to be freed by `kamusm_answer_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn kamusm_step_signatures(
    step: Option<&kamusm_step>,
    values: *const kamusm_bytes,
    count: usize,
    answer: Option<&mut MaybeUninit<Box<kamusm_answer>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let (step, answer) = (given(step, "step")?, place(answer)?);
        given((!values.is_null()).then_some(()), "values")?;
        let request = step.sign()?;
        if count != request.items().len() {
            return Err(Error::new(Code::Range, "there must be one value per item"));
        }
        // SAFETY: not NULL, and as many as there are items; the rest is in the rules at the top of the header.
        let values = unsafe { slice::from_raw_parts(values, count) };
        let copied = values.iter().map(|value| {
            // SAFETY: the rules at the top of the header.
            let octets = unsafe { octets(value.data, value.len, "values") };
            Ok((!value.data.is_null()).then_some(octets?.to_vec()))
        });
        let copied = copied.collect::<Result<Vec<_>, Error>>()?;
        answer.write(Box::new(kamusm_answer(request.signatures(copied))));
        Ok(())
    })
}
