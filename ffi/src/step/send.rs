//! `KAMUSM_STEP_SEND`: the request, and the answers of a caller who performs it.

use std::{ffi::c_char, mem::MaybeUninit, ptr};

use kamusm::{Code, Error, request::TransportFailure};

use super::{View, kamusm_step};
use crate::{
    answer::{kamusm_answer, place},
    bytes::kamusm_bytes,
    error::kamusm_error,
    guard::{guard, guard_value},
    handle::given,
    request::kamusm_request,
    response::kamusm_response,
    result::kamusm_result,
};

/// What the accessors of this kind of step speak of.
fn request(step: Option<&kamusm_step>) -> Option<&kamusm_request> {
    if let View::Send(request) = step?.view() { Some(request) } else { None }
}

/// Why there is no answer of the service.
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum kamusm_transport_failure {
    /// No connection, or it broke.
    Unreachable = 1,
    /// TLS was refused.
    Tls = 2,
    /// The time of the request was over.
    Timeout = 3,
    /// The body was larger than allowed.
    TooLarge = 4,
    /// The exchange was not HTTP.
    Malformed = 5,
}

/// The request of the step, with the same accessors as that of a `kamusm_call`. Lent by the step.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_step_request(step: Option<&kamusm_step>) -> *const kamusm_request {
    guard_value(ptr::null(), || Some(ptr::from_ref(request(step)?)))
}

/// `kamusm_request_method` of `kamusm_step_request`. Lent by the step.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_step_method(step: Option<&kamusm_step>) -> *const c_char {
    guard_value(ptr::null(), || Some(request(step)?.method()))
}

/// `kamusm_request_url` of `kamusm_step_request`. Lent by the step.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_step_url(step: Option<&kamusm_step>) -> *const c_char {
    guard_value(ptr::null(), || Some(request(step)?.url()))
}

/// `kamusm_request_header_count` of `kamusm_step_request`.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_step_header_count(step: Option<&kamusm_step>) -> usize {
    guard_value(0, || Some(request(step)?.inner().headers.len()))
}

/// `kamusm_request_header_name` of `kamusm_step_request`. Lent by the step.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_step_header_name(step: Option<&kamusm_step>, index: usize) -> *const c_char {
    guard_value(ptr::null(), || request(step)?.header_name(index))
}

/// `kamusm_request_header_value` of `kamusm_step_request`: it may be a credential. Lent by the step.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_step_header_value(step: Option<&kamusm_step>, index: usize) -> *const c_char {
    guard_value(ptr::null(), || request(step)?.header_value(index))
}

/// `kamusm_request_body` of `kamusm_step_request`. Lent by the step.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_step_body(step: Option<&kamusm_step>) -> kamusm_bytes {
    guard_value(kamusm_bytes::ABSENT, || request(step)?.body())
}

/// `kamusm_request_timeout_ms` of `kamusm_step_request`.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_step_timeout_ms(step: Option<&kamusm_step>) -> u64 {
    guard_value(0, || Some(request(step)?.inner().timeout_ms))
}

/// `kamusm_request_max_response_octets` of `kamusm_step_request`.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_step_max_response_octets(step: Option<&kamusm_step>) -> usize {
    guard_value(0, || Some(request(step)?.inner().max_response_octets))
}

/// `kamusm_request_is_sent_after_cancel` of `kamusm_step_request`.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_step_is_sent_after_cancel(step: Option<&kamusm_step>) -> bool {
    guard_value(false, || Some(request(step)?.inner().after_cancel))
}

/// Answers with what the service said, whatever its status.
///
/// `response`: copied; free it afterwards.
/// `answer`: the answer, to be freed by `kamusm_answer_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_step_response(
    step: Option<&kamusm_step>,
    response: Option<&kamusm_response>,
    answer: Option<&mut MaybeUninit<Box<kamusm_answer>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let (step, response) = (given(step, "step")?, given(response, "response")?);
        let answer = place(answer)?;
        answer.write(Box::new(kamusm_answer(step.send()?.response(response.0.clone()))));
        Ok(())
    })
}

/// Answers that there is no answer of the service; the machine decides about a retry.
///
/// `failure`: one of `KAMUSM_TRANSPORT_FAILURE_*`.
/// `answer`: the answer, to be freed by `kamusm_answer_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_step_transport_failed(
    step: Option<&kamusm_step>,
    failure: i32,
    answer: Option<&mut MaybeUninit<Box<kamusm_answer>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let (step, answer) = (given(step, "step")?, place(answer)?);
        let failed = step.send()?.failed(failure_of(failure)?);
        answer.write(Box::new(kamusm_answer(failed)));
        Ok(())
    })
}

pub(crate) fn failure_of(number: i32) -> Result<TransportFailure, Error> {
    const ALL: [(kamusm_transport_failure, TransportFailure); 5] = [
        (kamusm_transport_failure::Unreachable, TransportFailure::Unreachable),
        (kamusm_transport_failure::Tls, TransportFailure::Tls),
        (kamusm_transport_failure::Timeout, TransportFailure::Timeout),
        (kamusm_transport_failure::TooLarge, TransportFailure::TooLarge),
        (kamusm_transport_failure::Malformed, TransportFailure::Malformed),
    ];
    let known = ALL.iter().find(|(name, _)| *name as i32 == number).map(|(_, failure)| *failure);
    known.ok_or_else(|| Error::new(Code::Range, "failure is none of KAMUSM_TRANSPORT_FAILURE_*"))
}
