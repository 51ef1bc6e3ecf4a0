//! The result page of an application: "İşlem Başarılı" and what follows.

use std::{
    ffi::{CString, c_char},
    mem::MaybeUninit,
    ptr,
};

use kamusm::{
    application::ApplicationNumber,
    result::{ApplicationResult, ResultState},
};

use crate::{
    call::{self, kamusm_call},
    config::kamusm_config,
    error::kamusm_error,
    guard::{guard, guard_value, guard_void},
    handle::given,
    person_token::kamusm_person_token,
    response::kamusm_response,
    result::kamusm_result,
    status::kamusm_status,
    text::{lendable, text},
};

/// What became of an approval.
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum kamusm_approval_state {
    /// None that this version knows; `kamusm_application_result_state_word` has the service's word.
    Unknown = 0,
    /// It is not made yet.
    Waiting = 1,
    /// It came and is checked.
    Received = 2,
    /// İşlem Başarılı.
    Done = 3,
    /// It was refused.
    Rejected = 4,
}

impl kamusm_approval_state {
    pub(crate) fn of(state: &ResultState) -> Self {
        match state {
            ResultState::Waiting => Self::Waiting,
            ResultState::Received => Self::Received,
            ResultState::Done => Self::Done,
            ResultState::Rejected => Self::Rejected,
            _ => Self::Unknown,
        }
    }
}

/// The result page.
///
/// Threads: any number may read it at once.
pub struct kamusm_application_result {
    state: kamusm_approval_state,
    state_word: CString,
    title: CString,
    receipt: Option<CString>,
    status: kamusm_status,
}

impl kamusm_application_result {
    fn new(result: &ApplicationResult) -> Self {
        Self {
            state: kamusm_approval_state::of(&result.state),
            state_word: lendable(result.state.word()),
            title: lendable(&result.title),
            receipt: result.receipt.as_deref().map(lendable),
            status: kamusm_status::new(&result.status),
        }
    }
}

/// Makes the call for the result, any number of times.
///
/// `token`: of the person's sign-in, copied.
/// `number`: Sipariş No, 1 to 32 of `A`-`Z`, `0`-`9` and `-`.
/// `call`: the call, to be freed by `kamusm_call_free`; its answer is decoded by `kamusm_application_result_decode`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn kamusm_application_result_call(
    config: Option<&kamusm_config>,
    token: Option<&kamusm_person_token>,
    number: *const c_char,
    call: Option<&mut MaybeUninit<Box<kamusm_call>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let (config, token) = (given(config, "config")?, given(token, "token")?);
        // SAFETY: the rules at the top of the header.
        let number = unsafe { text(number, "number") }?;
        call::make(call, || {
            Ok(ApplicationResult::read(config.built(), &token.0, &ApplicationNumber::parse(number)?))
        })
    })
}

/// Decodes the answer to `kamusm_application_result_call` or `kamusm_approve_call`; a refusal of the service is its error.
///
/// `result`: the result, to be freed by `kamusm_application_result_free`.
/// Worth handling after `kamusm_approve_call`: `KAMUSM_RESULT_NOT_READ`, `KAMUSM_RESULT_FORM_CHANGED`,
/// `KAMUSM_RESULT_PHONE_NOT_VERIFIED`, `KAMUSM_RESULT_NO_PRIOR_CONSENT`.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_application_result_decode(
    call: Option<&kamusm_call>,
    response: Option<&kamusm_response>,
    result: Option<&mut MaybeUninit<Box<kamusm_application_result>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        call::decode(call, response, result, "result", |message: ApplicationResult| {
            Box::new(kamusm_application_result::new(&message))
        })
    })
}

/// What became of the approval.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_application_result_state(
    result: Option<&kamusm_application_result>,
) -> kamusm_approval_state {
    guard_value(kamusm_approval_state::Unknown, || Some(result?.state))
}

/// The service's word for that, such as `done`. Lent by the result.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_application_result_state_word(
    result: Option<&kamusm_application_result>,
) -> *const c_char {
    guard_value(ptr::null(), || Some(result?.state_word.as_ptr()))
}

/// "İşlem Başarılı" when it is done. Lent by the result.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_application_result_title(
    result: Option<&kamusm_application_result>,
) -> *const c_char {
    guard_value(ptr::null(), || Some(result?.title.as_ptr()))
}

/// The service's receipt, a compact JWS; NULL where there is none. Lent by the result.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_application_result_receipt(
    result: Option<&kamusm_application_result>,
) -> *const c_char {
    guard_value(ptr::null(), || Some(result?.receipt.as_ref()?.as_ptr()))
}

/// Where the application stands now; its text holds the next steps. Lent by the result.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_application_result_status(
    result: Option<&kamusm_application_result>,
) -> *const kamusm_status {
    guard_value(ptr::null(), || Some(ptr::from_ref(&result?.status)))
}

/// Frees the result; NULL is fine.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_application_result_free(result: Option<Box<kamusm_application_result>>) {
    guard_void(|| drop(result));
}
