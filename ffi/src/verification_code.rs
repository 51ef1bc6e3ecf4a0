//! The doğrulama kodu.

use std::{ffi::c_char, mem::MaybeUninit};

use kamusm::{config::Environment, session::VerificationCode};

use crate::{
    error::kamusm_error,
    guard::{guard, guard_value, guard_void},
    handle::given,
    result::kamusm_result,
    text::text,
};

/// A doğrulama kodu whose check symbol is right. It is wiped when freed.
///
/// Threads: any number may read it at once.
pub struct kamusm_verification_code(pub(crate) VerificationCode);

/// Which service a code belongs to; its first symbol says so.
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum kamusm_environment {
    /// Neither; what accessors answer for NULL.
    None = 0,
    /// Codes begin with K.
    Production = 1,
    /// Codes begin with S.
    Sandbox = 2,
}

/// Reads a doğrulama kodu as the person pasted it: spaces, dashes and letters that look alike are put right.
///
/// `text`: UTF-8; wipe it afterwards, it is a credential.
/// `code`: the code, to be freed by `kamusm_verification_code_free`.
/// Worth handling: `KAMUSM_RESULT_CODE_MALFORMED`, let the person paste again.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn kamusm_verification_code_parse(
    text: *const c_char,
    code: Option<&mut MaybeUninit<Box<kamusm_verification_code>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let code = given(code, "code")?;
        // SAFETY: the rules at the top of the header.
        let pasted = unsafe { self::text(text, "text") }?;
        code.write(Box::new(kamusm_verification_code(VerificationCode::parse(pasted)?)));
        Ok(())
    })
}

/// The service that issued the code, one of `KAMUSM_ENVIRONMENT_*`.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_verification_code_environment(
    code: Option<&kamusm_verification_code>,
) -> kamusm_environment {
    guard_value(kamusm_environment::None, || match code?.0.environment().ok()? {
        Environment::Production => Some(kamusm_environment::Production),
        Environment::Sandbox => Some(kamusm_environment::Sandbox),
        _ => None,
    })
}

/// Wipes and frees the code; NULL is fine.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_verification_code_free(code: Option<Box<kamusm_verification_code>>) {
    guard_void(|| drop(code));
}
