//! Every return value of PKCS#11 2.40 and 3.0 from every call of a signature: what it is to the caller, what it costs,
//! and that the next signature is made as if nothing had been.

use cryptoki_sys::*;
use kamusm_test_softhsm::{SoftHsm, in_own_process};
use kamusm_token::error::TokenError;

use crate::fixture::{Card, PIN, options, returns, typed};

/// What the caller gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Signed,
    Removed,
    Reset,
    NoToken,
    Unsupported,
    Gone,
    NotPermitted,
    NoMechanism,
    Busy,
    Init,
    PinIncorrect,
    PinLocked,
    PinLength,
    PinMustChange,
    PinCancelled,
    /// The search that was not ended is still active.
    StillActive,
    /// With function and value as they came.
    Other,
}

fn verdict(function: &str, rv: u64) -> Verdict {
    match (function, rv) {
        // What only orders the attempts or tidies up does not decide about the signature.
        ("C_GetMechanismList" | "C_GetSessionInfo" | "C_Logout" | "C_CloseSession", _) => Verdict::Signed,
        ("C_FindObjectsFinal", _) => Verdict::StillActive,
        ("C_GetSlotInfo" | "C_GetTokenInfo", CKR_DEVICE_REMOVED | CKR_TOKEN_NOT_PRESENT) => Verdict::NoToken,
        // No session is open yet that could be lost.
        (
            "C_GetSlotList" | "C_GetSlotInfo" | "C_GetTokenInfo",
            CKR_SESSION_HANDLE_INVALID | CKR_SESSION_CLOSED,
        ) => Verdict::Other,
        // A certificate that cannot be read is passed over.
        (
            "C_GetAttributeValue",
            CKR_ATTRIBUTE_SENSITIVE | CKR_ATTRIBUTE_TYPE_INVALID | CKR_OBJECT_HANDLE_INVALID,
        ) => Verdict::Gone,
        ("C_Login", CKR_PIN_INCORRECT) => Verdict::PinIncorrect,
        ("C_Login", CKR_PIN_LOCKED) => Verdict::PinLocked,
        ("C_Login", CKR_PIN_LEN_RANGE) => Verdict::PinLength,
        ("C_Login", CKR_PIN_EXPIRED | CKR_USER_PIN_NOT_INITIALIZED) => Verdict::PinMustChange,
        ("C_Login", CKR_FUNCTION_CANCELED) => Verdict::PinCancelled,
        ("C_Login", CKR_USER_ALREADY_LOGGED_IN) => Verdict::Busy,
        (
            "C_SignInit" | "C_Sign",
            CKR_MECHANISM_INVALID
            | CKR_MECHANISM_PARAM_INVALID
            | CKR_FUNCTION_NOT_SUPPORTED
            | CKR_DATA_INVALID
            | CKR_DATA_LEN_RANGE,
        ) => Verdict::NoMechanism,
        (_, CKR_DEVICE_REMOVED | CKR_TOKEN_NOT_PRESENT) => Verdict::Removed,
        (_, CKR_TOKEN_NOT_RECOGNIZED) => Verdict::Unsupported,
        (_, CKR_KEY_FUNCTION_NOT_PERMITTED) => Verdict::NotPermitted,
        (_, CKR_SESSION_COUNT | CKR_USER_ANOTHER_ALREADY_LOGGED_IN) => Verdict::Busy,
        (_, CKR_CRYPTOKI_NOT_INITIALIZED) => Verdict::Init,
        (_, CKR_SESSION_HANDLE_INVALID | CKR_SESSION_CLOSED) => Verdict::Reset,
        _ => Verdict::Other,
    }
}

fn seen(function: &str, rv: u64, signed: &Result<Vec<Vec<u8>>, TokenError>) -> Option<Verdict> {
    Some(match signed {
        Ok(_) => Verdict::Signed,
        Err(TokenError::TokenRemoved { during }) if *during == function => Verdict::Removed,
        Err(TokenError::TokenReset { during }) if *during == function => Verdict::Reset,
        Err(TokenError::NoToken) => Verdict::NoToken,
        Err(TokenError::UnsupportedToken { atr: None }) => Verdict::Unsupported,
        Err(TokenError::IdentityGone) => Verdict::Gone,
        Err(TokenError::KeyNotPermitted) => Verdict::NotPermitted,
        Err(TokenError::MechanismUnsupported { .. }) => Verdict::NoMechanism,
        Err(TokenError::TokenBusy { holder: None }) => Verdict::Busy,
        Err(TokenError::ModuleInit { rv: told }) if *told == rv => Verdict::Init,
        Err(TokenError::PinIncorrect { .. }) => Verdict::PinIncorrect,
        Err(TokenError::PinLocked { used_a_try: true }) => Verdict::PinLocked,
        Err(TokenError::PinLength { .. }) => Verdict::PinLength,
        Err(TokenError::PinMustChange) => Verdict::PinMustChange,
        Err(TokenError::PinCancelled) => Verdict::PinCancelled,
        Err(TokenError::Other { function: "C_FindObjectsInit", rv: Some(CKR_OPERATION_ACTIVE) })
            if function == "C_FindObjectsFinal" =>
        {
            Verdict::StillActive
        }
        Err(TokenError::Other { function: told, rv: Some(value) }) if *told == function && *value == rv => {
            Verdict::Other
        }
        Err(_) => return None,
    })
}

