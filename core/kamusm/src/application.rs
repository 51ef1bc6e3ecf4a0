//! The person's applications (Başvurularım), read with the person's token.

use serde::Deserialize;
use zeroize::Zeroizing;

use crate::{
    call::{Answered, Call},
    config::Config,
    error::{Code, Error, Result},
    idempotency::IdempotencyKey,
    protocol::dialect::{Ask, Operation},
    status::{Status, open_enum},
};

/// A bearer token of the person's sign-in; masked when printed, wiped when dropped.
#[derive(Clone)]
pub struct PersonToken(Zeroizing<String>);

impl PersonToken {
    /// 1 to 4096 visible ASCII characters (RFC 6750 2.1).
    pub fn parse(token: &str) -> Result<Self> {
        if token.is_empty() || token.len() > 4096 || !token.bytes().all(|octet| octet.is_ascii_graphic()) {
            return Err(Error::new(Code::Range, "a bearer token is 1 to 4096 visible ASCII characters"));
        }
        Ok(Self(Zeroizing::new(token.to_owned())))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for PersonToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PersonToken(****)")
    }
}

/// Sipariş No, such as `SD-13712`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ApplicationNumber(String);

impl ApplicationNumber {
    /// 1 to 32 of `A`-`Z`, `0`-`9` and `-`.
    pub fn parse(number: &str) -> Result<Self> {
        let symbol = |octet: u8| octet.is_ascii_uppercase() || octet.is_ascii_digit() || octet == b'-';
        if number.is_empty() || number.len() > 32 || !number.bytes().all(symbol) {
            return Err(Error::new(Code::Range, "an application's number is 1 to 32 of A-Z, 0-9 and -"));
        }
        Ok(Self(number.to_owned()))
    }

    /// The number as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn ask<'a>(&'a self, operation: Operation, token: &'a PersonToken) -> Ask<'a> {
        Ask::new(operation, &[&self.0]).token(token.as_str())
    }
}

open_enum! {
    /// Why the certificate is applied for.
    Reason {
        /// İlk Sertifika.
        First = "first",
        /// Diğer.
        Other = "other",
        /// Yenileme.
        Renewal = "renewal",
        /// Kayıp/Çalınma.
        LostOrStolen = "lost_or_stolen",
        /// Donanım Arızası.
        HardwareFault = "hardware_fault",
        /// Kimlik Bilgisi Güncelleme.
        IdentityChange = "identity_change",
        /// PIN/PUK Kayıp/Çalınma.
        PinPukLost = "pin_puk_lost",
    }
}

open_enum! {
    /// Where an application stands, as the machine of the protocol names it.
    State {
        /// The institution told of it.
        PreApplication = "pre_application",
        /// The form is filled.
        FormSaved = "form_saved",
        /// The phone is verified.
        PhoneVerified = "phone_verified",
        /// It is approved.
        Submitted = "submitted",
        /// It waits for the payment.
        PaymentPending = "payment_pending",
        /// It waits for the production.
        ProductionPending = "production_pending",
        /// The card is made.
        InProduction = "in_production",
        /// The card is on its way.
        Shipped = "shipped",
        /// The person has the card.
        Delivered = "delivered",
        /// The certificate can be used.
        Active = "active",
        /// It was cancelled.
        Cancelled = "cancelled",
    }
}

open_enum! {
    /// What became of the form.
    FormState {
        /// Not filled yet.
        Pending = "pending",
        /// Filled, not approved.
        Saved = "saved",
        /// Approved.
        Submitted = "submitted",
    }
}

open_enum! {
    /// What became of the payment.
    PaymentState {
        /// Nobody needs to pay first.
        NotRequired = "not_required",
        /// It is waited for.
        Pending = "pending",
        /// It came.
        Received = "received",
        /// It was given back.
        Refunded = "refunded",
    }
}

open_enum! {
    /// What became of the card.
    ProductionState {
        /// Nothing yet.
        NotStarted = "not_started",
        /// It will be made from a date on.
        Scheduled = "scheduled",
        /// It is made.
        InProduction = "in_production",
        /// It is on its way.
        Shipped = "shipped",
        /// The person has it.
        Delivered = "delivered",
    }
}

/// The production of the card.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq)]
#[non_exhaustive]
pub struct Production {
    /// What became of it.
    pub state: ProductionState,
    /// The first day on which it may be made, `YYYY-MM-DD`.
    #[serde(default)]
    pub earliest_on: Option<String>,
}

/// An application with its status.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[non_exhaustive]
pub struct Application {
    /// Sipariş No.
    pub no: String,
    /// Başvuru Tarihi, `YYYY-MM-DD`.
    pub applied_on: String,
    /// The institution.
    #[serde(default)]
    pub institution: String,
    /// The product.
    #[serde(default)]
    pub product: String,
    /// Why it is applied for.
    pub reason: Reason,
    /// Başvuru Durumu.
    pub status: Status,
    /// Warnings, such as `revokes_existing`.
    #[serde(default)]
    pub warnings: Vec<String>,
    /// Where it stands.
    #[serde(default)]
    pub state: State,
    /// What became of the form.
    #[serde(default)]
    pub form: FormState,
    /// What became of the payment.
    #[serde(default)]
    pub payment: PaymentState,
    /// What became of the card.
    #[serde(default)]
    pub production: Production,
    /// The tag of this version where it was read alone, for [`Application::watch`].
    #[serde(skip)]
    pub etag: Option<String>,
}

impl Application {
    /// Asks for all applications of the person, the latest first.
    pub fn list(config: &Config, token: &PersonToken) -> Call<Vec<Self>> {
        Call::list(config, &Ask::new(Operation::Applications, &[]).token(token.as_str()))
    }

    /// Asks for one application; somebody else's is [`Code::NotFound`].
    pub fn read(config: &Config, token: &PersonToken, number: &ApplicationNumber) -> Call<Self> {
        Call::new(config, &number.ask(Operation::Application, token), Self::tagged)
    }

    /// Waits up to 25 s for a version with another tag; `None` if nothing changed.
    pub fn watch(
        config: &Config,
        token: &PersonToken,
        number: &ApplicationNumber,
        etag: &str,
    ) -> Call<Option<Self>> {
        let ask = number.ask(Operation::Application, token);
        let call = Call::new(config, &ask, |answered| answered.unless_unchanged(Self::tagged));
        call.sent(|request| request.with("if-none-match", etag).with_long_poll())
    }

    /// Cancels an application before its production.
    pub fn cancel(
        config: &Config,
        token: &PersonToken,
        number: &ApplicationNumber,
        key: &IdempotencyKey,
    ) -> Call<Self> {
        let ask = number.ask(Operation::CancelApplication, token).key(key.as_str()).empty();
        Call::new(config, &ask, Self::tagged)
    }

    fn tagged(answered: &Answered<'_>) -> Result<Self> {
        Ok(Self { etag: answered.etag(), ..answered.message()? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_tokens_are_parsed_once() {
        assert_eq!(ApplicationNumber::parse("SD-13712").unwrap().as_str(), "SD-13712");
        for wrong in ["", "sd-1", "SD/1", "SD-1/../2", &"A".repeat(33)] {
            assert_eq!(ApplicationNumber::parse(wrong).unwrap_err().code(), Code::Range);
        }
        for wrong in ["", "a b", "a\r\nx: y", "ş"] {
            assert_eq!(PersonToken::parse(wrong).unwrap_err().code(), Code::Range);
        }
        assert_eq!(format!("{:?}", PersonToken::parse("secret").unwrap()), "PersonToken(****)");
    }
}
