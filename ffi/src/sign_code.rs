//! The doğrulama kodu as the page of the application shows it: e-imza ile Onayla.

use std::{
    ffi::{CString, c_char},
    mem::MaybeUninit,
    ptr,
};

use kamusm::{
    application::ApplicationNumber,
    sign_code::{CodeSession, CodeState, SessionState, SignCode},
};
use zeroize::Zeroizing;

use crate::{
    call::{self, kamusm_call},
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

/// What became of a doğrulama kodu.
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum kamusm_code_state {
    /// None that this version knows; `kamusm_sign_code_state_word` has the service's word.
    Unknown = 0,
    /// It can be redeemed.
    Issued = 1,
    /// A program redeemed it.
    Redeemed = 2,
    /// Nobody redeemed it in time.
    Expired = 3,
    /// A newer one was issued.
    Revoked = 4,
    /// It was taken back.
    Cancelled = 5,
}

impl kamusm_code_state {
    pub(crate) fn of(state: &CodeState) -> Self {
        match state {
            CodeState::Issued => Self::Issued,
            CodeState::Redeemed => Self::Redeemed,
            CodeState::Expired => Self::Expired,
            CodeState::Revoked => Self::Revoked,
            CodeState::Cancelled => Self::Cancelled,
            _ => Self::Unknown,
        }
    }
}

/// What became of a sign session.
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum kamusm_session_state {
    /// None, or none that this version knows: `kamusm_sign_code_session_state_word` tells.
    Unknown = 0,
    /// It waits for "Evet, benim".
    AwaitingConfirmation = 1,
    /// The person reads and signs.
    Open = 2,
    /// The window is over; it can be extended.
    Lapsed = 3,
    /// The signatures came and are checked.
    Received = 4,
    /// The signatures are accepted.
    Accepted = 5,
    /// The signatures are refused.
    Rejected = 6,
    /// Its time is over.
    Expired = 7,
    /// It was cancelled.
    Cancelled = 8,
    /// A newer code was issued.
    Superseded = 9,
}

impl kamusm_session_state {
    pub(crate) fn of(state: &SessionState) -> Self {
        match state {
            SessionState::AwaitingConfirmation => Self::AwaitingConfirmation,
            SessionState::Open => Self::Open,
            SessionState::Lapsed => Self::Lapsed,
            SessionState::Received => Self::Received,
            SessionState::Accepted => Self::Accepted,
            SessionState::Rejected => Self::Rejected,
            SessionState::Expired => Self::Expired,
            SessionState::Cancelled => Self::Cancelled,
            SessionState::Superseded => Self::Superseded,
            _ => Self::Unknown,
        }
    }
}

/// A doğrulama kodu with the session that it was redeemed for. The code is wiped when this is freed.
///
/// Threads: any number may read it at once.
pub struct kamusm_sign_code {
    id: CString,
    state: kamusm_code_state,
    state_word: CString,
    code: Option<Zeroizing<CString>>,
    created_at: CString,
    expires_in_s: u32,
    second_redemptions: u32,
    session: Option<SessionView>,
}

struct SessionView {
    state: kamusm_session_state,
    state_word: CString,
    match_code: CString,
    client_name: CString,
    client_version: CString,
    client_network: CString,
    is_other_network: bool,
    created_at: CString,
    hard_expires_in_s: u32,
}

impl kamusm_sign_code {
    fn new(sign_code: &SignCode) -> Self {
        Self {
            id: lendable(&sign_code.id),
            state: kamusm_code_state::of(&sign_code.state),
            state_word: lendable(sign_code.state.word()),
            code: sign_code.code.as_ref().map(|code| Zeroizing::new(lendable(&code.written()))),
            created_at: lendable(&sign_code.created_at),
            expires_in_s: sign_code.expires_in,
            second_redemptions: sign_code.second_redemptions,
            session: sign_code.session.as_ref().map(SessionView::new),
        }
    }
}

impl SessionView {
    fn new(session: &CodeSession) -> Self {
        Self {
            state: kamusm_session_state::of(&session.state),
            state_word: lendable(session.state.word()),
            match_code: lendable(&session.match_code),
            client_name: lendable(&session.client.name),
            client_version: lendable(&session.client.version),
            client_network: lendable(&session.client.network),
            is_other_network: session.client.is_other_network,
            created_at: lendable(&session.created_at),
            hard_expires_in_s: session.hard_expires_in,
        }
    }
}

/// Makes the call for a code: e-imza ile Onayla. Earlier codes are over.
///
/// `token`: of the person's sign-in, copied.
/// `number`: Sipariş No, 1 to 32 of `A`-`Z`, `0`-`9` and `-`.
/// `view_ids`, `view_id_count`: the proofs of reading, from `kamusm_commitment_view_id`, and how many there are.
/// `call`: the call, to be freed by `kamusm_call_free`; its answer is decoded by `kamusm_sign_code_decode`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn kamusm_sign_code_issue_call(
    config: Option<&kamusm_config>,
    token: Option<&kamusm_person_token>,
    number: *const c_char,
    view_ids: *const *const c_char,
    view_id_count: usize,
    call: Option<&mut MaybeUninit<Box<kamusm_call>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let (config, token) = (given(config, "config")?, given(token, "token")?);
        // SAFETY: the rules at the top of the header.
        let number = unsafe { text(number, "number") }?;
        // SAFETY: the rules at the top of the header.
        let view_ids = unsafe { texts(view_ids, view_id_count, "view_ids") }?;
        call::make(call, || {
            Ok(SignCode::issue(
                config.built(),
                &token.0,
                &ApplicationNumber::parse(number)?,
                &view_ids,
                &key()?,
            ))
        })
    })
}

