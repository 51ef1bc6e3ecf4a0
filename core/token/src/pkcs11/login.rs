//! Logging in (PKCS#11 2.40, 5.6 C_Login): at most one try for each PIN that a person entered.

use cryptoki::session::UserType;
use cryptoki::types::RawAuthPin;
use cryptoki_sys::*;

use super::fault::Fault;
use super::module::{Initialiser, Module};
use super::session::OneShot;
use super::slot::{TokenFacts, TokenSlot};
use super::ticket::Watch;
use crate::backend::{PadPolicy, SignOptions};
use crate::error::{LOGIN, TokenError};
use crate::pin::{PinSource, Tries};

/// What a person gave, as the module takes it.
pub(super) enum Entry {
    Typed(RawAuthPin),
    Pad,
}

impl Entry {
    /// Everything that can be refused before the token is asked, so that no try is used for it.
    pub(super) fn admit(
        pin: PinSource,
        facts: &TokenFacts,
        options: &SignOptions,
    ) -> Result<Self, TokenError> {
        let has_pad = match options.pad {
            PadPolicy::AsToken => facts.has_pad(),
            PadPolicy::Ignore => false,
            PadPolicy::Assume => true,
        };
        let entry = match pin {
            PinSource::Pad if has_pad => Self::Pad,
            PinSource::Pad => return Err(TokenError::PadUnavailable),
            PinSource::Pin(_) if has_pad => return Err(TokenError::PadRequired),
            // An empty PIN costs a try on some cards and reaches for the pad on others.
            PinSource::Pin(pin) if pin.is_empty() => return Err(TokenError::PinRequired),
            PinSource::Pin(pin) => Self::Typed(RawAuthPin::new(Box::new(pin.octets().to_vec()))),
        };
        match facts.tries() {
            Tries::Locked => Err(TokenError::PinLocked { used_a_try: false }),
            Tries::Final if !options.allow_final_try => Err(TokenError::PinFinalTry),
            _ => Ok(entry),
        }
    }

    fn login(&self, module: &Module, session: &OneShot<'_>, user: UserType) -> Result<(), Fault> {
        let session = session.session();
        match self {
            Self::Typed(pin) => module.call(LOGIN, |_| session.login_with_raw(user, pin)),
            Self::Pad => module.call_for_person(LOGIN, |_| session.login(user, None)),
        }
    }
}

/// Logs the user in, with one `C_Login` or none. The session will log out again, unless it was the host who had
/// logged in.
pub(super) fn login(
    module: &Module,
    session: &mut OneShot<'_>,
    token: &TokenSlot,
    entry: &Entry,
    options: &SignOptions,
    watch: &Watch,
) -> Result<(), TokenError> {
    if session.is_user_logged_in() {
        match module.initialised_by() {
            // No PIN would be checked. Signing now would let anybody sign who sits at a machine that is logged in.
            Initialiser::Host if !options.allow_host_login => {
                return Err(TokenError::TokenBusy { holder: None });
            }
            Initialiser::Host => return Ok(()),
            Initialiser::Us => log_out(module, session, token)?,
        }
    }
    // The calls before may have lasted; no PIN is used for somebody who has left.
    watch.check()?;
    match entry.login(module, session, UserType::User) {
        Ok(()) => session.logged_in = true,
        Err(fault) if fault.is(CKR_USER_ALREADY_LOGGED_IN) => match module.initialised_by() {
            Initialiser::Host if options.allow_host_login => {}
            Initialiser::Host => return Err(TokenError::TokenBusy { holder: None }),
            // The module did not tell before. The next PIN entry finds it logged out; this one was used.
            Initialiser::Us => {
                let _ = log_out(module, session, token);
                return Err(TokenError::TokenBusy { holder: None });
            }
        },
        Err(fault) => return Err(refused(fault, module, token)),
    }
    Ok(())
}

/// Ends a login that an earlier job could not end.
fn log_out(module: &Module, session: &OneShot<'_>, token: &TokenSlot) -> Result<(), TokenError> {
    module
        .call("C_Logout", |_| session.session().logout())
        .map_err(|fault| fault.classify(module, token.slot, &token.facts.serial))
}

/// Confirms one signature with a key that asks each time (CKA_ALWAYS_AUTHENTICATE).
pub(super) fn confirm(
    module: &Module,
    session: &OneShot<'_>,
    token: &TokenSlot,
    entry: &Entry,
) -> Result<(), TokenError> {
    entry.login(module, session, UserType::ContextSpecific).map_err(|fault| refused(fault, module, token))
}

/// Why a login failed. The flags are read again whatever the module says: some tell only there that this was the last
/// try, and some answer a wrong PIN with a general error.
fn refused(fault: Fault, module: &Module, token: &TokenSlot) -> TokenError {
    let pin = token.facts.pin_state();
    let tries = module.token_info(token.slot).map_or(Tries::Unknown, |facts| facts.tries());
    match fault.rv {
        Some(CKR_PIN_LOCKED) => TokenError::PinLocked { used_a_try: true },
        _ if tries == Tries::Locked => TokenError::PinLocked { used_a_try: true },
        Some(CKR_PIN_INCORRECT) => TokenError::PinIncorrect { tries },
        Some(CKR_PIN_LEN_RANGE) => TokenError::PinLength { min: pin.min, max: pin.max },
        Some(CKR_PIN_EXPIRED | CKR_USER_PIN_NOT_INITIALIZED) => TokenError::PinMustChange,
        _ => fault.classify(module, token.slot, &token.facts.serial),
    }
}
