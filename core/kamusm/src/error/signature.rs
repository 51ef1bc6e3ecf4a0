//! From what `kamusm-cades` refuses to a [`Code`].

use kamusm_cades::{sign::SignError, x509::certificate::CertificateError};

use super::{Code, Error};

impl From<SignError> for Error {
    fn from(error: SignError) -> Self {
        let code = match error {
            SignError::Key(_) => Code::UnsupportedKey,
            SignError::Algorithm(_) | SignError::ContentDigest { .. } => Code::Algorithm,
            SignError::ContentNeeded | SignError::Attribute { .. } => Code::Range,
            SignError::Signature(_) | SignError::ReadBack => Code::SelfCheck,
            _ => Code::Internal,
        };
        Self::new(code, error.to_string())
    }
}

impl From<CertificateError> for Error {
    fn from(error: CertificateError) -> Self {
        Self::new(Code::CertificateMalformed, format!("the certificate cannot be read: {error}"))
    }
}