fn every_value_of(hsm: &SoftHsm, function: &str) {
    let card = Card::with_nes(hsm);
    let identity = card.identity();
    for rv in VALUES {
        card.spy.forget();
        card.spy.tell(&[returns(function, rv)]);
        let signed = card.sign(&identity, 2, typed(PIN), &options());
        // The token was asked and refused; asking once more is another key's way, which SoftHSM's key is not.
        let asks_each_time = function == "C_Sign" && rv == CKR_USER_NOT_LOGGED_IN;
        if !asks_each_time {
            assert_eq!(seen(function, rv, &signed), Some(verdict(function, rv)), "{rv:#x}: {signed:?}");
        }
        let logins = card.spy.logins();
        let of_user = logins.iter().filter(|login| login.user == 1).count();
        assert!(of_user <= 1, "{rv:#x}: one login for one PIN entry");
        let after_failure = logins.iter().skip_while(|login| login.rv == 0).skip(1).count();
        assert_eq!(after_failure, 0, "{rv:#x}: {logins:?}");
        if let Err(error) = &signed {
            let told = matches!(
                verdict(function, rv),
                Verdict::PinLength
                    | Verdict::PinMustChange
                    | Verdict::PinCancelled
                    | Verdict::Busy
                    | Verdict::Init
                    | Verdict::Unsupported
                    | Verdict::NotPermitted
            );
            if function == "C_Login" {
                assert_eq!(error.used_a_try(), !told, "{rv:#x}: {error:?}");
            } else if !asks_each_time {
                assert!(!error.used_a_try(), "{rv:#x}: {error:?}");
            }
        }
        card.spy.tell(&[]);
        card.assert_signs(&identity, 1, typed(PIN), &options());
    }
    assert_eq!(card.spy.count("C_Finalize"), 0);
}

macro_rules! each_function {
    ($($name:ident: $function:literal;)*) => {
        $(#[test]
        fn $name() {
            in_own_process!(|hsm| every_value_of(&hsm, $function));
        })*
    };
}

each_function! {
    values_of_get_slot_list: "C_GetSlotList";
    values_of_get_slot_info: "C_GetSlotInfo";
    values_of_get_token_info: "C_GetTokenInfo";
    values_of_get_mechanism_list: "C_GetMechanismList";
    values_of_open_session: "C_OpenSession";
    values_of_close_session: "C_CloseSession";
    values_of_get_session_info: "C_GetSessionInfo";
    values_of_login: "C_Login";
    values_of_logout: "C_Logout";
    values_of_find_objects_init: "C_FindObjectsInit";
    values_of_find_objects: "C_FindObjects";
    values_of_find_objects_final: "C_FindObjectsFinal";
    values_of_get_attribute_value: "C_GetAttributeValue";
    values_of_sign_init: "C_SignInit";
    values_of_sign: "C_Sign";
}

