//! How an application can be approved, and E-Onay.

use std::{
    ffi::{CString, c_char},
    mem::MaybeUninit,
    ptr,
};

use kamusm::{
    application::ApplicationNumber,
    approval::{Approval, EOnay, Method, MethodCode, UnavailableReason},
};

use crate::{
    call::{self, kamusm_call},
    commitment::kamusm_commitment,
    config::kamusm_config,
    entropy::key,
    error::kamusm_error,
    guard::{guard, guard_value, guard_void},
    handle::given,
    person_token::kamusm_person_token,
    response::kamusm_response,
    result::kamusm_result,
    text::{lendable, text, texts},
};

/// How an application is approved.
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum kamusm_approval_method {
    /// None that this version knows; `kamusm_approval_method_word` has the service's word.
    Unknown = 0,
    /// E-Onay.
    EOnay = 1,
    /// e-imza ile Onayla.
    EImza = 2,
}

impl kamusm_approval_method {
    pub(crate) fn of(code: &MethodCode) -> Self {
        match code {
            MethodCode::EOnay => Self::EOnay,
            MethodCode::EImza => Self::EImza,
            _ => Self::Unknown,
        }
    }
}

/// Why a method of approval is not available.
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum kamusm_unavailable_reason {
    /// None, or none that this version knows: `kamusm_approval_method_reason_word` tells.
    Unknown = 0,
    /// The person did not agree to e-onay before.
    NoPriorConsent = 1,
    /// The person has no valid certificate.
    NoValidCertificate = 2,
    /// The taahhütname was not read.
    NotRead = 3,
    /// The phone is not verified.
    PhoneNotVerified = 4,
    /// The application is elsewhere.
    WrongState = 5,
}

impl kamusm_unavailable_reason {
    pub(crate) fn of(reason: &UnavailableReason) -> Self {
        match reason {
            UnavailableReason::NoPriorConsent => Self::NoPriorConsent,
            UnavailableReason::NoValidCertificate => Self::NoValidCertificate,
            UnavailableReason::NotRead => Self::NotRead,
            UnavailableReason::PhoneNotVerified => Self::PhoneNotVerified,
            UnavailableReason::WrongState => Self::WrongState,
            _ => Self::Unknown,
        }
    }
}

/// What can be approved, and how. It never changes; what its functions lend lives as long as itself.
///
/// Threads: any number may read it at once.
pub struct kamusm_approval {
    methods: Vec<MethodView>,
    commitments: Vec<kamusm_commitment>,
    warnings: Vec<CString>,
    form_digest: CString,
}

struct MethodView {
    code: kamusm_approval_method,
    word: CString,
    title: CString,
    is_available: bool,
    reason: kamusm_unavailable_reason,
    reason_word: Option<CString>,
}

impl kamusm_approval {
    fn new(approval: Approval) -> Self {
        Self {
            methods: approval.methods.iter().map(MethodView::new).collect(),
            commitments: approval.commitments.into_iter().map(kamusm_commitment::new).collect(),
            warnings: approval.warnings.iter().map(|warning| lendable(warning)).collect(),
            form_digest: lendable(&approval.form_digest),
        }
    }
}

impl MethodView {
    fn new(method: &Method) -> Self {
        let reason = method.reason.as_ref();
        Self {
            code: kamusm_approval_method::of(&method.code),
            word: lendable(method.code.word()),
            title: lendable(&method.title),
            is_available: method.available,
            reason: reason.map_or(kamusm_unavailable_reason::Unknown, kamusm_unavailable_reason::of),
            reason_word: reason.map(|reason| lendable(reason.word())),
        }
    }
}

/// Makes the call that asks how an application can be approved.
///
/// `token`: of the person's sign-in, copied.
/// `number`: Sipariş No, 1 to 32 of `A`-`Z`, `0`-`9` and `-`.
/// `call`: the call, to be freed by `kamusm_call_free`; its answer is decoded by `kamusm_approval_decode`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn kamusm_approval_call(
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
        call::make(call, || Ok(Approval::read(config.built(), &token.0, &ApplicationNumber::parse(number)?)))
    })
}

/// Decodes the answer to `kamusm_approval_call`; a refusal of the service is its error.
///
/// `approval`: what can be approved, to be freed by `kamusm_approval_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_approval_decode(
    call: Option<&kamusm_call>,
    response: Option<&kamusm_response>,
    approval: Option<&mut MaybeUninit<Box<kamusm_approval>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        call::decode(call, response, approval, "approval", |message| Box::new(kamusm_approval::new(message)))
    })
}

/// How many methods there are.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_approval_method_count(approval: Option<&kamusm_approval>) -> usize {
    guard_value(0, || Some(approval?.methods.len()))
}

