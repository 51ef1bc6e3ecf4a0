//! What can sign: a certificate, the token that holds its key, and whether it may be used.

use kamusm::{Code, Error};
use kamusm_token::pin::PinEntry;

use crate::error::ErrorDetails;

/// A certificate whose private key a token holds. Its texts hold personal data: keep them out of logs.
#[derive(Clone, uniffi::Record)]
pub struct Identity {
    /// The certificate, DER.
    pub certificate: Vec<u8>,
    /// SHA-256 of the certificate.
    pub fingerprint: Vec<u8>,
    /// The person's name in the certificate; empty where it has none.
    pub common_name: String,
    /// Label of the token; empty for a software key.
    pub token_label: String,
    /// Name of the reader; empty for a software key.
    pub reader: String,
    /// From when the certificate is valid, seconds since 1970-01-01T00:00:00Z.
    pub not_before_unix_s: i64,
    /// Until when the certificate is valid, seconds since 1970-01-01T00:00:00Z.
    pub not_after_unix_s: i64,
    /// What the certificate's key usage is for.
    pub purpose: Purpose,
    /// Why the certificate cannot sign, to tell the person who misses it; none if it can.
    pub refusal: Option<ErrorDetails>,
    /// Whether the PIN is typed on the reader's own PIN pad.
    pub has_pin_pad: bool,
    /// PIN tries that are left, where the token tells.
    pub pin_tries_left: Option<i32>,
}

/// What the key usage of a certificate is for (RFC 5280 4.2.1.3).
#[derive(Clone, Copy, Debug, uniffi::Enum)]
pub enum Purpose {
    /// nonRepudiation: signatures that bind.
    Signing,
    /// digitalSignature alone: signing in.
    Authentication,
    /// Anything else: encryption, certificates of authorities.
    Other,
}

impl Identity {
    pub(crate) fn new(identity: &kamusm_token::identity::Identity) -> Self {
        let certificate = &identity.certificate;
        let refusal = identity.usable.as_ref().err().map(|why| {
            let reason = format!("the certificate cannot sign: {why}");
            ErrorDetails::new(&Error::new(Code::from_unusable(why), reason))
        });
        Self {
            certificate: certificate.der().to_vec(),
            fingerprint: identity.id.fingerprint().to_vec(),
            common_name: certificate.common_name().unwrap_or_default(),
            token_label: identity.token.label.clone(),
            reader: identity.token.reader.clone(),
            not_before_unix_s: certificate.not_before(),
            not_after_unix_s: certificate.not_after(),
            purpose: match identity.purpose {
                kamusm_token::identity::Purpose::Signing => Purpose::Signing,
                kamusm_token::identity::Purpose::Authentication => Purpose::Authentication,
                _ => Purpose::Other,
            },
            refusal,
            has_pin_pad: identity.pin.entry == PinEntry::Pad,
            pin_tries_left: identity.pin.tries.left().map(i32::from),
        }
    }
}
