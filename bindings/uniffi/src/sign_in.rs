//! Sign-in: what both ways lead to, and the way by e-Devlet.

use std::sync::Arc;

use kamusm::sign_in;

use crate::{
    application::PersonToken, call::Call, clock::signed, config::Config, entropy, error::Result,
    message::Message,
};

/// A person who signed in.
#[derive(Clone, Debug, uniffi::Record)]
pub struct SignedIn {
    /// What the person's calls are made with.
    pub token: Arc<PersonToken>,
    /// Seconds for which it is good.
    pub expires_in_s: i64,
    /// Ad Soyad, masked.
    pub name: String,
    /// The TCKN, masked.
    pub tckn: String,
}

/// One sign-in by e-Devlet: open its address in the person's browser, give the address that it comes back to back here.
#[derive(uniffi::Object)]
pub struct EDevlet(sign_in::EDevlet);

#[uniffi::export]
impl EDevlet {
    /// Begins a sign-in for the client with this id, whose registered address is a loopback address or a scheme of the
    /// program's own (RFC 8252 7).
    #[uniffi::constructor]
    pub fn new(config: &Config, client_id: String, redirect_uri: String) -> Result<Arc<Self>> {
        let entropy = entropy::drawn()?;
        Ok(Arc::new(Self(sign_in::EDevlet::new(&config.0, &client_id, &redirect_uri, *entropy)?)))
    }

    /// The page to open in the person's browser.
    pub fn address(&self) -> Result<String> {
        Ok(self.0.address().to_owned())
    }

    /// Whether this address is the one that the browser comes back to.
    pub fn is_return(&self, address: String) -> Result<bool> {
        Ok(self.0.is_return(&address))
    }

    /// Takes the address that the browser came back to; its code is good once. Message: `SignedIn`.
    ///
    /// Worth handling: `CANCELLED`, the person did not want to; `FORBIDDEN`, somebody else made the address.
    pub fn returned(&self, address: String) -> Result<Arc<Call>> {
        let call = self.0.returned(&address)?;
        Ok(Call::new(call, |signed_in| Message::SignedIn { signed_in: signed_in.into() }))
    }
}

impl From<sign_in::SignedIn> for SignedIn {
    fn from(signed_in: sign_in::SignedIn) -> Self {
        Self {
            token: Arc::new(PersonToken(signed_in.token)),
            expires_in_s: signed(signed_in.expires_in_s),
            name: signed_in.name,
            tckn: signed_in.tckn,
        }
    }
}