/// The method at this place, from 0.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_approval_method_code(
    approval: Option<&kamusm_approval>,
    index: usize,
) -> kamusm_approval_method {
    guard_value(kamusm_approval_method::Unknown, || Some(approval?.methods.get(index)?.code))
}

/// The service's word for that, such as `e_onay`. Lent by the approval.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_approval_method_word(
    approval: Option<&kamusm_approval>,
    index: usize,
) -> *const c_char {
    guard_value(ptr::null(), || Some(approval?.methods.get(index)?.word.as_ptr()))
}

/// As the button shows it. Lent by the approval.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_approval_method_title(
    approval: Option<&kamusm_approval>,
    index: usize,
) -> *const c_char {
    guard_value(ptr::null(), || Some(approval?.methods.get(index)?.title.as_ptr()))
}

/// Whether the method at this place can be used now.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_approval_method_is_available(
    approval: Option<&kamusm_approval>,
    index: usize,
) -> bool {
    guard_value(false, || Some(approval?.methods.get(index)?.is_available))
}

/// Why not.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_approval_method_reason(
    approval: Option<&kamusm_approval>,
    index: usize,
) -> kamusm_unavailable_reason {
    guard_value(kamusm_unavailable_reason::Unknown, || Some(approval?.methods.get(index)?.reason))
}

/// The service's word for that; NULL where the method is available. Lent by the approval.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_approval_method_reason_word(
    approval: Option<&kamusm_approval>,
    index: usize,
) -> *const c_char {
    guard_value(ptr::null(), || Some(approval?.methods.get(index)?.reason_word.as_ref()?.as_ptr()))
}

/// How many texts must be read before.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_approval_commitment_count(approval: Option<&kamusm_approval>) -> usize {
    guard_value(0, || Some(approval?.commitments.len()))
}

/// The text at this place, from 0; NULL behind the last. Lent by the approval.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_approval_commitment_at(
    approval: Option<&kamusm_approval>,
    index: usize,
) -> *const kamusm_commitment {
    guard_value(ptr::null(), || Some(ptr::from_ref(approval?.commitments.get(index)?)))
}

/// How many warnings the service gives.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_approval_warning_count(approval: Option<&kamusm_approval>) -> usize {
    guard_value(0, || Some(approval?.warnings.len()))
}

/// The warning at this place, from 0, such as `revokes_existing`. Lent by the approval.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_approval_warning(approval: Option<&kamusm_approval>, index: usize) -> *const c_char {
    guard_value(ptr::null(), || Some(approval?.warnings.get(index)?.as_ptr()))
}

/// Names the form as it is now, for `kamusm_approve_call`: an approval is for exactly this one. Lent by the approval.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_approval_form_digest(approval: Option<&kamusm_approval>) -> *const c_char {
    guard_value(ptr::null(), || Some(approval?.form_digest.as_ptr()))
}

/// Frees the approval; NULL is fine.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_approval_free(approval: Option<Box<kamusm_approval>>) {
    guard_void(|| drop(approval));
}

/// Makes the call for E-Onay: the person ticked the box for the form of this digest, and read the texts.
///
/// `token`: of the person's sign-in, copied.
/// `number`: Sipariş No, 1 to 32 of `A`-`Z`, `0`-`9` and `-`.
/// `view_ids`, `view_id_count`: the proofs of reading, from `kamusm_commitment_view_id`, and how many there are.
/// `form_digest`: `kamusm_approval_form_digest` of the form that the person saw.
/// `is_accepted`: whether the box was ticked; if not, the service refuses.
/// `call`: the call, to be freed by `kamusm_call_free`; its answer is decoded by `kamusm_application_result_decode`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn kamusm_approve_call(
    config: Option<&kamusm_config>,
    token: Option<&kamusm_person_token>,
    number: *const c_char,
    view_ids: *const *const c_char,
    view_id_count: usize,
    form_digest: *const c_char,
    is_accepted: bool,
    call: Option<&mut MaybeUninit<Box<kamusm_call>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let (config, token) = (given(config, "config")?, given(token, "token")?);
        // SAFETY: the rules at the top of the header.
        let number = unsafe { text(number, "number") }?;
        // SAFETY: the rules at the top of the header.
        let view_ids = unsafe { texts(view_ids, view_id_count, "view_ids") }?;
        // SAFETY: the rules at the top of the header.
        let form_digest = unsafe { text(form_digest, "form_digest") }?;
        call::make(call, || {
            let approve = EOnay { view_ids: &view_ids, form_digest, accepted: is_accepted };
            let number = ApplicationNumber::parse(number)?;
            Ok(Approval::approve(config.built(), &token.0, &number, &approve, &key()?))
        })
    })
}
