//! The person's sign-in.

use std::{ffi::c_char, mem::MaybeUninit};

use kamusm::application::PersonToken;

use crate::{
    error::kamusm_error,
    guard::{guard, guard_void},
    handle::given,
    result::kamusm_result,
    text::text,
};

/// A bearer token of the person's sign-in. It is wiped when it is freed.
///
/// Threads: any number may use it at once.
pub struct kamusm_person_token(pub(crate) PersonToken);

/// Takes the token of a sign-in.
///
/// `text`: 1 to 4096 visible ASCII characters, copied; wipe your own.
/// `token`: the token, to be freed by `kamusm_person_token_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn kamusm_person_token_parse(
    text: *const c_char,
    token: Option<&mut MaybeUninit<Box<kamusm_person_token>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let token = given(token, "token")?;
        // SAFETY: the rules at the top of the header.
        let text = unsafe { self::text(text, "text") }?;
        token.write(Box::new(kamusm_person_token(PersonToken::parse(text)?)));
        Ok(())
    })
}

/// Wipes and frees the token; NULL is fine.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_person_token_free(token: Option<Box<kamusm_person_token>>) {
    guard_void(|| drop(token));
}
