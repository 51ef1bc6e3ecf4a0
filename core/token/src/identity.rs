//! What can sign: a certificate, the token that holds its key, and whether it may be used.

use std::fmt;
use std::path::{Path, PathBuf};

use kamusm_cades::algorithm::KeyAlgorithm;
use kamusm_cades::x509::certificate::Certificate;
use kamusm_cades::x509::extension::KeyUsage;
use kamusm_cades::x509::nes::check;

use crate::pin::PinState;

/// Why a certificate may not sign.
pub use kamusm_cades::x509::nes::Unusable;

/// A certificate whose private key a signer holds.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Identity {
    /// Names it in [`Signer::sign`](crate::backend::Signer::sign), also after the card was pulled and put back.
    pub id: IdentityId,
    /// The certificate.
    pub certificate: Certificate,
    /// What its key usage is for.
    pub purpose: Purpose,
    /// Whether it may sign now, and if not, why: for the person who misses it in the list.
    pub usable: Result<(), Unusable>,
    /// The token that holds it.
    pub token: TokenInfo,
    /// The kind of key, from the certificate; none if it is of no supported kind.
    pub key: Option<KeyAlgorithm>,
    /// The PIN of the token.
    pub pin: PinState,
}

impl Identity {
    /// Puts together what is seen of one certificate at a time.
    pub(crate) fn new(certificate: Certificate, token: TokenInfo, pin: PinState, at_unix: i64) -> Self {
        Self {
            id: IdentityId::new(certificate.fingerprint(), &token.serial, &token.module),
            purpose: Purpose::of(&certificate),
            usable: check(&certificate, at_unix),
            key: certificate.key_algorithm().ok(),
            certificate,
            token,
            pin,
        }
    }
}

/// Names an identity: SHA-256 of the certificate, serial number of the token and the module; never a slot or a handle.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct IdentityId {
    fingerprint: [u8; 32],
    serial: String,
    module: PathBuf,
}

impl IdentityId {
    pub(crate) fn new(fingerprint: [u8; 32], serial: &str, module: &Path) -> Self {
        Self { fingerprint, serial: serial.to_owned(), module: module.to_path_buf() }
    }

    /// SHA-256 of the certificate.
    pub fn fingerprint(&self) -> &[u8; 32] {
        &self.fingerprint
    }

    /// Path of the module; `soft` for a software key.
    pub fn module(&self) -> &Path {
        &self.module
    }

    /// Serial number of the token.
    pub(crate) fn serial(&self) -> &str {
        &self.serial
    }
}

impl fmt::Debug for IdentityId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [first, second, third, fourth, ..] = self.fingerprint;
        write!(f, "IdentityId({first:02x}{second:02x}{third:02x}{fourth:02x}…)")
    }
}

/// What the key usage of a certificate is for (RFC 5280 4.2.1.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Purpose {
    /// nonRepudiation: signatures that bind.
    Signing,
    /// digitalSignature alone: signing in.
    Authentication,
    /// Anything else: encryption, certificates of authorities.
    Other,
}

impl Purpose {
    fn of(certificate: &Certificate) -> Self {
        match certificate.key_usage() {
            Some(usage) if usage.contains(KeyUsage::NON_REPUDIATION) => Self::Signing,
            Some(usage) if usage.contains(KeyUsage::DIGITAL_SIGNATURE) => Self::Authentication,
            _ => Self::Other,
        }
    }
}

/// What a token says about itself (CK_TOKEN_INFO). Labels of NES tokens hold the TCKN, so nothing of this is for logs.
#[derive(Clone)]
#[non_exhaustive]
pub struct TokenInfo {
    /// Label of the token.
    pub label: String,
    /// Serial number of the token.
    pub serial: String,
    /// Model.
    pub model: String,
    /// Manufacturer.
    pub manufacturer: String,
    /// Name of the reader (slot description).
    pub reader: String,
    /// Path of the module that speaks with it; `soft` for a software key.
    pub module: PathBuf,
}

impl fmt::Debug for TokenInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenInfo").field("model", &self.model).finish_non_exhaustive()
    }
}
