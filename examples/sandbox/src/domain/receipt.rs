//! The receipt: a compact JWS, RFC 7515, ES256 and nothing else.

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::digest::sha256;

/// What the receipt says.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Claims {
    /// The service, as the configuration names it.
    pub(crate) iss: String,
    /// When it was made, in seconds since 1970.
    pub(crate) iat: i64,
    /// The session.
    pub(crate) sid: String,
    /// The application's number.
    pub(crate) application: String,
    /// Each text with its signature, in order.
    pub(crate) documents: Vec<SignedDocument>,
    /// SHA-256 of the signer's certificate, `sha-256=:…:`.
    pub(crate) signer_certificate: String,
    /// The signed time of the first signature.
    pub(crate) signing_time: String,
    /// When the signatures were stored.
    pub(crate) received_at: String,
    /// What became of them.
    #[schema(value_type = String)]
    pub(crate) state: &'static str,
}

/// A text and its signature.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct SignedDocument {
    /// The text's identifier.
    pub(crate) document_id: String,
    /// SHA-256 of the text, `sha-256=:…:`.
    pub(crate) digest: String,
    /// SHA-256 of the CMS, `sha-256=:…:`.
    pub(crate) cms_digest: String,
}

/// The key that signs receipts.
pub(crate) struct ReceiptKey {
    pair: EcdsaKeyPair,
    kid: String,
}

/// The stored key is not readable, or could not be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the receipt key cannot be used")]
pub(crate) struct ReceiptKeyError;

impl ReceiptKey {
    /// A new key, to be stored.
    pub(crate) fn generate() -> Result<Vec<u8>, ReceiptKeyError> {
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new());
        Ok(pkcs8.map_err(|_| ReceiptKeyError)?.as_ref().to_vec())
    }

    pub(crate) fn from_pkcs8(pkcs8: &[u8]) -> Result<Self, ReceiptKeyError> {
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8);
        let pair = pair.map_err(|_| ReceiptKeyError)?;
        let kid = thumbprint(&pair);
        Ok(Self { pair, kid })
    }

    /// The JWS; it fails only where the random source does.
    pub(crate) fn sign(&self, claims: &Claims) -> Result<String, ReceiptKeyError> {
        let header = format!(r#"{{"alg":"ES256","kid":"{}","typ":"kamusm-receipt+jwt"}}"#, self.kid);
        let claims = serde_json::to_vec(claims).map_err(|_| ReceiptKeyError)?;
        let input = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(claims));
        let signature = self.pair.sign(&SystemRandom::new(), input.as_bytes());
        let signature = signature.map_err(|_| ReceiptKeyError)?;
        Ok(format!("{input}.{}", URL_SAFE_NO_PAD.encode(signature.as_ref())))
    }

    /// RFC 7638 thumbprint.
    pub(crate) fn kid(&self) -> &str {
        &self.kid
    }

    /// The coordinates as RFC 7518 6.2.1 writes them.
    pub(crate) fn coordinates(&self) -> (String, String) {
        coordinates(&self.pair)
    }
}

fn coordinates(pair: &EcdsaKeyPair) -> (String, String) {
    let (x, y) = pair.public_key().as_ref()[1..].split_at(32);
    (URL_SAFE_NO_PAD.encode(x), URL_SAFE_NO_PAD.encode(y))
}

fn thumbprint(pair: &EcdsaKeyPair) -> String {
    let (x, y) = coordinates(pair);
    let canonical = format!(r#"{{"crv":"P-256","kty":"EC","x":"{x}","y":"{y}"}}"#);
    URL_SAFE_NO_PAD.encode(sha256(canonical.as_bytes()))
}

#[cfg(test)]
mod tests {
    use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};

    use super::*;

    #[test]
    fn a_receipt_verifies_with_the_published_key() {
        let key = ReceiptKey::from_pkcs8(&ReceiptKey::generate().unwrap()).unwrap();
        let claims = Claims {
            iss: "http://127.0.0.1".to_owned(),
            iat: 1,
            sid: "s".to_owned(),
            application: "SD-1".to_owned(),
            documents: vec![],
            signer_certificate: "sha-256=:AA==:".to_owned(),
            signing_time: "t".to_owned(),
            received_at: "t".to_owned(),
            state: "accepted",
        };
        let jws = key.sign(&claims).unwrap();
        let (input, signature) = jws.rsplit_once('.').unwrap();
        let (x, y) = key.coordinates();
        let point = [vec![4], URL_SAFE_NO_PAD.decode(x).unwrap(), URL_SAFE_NO_PAD.decode(y).unwrap()];
        let public = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point.concat());
        public.verify(input.as_bytes(), &URL_SAFE_NO_PAD.decode(signature).unwrap()).unwrap();
        let header = URL_SAFE_NO_PAD.decode(input.split('.').next().unwrap()).unwrap();
        let header: serde_json::Value = serde_json::from_slice(&header).unwrap();
        assert_eq!(
            header,
            serde_json::json!({ "alg": "ES256", "kid": key.kid(), "typ": "kamusm-receipt+jwt" })
        );
    }
}
