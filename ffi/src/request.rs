//! A request to perform: what a step to send and a single call have in common.

use std::{
    ffi::{CString, c_char},
    ptr,
};

use kamusm::request::Request;

use crate::{bytes::kamusm_bytes, guard::guard_value, text::lendable};

/// A request for callers with their own HTTP: send it as it stands, follow no redirects.
///
/// It belongs to its step or call and is never freed alone. Threads: any number may read it at once.
pub struct kamusm_request {
    request: Request,
    method: CString,
    url: CString,
    headers: Vec<(CString, CString)>,
}

impl kamusm_request {
    pub(crate) fn new(request: Request) -> Self {
        let headers = request.headers.iter().map(|(name, value)| (lendable(name), lendable(value)));
        Self {
            method: lendable(request.method.name()),
            url: lendable(&request.url),
            headers: headers.collect(),
            request,
        }
    }

    pub(crate) fn inner(&self) -> &Request {
        &self.request
    }

    pub(crate) fn method(&self) -> *const c_char {
        self.method.as_ptr()
    }

    pub(crate) fn url(&self) -> *const c_char {
        self.url.as_ptr()
    }

    pub(crate) fn header_name(&self, index: usize) -> Option<*const c_char> {
        Some(self.headers.get(index)?.0.as_ptr())
    }

    pub(crate) fn header_value(&self, index: usize) -> Option<*const c_char> {
        Some(self.headers.get(index)?.1.as_ptr())
    }

    pub(crate) fn body(&self) -> Option<kamusm_bytes> {
        let body = &self.request.body;
        if body.is_empty() { None } else { Some(kamusm_bytes::lent(body)) }
    }
}

/// The method, such as `"GET"`. Lent by the request.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_request_method(request: Option<&kamusm_request>) -> *const c_char {
    guard_value(ptr::null(), || Some(request?.method()))
}

/// The absolute address. Lent by the request.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_request_url(request: Option<&kamusm_request>) -> *const c_char {
    guard_value(ptr::null(), || Some(request?.url()))
}

/// How many headers there are. Add none but `Host` and lengths.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_request_header_count(request: Option<&kamusm_request>) -> usize {
    guard_value(0, || Some(request?.headers.len()))
}

/// Name of the header at this place, from 0. Lent by the request.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_request_header_name(
    request: Option<&kamusm_request>,
    index: usize,
) -> *const c_char {
    guard_value(ptr::null(), || request?.header_name(index))
}

/// Value of the header at this place, from 0. It may be a credential: keep it out of logs. Lent by the request.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_request_header_value(
    request: Option<&kamusm_request>,
    index: usize,
) -> *const c_char {
    guard_value(ptr::null(), || request?.header_value(index))
}

/// The body; no octets for none. Lent by the request.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_request_body(request: Option<&kamusm_request>) -> kamusm_bytes {
    guard_value(kamusm_bytes::ABSENT, || request?.body())
}

/// How long the whole exchange may take, in milliseconds.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_request_timeout_ms(request: Option<&kamusm_request>) -> u64 {
    guard_value(0, || Some(request?.request.timeout_ms))
}

/// How large the body of the answer may be, in octets; stop reading a larger one.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_request_max_response_octets(request: Option<&kamusm_request>) -> usize {
    guard_value(0, || Some(request?.request.max_response_octets))
}

/// Whether it is sent even though everything was cancelled, without anybody waiting for its answer.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_request_is_sent_after_cancel(request: Option<&kamusm_request>) -> bool {
    guard_value(false, || Some(request?.request.after_cancel))
}
