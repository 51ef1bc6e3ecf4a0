//! The usual pair: a root and the authority under it that issues NES, both P-384 as "Sürüm 6" has them.

use crate::authority::{Authority, CaSpec, Issued};
use crate::crl::{CrlSpec, Revoked};
use crate::key::Key;
use crate::leaf::LeafSpec;
use crate::pem::certificate_pem;

/// Root and issuing authority.
#[derive(Debug)]
pub struct TestCa {
    /// The root.
    pub root: Authority,
    /// The issuing authority, path length 0.
    pub sub: Authority,
}

impl TestCa {
    /// Makes both with new keys.
    pub fn new(now_unix: i64) -> Self {
        let root = Authority::root(&CaSpec::default(), now_unix);
        let sub = root.subordinate(&CaSpec {
            common_name: "Deneme Elektronik Sertifika Hizmet Sağlayıcısı".to_owned(),
            path_len: Some(0),
            crl_url: Some("http://sandbox.invalid/kok.crl".to_owned()),
            ca_issuers_url: Some("http://sandbox.invalid/kok.crt".to_owned()),
            ..CaSpec::default()
        });
        Self { root, sub }
    }

    /// Certificate of the root.
    pub fn root_der(&self) -> &[u8] {
        self.root.certificate_der()
    }

    /// Certificate of the issuing authority.
    pub fn sub_der(&self) -> &[u8] {
        self.sub.certificate_der()
    }

    /// Certificate of the root, PEM.
    pub fn root_pem(&self) -> String {
        certificate_pem(self.root_der())
    }

    /// Certificate of the issuing authority, PEM.
    pub fn sub_pem(&self) -> String {
        certificate_pem(self.sub_der())
    }

    /// Issues a leaf for a new key.
    pub fn issue(&self, spec: &LeafSpec) -> Issued {
        self.sub.issue(spec)
    }

    /// Issues a leaf for an existing key; `spec.key` is not looked at.
    pub fn issue_with_key(&self, spec: &LeafSpec, key: &Key) -> Issued {
        self.sub.issue_with_key(spec, key)
    }

    /// Issues a leaf for a public key whose private key is elsewhere, for instance on a token.
    pub fn issue_for_spki(&self, spec: &LeafSpec, spki_der: &[u8]) -> Vec<u8> {
        self.sub.issue_for_spki(spec, spki_der)
    }

    /// The issuing authority's list of revoked leaves.
    pub fn crl(&self, revoked: &[Revoked], this_update: i64, next_update: i64) -> Vec<u8> {
        self.sub.crl(&CrlSpec { revoked, this_update, next_update: Some(next_update), extra_extensions: &[] })
    }
}
