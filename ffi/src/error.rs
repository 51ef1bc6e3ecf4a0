//! Errors: one number, the data behind it, and a sentence for the person.

use std::{
    ffi::{CString, c_char},
    mem::MaybeUninit,
    ptr,
};

use kamusm::{
    Code, Error,
    error::{Category, Language},
};

use crate::{
    field_error::{FieldErrorView, kamusm_field_error},
    guard::{guard, guard_value, guard_void},
    handle::given,
    result::{KAMUSM_RESULT_OK, kamusm_result},
    text::{lendable, text},
};

/// An error. It never changes and holds no personal data.
///
/// Threads: any number may read it at once.
pub struct kamusm_error {
    error: Error,
    message: CString,
    turkish: CString,
    english: CString,
    problem: Option<CString>,
    request_id: Option<CString>,
    upstream: Option<CString>,
    fields: Vec<FieldErrorView>,
    cause: Option<Box<kamusm_error>>,
}

impl kamusm_error {
    pub(crate) fn new(error: &Error) -> Self {
        Self {
            message: lendable(&error.to_string()),
            turkish: lendable(error.sentence(Language::Turkish)),
            english: lendable(error.sentence(Language::English)),
            problem: error.problem().map(lendable),
            request_id: error.request_id().map(lendable),
            upstream: error.upstream().map(lendable),
            fields: FieldErrorView::all(error.fields()),
            cause: error.cause().map(|cause| Box::new(Self::new(cause))),
            error: error.clone(),
        }
    }

    pub(crate) fn inner(&self) -> &Error {
        &self.error
    }
}

/// Makes an error for `kamusm_step_failed`, for callers who choose or sign by themselves.
///
/// `result`: one of `KAMUSM_RESULT_*`, not `KAMUSM_RESULT_OK`.
/// `reason`: what happened, for developers, in English, without personal data.
/// `made`: the error, to be freed by `kamusm_error_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn kamusm_error_new(
    result: i32,
    reason: *const c_char,
    made: Option<&mut MaybeUninit<Box<kamusm_error>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let made = given(made, "made")?;
        // SAFETY: the rules at the top of the header.
        let reason = unsafe { text(reason, "reason") }?;
        let unknown = || Error::new(Code::Range, "result is the number of no error");
        let code = Code::from_number(result).ok_or_else(unknown)?;
        made.write(Box::new(kamusm_error::new(&Error::new(code, reason))));
        Ok(())
    })
}

/// The number of the error, one of `KAMUSM_RESULT_*`; `KAMUSM_RESULT_OK` for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_error_code(error: Option<&kamusm_error>) -> kamusm_result {
    guard_value(KAMUSM_RESULT_OK, || Some(error?.error.code().number()))
}

/// What a caller can do about it, one of `KAMUSM_CATEGORY_*`; `KAMUSM_CATEGORY_USAGE` for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_error_category(error: Option<&kamusm_error>) -> Category {
    guard_value(Category::Usage, || Some(error?.error.category()))
}

/// What happened, for developers, in English: the name of the code and the reason. Lent by the error.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_error_message(error: Option<&kamusm_error>) -> *const c_char {
    guard_value(ptr::null(), || Some(error?.message.as_ptr()))
}

/// What happened and what to do, one or two sentences for the person. Lent by the error.
///
/// `language`: a language tag as in RFC 5646, `"tr"` or `"en"`; anything else, or NULL, is answered in Turkish.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn kamusm_error_text(
    error: Option<&kamusm_error>,
    language: *const c_char,
) -> *const c_char {
    guard_value(ptr::null(), || {
        let error = error?;
        // SAFETY: the rules at the top of the header.
        let tag = unsafe { text(language, "language") }.unwrap_or_default();
        let sentence = match Language::from_tag(tag) {
            Language::English => &error.english,
            _ => &error.turkish,
        };
        Some(sentence.as_ptr())
    })
}

/// Whether the same call may succeed later without anybody changing anything. A PIN is never retried.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_error_is_retryable(error: Option<&kamusm_error>) -> bool {
    guard_value(false, || Some(error?.error.is_retryable()))
}