/// Every value but CKR_OK, one of a vendor, and one that nobody knows.
const VALUES: [u64; 105] = [
    CKR_CANCEL,
    CKR_HOST_MEMORY,
    CKR_SLOT_ID_INVALID,
    CKR_GENERAL_ERROR,
    CKR_FUNCTION_FAILED,
    CKR_ARGUMENTS_BAD,
    CKR_NO_EVENT,
    CKR_NEED_TO_CREATE_THREADS,
    CKR_CANT_LOCK,
    CKR_ATTRIBUTE_READ_ONLY,
    CKR_ATTRIBUTE_SENSITIVE,
    CKR_ATTRIBUTE_TYPE_INVALID,
    CKR_ATTRIBUTE_VALUE_INVALID,
    CKR_ACTION_PROHIBITED,
    CKR_DATA_INVALID,
    CKR_DATA_LEN_RANGE,
    CKR_DEVICE_ERROR,
    CKR_DEVICE_MEMORY,
    CKR_DEVICE_REMOVED,
    CKR_ENCRYPTED_DATA_INVALID,
    CKR_ENCRYPTED_DATA_LEN_RANGE,
    CKR_AEAD_DECRYPT_FAILED,
    CKR_FUNCTION_CANCELED,
    CKR_FUNCTION_NOT_PARALLEL,
    CKR_FUNCTION_NOT_SUPPORTED,
    CKR_KEY_HANDLE_INVALID,
    CKR_KEY_SIZE_RANGE,
    CKR_KEY_TYPE_INCONSISTENT,
    CKR_KEY_NOT_NEEDED,
    CKR_KEY_CHANGED,
    CKR_KEY_NEEDED,
    CKR_KEY_INDIGESTIBLE,
    CKR_KEY_FUNCTION_NOT_PERMITTED,
    CKR_KEY_NOT_WRAPPABLE,
    CKR_KEY_UNEXTRACTABLE,
    CKR_MECHANISM_INVALID,
    CKR_MECHANISM_PARAM_INVALID,
    CKR_OBJECT_HANDLE_INVALID,
    CKR_OPERATION_ACTIVE,
    CKR_OPERATION_NOT_INITIALIZED,
    CKR_PIN_INCORRECT,
    CKR_PIN_INVALID,
    CKR_PIN_LEN_RANGE,
    CKR_PIN_EXPIRED,
    CKR_PIN_LOCKED,
    CKR_SESSION_CLOSED,
    CKR_SESSION_COUNT,
    CKR_SESSION_HANDLE_INVALID,
    CKR_SESSION_PARALLEL_NOT_SUPPORTED,
    CKR_SESSION_READ_ONLY,
    CKR_SESSION_EXISTS,
    CKR_SESSION_READ_ONLY_EXISTS,
    CKR_SESSION_READ_WRITE_SO_EXISTS,
    CKR_SIGNATURE_INVALID,
    CKR_SIGNATURE_LEN_RANGE,
    CKR_TEMPLATE_INCOMPLETE,
    CKR_TEMPLATE_INCONSISTENT,
    CKR_TOKEN_NOT_PRESENT,
    CKR_TOKEN_NOT_RECOGNIZED,
    CKR_TOKEN_WRITE_PROTECTED,
    CKR_UNWRAPPING_KEY_HANDLE_INVALID,
    CKR_UNWRAPPING_KEY_SIZE_RANGE,
    CKR_UNWRAPPING_KEY_TYPE_INCONSISTENT,
    CKR_USER_ALREADY_LOGGED_IN,
    CKR_USER_NOT_LOGGED_IN,
    CKR_USER_PIN_NOT_INITIALIZED,
    CKR_USER_TYPE_INVALID,
    CKR_USER_ANOTHER_ALREADY_LOGGED_IN,
    CKR_USER_TOO_MANY_TYPES,
    CKR_WRAPPED_KEY_INVALID,
    CKR_WRAPPED_KEY_LEN_RANGE,
    CKR_WRAPPING_KEY_HANDLE_INVALID,
    CKR_WRAPPING_KEY_SIZE_RANGE,
    CKR_WRAPPING_KEY_TYPE_INCONSISTENT,
    CKR_RANDOM_SEED_NOT_SUPPORTED,
    CKR_RANDOM_NO_RNG,
    CKR_DOMAIN_PARAMS_INVALID,
    CKR_CURVE_NOT_SUPPORTED,
    CKR_BUFFER_TOO_SMALL,
    CKR_SAVED_STATE_INVALID,
    CKR_INFORMATION_SENSITIVE,
    CKR_STATE_UNSAVEABLE,
    CKR_CRYPTOKI_NOT_INITIALIZED,
    CKR_CRYPTOKI_ALREADY_INITIALIZED,
    CKR_MUTEX_BAD,
    CKR_MUTEX_NOT_LOCKED,
    CKR_NEW_PIN_MODE,
    CKR_NEXT_OTP,
    CKR_EXCEEDED_MAX_ITERATIONS,
    CKR_FIPS_SELF_TEST_FAILED,
    CKR_LIBRARY_LOAD_FAILED,
    CKR_PIN_TOO_WEAK,
    CKR_PUBLIC_KEY_INVALID,
    CKR_FUNCTION_REJECTED,
    CKR_TOKEN_RESOURCE_EXCEEDED,
    CKR_OPERATION_CANCEL_FAILED,
    CKR_KEY_EXHAUSTED,
    CKR_PENDING,
    CKR_SESSION_ASYNC_NOT_SUPPORTED,
    CKR_SEED_RANDOM_REQUIRED,
    CKR_OPERATION_NOT_VALIDATED,
    CKR_TOKEN_NOT_INITIALIZED,
    CKR_PARAMETER_SET_NOT_SUPPORTED,
    CKR_VENDOR_DEFINED + 7,
    0x7777,
];
