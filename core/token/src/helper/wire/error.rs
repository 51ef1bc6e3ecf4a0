//! An error on its way between the processes: the same variants, with names of functions as text.

use std::path::Path;
use std::time::Duration;

use kamusm_cades::x509::certificate::Certificate;
use kamusm_cades::x509::nes;
use serde::{Deserialize, Serialize};

use super::Algorithm;
use super::identity::WireTries;
use crate::error::{LoadFailure, TokenError};

#[derive(Serialize, Deserialize)]
pub(in crate::helper) enum WireError {
    ServiceDown,
    ServiceDenied,
    NoReader,
    NoToken,
    UnsupportedToken {
        atr: Option<Vec<u8>>,
    },
    ModuleNotFound,
    NotALibrary,
    WrongArchitecture {
        found: String,
    },
    MissingSymbol,
    FunctionList {
        rv: u64,
    },
    LoadSystem {
        reason: String,
    },
    ModuleInit {
        rv: u64,
    },
    ModuleHung {
        function: String,
        after: Duration,
    },
    ModuleCrashed {
        during: String,
    },
    NoSigningCertificate {
        seen: usize,
    },
    /// The host makes the verdict again.
    CertificateUnusable {
        certificate: Vec<u8>,
    },
    IdentityGone,
    KeyNotFound,
    KeyAmbiguous {
        candidates: usize,
    },
    KeyNotPermitted,
    MechanismUnsupported {
        algorithm: Algorithm,
    },
    PinRequired,
    PinIncorrect {
        tries: WireTries,
    },
    PinFinalTry,
    PinLocked {
        used_a_try: bool,
    },
    PinLength {
        min: u16,
        max: u16,
    },
    PinMustChange,
    PinCancelled,
    PadTimeout,
    PadUnavailable,
    PadRequired,
    TokenBusy,
    TokenRemoved {
        during: String,
    },
    TokenReset {
        during: String,
    },
    SignatureInvalid,
    Deadline,
    Cancelled,
    Other {
        function: String,
        rv: Option<u64>,
    },
}

impl WireError {
    /// `certificate` is the one that was to sign, where the error is about it.
    pub(in crate::helper) fn new(error: TokenError, certificate: Option<Vec<u8>>) -> Self {
        match error {
            TokenError::ServiceDown => Self::ServiceDown,
            TokenError::ServiceDenied => Self::ServiceDenied,
            TokenError::NoReader => Self::NoReader,
            TokenError::NoToken => Self::NoToken,
            TokenError::UnsupportedToken { atr } => Self::UnsupportedToken { atr },
            TokenError::ModuleNotFound { .. } => Self::ModuleNotFound,
            TokenError::ModuleLoad { why, .. } => match why {
                LoadFailure::NotALibrary => Self::NotALibrary,
                LoadFailure::WrongArchitecture { found } => Self::WrongArchitecture { found: found.into() },
                LoadFailure::MissingSymbol { .. } => Self::MissingSymbol,
                LoadFailure::FunctionList { rv } => Self::FunctionList { rv },
                LoadFailure::System { reason } => Self::LoadSystem { reason },
            },
            TokenError::ModuleInit { rv } => Self::ModuleInit { rv },
            TokenError::ModuleHung { function, after } => {
                Self::ModuleHung { function: function.into(), after }
            }
            TokenError::ModuleCrashed { during, .. } => Self::ModuleCrashed { during: during.into() },
            TokenError::NoSigningCertificate { seen } => Self::NoSigningCertificate { seen },
            TokenError::CertificateUnusable { .. } => match certificate {
                Some(certificate) => Self::CertificateUnusable { certificate },
                None => Self::IdentityGone,
            },
            TokenError::IdentityGone => Self::IdentityGone,
            TokenError::KeyNotFound => Self::KeyNotFound,
            TokenError::KeyAmbiguous { candidates } => Self::KeyAmbiguous { candidates },
            TokenError::KeyNotPermitted => Self::KeyNotPermitted,
            TokenError::MechanismUnsupported { algorithm } => {
                Self::MechanismUnsupported { algorithm: algorithm.into() }
            }
            TokenError::PinRequired => Self::PinRequired,
            TokenError::PinIncorrect { tries } => Self::PinIncorrect { tries: tries.into() },
            TokenError::PinFinalTry => Self::PinFinalTry,
            TokenError::PinLocked { used_a_try } => Self::PinLocked { used_a_try },
            TokenError::PinLength { min, max } => Self::PinLength { min, max },
            TokenError::PinMustChange => Self::PinMustChange,
            TokenError::PinCancelled => Self::PinCancelled,
            TokenError::PadTimeout => Self::PadTimeout,
            TokenError::PadUnavailable => Self::PadUnavailable,
            TokenError::PadRequired => Self::PadRequired,
            TokenError::TokenBusy { .. } => Self::TokenBusy,
            TokenError::TokenRemoved { during } => Self::TokenRemoved { during: during.into() },
            TokenError::TokenReset { during } => Self::TokenReset { during: during.into() },
            TokenError::SignatureInvalid => Self::SignatureInvalid,
            TokenError::Deadline => Self::Deadline,
            TokenError::Cancelled => Self::Cancelled,
            TokenError::Other { function, rv } => Self::Other { function: function.into(), rv },
            // Of forks and helpers the helper knows nothing.
            TokenError::ModuleForked { .. } | TokenError::Helper { .. } => {
                Self::Other { function: "no call".into(), rv: None }
            }
        }
    }

