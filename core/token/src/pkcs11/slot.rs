//! Slots with a token in them (PKCS#11 2.40, 5.5), found in a way that survives drivers that say there is none.

use std::path::Path;

use cryptoki::context::Pkcs11;
use cryptoki::slot::Slot;
use cryptoki_sys::{
    CK_FLAGS, CK_TOKEN_INFO, CK_ULONG, CKF_PROTECTED_AUTHENTICATION_PATH, CKF_TOKEN_INITIALIZED,
    CKF_USER_PIN_COUNT_LOW, CKF_USER_PIN_FINAL_TRY, CKF_USER_PIN_LOCKED, CKF_USER_PIN_TO_BE_CHANGED,
    CKR_CRYPTOKI_NOT_INITIALIZED,
};

use super::InitPolicy;
use super::fault::Fault;
use super::module::Module;
use super::ticket::Watch;
use crate::error::TokenError;
use crate::identity::TokenInfo;
use crate::pin::{PinEntry, PinState, Tries};

/// A slot that holds an initialised token. Lives only as long as one job: slot numbers change.
pub(super) struct TokenSlot {
    pub(super) slot: Slot,
    pub(super) reader: String,
    pub(super) facts: TokenFacts,
}

/// CK_TOKEN_INFO without its clock and counters.
pub(super) struct TokenFacts {
    pub(super) label: String,
    pub(super) manufacturer: String,
    pub(super) model: String,
    pub(super) serial: String,
    flags: CK_FLAGS,
    pin_min: u16,
    pin_max: u16,
}

/// Every token, in the order of the module. None at all is an error that says what is missing.
pub(super) fn tokens(
    module: &mut Module,
    policy: InitPolicy,
    watch: &Watch,
) -> Result<Vec<TokenSlot>, TokenError> {
    watch.check()?;
    // Asking for slots with a token comes back empty from some drivers although a card is in.
    let all = |module: &Module| module.call("C_GetSlotList", Pkcs11::get_all_slots);
    let slots = match all(module) {
        Err(fault) if fault.is(CKR_CRYPTOKI_NOT_INITIALIZED) && policy == InitPolicy::Tolerant => {
            // Somebody else in this process finalised the module.
            module.initialise_again(policy)?;
            all(module)
        }
        answer => answer,
    };
    let slots = slots.map_err(Fault::into_error)?;
    if slots.is_empty() {
        return Err(TokenError::NoReader);
    }
    let mut found = Vec::new();
    let mut trouble = None;
    for slot in slots {
        watch.check()?;
        match token(module, slot) {
            Ok(Some(token)) => found.push(token),
            Ok(None) => {}
            // One bad reader does not hide the others.
            Err(fault) => trouble = trouble.or(Some(fault)),
        }
    }
    match (found.is_empty(), trouble) {
        (false, _) => Ok(found),
        (true, Some(fault)) => Err(match fault.into_error() {
            TokenError::TokenRemoved { .. } => TokenError::NoToken,
            error => error,
        }),
        (true, None) => Err(TokenError::NoToken),
    }
}

fn token(module: &Module, slot: Slot) -> Result<Option<TokenSlot>, Fault> {
    let info = module.call("C_GetSlotInfo", |pkcs11| pkcs11.get_slot_info(slot))?;
    if !info.token_present() {
        return Ok(None);
    }
    let facts = module.token_info(slot)?;
    let usable = facts.flags & CKF_TOKEN_INITIALIZED != 0;
    Ok(usable.then(|| TokenSlot { slot, reader: info.slot_description().to_owned(), facts }))
}

impl TokenSlot {
    pub(super) fn info(&self, module: &Path) -> TokenInfo {
        TokenInfo {
            label: self.facts.label.clone(),
            serial: self.facts.serial.clone(),
            model: self.facts.model.clone(),
            manufacturer: self.facts.manufacturer.clone(),
            reader: self.reader.clone(),
            module: module.to_path_buf(),
        }
    }
}

impl TokenFacts {
    pub(super) fn new(info: &CK_TOKEN_INFO) -> Self {
        Self {
            label: text(&{ info.label }),
            manufacturer: text(&{ info.manufacturerID }),
            model: text(&{ info.model }),
            serial: text(&{ info.serialNumber }),
            flags: info.flags,
            pin_min: length(info.ulMinPinLen),
            pin_max: length(info.ulMaxPinLen),
        }
    }

    pub(super) fn pin_state(&self) -> PinState {
        PinState {
            entry: if self.has_pad() { PinEntry::Pad } else { PinEntry::Typed },
            min: self.pin_min,
            max: self.pin_max,
            tries: self.tries(),
            must_change: self.flags & CKF_USER_PIN_TO_BE_CHANGED != 0,
        }
    }

    pub(super) fn has_pad(&self) -> bool {
        self.flags & CKF_PROTECTED_AUTHENTICATION_PATH != 0
    }

    pub(super) fn tries(&self) -> Tries {
        if self.flags & CKF_USER_PIN_LOCKED != 0 {
            Tries::Locked
        } else if self.flags & CKF_USER_PIN_FINAL_TRY != 0 {
            Tries::Final
        } else if self.flags & CKF_USER_PIN_COUNT_LOW != 0 {
            Tries::NotFull
        } else {
            Tries::Unknown
        }
    }
}

/// Blank-padded text; drivers pad with NUL too, and not all write UTF-8.
fn text(octets: &[u8]) -> String {
    String::from_utf8_lossy(octets).trim_end_matches(['\0', ' ']).to_owned()
}

fn length(octets: CK_ULONG) -> u16 {
    u16::try_from(octets).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_flag_decides_what_is_known_of_the_tries() {
        let tries = |flags| TokenFacts::new(&CK_TOKEN_INFO { flags, ..Default::default() }).tries();
        assert_eq!(tries(0), Tries::Unknown);
        assert_eq!(tries(CKF_USER_PIN_COUNT_LOW), Tries::NotFull);
        assert_eq!(tries(CKF_USER_PIN_COUNT_LOW | CKF_USER_PIN_FINAL_TRY), Tries::Final);
        assert_eq!(tries(CKF_USER_PIN_FINAL_TRY | CKF_USER_PIN_LOCKED), Tries::Locked);
    }

    #[test]
    fn text_ends_where_its_padding_starts() {
        assert_eq!(text(b"AKIS_12  \0\0"), "AKIS_12");
        assert_eq!(text(b"   "), "");
    }

    #[test]
    fn nonsense_lengths_are_only_cut() {
        let info = CK_TOKEN_INFO { ulMinPinLen: 8, ulMaxPinLen: CK_ULONG::MAX, ..Default::default() };
        let state = TokenFacts::new(&info).pin_state();
        assert_eq!((state.min, state.max), (8, u16::MAX));
    }
}