/// The HTTP status that carried the problem; 0 where there was none.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_error_http_status(error: Option<&kamusm_error>) -> u16 {
    guard_value(0, || error?.error.http_status())
}

/// Seconds after which the service wants to be asked again; -1 where it did not say.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_error_retry_after_s(error: Option<&kamusm_error>) -> i64 {
    guard_value(-1, || error?.error.retry_after_s().map(i64::from))
}

/// The service's problem type without its prefix, such as `code-expired`; NULL where there is none. Lent by the error.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_error_problem(error: Option<&kamusm_error>) -> *const c_char {
    guard_value(ptr::null(), || Some(error?.problem.as_ref()?.as_ptr()))
}

/// The service's number of the request, for its support; NULL where there is none. Lent by the error.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_error_request_id(error: Option<&kamusm_error>) -> *const c_char {
    guard_value(ptr::null(), || Some(error?.request_id.as_ref()?.as_ptr()))
}

/// Whether a PKCS#11 call failed with a return value that says more than the code.
///
/// `ck_rv`: written only if so, the CK_RV; may be NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_error_ck_rv(
    error: Option<&kamusm_error>,
    ck_rv: Option<&mut MaybeUninit<u64>>,
) -> bool {
    guard_value(false, || {
        let value = error?.error.ck_rv()?;
        if let Some(ck_rv) = ck_rv {
            ck_rv.write(value);
        }
        Some(true)
    })
}

/// PIN tries that are left; -1 where the token does not tell.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_error_pin_tries_left(error: Option<&kamusm_error>) -> i32 {
    guard_value(-1, || error?.error.pin_tries_left().map(i32::from))
}

/// Whether a PIN try was used, or may have been.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_error_used_pin_try(error: Option<&kamusm_error>) -> bool {
    guard_value(false, || Some(error?.error.used_pin_try()))
}

/// How many fields of what was sent are wrong, with `KAMUSM_RESULT_FORM_INVALID`.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_error_field_count(error: Option<&kamusm_error>) -> usize {
    guard_value(0, || Some(error?.fields.len()))
}

/// Where the wrong field at this place is, from 0: a JSON Pointer such as `/values/email`. Lent by the error.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_error_field_pointer(error: Option<&kamusm_error>, index: usize) -> *const c_char {
    guard_value(ptr::null(), || Some(error?.fields.get(index)?.pointer.as_ptr()))
}

/// What is wrong with the field at this place.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_error_field_code(error: Option<&kamusm_error>, index: usize) -> kamusm_field_error {
    guard_value(kamusm_field_error::Unknown, || Some(error?.fields.get(index)?.code))
}

/// The word for that, such as `required`. Lent by the error.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_error_field_word(error: Option<&kamusm_error>, index: usize) -> *const c_char {
    guard_value(ptr::null(), || Some(error?.fields.get(index)?.word.as_ptr()))
}

/// Tries that are left for the code of an SMS, with `KAMUSM_RESULT_SMS_CODE_WRONG`; -1 where there are none to tell.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_error_attempts_left(error: Option<&kamusm_error>) -> i64 {
    guard_value(-1, || error?.error.attempts_left().map(i64::from))
}

/// Which service behind the service is down, such as `nvi`, with `KAMUSM_RESULT_UPSTREAM_UNAVAILABLE`; NULL where
/// there is none. Lent by the error.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_error_upstream(error: Option<&kamusm_error>) -> *const c_char {
    guard_value(ptr::null(), || Some(error?.upstream.as_ref()?.as_ptr()))
}

/// The error behind this one; NULL where there is none. Lent by the error: never free it.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_error_cause(error: Option<&kamusm_error>) -> *const kamusm_error {
    guard_value(ptr::null(), || Some(ptr::from_ref(error?.cause.as_deref()?)))
}

/// Frees the error; NULL is fine.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_error_free(error: Option<Box<kamusm_error>>) {
    guard_void(|| drop(error));
}
