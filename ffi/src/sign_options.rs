//! How to sign: the PIN and what to do about doubtful tokens.

use std::mem::MaybeUninit;

use kamusm::{Code, Error};
use kamusm_token::{
    backend::{PadPolicy, SignOptions},
    pin::{Pin, PinSource},
};

use crate::{
    bytes::octets,
    error::kamusm_error,
    guard::{guard, guard_value, guard_void},
    handle::given,
    result::kamusm_result,
};

/// How to sign. It starts with the careful side of everything and holds no PIN after it was used once.
///
/// Threads: every use must be alone.
#[derive(Default)]
pub struct kamusm_sign_options {
    pin: Option<PinSource>,
    allow_final_try: bool,
    allow_host_login: bool,
    pad: PadPolicy,
}

/// Readers lie about their PIN pad, in both directions.
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum kamusm_pad_policy {
    /// As the token says.
    AsToken = 0,
    /// There is none, whatever the token says.
    Ignore = 1,
    /// There is one, whatever the token says.
    Assume = 2,
}

impl kamusm_sign_options {
    /// The PIN, which is gone afterwards: it is never tried twice.
    pub(crate) fn take_pin(&mut self) -> PinSource {
        self.pin.take().unwrap_or_else(|| PinSource::Pin(Pin::empty()))
    }

    pub(crate) fn apply(&self, options: &mut SignOptions) {
        options.allow_final_try = self.allow_final_try;
        options.allow_host_login = self.allow_host_login;
        options.pad = self.pad;
    }
}

/// Makes careful options without a PIN, to be freed by `kamusm_sign_options_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_sign_options_new() -> Option<Box<kamusm_sign_options>> {
    guard_value(None, || Some(Some(Box::default())))
}

/// Sets the PIN for the next signing; that wipes it, whatever comes of it.
///
/// `pin`, `len`: the octets as the person typed them, copied. Wipe your own at once.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn kamusm_sign_options_set_pin(
    options: Option<&mut kamusm_sign_options>,
    pin: *const u8,
    len: usize,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let options = given(options, "options")?;
        // SAFETY: the rules at the top of the header.
        let pin = unsafe { octets(pin, len, "pin") }?;
        options.pin = Some(PinSource::Pin(Pin::new(pin.to_vec())));
        Ok(())
    })
}

/// Lets the PIN of the next signing be typed on the PIN pad of the reader.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_sign_options_use_pad(
    options: Option<&mut kamusm_sign_options>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        given(options, "options")?.pin = Some(PinSource::Pad);
        Ok(())
    })
}

/// Says whether to believe the token about its PIN pad.
///
/// `policy`: one of `KAMUSM_PAD_POLICY_*`.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_sign_options_set_pad_policy(
    options: Option<&mut kamusm_sign_options>,
    policy: i32,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    const AS_TOKEN: i32 = kamusm_pad_policy::AsToken as i32;
    const IGNORE: i32 = kamusm_pad_policy::Ignore as i32;
    const ASSUME: i32 = kamusm_pad_policy::Assume as i32;
    guard(error, || {
        given(options, "options")?.pad = match policy {
            AS_TOKEN => PadPolicy::AsToken,
            IGNORE => PadPolicy::Ignore,
            ASSUME => PadPolicy::Assume,
            _ => return Err(Error::new(Code::Range, "policy is none of KAMUSM_PAD_POLICY_*")),
        };
        Ok(())
    })
}

/// Lets the last PIN try be used too. The person must know that it is the last.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_sign_options_allow_final_try(
    options: Option<&mut kamusm_sign_options>,
    allowed: bool,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        given(options, "options")?.allow_final_try = allowed;
        Ok(())
    })
}

/// Lets it sign even if the host program is logged in at the token already, so that no PIN is checked.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_sign_options_allow_host_login(
    options: Option<&mut kamusm_sign_options>,
    allowed: bool,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        given(options, "options")?.allow_host_login = allowed;
        Ok(())
    })
}

/// Wipes the PIN and frees the options; NULL is fine.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_sign_options_free(options: Option<Box<kamusm_sign_options>>) {
    guard_void(|| drop(options));
}