/// Makes the call that asks what became of a code.
///
/// `token`: of the person's sign-in, copied.
/// `number`: Sipariş No, 1 to 32 of `A`-`Z`, `0`-`9` and `-`.
/// `id`: of `kamusm_sign_code_id`.
/// `call`: the call, to be freed by `kamusm_call_free`; its answer is decoded by `kamusm_sign_code_decode`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn kamusm_sign_code_call(
    config: Option<&kamusm_config>,
    token: Option<&kamusm_person_token>,
    number: *const c_char,
    id: *const c_char,
    call: Option<&mut MaybeUninit<Box<kamusm_call>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let (config, token) = (given(config, "config")?, given(token, "token")?);
        // SAFETY: the rules at the top of the header.
        let number = unsafe { text(number, "number") }?;
        // SAFETY: the rules at the top of the header.
        let id = unsafe { text(id, "id") }?;
        call::make(call, || {
            Ok(SignCode::read(config.built(), &token.0, &ApplicationNumber::parse(number)?, id))
        })
    })
}

/// Makes the same call, but the service may hold its answer back up to 25 s until something changes.
///
/// `token`: of the person's sign-in, copied.
/// `number`: Sipariş No, 1 to 32 of `A`-`Z`, `0`-`9` and `-`.
/// `id`: of `kamusm_sign_code_id`.
/// `call`: the call, to be freed by `kamusm_call_free`; its answer is decoded by `kamusm_sign_code_decode`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn kamusm_sign_code_watch_call(
    config: Option<&kamusm_config>,
    token: Option<&kamusm_person_token>,
    number: *const c_char,
    id: *const c_char,
    call: Option<&mut MaybeUninit<Box<kamusm_call>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let (config, token) = (given(config, "config")?, given(token, "token")?);
        // SAFETY: the rules at the top of the header.
        let number = unsafe { text(number, "number") }?;
        // SAFETY: the rules at the top of the header.
        let id = unsafe { text(id, "id") }?;
        call::make(call, || {
            Ok(SignCode::watch(config.built(), &token.0, &ApplicationNumber::parse(number)?, id))
        })
    })
}

/// Makes the call for "Evet, benim", or for "Bu ben değilim", which ends session and code.
///
/// `token`: of the person's sign-in, copied.
/// `number`: Sipariş No, 1 to 32 of `A`-`Z`, `0`-`9` and `-`.
/// `id`: of `kamusm_sign_code_id`.
/// `is_confirmed`: whether it is the person's own program.
/// `call`: the call, to be freed by `kamusm_call_free`; its answer is decoded by `kamusm_sign_code_decode`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn kamusm_sign_code_confirm_call(
    config: Option<&kamusm_config>,
    token: Option<&kamusm_person_token>,
    number: *const c_char,
    id: *const c_char,
    is_confirmed: bool,
    call: Option<&mut MaybeUninit<Box<kamusm_call>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let (config, token) = (given(config, "config")?, given(token, "token")?);
        // SAFETY: the rules at the top of the header.
        let number = unsafe { text(number, "number") }?;
        // SAFETY: the rules at the top of the header.
        let id = unsafe { text(id, "id") }?;
        call::make(call, || {
            Ok(SignCode::confirm(
                config.built(),
                &token.0,
                &ApplicationNumber::parse(number)?,
                id,
                is_confirmed,
            ))
        })
    })
}

/// Decodes the answer to the calls above; a refusal of the service is its error.
///
/// `sign_code`: the code, to be freed by `kamusm_sign_code_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_sign_code_decode(
    call: Option<&kamusm_call>,
    response: Option<&kamusm_response>,
    sign_code: Option<&mut MaybeUninit<Box<kamusm_sign_code>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        call::decode(call, response, sign_code, "sign_code", |message: SignCode| {
            Box::new(kamusm_sign_code::new(&message))
        })
    })
}

/// Makes the call that takes a code back, and the session that it was redeemed for.
///
/// `token`: of the person's sign-in, copied.
/// `number`: Sipariş No, 1 to 32 of `A`-`Z`, `0`-`9` and `-`.
/// `id`: of `kamusm_sign_code_id`.
/// `call`: the call, to be freed by `kamusm_call_free`; its answer is decoded by `kamusm_sign_code_withdraw_decode`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn kamusm_sign_code_withdraw_call(
    config: Option<&kamusm_config>,
    token: Option<&kamusm_person_token>,
    number: *const c_char,
    id: *const c_char,
    call: Option<&mut MaybeUninit<Box<kamusm_call>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let (config, token) = (given(config, "config")?, given(token, "token")?);
        // SAFETY: the rules at the top of the header.
        let number = unsafe { text(number, "number") }?;
        // SAFETY: the rules at the top of the header.
        let id = unsafe { text(id, "id") }?;
        call::make(call, || {
            Ok(SignCode::withdraw(config.built(), &token.0, &ApplicationNumber::parse(number)?, id))
        })
    })
}

