//! The code by SMS that verifies the phone of the form.

use std::{
    ffi::{CString, c_char},
    mem::MaybeUninit,
    ptr,
};

use kamusm::{application::ApplicationNumber, phone::PhoneVerification, sms_code::SmsCode};

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
    text::{lendable, text},
};

/// A code on its way to the phone.
///
/// Threads: any number may read it at once.
pub struct kamusm_phone_verification {
    id: CString,
    gsm: CString,
    expires_in_s: u32,
    attempts_left: u32,
    resend_in_s: u32,
}

impl kamusm_phone_verification {
    fn new(verification: &PhoneVerification) -> Self {
        Self {
            id: lendable(&verification.id),
            gsm: lendable(&verification.gsm),
            expires_in_s: verification.expires_in,
            attempts_left: verification.attempts_left,
            resend_in_s: verification.resend_in,
        }
    }
}

/// Makes the call that sends a code; an earlier one is over.
///
/// `token`: of the person's sign-in, copied.
/// `number`: Sipariş No, 1 to 32 of `A`-`Z`, `0`-`9` and `-`.
/// `call`: the call, to be freed by `kamusm_call_free`; its answer is decoded by `kamusm_phone_verification_decode`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn kamusm_phone_verification_call(
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
            Ok(PhoneVerification::start(
                config.built(),
                &token.0,
                &ApplicationNumber::parse(number)?,
                &key()?,
            ))
        })
    })
}

/// Decodes the answer to `kamusm_phone_verification_call`; a refusal of the service is its error.
///
/// `verification`: what was sent, to be freed by `kamusm_phone_verification_free`.
/// Worth handling: `KAMUSM_RESULT_SMS_LIMIT`, see `kamusm_error_retry_after_s`; `KAMUSM_RESULT_SMS_GATEWAY_DOWN`.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_phone_verification_decode(
    call: Option<&kamusm_call>,
    response: Option<&kamusm_response>,
    verification: Option<&mut MaybeUninit<Box<kamusm_phone_verification>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        call::decode(call, response, verification, "verification", |message: PhoneVerification| {
            Box::new(kamusm_phone_verification::new(&message))
        })
    })
}

/// What the service calls it. Lent by the object.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_phone_verification_id(
    verification: Option<&kamusm_phone_verification>,
) -> *const c_char {
    guard_value(ptr::null(), || Some(verification?.id.as_ptr()))
}

/// The masked number. Lent by the object.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_phone_verification_gsm(
    verification: Option<&kamusm_phone_verification>,
) -> *const c_char {
    guard_value(ptr::null(), || Some(verification?.gsm.as_ptr()))
}

/// Seconds in which the code must be typed.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_phone_verification_expires_in_s(
    verification: Option<&kamusm_phone_verification>,
) -> u32 {
    guard_value(0, || Some(verification?.expires_in_s))
}

/// How often it may be typed.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_phone_verification_attempts_left(
    verification: Option<&kamusm_phone_verification>,
) -> u32 {
    guard_value(0, || Some(verification?.attempts_left))
}

/// Seconds until another may be sent.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_phone_verification_resend_in_s(
    verification: Option<&kamusm_phone_verification>,
) -> u32 {
    guard_value(0, || Some(verification?.resend_in_s))
}

/// Frees the object; NULL is fine.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_phone_verification_free(verification: Option<Box<kamusm_phone_verification>>) {
    guard_void(|| drop(verification));
}

/// Makes the call that tries what the person typed.
///
/// `token`: of the person's sign-in, copied.
/// `number`: Sipariş No, 1 to 32 of `A`-`Z`, `0`-`9` and `-`.
/// `id`: of `kamusm_phone_verification_id`.
/// `sms_code`: as the person typed it; wipe your own.
/// `call`: the call, to be freed by `kamusm_call_free`; its answer is decoded by `kamusm_phone_attempt_decode`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn kamusm_phone_attempt_call(
    config: Option<&kamusm_config>,
    token: Option<&kamusm_person_token>,
    number: *const c_char,
    id: *const c_char,
    sms_code: *const c_char,
    call: Option<&mut MaybeUninit<Box<kamusm_call>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let (config, token) = (given(config, "config")?, given(token, "token")?);
        // SAFETY: the rules at the top of the header.
        let number = unsafe { text(number, "number") }?;
        // SAFETY: the rules at the top of the header.
        let id = unsafe { text(id, "id") }?;
        // SAFETY: the rules at the top of the header.
        let sms_code = unsafe { text(sms_code, "sms_code") }?;
        call::make(call, || {
            Ok(PhoneVerification::attempt(
                config.built(),
                &token.0,
                &ApplicationNumber::parse(number)?,
                id,
                &SmsCode::parse(sms_code)?,
                &key()?,
            ))
        })
    })
}

/// Decodes the answer to `kamusm_phone_attempt_call`; a refusal of the service is its error.
///
/// `is_verified`: whether the phone is verified now.
/// Worth handling: `KAMUSM_RESULT_SMS_CODE_WRONG`, see `kamusm_error_attempts_left`; `KAMUSM_RESULT_SMS_CODE_EXPIRED`,
/// `KAMUSM_RESULT_SMS_ATTEMPTS_EXHAUSTED`, send another.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_phone_attempt_decode(
    call: Option<&kamusm_call>,
    response: Option<&kamusm_response>,
    is_verified: Option<&mut MaybeUninit<bool>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || call::decode(call, response, is_verified, "is_verified", |is_verified: bool| is_verified))
}
