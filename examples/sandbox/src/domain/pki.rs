//! The service's own CA, its revocation lists and its OCSP responder (RFC 5280, RFC 6960).

pub(crate) mod issue;
pub(crate) mod responder;

use std::sync::{PoisonError, RwLock};

use kamusm_cades::x509::certificate::{Certificate, CertificateError};
use kamusm_test_ca::{Authority, CaSpec, Key, KeyError, LeafKey, TestCa};

use crate::clock::UnixMs;

/// What the OCSP responder does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ocsp {
    /// It answers.
    #[default]
    Up,
    /// Nobody answers; signatures stay `received`.
    Down,
}

/// The CA with its two certificates.
pub(crate) struct Pki {
    pub(crate) ca: TestCa,
    pub(crate) root: Certificate,
    pub(crate) sub: Certificate,
    /// Where the service is reached, for the addresses in certificates.
    pub(crate) base_url: String,
    ocsp: RwLock<Ocsp>,
}

/// The CA cannot be set up from what is stored.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PkiError {
    /// The stored key of the issuing authority.
    #[error("the stored key of the issuing authority cannot be used")]
    Key(#[from] KeyError),
    /// A certificate of the authority.
    #[error("a certificate of the authority cannot be read")]
    Certificate(#[from] CertificateError),
}

impl Pki {
    /// A new key of the issuing authority, to be stored.
    pub(crate) fn generate_key() -> Vec<u8> {
        Key::generate(LeafKey::P384).pkcs8_der().to_vec()
    }

    /// The stored key keeps certificates of earlier runs good; the root above it is new in each run.
    pub(crate) fn new(key: &[u8], base_url: &str, now: UnixMs) -> Result<Self, PkiError> {
        let key = Key::from_pkcs8_der(LeafKey::P384, key)?;
        let root = Authority::root(&CaSpec::default(), now.div_euclid(1000));
        let spec = CaSpec {
            common_name: "Deneme Elektronik Sertifika Hizmet Sağlayıcısı".to_owned(),
            path_len: Some(0),
            crl_url: Some(format!("{base_url}/pki/root.crl")),
            ca_issuers_url: Some(format!("{base_url}/pki/root.crt")),
            ..CaSpec::default()
        };
        let sub = root.subordinate_with_key(&spec, key);
        let ca = TestCa { root, sub };
        Ok(Self {
            root: Certificate::from_der(ca.root_der())?,
            sub: Certificate::from_der(ca.sub_der())?,
            ca,
            base_url: base_url.to_owned(),
            ocsp: RwLock::default(),
        })
    }

    pub(crate) fn ocsp(&self) -> Ocsp {
        *self.ocsp.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn set_ocsp(&self, ocsp: Ocsp) {
        *self.ocsp.write().unwrap_or_else(PoisonError::into_inner) = ocsp;
    }
}
