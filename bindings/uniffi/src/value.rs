//! What a person types, parsed as the service parses it, to be told before anything is sent.

use kamusm::{email, gsm, tckn};

use crate::error::Result;

/// What a text is meant to be.
#[derive(Clone, Copy, Debug, uniffi::Enum)]
pub enum ValueKind {
    /// A T.C. Kimlik Numarası with right check digits.
    Tckn,
    /// Eleven digits in the form of a T.C. Kimlik Numarası; whether the check digits are right is not looked at.
    UncheckedTckn,
    /// A mobile number.
    Gsm,
    /// An e-mail address.
    Email,
}

/// A text that is what it is meant to be.
#[derive(Clone, uniffi::Record)]
pub struct Value {
    /// As it is sent.
    pub text: String,
    /// As it may be shown and logged.
    pub masked: String,
}

/// Parses a text.
///
/// Worth handling: `RANGE`, let the person type it again.
#[uniffi::export]
pub fn value_of(text: String, kind: ValueKind) -> Result<Value> {
    let (text, masked) = match kind {
        ValueKind::Tckn => told(&tckn::Tckn::parse(&text)?, tckn::Tckn::as_str),
        ValueKind::UncheckedTckn => told(&tckn::Tckn::parse_unchecked(&text)?, tckn::Tckn::as_str),
        ValueKind::Gsm => told(&gsm::Gsm::parse(&text)?, gsm::Gsm::as_str),
        ValueKind::Email => told(&email::Email::parse(&text)?, email::Email::as_str),
    };
    Ok(Value { text, masked })
}

fn told<T: ToString>(value: &T, text: fn(&T) -> &str) -> (String, String) {
    (text(value).to_owned(), value.to_string())
}
