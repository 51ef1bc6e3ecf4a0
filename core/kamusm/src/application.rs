//! The person's applications (Başvurularım), read with the person's token.

use serde::Deserialize;
use zeroize::Zeroizing;

use crate::{
    call::Call,
    config::Config,
    error::{Code, Error, Result},
    protocol::{
        request::{Method, Response},
        wire,
    },
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
}

#[derive(Deserialize)]
struct List {
    items: Vec<Application>,
}

impl Application {
    /// Asks for all applications of the person, the latest first.
    pub fn list(config: &Config, token: &PersonToken) -> Call<Vec<Self>> {
        let request = wire::request(config, Method::Get, "/api/v1/applications").with_token(&token.0);
        Call::new(request, |response: &Response| wire::decode::<List>(response).map(|list| list.items))
    }

    /// Asks for one application; somebody else's is [`Code::NotFound`].
    pub fn read(config: &Config, token: &PersonToken, number: &ApplicationNumber) -> Call<Self> {
        let path = format!("/api/v1/applications/{}", number.as_str());
        Call::json(wire::request(config, Method::Get, &path).with_token(&token.0))
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
