//! A signer over a software key: PKCS#8 (RFC 5958), PEM (RFC 7468) and PKCS#12 (RFC 7292). For demonstrations, tests and seals.

mod error;
mod key;
mod lock;
mod pbes2;
mod pem;
mod pkcs12;

use std::path::PathBuf;

use kamusm_cades::x509::certificate::Certificate;
use kamusm_cades::x509::nes;

use crate::backend::{SignOptions, Signer, ToBeSigned, unix_now};
use crate::deadline::Deadline;
use crate::error::TokenError;
use crate::identity::{Identity, IdentityId, TokenInfo};
use crate::pin::{Pin, PinSource, PinState};
use key::Key;
use lock::Lock;

pub use error::SoftKeyError;

/// Signs with a private key in memory. With a PIN it behaves like a card that has three tries.
pub struct SoftSigner {
    certificate: Certificate,
    key: Key,
    lock: Lock,
}

impl SoftSigner {
    /// A DER certificate and its private key as PKCS#8, without encryption. `pin` is what [`Signer::sign`] will ask for.
    pub fn from_pkcs8(certificate: &[u8], key: &[u8], pin: Option<Pin>) -> Result<Self, SoftKeyError> {
        let certificate = Certificate::from_der(certificate)?;
        let key = Key::for_certificate(&certificate, key)?;
        Ok(Self { certificate, key, lock: Lock::new(pin) })
    }

    /// PEM text with one private key (PKCS#8, PKCS#1 or SEC 1, without encryption) and certificates, in any order.
    /// The certificate is the one that the key belongs to.
    pub fn from_pem(text: &str, pin: Option<Pin>) -> Result<Self, SoftKeyError> {
        let contents = pem::read(text)?;
        Self::from_parts(&contents.certificates, &contents.key, pin)
    }

    /// A PKCS#12 file and its password, as OpenSSL 3, Java and Windows write it today (PBES2). The password is asked for
    /// again, as PIN, at each signature.
    pub fn from_pkcs12(file: &[u8], password: Pin) -> Result<Self, SoftKeyError> {
        let contents = pkcs12::read(file, &password)?;
        Self::from_parts(&contents.certificates, &contents.key, Some(password))
    }

    fn from_parts(certificates: &[Vec<u8>], key: &[u8], pin: Option<Pin>) -> Result<Self, SoftKeyError> {
        if certificates.is_empty() {
            return Err(SoftKeyError::NoCertificate);
        }
        for der in certificates {
            let certificate = Certificate::from_der(der)?;
            if let Ok(key) = Key::for_certificate(&certificate, key) {
                return Ok(Self { certificate, key, lock: Lock::new(pin) });
            }
        }
        Err(SoftKeyError::KeyMismatch)
    }

    fn identity(&self, at_unix: i64) -> Identity {
        let module = PathBuf::from("soft");
        let nothing = String::new;
        let token = TokenInfo {
            label: nothing(),
            serial: nothing(),
            model: "software key".into(),
            manufacturer: nothing(),
            reader: nothing(),
            module,
        };
        Identity::new(self.certificate.clone(), token, self.pin_state(), at_unix)
    }

    fn pin_state(&self) -> PinState {
        self.lock.state()
    }
}

impl Signer for SoftSigner {
    fn identities(&self, _within: Deadline) -> Result<Vec<Identity>, TokenError> {
        Ok(vec![self.identity(unix_now())])
    }

    fn sign(
        &self,
        id: &IdentityId,
        items: &[ToBeSigned],
        pin: PinSource,
        options: &SignOptions,
    ) -> Result<Vec<Vec<u8>>, TokenError> {
        let identity = self.identity(options.moment());
        if identity.id != *id {
            return Err(TokenError::IdentityGone);
        }
        nes::check(&self.certificate, options.moment())
            .map_err(|why| TokenError::CertificateUnusable { why })?;
        if let Some(item) = items.iter().find(|item| item.algorithm != self.key.algorithm()) {
            return Err(TokenError::MechanismUnsupported { algorithm: item.algorithm });
        }
        ready(options)?;
        self.lock.open(&pin, options.allow_final_try)?;
        let signature = |item: &ToBeSigned| {
            ready(options)?;
            let signature = self.key.sign(&item.octets).ok_or(TokenError::SignatureInvalid)?;
            self.certificate
                .public_key()
                .ok()
                .and_then(|key| key.verify(item.algorithm.into(), &item.octets, &signature).ok())
                .map(|()| signature)
                .ok_or(TokenError::SignatureInvalid)
        };
        items.iter().map(signature).collect()
    }
}

fn ready(options: &SignOptions) -> Result<(), TokenError> {
    if options.cancel.is_cancelled() {
        return Err(TokenError::Cancelled);
    }
    if options.deadline.has_passed() { Err(TokenError::Deadline) } else { Ok(()) }
}

impl std::fmt::Debug for SoftSigner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SoftSigner").field("key", &self.key.algorithm()).finish_non_exhaustive()
    }
}
