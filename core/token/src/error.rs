//! What can go wrong with a signer, told apart by what a person or a program can do about it.

mod display;
mod helper;
mod load;

use std::path::PathBuf;
use std::time::Duration;

use kamusm_cades::algorithm::SignatureAlgorithm;

use crate::identity::Unusable;
use crate::pin::Tries;

pub use helper::HelperFailure;
pub use load::LoadFailure;

/// An error of a signer. No text of it holds a label, a serial number or anything of a PIN.
///
/// `function` is the name of the PKCS#11 function that failed, for example `C_Sign`.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TokenError {
    /// The smart card service of the computer does not run.
    #[error("the smart card service does not run")]
    ServiceDown,
    /// The smart card service refused access (polkit).
    #[error("the smart card service refused access")]
    ServiceDenied,
    /// There is no reader.
    #[error("no card reader")]
    NoReader,
    /// No reader holds a card.
    #[error("no card in any reader")]
    NoToken,
    /// The module does not know the card.
    #[error("the driver does not know the card")]
    UnsupportedToken {
        /// Answer to reset of the card, where the reader was asked.
        atr: Option<Vec<u8>>,
    },
    /// There is no file at this path.
    #[error("no module at {}", display::FileName(path))]
    ModuleNotFound {
        /// The path as it was given.
        path: PathBuf,
    },
    /// The file is there but cannot be used as a PKCS#11 module.
    #[error("module {} cannot be loaded: {why}", display::FileName(path))]
    ModuleLoad {
        /// The path that was loaded.
        path: PathBuf,
        /// What is wrong with it.
        why: LoadFailure,
    },
    /// The module refused to start.
    #[error("the module refused to start (CK_RV {rv:#x})")]
    ModuleInit {
        /// Return value of `C_Initialize`, or of the first call where the host initialises.
        rv: u64,
    },
    /// A call into the module did not return in time. The module is not called again until it does.
    #[error("{function} has not returned for {after:?}")]
    ModuleHung {
        /// The call that hangs.
        function: &'static str,
        /// For how long.
        after: Duration,
    },
    /// The module brought its thread or its process down.
    #[error("the module crashed during {during}")]
    ModuleCrashed {
        /// The call that did not come back.
        during: &'static str,
        /// Signal that ended the helper process.
        signal: Option<i32>,
    },
    /// This process is a fork of the one that loaded the module; PKCS#11 state does not survive that.
    #[error("the module was loaded by process {loaded_by}, before a fork")]
    ModuleForked {
        /// Identifier of the process that loaded it.
        loaded_by: u32,
    },
    /// The helper program, in which drivers run apart from this process, cannot be used.
    #[error("the helper program cannot be used: {why}")]
    Helper {
        /// What is wrong with it.
        why: HelperFailure,
    },
    /// There are tokens, but no certificate to sign with.
    #[error("none of {seen} certificates can sign")]
    NoSigningCertificate {
        /// How many certificates there are.
        seen: usize,
    },
    /// The certificate may not be used; nothing was asked of the card.
    #[error("the certificate cannot be used: {why}")]
    CertificateUnusable {
        /// Why.
        why: Unusable,
    },
    /// The certificate is not, or no longer, on any token.
    #[error("the certificate is on no token")]
    IdentityGone,
    /// The token has no private key for the certificate.
    #[error("no private key for the certificate")]
    KeyNotFound,
    /// Several private keys could belong to the certificate and none proved to.
    #[error("none of {candidates} private keys fits the certificate")]
    KeyAmbiguous {
        /// How many keys were tried.
        candidates: usize,
    },
    /// The token does not let the key sign (CKA_SIGN, CKR_KEY_FUNCTION_NOT_PERMITTED).
    #[error("the key may not sign")]
    KeyNotPermitted,
    /// Neither the raw nor the combined mechanism is offered, or the algorithm does not fit the certificate's key.
    #[error("no mechanism for {algorithm:?}")]
    MechanismUnsupported {
        /// The signature that was wanted.
        algorithm: SignatureAlgorithm,
    },
    /// A PIN is needed and none was given. An empty PIN is never sent to a token.
    #[error("a PIN is needed")]
    PinRequired,
    /// The PIN is wrong.
    #[error("wrong PIN")]
    PinIncorrect {
        /// What the token tells now.
        tries: Tries,
    },
    /// One try is left and the caller did not allow it; nothing was sent to the token.
    #[error("one PIN try is left")]
    PinFinalTry,
    /// The PIN is locked.
    #[error("the PIN is locked")]
    PinLocked {
        /// Whether it was this call that used the last try.
        used_a_try: bool,
    },
    /// The PIN has a length that the token does not take.
    #[error("the PIN must have {min} to {max} octets")]
    PinLength {
        /// Shortest PIN, as the module says.
        min: u16,
        /// Longest PIN, as the module says.
        max: u16,
    },
    /// The PIN must be set or changed before the first use.
    #[error("the PIN must be changed first")]
    PinMustChange,
    /// The entry at the PIN pad was cancelled.
    #[error("PIN entry was cancelled at the reader")]
    PinCancelled,
    /// Nobody typed at the PIN pad in time.
    #[error("nobody typed the PIN at the reader")]
    PadTimeout,
    /// The PIN is to be typed at the reader, but it has no PIN pad.
    #[error("the reader has no PIN pad")]
    PadUnavailable,
    /// The reader has a PIN pad, so a typed PIN is not taken unless the caller overrides it.
    #[error("the PIN must be typed at the reader")]
    PadRequired,
    /// Another program, or another call of this one, holds the token.
    #[error("the token is in use")]
    TokenBusy {
        /// Who holds it, if that is known.
        holder: Option<String>,
    },
    /// The token was pulled.
    #[error("the token was removed during {during}")]
    TokenRemoved {
        /// The call that failed.
        during: &'static str,
    },
    /// The token is there but has forgotten the session: it was reset, or pulled and put back.
    #[error("the token was reset during {during}")]
    TokenReset {
        /// The call that failed.
        during: &'static str,
    },
    /// The token made a signature that its own certificate does not verify. It never leaves this layer.
    #[error("the signature does not fit the certificate")]
    SignatureInvalid,
    /// The deadline passed between two calls into the module; no call hangs.
    #[error("the time for the token is over")]
    Deadline,
    /// The caller cancelled.
    #[error("cancelled")]
    Cancelled,
    /// Another return value of the module.
    #[error("{function} failed{}", display::Rv(*rv))]
    Other {
        /// The call that failed.
        function: &'static str,
        /// Its return value; none if it answered with something that PKCS#11 does not know.
        rv: Option<u64>,
    },
}

