//! The doğrulama kodu.

use std::sync::Arc;

use kamusm::{Code, Error};
use zeroize::Zeroizing;

use crate::error::Result;

/// A doğrulama kodu whose check symbol is right. It is wiped when it is let go.
#[derive(uniffi::Object)]
pub struct VerificationCode(pub(crate) kamusm::session::VerificationCode);

/// Which service a code belongs to; its first symbol says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Environment {
    /// Codes begin with K.
    Production,
    /// Codes begin with S.
    Sandbox,
}

#[uniffi::export]
impl VerificationCode {
    /// Reads what the person pasted: spaces, dashes and letters that look alike are put right.
    ///
    /// Worth handling: `CODE_MALFORMED`, let the person paste again.
    #[uniffi::constructor]
    pub fn parse(text: String) -> Result<Arc<Self>> {
        let text = Zeroizing::new(text);
        Ok(Arc::new(Self(kamusm::session::VerificationCode::parse(&text)?)))
    }

    /// As it is written, XXXX-XXXX-XXXX-XXXX, to show it to the person.
    pub fn written(&self) -> Result<String> {
        Ok(self.0.written().to_string())
    }

    /// The service that issued the code.
    pub fn environment(&self) -> Result<Environment> {
        match self.0.environment()? {
            kamusm::config::Environment::Production => Ok(Environment::Production),
            kamusm::config::Environment::Sandbox => Ok(Environment::Sandbox),
            _ => Err(Error::new(Code::Internal, "an environment without a name here").into()),
        }
    }
}

impl From<Environment> for kamusm::config::Environment {
    fn from(environment: Environment) -> Self {
        match environment {
            Environment::Production => Self::Production,
            Environment::Sandbox => Self::Sandbox,
        }
    }
}
