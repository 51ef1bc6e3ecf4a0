//! The mobile phone is the person's: a code by SMS, typed back.

/// A code that was sent.
#[derive(Clone, uniffi::Record)]
pub struct PhoneVerification {
    /// Its id.
    pub id: String,
    /// Where it was sent, masked.
    pub gsm: String,
    /// Seconds for which the code is good.
    pub expires_in: i64,
    /// How often it may be tried.
    pub attempts_left: i64,
    /// Seconds after which another one may be asked for.
    pub resend_in: i64,
}

impl From<kamusm::phone::PhoneVerification> for PhoneVerification {
    fn from(verification: kamusm::phone::PhoneVerification) -> Self {
        Self {
            id: verification.id,
            gsm: verification.gsm,
            expires_in: verification.expires_in.into(),
            attempts_left: verification.attempts_left.into(),
            resend_in: verification.resend_in.into(),
        }
    }
}