impl TokenError {
    /// Whether the same call may succeed later, without another PIN, certificate or driver.
    pub fn retryable(&self) -> bool {
        matches!(
            self,
            Self::ServiceDown
                | Self::NoReader
                | Self::NoToken
                | Self::PinCancelled
                | Self::PadTimeout
                | Self::TokenBusy { .. }
                | Self::TokenRemoved { .. }
                | Self::TokenReset { .. }
                | Self::Deadline
        )
    }

    /// Whether this call used a PIN try, or may have: where `C_Login` itself gave no clear answer, a try counts as used.
    pub fn used_a_try(&self) -> bool {
        match self {
            Self::PinIncorrect { .. } | Self::PinLocked { used_a_try: true } => true,
            Self::ModuleHung { function, .. } | Self::Other { function, .. } => *function == LOGIN,
            Self::TokenRemoved { during } | Self::TokenReset { during } => *during == LOGIN,
            Self::ModuleCrashed { during, .. } => *during == LOGIN,
            _ => false,
        }
    }

    /// How many PIN tries are left, where the token tells.
    pub fn tries_left(&self) -> Option<u8> {
        match self {
            Self::PinIncorrect { tries } => tries.left(),
            Self::PinFinalTry => Some(1),
            Self::PinLocked { .. } => Some(0),
            _ => None,
        }
    }

    /// The return value of the module, where it says more than the error does.
    pub fn ck_rv(&self) -> Option<u64> {
        match self {
            Self::ModuleInit { rv } => Some(*rv),
            Self::Other { rv, .. } => *rv,
            _ => None,
        }
    }
}

/// Name of the function that takes the PIN.
pub(crate) const LOGIN: &str = "C_Login";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_pin_error_is_ever_retryable() {
        let pin_errors = [
            TokenError::PinRequired,
            TokenError::PinIncorrect { tries: Tries::NotFull },
            TokenError::PinFinalTry,
            TokenError::PinLocked { used_a_try: false },
            TokenError::PinLength { min: 4, max: 8 },
            TokenError::PinMustChange,
            TokenError::PadRequired,
        ];
        for error in pin_errors {
            assert!(!error.retryable(), "{error:?}");
        }
        assert!(TokenError::TokenRemoved { during: "C_Sign" }.retryable());
    }

    #[test]
    fn a_try_is_used_only_by_a_login() {
        assert!(TokenError::PinIncorrect { tries: Tries::Unknown }.used_a_try());
        assert!(TokenError::PinLocked { used_a_try: true }.used_a_try());
        assert!(!TokenError::PinLocked { used_a_try: false }.used_a_try());
        assert!(!TokenError::PinFinalTry.used_a_try());
        assert!(!TokenError::PinLength { min: 4, max: 8 }.used_a_try());
        assert!(TokenError::TokenRemoved { during: LOGIN }.used_a_try(), "nobody knows, so it counts");
        assert!(!TokenError::TokenRemoved { during: "C_Sign" }.used_a_try());
    }

    #[test]
    fn tries_are_told_where_the_token_tells() {
        assert_eq!(TokenError::PinIncorrect { tries: Tries::Unknown }.tries_left(), None);
        assert_eq!(TokenError::PinIncorrect { tries: Tries::Final }.tries_left(), Some(1));
        assert_eq!(TokenError::PinIncorrect { tries: Tries::Exact(2) }.tries_left(), Some(2));
        assert_eq!(TokenError::PinLocked { used_a_try: true }.tries_left(), Some(0));
        assert_eq!(TokenError::PinRequired.tries_left(), None);
    }

    #[test]
    fn texts_name_the_file_but_not_the_folders_of_a_person() {
        let path = PathBuf::from("/home/somebody/drivers/libakisp11.so");
        let error = TokenError::ModuleLoad { path, why: LoadFailure::NotALibrary };
        assert_eq!(error.to_string(), "module libakisp11.so cannot be loaded: not a program library");
    }

    #[test]
    fn other_errors_tell_function_and_return_value() {
        let error = TokenError::Other { function: "C_Sign", rv: Some(0x5) };
        assert_eq!(error.to_string(), "C_Sign failed (CK_RV 0x5)");
        assert_eq!(error.ck_rv(), Some(5));
        assert_eq!(TokenError::Other { function: "C_Sign", rv: None }.to_string(), "C_Sign failed");
    }
}
