//! The person's sign-in by e-Devlet, and what every sign-in brings.

use std::{
    ffi::{CString, c_char},
    mem::MaybeUninit,
    ptr,
};

use kamusm::sign_in::{EDevlet, SignedIn};

use crate::{
    call::{self, kamusm_call},
    config::kamusm_config,
    entropy::entropy,
    error::kamusm_error,
    guard::{guard, guard_value, guard_void},
    handle::given,
    person_token::kamusm_person_token,
    response::kamusm_response,
    result::kamusm_result,
    text::{lendable, text},
};

/// One sign-in by e-Devlet. It holds secrets, which are wiped when it is freed.
///
/// Threads: any number may use it at once.
pub struct kamusm_edevlet {
    edevlet: EDevlet,
    address: CString,
}

/// A person who signed in. That of a step belongs to it and is never freed alone.
///
/// Threads: any number may read it at once.
pub struct kamusm_signed_in {
    signed_in: SignedIn,
    name: CString,
    tckn: CString,
}

impl kamusm_signed_in {
    pub(crate) fn new(signed_in: SignedIn) -> Self {
        Self { name: lendable(&signed_in.name), tckn: lendable(&signed_in.tckn), signed_in }
    }
}

/// Begins a sign-in by e-Devlet: open `kamusm_edevlet_address` in the person's browser.
///
/// `client_id`: of your program, as the service registered it, 1 to 128 visible ASCII characters.
/// `redirect_uri`: the registered address that the browser comes back to: a loopback address or a scheme of the
///   program's own (RFC 8252 7), without query and fragment.
/// `edevlet`: the sign-in, to be freed by `kamusm_edevlet_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn kamusm_edevlet_new(
    config: Option<&kamusm_config>,
    client_id: *const c_char,
    redirect_uri: *const c_char,
    edevlet: Option<&mut MaybeUninit<Box<kamusm_edevlet>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let (config, place) = (given(config, "config")?, given(edevlet, "edevlet")?);
        // SAFETY: the rules at the top of the header.
        let (client_id, redirect_uri) =
            unsafe { (text(client_id, "client_id")?, text(redirect_uri, "redirect_uri")?) };
        let edevlet = EDevlet::new(config.built(), client_id, redirect_uri, entropy()?)?;
        place.write(Box::new(kamusm_edevlet { address: lendable(edevlet.address()), edevlet }));
        Ok(())
    })
}

/// The page to open in the person's browser. Lent by the sign-in.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_edevlet_address(edevlet: Option<&kamusm_edevlet>) -> *const c_char {
    guard_value(ptr::null(), || Some(edevlet?.address.as_ptr()))
}

/// Whether this address is the one that the browser comes back to.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn kamusm_edevlet_is_return(
    edevlet: Option<&kamusm_edevlet>,
    address: *const c_char,
) -> bool {
    guard_value(false, || {
        // SAFETY: the rules at the top of the header.
        let address = unsafe { text(address, "address") }.ok()?;
        Some(edevlet?.edevlet.is_return(address))
    })
}

/// Makes the call that exchanges what the browser came back with for a sign-in; that is good once.
///
/// `address`: the whole address that the browser came back to.
/// `call`: the call, to be freed by `kamusm_call_free`; its answer is decoded by `kamusm_signed_in_decode`.
/// Worth handling: `KAMUSM_RESULT_CANCELLED`, the person cancelled; `KAMUSM_RESULT_FORBIDDEN`, e-Devlet refused, or
///   somebody else made the address.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn kamusm_edevlet_returned_call(
    edevlet: Option<&kamusm_edevlet>,
    address: *const c_char,
    call: Option<&mut MaybeUninit<Box<kamusm_call>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let edevlet = given(edevlet, "edevlet")?;
        // SAFETY: the rules at the top of the header.
        let address = unsafe { text(address, "address") }?;
        call::make(call, || edevlet.edevlet.returned(address))
    })
}

/// Wipes and frees the sign-in; NULL is fine.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_edevlet_free(edevlet: Option<Box<kamusm_edevlet>>) {
    guard_void(|| drop(edevlet));
}

/// Decodes the answer to `kamusm_edevlet_returned_call`; a refusal of the service is its error.
///
/// `signed_in`: who signed in, to be freed by `kamusm_signed_in_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_signed_in_decode(
    call: Option<&kamusm_call>,
    response: Option<&kamusm_response>,
    signed_in: Option<&mut MaybeUninit<Box<kamusm_signed_in>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        call::decode(call, response, signed_in, "signed_in", |message| {
            Box::new(kamusm_signed_in::new(message))
        })
    })
}

/// Gives the token that the person's calls are made with.
///
/// `token`: the token, to be freed by `kamusm_person_token_free`; it does not need this object any more.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_signed_in_token(
    signed_in: Option<&kamusm_signed_in>,
    token: Option<&mut MaybeUninit<Box<kamusm_person_token>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let (signed_in, token) = (given(signed_in, "signed_in")?, given(token, "token")?);
        token.write(Box::new(kamusm_person_token(signed_in.signed_in.token.clone())));
        Ok(())
    })
}

/// Seconds for which the token is good.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_signed_in_expires_in_s(signed_in: Option<&kamusm_signed_in>) -> u64 {
    guard_value(0, || Some(signed_in?.signed_in.expires_in_s))
}

/// The masked name. Lent by the object.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_signed_in_name(signed_in: Option<&kamusm_signed_in>) -> *const c_char {
    guard_value(ptr::null(), || Some(signed_in?.name.as_ptr()))
}

/// The masked T.C. Kimlik Numarası. Lent by the object.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_signed_in_tckn(signed_in: Option<&kamusm_signed_in>) -> *const c_char {
    guard_value(ptr::null(), || Some(signed_in?.tckn.as_ptr()))
}

/// Frees an object of `kamusm_signed_in_decode` and wipes its token; NULL is fine.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_signed_in_free(signed_in: Option<Box<kamusm_signed_in>>) {
    guard_void(|| drop(signed_in));
}
