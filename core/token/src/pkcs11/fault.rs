//! Return values (PKCS#11 2.40, 5.1) and what they mean. One value means different things with the token in and with it gone.

use cryptoki::context::Function;
use cryptoki::error::{Error, Rv};
use cryptoki::slot::Slot;
use cryptoki_sys::*;

use super::module::Module;
use crate::error::{LOGIN, TokenError};

/// A call that failed. No value means an answer that PKCS#11 does not know, or a function that the module lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) function: &'static str,
    pub(super) rv: Option<CK_RV>,
}

impl Fault {
    /// `function` is what was called; of a call that makes several, the one that failed.
    pub(super) fn new(function: &'static str, error: &Error) -> Self {
        let Error::Pkcs11(error, failed) = error else { return Self { function, rv: None } };
        let function = match failed {
            Function::FindObjectsInit => "C_FindObjectsInit",
            Function::FindObjects => "C_FindObjects",
            Function::GetAttributeValue => "C_GetAttributeValue",
            _ => function,
        };
        let rv = match error {
            cryptoki::error::RvError::VendorDefined(rv) | cryptoki::error::RvError::UnknownErrorCode(rv) => {
                Some(*rv)
            }
            named => NAMED.clone().find(|&rv| Rv::from(rv) == Rv::Error(*named)),
        };
        Self { function, rv }
    }

    pub(super) fn is(self, rv: CK_RV) -> bool {
        self.rv == Some(rv)
    }

    pub(super) fn is_one_of(self, values: &[CK_RV]) -> bool {
        self.rv.is_some_and(|rv| values.contains(&rv))
    }

    /// The error as it stands, where no token can have gone.
    pub(super) fn into_error(self) -> TokenError {
        let Some(rv) = self.rv else { return TokenError::Other { function: self.function, rv: None } };
        match rv {
            CKR_DEVICE_REMOVED | CKR_TOKEN_NOT_PRESENT => TokenError::TokenRemoved { during: self.function },
            CKR_TOKEN_NOT_RECOGNIZED => TokenError::UnsupportedToken { atr: None },
            CKR_KEY_FUNCTION_NOT_PERMITTED => TokenError::KeyNotPermitted,
            CKR_SESSION_COUNT | CKR_USER_ANOTHER_ALREADY_LOGGED_IN => TokenError::TokenBusy { holder: None },
            CKR_FUNCTION_CANCELED if self.function == LOGIN => TokenError::PinCancelled,
            CKR_CRYPTOKI_NOT_INITIALIZED => TokenError::ModuleInit { rv: number(rv) },
            rv => TokenError::Other { function: self.function, rv: Some(number(rv)) },
        }
    }

    /// The error after a look at the reader: the same values come from a broken card and from none.
    pub(super) fn classify(self, module: &Module, slot: Slot, serial: &str) -> TokenError {
        if !self.is_one_of(&VAGUE) {
            return self.into_error();
        }
        let there = module.call("C_GetSlotInfo", |pkcs11| pkcs11.get_slot_info(slot));
        let gone = match there {
            Ok(info) if !info.token_present() => true,
            Ok(_) => match module.token_info(slot) {
                Ok(facts) => facts.serial != serial,
                Err(fault) => fault.is_one_of(&GONE),
            },
            Err(fault) => fault.is_one_of(&GONE),
        };
        match self.rv {
            _ if gone => TokenError::TokenRemoved { during: self.function },
            Some(CKR_SESSION_HANDLE_INVALID | CKR_SESSION_CLOSED) => {
                TokenError::TokenReset { during: self.function }
            }
            _ => self.into_error(),
        }
    }
}

/// A return value with the same width on every system.
#[expect(clippy::useless_conversion, reason = "CK_RV has 32 bits on Windows")]
pub(super) fn number(rv: CK_RV) -> u64 {
    rv.into()
}

/// Values that say nothing until it is known whether the token is still there.
const VAGUE: [CK_RV; 10] = [
    CKR_GENERAL_ERROR,
    CKR_FUNCTION_FAILED,
    CKR_DEVICE_ERROR,
    CKR_SLOT_ID_INVALID,
    CKR_OPERATION_ACTIVE,
    CKR_OPERATION_NOT_INITIALIZED,
    CKR_SESSION_HANDLE_INVALID,
    CKR_SESSION_CLOSED,
    CKR_KEY_HANDLE_INVALID,
    CKR_OBJECT_HANDLE_INVALID,
];

/// Answers of a reader without its token.
const GONE: [CK_RV; 4] =
    [CKR_TOKEN_NOT_PRESENT, CKR_DEVICE_REMOVED, CKR_SLOT_ID_INVALID, CKR_TOKEN_NOT_RECOGNIZED];

/// The values of PKCS#11 are below; `cryptoki` has names for them and no way back from a name to its number.
const NAMED: std::ops::Range<CK_RV> = 1..0x400;

#[cfg(test)]
mod tests {
    use cryptoki::error::RvError;

    use super::*;

    fn fault(rv: CK_RV) -> Fault {
        let Rv::Error(error) = Rv::from(rv) else { panic!("{rv:#x} is no error") };
        Fault::new("C_Sign", &Error::Pkcs11(error, Function::Sign))
    }

    #[test]
    fn every_value_comes_back_as_its_number() {
        for rv in NAMED {
            assert!(fault(rv).is(rv), "{rv:#x}");
        }
        assert!(fault(CKR_VENDOR_DEFINED + 7).is(CKR_VENDOR_DEFINED + 7));
    }

    #[test]
    fn the_failing_part_of_a_search_is_named() {
        let error = Error::Pkcs11(RvError::DeviceError, Function::FindObjects);
        assert_eq!(Fault::new("C_FindObjectsInit", &error).function, "C_FindObjects");
    }

    #[test]
    fn values_that_speak_for_themselves_need_no_look_at_the_reader() {
        assert!(matches!(
            fault(CKR_DEVICE_REMOVED).into_error(),
            TokenError::TokenRemoved { during: "C_Sign" }
        ));
        assert!(matches!(fault(CKR_KEY_FUNCTION_NOT_PERMITTED).into_error(), TokenError::KeyNotPermitted));
        let other = fault(CKR_HOST_MEMORY).into_error();
        assert!(matches!(other, TokenError::Other { function: "C_Sign", rv: Some(2) }), "{other:?}");
        let pad = Fault { function: LOGIN, rv: Some(CKR_FUNCTION_CANCELED) };
        assert!(matches!(pad.into_error(), TokenError::PinCancelled));
    }
}
