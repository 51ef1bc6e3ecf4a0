//! The accepted signatures of an application, and the records of e-onay.

use std::{
    ffi::{CString, c_char},
    mem::MaybeUninit,
    ptr,
};

use kamusm::{application::ApplicationNumber, evidence::Evidence};

use crate::{
    call::{self, kamusm_call},
    config::kamusm_config,
    error::kamusm_error,
    guard::{guard, guard_value, guard_void},
    handle::given,
    octets::kamusm_octets,
    person_token::kamusm_person_token,
    response::kamusm_response,
    result::kamusm_result,
    text::{lendable, text},
};

/// The evidence of an application.
///
/// Threads: any number may read it at once.
pub struct kamusm_evidence_list(Vec<kamusm_evidence>);

/// An accepted signature, or the record of an e-onay. It belongs to its list and is never freed alone.
///
/// Threads: any number may read it at once.
pub struct kamusm_evidence {
    evidence: Evidence,
    id: CString,
    session_id: Option<CString>,
    document_id: Option<CString>,
    media_type: CString,
    digest: CString,
    created_at: CString,
}

impl kamusm_evidence {
    fn new(evidence: Evidence) -> Self {
        Self {
            id: lendable(&evidence.id),
            session_id: evidence.session_id.as_deref().map(lendable),
            document_id: evidence.document_id.as_deref().map(lendable),
            media_type: lendable(&evidence.media_type),
            digest: lendable(&evidence.digest),
            created_at: lendable(&evidence.created_at),
            evidence,
        }
    }
}

/// Makes the call for the list of all evidence of an application.
///
/// `token`: of the person's sign-in, copied.
/// `number`: Sipariş No, 1 to 32 of `A`-`Z`, `0`-`9` and `-`.
/// `call`: the call, to be freed by `kamusm_call_free`; its answer is decoded by `kamusm_evidence_list_decode`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn kamusm_evidence_list_call(
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
        call::make(call, || Ok(Evidence::list(config.built(), &token.0, &ApplicationNumber::parse(number)?)))
    })
}

/// Decodes the answer to `kamusm_evidence_list_call`; a refusal of the service is its error.
///
/// `list`: the list, to be freed by `kamusm_evidence_list_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_evidence_list_decode(
    call: Option<&kamusm_call>,
    response: Option<&kamusm_response>,
    list: Option<&mut MaybeUninit<Box<kamusm_evidence_list>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        call::decode(call, response, list, "list", |message: Vec<Evidence>| {
            Box::new(kamusm_evidence_list(message.into_iter().map(kamusm_evidence::new).collect()))
        })
    })
}

/// How much evidence there is.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_evidence_list_count(list: Option<&kamusm_evidence_list>) -> usize {
    guard_value(0, || Some(list?.0.len()))
}

/// The evidence at this place, from 0; NULL behind the last. Lent by the list.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_evidence_list_at(
    list: Option<&kamusm_evidence_list>,
    index: usize,
) -> *const kamusm_evidence {
    guard_value(ptr::null(), || Some(ptr::from_ref(list?.0.get(index)?)))
}

/// Frees the list with its evidence; NULL is fine.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_evidence_list_free(list: Option<Box<kamusm_evidence_list>>) {
    guard_void(|| drop(list));
}

/// What the service calls it. Lent by the list.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_evidence_id(evidence: Option<&kamusm_evidence>) -> *const c_char {
    guard_value(ptr::null(), || Some(evidence?.id.as_ptr()))
}

/// The sign session it was made in; NULL where there was none. Lent by the list.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_evidence_session_id(evidence: Option<&kamusm_evidence>) -> *const c_char {
    guard_value(ptr::null(), || Some(evidence?.session_id.as_ref()?.as_ptr()))
}

/// The text that was signed; NULL where there was none. Lent by the list.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_evidence_document_id(evidence: Option<&kamusm_evidence>) -> *const c_char {
    guard_value(ptr::null(), || Some(evidence?.document_id.as_ref()?.as_ptr()))
}

/// `application/cms` for a signature. Lent by the list.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_evidence_media_type(evidence: Option<&kamusm_evidence>) -> *const c_char {
    guard_value(ptr::null(), || Some(evidence?.media_type.as_ptr()))
}

/// How many octets it has.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_evidence_length(evidence: Option<&kamusm_evidence>) -> usize {
    guard_value(0, || Some(evidence?.evidence.length))
}

/// `sha-256=:…:` of its octets. Lent by the list.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_evidence_digest(evidence: Option<&kamusm_evidence>) -> *const c_char {
    guard_value(ptr::null(), || Some(evidence?.digest.as_ptr()))
}

/// When it was kept, RFC 3339. Lent by the list.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_evidence_created_at(evidence: Option<&kamusm_evidence>) -> *const c_char {
    guard_value(ptr::null(), || Some(evidence?.created_at.as_ptr()))
}

/// Makes the call for the octets.
///
/// `token`: of the person's sign-in, copied.
/// `number`: Sipariş No, 1 to 32 of `A`-`Z`, `0`-`9` and `-`.
/// `call`: the call, to be freed by `kamusm_call_free`; its answer is decoded by `kamusm_evidence_download_decode`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn kamusm_evidence_download_call(
    evidence: Option<&kamusm_evidence>,
    config: Option<&kamusm_config>,
    token: Option<&kamusm_person_token>,
    number: *const c_char,
    call: Option<&mut MaybeUninit<Box<kamusm_call>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let (evidence, config, token) =
            (given(evidence, "evidence")?, given(config, "config")?, given(token, "token")?);
        // SAFETY: the rules at the top of the header.
        let number = unsafe { text(number, "number") }?;
        call::make(call, || {
            Ok(evidence.evidence.download(config.built(), &token.0, &ApplicationNumber::parse(number)?))
        })
    })
}

/// Decodes the answer to `kamusm_evidence_download_call`; a refusal of the service is its error.
///
/// `octets`: exactly those of `kamusm_evidence_digest`, to be freed by `kamusm_octets_free`; `kamusm_cades_verify` judges a
///   signature.
/// Worth handling: `KAMUSM_RESULT_EVIDENCE_EXPIRED`, it is not kept any more.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_evidence_download_decode(
    call: Option<&kamusm_call>,
    response: Option<&kamusm_response>,
    octets: Option<&mut MaybeUninit<Box<kamusm_octets>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        call::decode(call, response, octets, "octets", |message: Vec<u8>| Box::new(kamusm_octets(message)))
    })
}
