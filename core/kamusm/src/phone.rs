//! The mobile phone is the person's: a code by SMS, typed back.

use serde::{Deserialize, Serialize};

use crate::{
    application::{ApplicationNumber, PersonToken},
    call::Call,
    config::Config,
    idempotency::IdempotencyKey,
    protocol::dialect::Operation,
    sms_code::SmsCode,
};

/// A code is on its way to the phone of the form.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[non_exhaustive]
pub struct PhoneVerification {
    /// What the service calls it.
    pub id: String,
    /// The masked number.
    pub gsm: String,
    /// Seconds in which it must be typed.
    pub expires_in: u32,
    /// How often it may be typed.
    pub attempts_left: u32,
    /// Seconds until another may be sent.
    pub resend_in: u32,
}

impl PhoneVerification {
    /// Sends a code; an earlier one is over.
    pub fn start(
        config: &Config,
        token: &PersonToken,
        number: &ApplicationNumber,
        key: &IdempotencyKey,
    ) -> Call<Self> {
        Call::json(config, &number.ask(Operation::StartPhoneVerification, token).key(key.as_str()).empty())
    }

    /// Tries what the person typed; `true` where the phone is verified now. A wrong code is
    /// [`crate::Code::SmsCodeWrong`] with [`crate::Error::attempts_left`].
    pub fn attempt(
        config: &Config,
        token: &PersonToken,
        number: &ApplicationNumber,
        id: &str,
        code: &SmsCode,
        key: &IdempotencyKey,
    ) -> Call<bool> {
        #[derive(Serialize)]
        struct Attempt<'a> {
            code: &'a str,
        }
        #[derive(Deserialize)]
        struct Verdict {
            verified: bool,
        }
        let ask = number.ask(Operation::TryPhoneCode, token).about(id).key(key.as_str());
        Call::new(config, &ask.message(&Attempt { code: code.as_str() }), |answered| {
            answered.message::<Verdict>().map(|verdict| verdict.verified)
        })
    }
}
