//! The service's answer: made by callers who perform the requests themselves, or by `kamusm_http_call`.

use std::{ffi::c_char, mem::MaybeUninit};

use kamusm::{Code, Error, request::Response};

use crate::{
    bytes::{kamusm_bytes, octets},
    error::kamusm_error,
    guard::{guard, guard_value, guard_void},
    handle::given,
    result::kamusm_result,
    text::text,
};

/// An HTTP response with all its headers.
///
/// Threads: setters must be alone.
pub struct kamusm_response(pub(crate) Response);

/// Makes a response without headers and body.
///
/// `status`: 100 to 599, RFC 9110.
/// `response`: the response, to be freed by `kamusm_response_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_response_new(
    status: u16,
    response: Option<&mut MaybeUninit<Box<kamusm_response>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let response = given(response, "response")?;
        if !(100..600).contains(&status) {
            return Err(Error::new(Code::Range, "an HTTP status is 100 to 599"));
        }
        response.write(Box::new(kamusm_response(Response::new(status, Vec::new(), Vec::new()))));
        Ok(())
    })
}

/// Adds a header; hand over every one, in any case.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn kamusm_response_add_header(
    response: Option<&mut kamusm_response>,
    name: *const c_char,
    value: *const c_char,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let response = given(response, "response")?;
        // SAFETY: the rules at the top of the header.
        let (name, value) = unsafe { (text(name, "name")?, text(value, "value")?) };
        response.0.headers.push((name.to_owned(), value.to_owned()));
        Ok(())
    })
}

/// Sets the body.
///
/// `data`, `len`: the octets as they came, and how many.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn kamusm_response_set_body(
    response: Option<&mut kamusm_response>,
    data: *const u8,
    len: usize,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let response = given(response, "response")?;
        // SAFETY: the rules at the top of the header.
        response.0.body = unsafe { octets(data, len, "data") }?.to_vec();
        Ok(())
    })
}

/// The status, RFC 9110.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_response_status(response: Option<&kamusm_response>) -> u16 {
    guard_value(0, || Some(response?.0.status))
}

/// The body; no octets for none. It may hold personal data: keep it out of logs. Lent by the response.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_response_body(response: Option<&kamusm_response>) -> kamusm_bytes {
    guard_value(kamusm_bytes::ABSENT, || {
        let body = &response?.0.body;
        if body.is_empty() { None } else { Some(kamusm_bytes::lent(body)) }
    })
}

/// Frees the response; NULL is fine.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_response_free(response: Option<Box<kamusm_response>>) {
    guard_void(|| drop(response));
}
