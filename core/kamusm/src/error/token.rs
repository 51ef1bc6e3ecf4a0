//! From the signer's errors to a [`Code`].

use kamusm_token::{error::TokenError, identity::Unusable};

use super::{Code, Error};

impl Error {
    pub(crate) fn from_token(error: &TokenError) -> Self {
        let mut converted = Self::new(code(error), error.to_string());
        converted.details.ck_rv = error.ck_rv();
        converted.details.pin_tries_left = error.tries_left();
        converted.details.used_pin_try = error.used_a_try();
        converted
    }
}

fn code(error: &TokenError) -> Code {
    match error {
        TokenError::ServiceDown => Code::CardServiceDown,
        TokenError::ServiceDenied => Code::CardServiceDenied,
        TokenError::NoReader => Code::NoReader,
        TokenError::NoToken => Code::NoToken,
        TokenError::UnsupportedToken { .. } => Code::UnsupportedToken,
        TokenError::ModuleNotFound { .. } => Code::ModuleNotFound,
        TokenError::ModuleLoad { .. } => Code::ModuleLoad,
        TokenError::ModuleInit { .. } | TokenError::ModuleForked { .. } | TokenError::Helper { .. } => {
            Code::ModuleInit
        }
        TokenError::ModuleHung { .. } => Code::ModuleHung,
        TokenError::ModuleCrashed { .. } => Code::ModuleCrashed,
        TokenError::NoSigningCertificate { .. } => Code::NoSigningCertificate,
        TokenError::CertificateUnusable { why } => Code::from_unusable(why),
        TokenError::IdentityGone => Code::IdentityGone,
        TokenError::KeyNotFound => Code::KeyNotFound,
        TokenError::KeyAmbiguous { .. } => Code::KeyAmbiguous,
        TokenError::KeyNotPermitted => Code::KeyNotPermitted,
        TokenError::MechanismUnsupported { .. } => Code::MechanismUnsupported,
        TokenError::PinRequired => Code::PinRequired,
        TokenError::PinIncorrect { .. } => Code::PinIncorrect,
        TokenError::PinFinalTry => Code::PinFinalTry,
        TokenError::PinLocked { .. } => Code::PinLocked,
        TokenError::PinLength { .. } => Code::PinLength,
        TokenError::PinMustChange => Code::PinMustChange,
        TokenError::PinCancelled => Code::PinCancelled,
        TokenError::PadTimeout => Code::PadTimeout,
        TokenError::PadUnavailable => Code::PadUnavailable,
        TokenError::PadRequired => Code::PadRequired,
        TokenError::TokenBusy { .. } => Code::TokenBusy,
        TokenError::TokenRemoved { .. } => Code::TokenRemoved,
        TokenError::TokenReset { .. } => Code::TokenReset,
        TokenError::SignatureInvalid => Code::SelfCheck,
        TokenError::Deadline => Code::TokenDeadline,
        TokenError::Cancelled => Code::Cancelled,
        _ => Code::TokenOther,
    }
}

impl Code {
    /// Why a certificate cannot sign, as the service would say it too.
    pub fn from_unusable(why: &Unusable) -> Self {
        match why {
            Unusable::Expired { .. } => Self::CertificateExpired,
            Unusable::NotYetValid { .. } => Self::CertificateNotYetValid,
            Unusable::NotNonRepudiation { .. } => Self::KeyUsageWrong,
            Unusable::UnsupportedKey(_) => Self::UnsupportedKey,
            Unusable::Seal { .. } => Self::CertificateIsSeal,
            Unusable::Unreadable(_) => Self::CertificateMalformed,
            _ => Self::CertificateNotQualified,
        }
    }
}

/// Why a software key cannot be used, in this crate's numbers.
#[cfg(feature = "soft")]
impl From<kamusm_token::soft::SoftKeyError> for Error {
    fn from(why: kamusm_token::soft::SoftKeyError) -> Self {
        use kamusm_token::soft::SoftKeyError;
        let code = match why {
            SoftKeyError::Password => Code::PinIncorrect,
            SoftKeyError::NoKey | SoftKeyError::KeyMismatch => Code::KeyNotFound,
            SoftKeyError::SeveralKeys => Code::KeyAmbiguous,
            SoftKeyError::Certificate(_) | SoftKeyError::NoCertificate => Code::CertificateMalformed,
            _ => Code::TokenOther,
        };
        Self::new(code, format!("the software key cannot be used: {why}"))
    }
}