    pub(in crate::helper) fn into_error(self, module: &Path, at_unix: i64) -> TokenError {
        let load = |why| TokenError::ModuleLoad { path: module.to_path_buf(), why };
        match self {
            Self::ServiceDown => TokenError::ServiceDown,
            Self::ServiceDenied => TokenError::ServiceDenied,
            Self::NoReader => TokenError::NoReader,
            Self::NoToken => TokenError::NoToken,
            Self::UnsupportedToken { atr } => TokenError::UnsupportedToken { atr },
            Self::ModuleNotFound => TokenError::ModuleNotFound { path: module.to_path_buf() },
            Self::NotALibrary => load(LoadFailure::NotALibrary),
            Self::WrongArchitecture { found } => {
                load(LoadFailure::WrongArchitecture { found: one_of(&ARCHITECTURES, &found) })
            }
            Self::MissingSymbol => load(LoadFailure::MissingSymbol { symbol: "C_GetFunctionList" }),
            Self::FunctionList { rv } => load(LoadFailure::FunctionList { rv }),
            Self::LoadSystem { reason } => load(LoadFailure::System { reason }),
            Self::ModuleInit { rv } => TokenError::ModuleInit { rv },
            Self::ModuleHung { function, after } => {
                TokenError::ModuleHung { function: self::function(&function), after }
            }
            Self::ModuleCrashed { during } => {
                TokenError::ModuleCrashed { during: function(&during), signal: None }
            }
            Self::NoSigningCertificate { seen } => TokenError::NoSigningCertificate { seen },
            Self::CertificateUnusable { certificate } => {
                let verdict = Certificate::from_der(&certificate).map(|it| nes::check(&it, at_unix));
                match verdict {
                    Ok(Err(why)) => TokenError::CertificateUnusable { why },
                    _ => TokenError::IdentityGone,
                }
            }
            Self::IdentityGone => TokenError::IdentityGone,
            Self::KeyNotFound => TokenError::KeyNotFound,
            Self::KeyAmbiguous { candidates } => TokenError::KeyAmbiguous { candidates },
            Self::KeyNotPermitted => TokenError::KeyNotPermitted,
            Self::MechanismUnsupported { algorithm } => {
                TokenError::MechanismUnsupported { algorithm: algorithm.into() }
            }
            Self::PinRequired => TokenError::PinRequired,
            Self::PinIncorrect { tries } => TokenError::PinIncorrect { tries: tries.into() },
            Self::PinFinalTry => TokenError::PinFinalTry,
            Self::PinLocked { used_a_try } => TokenError::PinLocked { used_a_try },
            Self::PinLength { min, max } => TokenError::PinLength { min, max },
            Self::PinMustChange => TokenError::PinMustChange,
            Self::PinCancelled => TokenError::PinCancelled,
            Self::PadTimeout => TokenError::PadTimeout,
            Self::PadUnavailable => TokenError::PadUnavailable,
            Self::PadRequired => TokenError::PadRequired,
            Self::TokenBusy => TokenError::TokenBusy { holder: None },
            Self::TokenRemoved { during } => TokenError::TokenRemoved { during: function(&during) },
            Self::TokenReset { during } => TokenError::TokenReset { during: function(&during) },
            Self::SignatureInvalid => TokenError::SignatureInvalid,
            Self::Deadline => TokenError::Deadline,
            Self::Cancelled => TokenError::Cancelled,
            Self::Other { function, rv } => TokenError::Other { function: self::function(&function), rv },
        }
    }
}

/// The name of a call that this library makes; its own text for any other.
pub(in crate::helper) fn function(name: &str) -> &'static str {
    one_of(&FUNCTIONS, name)
}

fn one_of(names: &[&'static str], name: &str) -> &'static str {
    names.iter().find(|known| **known == name).copied().unwrap_or("unknown")
}

const ARCHITECTURES: [&str; 5] = ["x86_64", "aarch64", "x86", "arm", "riscv64"];

const FUNCTIONS: [&str; 20] = [
    "no call",
    "dlopen",
    "C_GetFunctionList",
    "C_GetInterface",
    "C_Initialize",
    "C_GetInfo",
    "C_GetSlotList",
    "C_GetSlotInfo",
    "C_GetTokenInfo",
    "C_GetMechanismList",
    "C_OpenSession",
    "C_CloseSession",
    "C_GetSessionInfo",
    "C_Login",
    "C_Logout",
    "C_FindObjectsInit",
    "C_FindObjects",
    "C_GetAttributeValue",
    "C_SignInit",
    "C_Sign",
];
