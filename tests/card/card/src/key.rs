//! Private keys as a card has them: the raw operation and nothing else.

use openssl::ecdsa::EcdsaSig;
use openssl::error::ErrorStack;
use openssl::pkey::{Id, PKey, Private};
use openssl::rsa::Padding;

/// A key of a card.
pub(crate) struct Key(PKey<Private>);

impl Key {
    /// From PKCS#8.
    pub(crate) fn new(pkcs8_der: &[u8]) -> Self {
        Self(PKey::private_key_from_pkcs8(pkcs8_der).expect("a key that the test CA made"))
    }

    /// RSA: the padded block; EC: the hash, giving DER.
    pub(crate) fn sign(&self, challenge: &[u8]) -> Result<Vec<u8>, ErrorStack> {
        if self.0.id() == Id::RSA {
            let key = self.0.rsa()?;
            let mut signature = vec![0; self.0.size()];
            let octets = key.private_encrypt(challenge, &mut signature, Padding::NONE)?;
            signature.truncate(octets);
            return Ok(signature);
        }
        let key = self.0.ec_key()?;
        EcdsaSig::sign(challenge, &key)?.to_der()
    }
}