/// Decodes the answer to `kamusm_sign_code_withdraw_call`, which says nothing; a refusal of the service is its error.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_sign_code_withdraw_decode(
    call: Option<&kamusm_call>,
    response: Option<&kamusm_response>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || call::message(call, response, "the end of a code"))
}

/// What the service calls it. Lent by the sign code.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_sign_code_id(sign_code: Option<&kamusm_sign_code>) -> *const c_char {
    guard_value(ptr::null(), || Some(sign_code?.id.as_ptr()))
}

/// What became of it.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_sign_code_state(sign_code: Option<&kamusm_sign_code>) -> kamusm_code_state {
    guard_value(kamusm_code_state::Unknown, || Some(sign_code?.state))
}

/// The service's word for that, such as `issued`. Lent by the sign code.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_sign_code_state_word(sign_code: Option<&kamusm_sign_code>) -> *const c_char {
    guard_value(ptr::null(), || Some(sign_code?.state_word.as_ptr()))
}

/// The doğrulama kodu, `XXXX-XXXX-XXXX-XXXX`, for the person's own screen and never for a log; NULL once it is over. Lent by the sign code.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_sign_code_code(sign_code: Option<&kamusm_sign_code>) -> *const c_char {
    guard_value(ptr::null(), || Some(sign_code?.code.as_ref()?.as_ptr()))
}

/// When it was issued, RFC 3339. Lent by the sign code.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_sign_code_created_at(sign_code: Option<&kamusm_sign_code>) -> *const c_char {
    guard_value(ptr::null(), || Some(sign_code?.created_at.as_ptr()))
}

/// Seconds left to redeem it.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_sign_code_expires_in_s(sign_code: Option<&kamusm_sign_code>) -> u32 {
    guard_value(0, || Some(sign_code?.expires_in_s))
}

/// How often somebody tried it after it was redeemed.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_sign_code_second_redemptions(sign_code: Option<&kamusm_sign_code>) -> u32 {
    guard_value(0, || Some(sign_code?.second_redemptions))
}

/// What became of the session that it was redeemed for.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_sign_code_session_state(
    sign_code: Option<&kamusm_sign_code>,
) -> kamusm_session_state {
    guard_value(kamusm_session_state::Unknown, || Some(sign_code?.session.as_ref()?.state))
}

/// The service's word for that; NULL while there is no session. Lent by the sign code.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_sign_code_session_state_word(sign_code: Option<&kamusm_sign_code>) -> *const c_char {
    guard_value(ptr::null(), || Some(sign_code?.session.as_ref()?.state_word.as_ptr()))
}

/// Kontrol sayısı: the program shows the same four digits; NULL while there is no session. Lent by the sign code.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_sign_code_match_code(sign_code: Option<&kamusm_sign_code>) -> *const c_char {
    guard_value(ptr::null(), || Some(sign_code?.session.as_ref()?.match_code.as_ptr()))
}

/// The name of the program that redeemed it; NULL while there is no session. Lent by the sign code.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_sign_code_client_name(sign_code: Option<&kamusm_sign_code>) -> *const c_char {
    guard_value(ptr::null(), || Some(sign_code?.session.as_ref()?.client_name.as_ptr()))
}

/// Its version; NULL while there is no session. Lent by the sign code.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_sign_code_client_version(sign_code: Option<&kamusm_sign_code>) -> *const c_char {
    guard_value(ptr::null(), || Some(sign_code?.session.as_ref()?.client_version.as_ptr()))
}

/// The network it is in, not its address; NULL while there is no session. Lent by the sign code.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_sign_code_client_network(sign_code: Option<&kamusm_sign_code>) -> *const c_char {
    guard_value(ptr::null(), || Some(sign_code?.session.as_ref()?.client_network.as_ptr()))
}

/// Whether the page is in another network than the program.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_sign_code_client_is_other_network(sign_code: Option<&kamusm_sign_code>) -> bool {
    guard_value(false, || Some(sign_code?.session.as_ref()?.is_other_network))
}

/// When it was redeemed, RFC 3339; NULL while there is no session. Lent by the sign code.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_sign_code_session_created_at(sign_code: Option<&kamusm_sign_code>) -> *const c_char {
    guard_value(ptr::null(), || Some(sign_code?.session.as_ref()?.created_at.as_ptr()))
}

/// Seconds until the hard end of the session.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_sign_code_session_hard_expires_in_s(sign_code: Option<&kamusm_sign_code>) -> u32 {
    guard_value(0, || Some(sign_code?.session.as_ref()?.hard_expires_in_s))
}

/// Wipes and frees the code; NULL is fine.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_sign_code_free(sign_code: Option<Box<kamusm_sign_code>>) {
    guard_void(|| drop(sign_code));
}
