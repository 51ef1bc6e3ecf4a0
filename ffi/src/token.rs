//! Signers: smart cards through PKCS#11 modules, and software keys.

use std::{ffi::c_char, mem::MaybeUninit, path::Path, time::Duration};

use ::kamusm_token::{
    pin::Pin,
    pkcs11::{InitPolicy, Pkcs11Signer},
    soft::SoftSigner,
};
use kamusm::{
    Code, Error,
    token::{self, Token},
};

use crate::{
    answer::{kamusm_answer, place},
    bytes::octets,
    cancel::{kamusm_cancel, or_never},
    error::kamusm_error,
    guard::{guard, guard_void},
    handle::given,
    identity::kamusm_identities,
    result::kamusm_result,
    sign_options::kamusm_sign_options,
    step::kamusm_step,
    text::text,
};

/// A signer.
///
/// Threads: any number may use it at once, for any number of sessions; its calls take turns.
pub struct kamusm_token(Token);

/// Who calls C_Initialize of a PKCS#11 module. C_Finalize is never called: it would end the sessions of others.
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum kamusm_init_policy {
    /// We do; if somebody in the process already has, that is fine too.
    Tolerant = 0,
    /// The host program has, before it opens the token.
    HostManaged = 1,
    /// We do; if somebody in the process already has, that is an error.
    Strict = 2,
}

/// Loads a PKCS#11 module and starts it. It stays loaded until the process ends.
///
/// `path`: the module's file, UTF-8.
/// `init_policy`: one of `KAMUSM_INIT_POLICY_*`.
/// `token`: the signer for all cards that the module knows, to be freed by `kamusm_token_free`.
/// Worth handling: `KAMUSM_RESULT_MODULE_NOT_FOUND`, `KAMUSM_RESULT_MODULE_LOAD`: the driver is not installed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn kamusm_token_open_module(
    path: *const c_char,
    init_policy: i32,
    token: Option<&mut MaybeUninit<Box<kamusm_token>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    const TOLERANT: i32 = kamusm_init_policy::Tolerant as i32;
    const HOST_MANAGED: i32 = kamusm_init_policy::HostManaged as i32;
    const STRICT: i32 = kamusm_init_policy::Strict as i32;
    guard(error, || {
        let token = given(token, "token")?;
        // SAFETY: the rules at the top of the header.
        let path = Path::new(unsafe { text(path, "path") }?);
        let policy = match init_policy {
            TOLERANT => InitPolicy::Tolerant,
            HOST_MANAGED => InitPolicy::HostManaged,
            STRICT => InitPolicy::Strict,
            _ => return Err(Error::new(Code::Range, "init_policy is none of KAMUSM_INIT_POLICY_*")),
        };
        token.write(Box::new(kamusm_token(Token::new(Pkcs11Signer::open(path, policy)?))));
        Ok(())
    })
}

/// Opens a PKCS#12 file, as OpenSSL 3, Java and Windows write it today, as a signer.
///
/// `data`, `len`: the file's octets, copied.
/// `password`, `password_len`: its password, copied; it is asked for again, as PIN, at each signature. Wipe your own.
/// `token`: the signer, to be freed by `kamusm_token_free`.
/// Worth handling: `KAMUSM_RESULT_PIN_INCORRECT`, the password is wrong or the file is damaged.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn kamusm_token_open_pkcs12(
    data: *const u8,
    len: usize,
    password: *const u8,
    password_len: usize,
    token: Option<&mut MaybeUninit<Box<kamusm_token>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let token = given(token, "token")?;
        // SAFETY: the rules at the top of the header.
        let (file, password) =
            unsafe { (octets(data, len, "data")?, octets(password, password_len, "password")?) };
        let signer = SoftSigner::from_pkcs12(file, Pin::new(password.to_vec()))?;
        token.write(Box::new(kamusm_token(Token::new(signer))));
        Ok(())
    })
}

/// Opens PEM text with one private key, not encrypted, and its certificate as a signer.
///
/// `data`, `len`: the text's octets, UTF-8, copied.
/// `pin`, `pin_len`: the PIN that signing will ask for, copied; length 0 for none.
/// `token`: the signer, to be freed by `kamusm_token_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn kamusm_token_open_pem(
    data: *const u8,
    len: usize,
    pin: *const u8,
    pin_len: usize,
    token: Option<&mut MaybeUninit<Box<kamusm_token>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let token = given(token, "token")?;
        // SAFETY: the rules at the top of the header.
        let (pem, pin) = unsafe { (octets(data, len, "data")?, octets(pin, pin_len, "pin")?) };
        let pem = str::from_utf8(pem).map_err(|_| Error::new(Code::Utf8, "the PEM text is not UTF-8"))?;
        let pin = (!pin.is_empty()).then(|| Pin::new(pin.to_vec()));
        let signer = SoftSigner::from_pem(pem, pin)?;
        token.write(Box::new(kamusm_token(Token::new(signer))));
        Ok(())
    })
}

/// Lists every certificate that the token holds, also those that cannot sign. It blocks and never asks for a PIN.
///
/// `within_ms`: how long it may take, in milliseconds.
/// `identities`: the list, to be freed by `kamusm_identities_free`.
/// Worth handling: `KAMUSM_RESULT_NO_READER`, `KAMUSM_RESULT_NO_TOKEN`: ask for reader or card and call again.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_token_identities(
    token: Option<&kamusm_token>,
    within_ms: u64,
    identities: Option<&mut MaybeUninit<Box<kamusm_identities>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let (token, identities) = (given(token, "token")?, given(identities, "identities")?);
        let listed = token.0.identities(Duration::from_millis(within_ms))?;
        identities.write(Box::new(kamusm_identities::new(&listed)));
        Ok(())
    })
}

/// Performs a `KAMUSM_STEP_SIGN`: signs all items with one PIN entry. It blocks until the window is over at the latest.
///
/// `options`: with the PIN, which is used once and wiped; set it again for another attempt.
/// `cancel`: ends the wait from another thread; may be NULL.
/// `answer`: the answer, to be freed by `kamusm_answer_free`. A card that was pulled and time that is over are answers.
/// Worth handling: `KAMUSM_RESULT_PIN_INCORRECT` and the other numbers about the PIN, none of which is an answer:
/// the same step comes again, so ask the person again.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_token_sign(
    token: Option<&kamusm_token>,
    step: Option<&kamusm_step>,
    options: Option<&mut kamusm_sign_options>,
    cancel: Option<&kamusm_cancel>,
    answer: Option<&mut MaybeUninit<Box<kamusm_answer>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let (token, step) = (given(token, "token")?, given(step, "step")?);
        let (options, answer) = (given(options, "options")?, place(answer)?);
        let request = step.sign()?;
        let pin = options.take_pin();
        let mut how = token::options(request, &or_never(cancel));
        options.apply(&mut how);
        answer.write(Box::new(kamusm_answer(token.0.sign(request, pin, &how)?)));
        Ok(())
    })
}

/// Frees the signer; NULL is fine.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_token_free(token: Option<Box<kamusm_token>>) {
    guard_void(|| drop(token));
}
