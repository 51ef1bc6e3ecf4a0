//! The texts that the person must read before approving (taahhütname).

use std::{
    ffi::{CString, c_char},
    mem::MaybeUninit,
    ptr,
};

use kamusm::{application::ApplicationNumber, commitment::Commitment};

use crate::{
    call::{self, kamusm_call},
    config::kamusm_config,
    entropy::key,
    error::kamusm_error,
    guard::{guard, guard_value, guard_void},
    handle::given,
    octets::kamusm_octets,
    person_token::kamusm_person_token,
    response::kamusm_response,
    result::kamusm_result,
    text::{lendable, text},
};

/// A text that must be read. It belongs to its approval and is never freed alone.
///
/// Threads: any number may read it at once.
pub struct kamusm_commitment {
    commitment: Commitment,
    id: CString,
    title: CString,
    version: CString,
    digest: CString,
}

/// The proof that a text was read.
///
/// Threads: any number may read it at once.
pub struct kamusm_commitment_view(CString);

impl kamusm_commitment {
    pub(crate) fn new(commitment: Commitment) -> Self {
        Self {
            id: lendable(&commitment.id),
            title: lendable(&commitment.title),
            version: lendable(&commitment.version),
            digest: lendable(&commitment.digest),
            commitment,
        }
    }
}

/// What the service calls it. Lent by the approval.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_commitment_id(commitment: Option<&kamusm_commitment>) -> *const c_char {
    guard_value(ptr::null(), || Some(commitment?.id.as_ptr()))
}

/// Such as "Nitelikli Elektronik Sertifika Sahibi Taahhütnamesi". Lent by the approval.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_commitment_title(commitment: Option<&kamusm_commitment>) -> *const c_char {
    guard_value(ptr::null(), || Some(commitment?.title.as_ptr()))
}

/// Its version. Lent by the approval.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_commitment_version(commitment: Option<&kamusm_commitment>) -> *const c_char {
    guard_value(ptr::null(), || Some(commitment?.version.as_ptr()))
}

/// `sha-256=:…:` of its octets. Lent by the approval.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_commitment_digest(commitment: Option<&kamusm_commitment>) -> *const c_char {
    guard_value(ptr::null(), || Some(commitment?.digest.as_ptr()))
}

/// How many octets it has.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_commitment_length(commitment: Option<&kamusm_commitment>) -> usize {
    guard_value(0, || Some(commitment?.commitment.length))
}

/// Makes the call for the text itself.
///
/// `token`: of the person's sign-in, copied.
/// `call`: the call, to be freed by `kamusm_call_free`; its answer is decoded by `kamusm_commitment_content_decode`.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_commitment_content_call(
    commitment: Option<&kamusm_commitment>,
    config: Option<&kamusm_config>,
    token: Option<&kamusm_person_token>,
    call: Option<&mut MaybeUninit<Box<kamusm_call>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let (commitment, config, token) =
            (given(commitment, "commitment")?, given(config, "config")?, given(token, "token")?);
        call::make(call, || Ok(commitment.commitment.content(config.built(), &token.0)))
    })
}

/// Decodes the answer to `kamusm_commitment_content_call`; a refusal of the service is its error.
///
/// `text`: UTF-8, exactly the octets of `kamusm_commitment_digest`; to be freed by `kamusm_octets_free`.
/// Worth handling: `KAMUSM_RESULT_COMMITMENT_CHANGED`, read the approval again.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_commitment_content_decode(
    call: Option<&kamusm_call>,
    response: Option<&kamusm_response>,
    text: Option<&mut MaybeUninit<Box<kamusm_octets>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        call::decode(call, response, text, "text", |message: String| {
            Box::new(kamusm_octets(message.into_bytes()))
        })
    })
}

/// Makes the call that tells that the person opened the text and read it.
///
/// `token`: of the person's sign-in, copied.
/// `number`: Sipariş No, 1 to 32 of `A`-`Z`, `0`-`9` and `-`.
/// `is_read_to_end`: whether to its end; if not, the service refuses.
/// `call`: the call, to be freed by `kamusm_call_free`; its answer is decoded by `kamusm_commitment_view_decode`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn kamusm_commitment_view_call(
    commitment: Option<&kamusm_commitment>,
    config: Option<&kamusm_config>,
    token: Option<&kamusm_person_token>,
    number: *const c_char,
    is_read_to_end: bool,
    call: Option<&mut MaybeUninit<Box<kamusm_call>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let (commitment, config, token) =
            (given(commitment, "commitment")?, given(config, "config")?, given(token, "token")?);
        // SAFETY: the rules at the top of the header.
        let number = unsafe { text(number, "number") }?;
        call::make(call, || {
            Ok(commitment.commitment.view(
                config.built(),
                &token.0,
                &ApplicationNumber::parse(number)?,
                is_read_to_end,
                &key()?,
            ))
        })
    })
}

/// Decodes the answer to `kamusm_commitment_view_call`; a refusal of the service is its error.
///
/// `view`: the proof, to be freed by `kamusm_commitment_view_free`.
/// Worth handling: `KAMUSM_RESULT_NOT_READ`; `KAMUSM_RESULT_COMMITMENT_CHANGED`, read the approval again.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_commitment_view_decode(
    call: Option<&kamusm_call>,
    response: Option<&kamusm_response>,
    view: Option<&mut MaybeUninit<Box<kamusm_commitment_view>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        call::decode(call, response, view, "view", |id: String| {
            Box::new(kamusm_commitment_view(lendable(&id)))
        })
    })
}

/// What the service calls the proof, for `kamusm_approve_call` and `kamusm_sign_code_issue_call`. Lent by the view.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_commitment_view_id(view: Option<&kamusm_commitment_view>) -> *const c_char {
    guard_value(ptr::null(), || Some(view?.0.as_ptr()))
}

/// Frees the proof; NULL is fine.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_commitment_view_free(view: Option<Box<kamusm_commitment_view>>) {
    guard_void(|| drop(view));
}
