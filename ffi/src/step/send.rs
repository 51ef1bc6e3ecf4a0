//! `KAMUSM_STEP_SEND`: the request, and the answers of a caller who performs it.

use std::{
    ffi::{CString, c_char},
    mem::MaybeUninit,
    ptr,
};

use kamusm::{
    Code, Error,
    request::{Request, TransportFailure},
    session::Send,
};

use super::{View, kamusm_step};
use crate::{
    answer::{kamusm_answer, place},
    bytes::kamusm_bytes,
    error::kamusm_error,
    guard::{guard, guard_value},
    handle::given,
    response::kamusm_response,
    result::kamusm_result,
    text::lendable,
};

pub(super) struct SendView {
    method: CString,
    url: CString,
    headers: Vec<(CString, CString)>,
}

impl SendView {
    pub(super) fn new(send: &Send) -> Self {
        let request = send.request();
        let headers = request.headers.iter().map(|(name, value)| (lendable(name), lendable(value)));
        Self {
            method: lendable(request.method.name()),
            url: lendable(&request.url),
            headers: headers.collect(),
        }
    }

    fn of(step: Option<&kamusm_step>) -> Option<&Self> {
        if let View::Send(view) = step?.view() { Some(view) } else { None }
    }
}

fn request(step: Option<&kamusm_step>) -> Option<&Request> {
    step?.send().ok().map(Send::request)
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

/// The method, such as `"GET"`. Lent by the step.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_step_method(step: Option<&kamusm_step>) -> *const c_char {
    guard_value(ptr::null(), || Some(SendView::of(step)?.method.as_ptr()))
}

/// The absolute address. Send it as it stands and follow no redirects. Lent by the step.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_step_url(step: Option<&kamusm_step>) -> *const c_char {
    guard_value(ptr::null(), || Some(SendView::of(step)?.url.as_ptr()))
}

/// How many headers there are. Add none but `Host` and lengths.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_step_header_count(step: Option<&kamusm_step>) -> usize {
    guard_value(0, || Some(request(step)?.headers.len()))
}

/// Name of the header at this place, from 0. Lent by the step.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_step_header_name(step: Option<&kamusm_step>, index: usize) -> *const c_char {
    guard_value(ptr::null(), || Some(SendView::of(step)?.headers.get(index)?.0.as_ptr()))
}

/// Value of the header at this place, from 0. It may be a credential: keep it out of logs. Lent by the step.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_step_header_value(step: Option<&kamusm_step>, index: usize) -> *const c_char {
    guard_value(ptr::null(), || Some(SendView::of(step)?.headers.get(index)?.1.as_ptr()))
}

/// The body; no octets for none. Lent by the step.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_step_body(step: Option<&kamusm_step>) -> kamusm_bytes {
    guard_value(kamusm_bytes::ABSENT, || {
        let body = &request(step)?.body;
        if body.is_empty() { None } else { Some(kamusm_bytes::lent(body)) }
    })
}

/// How long the whole exchange may take, in milliseconds.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_step_timeout_ms(step: Option<&kamusm_step>) -> u64 {
    guard_value(0, || Some(request(step)?.timeout_ms))
}

/// How large the body of the answer may be, in octets; stop reading a larger one.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_step_max_response_octets(step: Option<&kamusm_step>) -> usize {
    guard_value(0, || Some(request(step)?.max_response_octets))
}

/// Whether it is sent even though everything was cancelled, without anybody waiting for its answer.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_step_is_sent_after_cancel(step: Option<&kamusm_step>) -> bool {
    guard_value(false, || Some(request(step)?.after_cancel))
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
        let failed = step.send()?.failed(transport_failure(failure)?);
        answer.write(Box::new(kamusm_answer(failed)));
        Ok(())
    })
}

fn transport_failure(number: i32) -> Result<TransportFailure, Error> {
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
