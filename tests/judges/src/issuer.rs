//! The CA of a batch and its signers.

use std::io;

use kamusm_cades::sign::{Profile, begin};
use kamusm_cades::x509::certificate::Certificate;
use kamusm_test_ca::{CrlSpec, Key, LeafKey, LeafSpec, Revoked, TestCa};

/// A CA at one point in time.
pub(crate) struct Issuer {
    ca: TestCa,
    pub(crate) now: i64,
}

/// A key with a certificate.
pub(crate) struct Person {
    key: Key,
    certificate: Certificate,
    chain: [Certificate; 1],
}

impl Issuer {
    pub(crate) fn new(now: i64) -> Self {
        Self { ca: TestCa::new(now), now }
    }

    /// Issues an NES for a new key.
    pub(crate) fn person(&self, kind: LeafKey) -> io::Result<Person> {
        let key = Key::generate(kind);
        let spec = LeafSpec { key: kind, ..LeafSpec::default() };
        let issued = self.ca.issue_with_key(&spec, &key);
        let read = |der: &[u8]| Certificate::from_der(der).map_err(io::Error::other);
        Ok(Person { key, certificate: read(&issued.certificate_der)?, chain: [read(self.ca.sub_der())?] })
    }

    /// The trust anchor, PEM.
    pub(crate) fn root_pem(&self) -> String {
        self.ca.root_pem()
    }

    /// The lists of root and issuing authority, on which only `revoked` stands.
    pub(crate) fn crls(&self, revoked: &Person) -> [Vec<u8>; 2] {
        let (this_update, next_update) = (self.now - HOUR_S, self.now + DAY_S);
        let root =
            CrlSpec { revoked: &[], this_update, next_update: Some(next_update), extra_extensions: &[] };
        let serial = revoked.certificate.serial().to_vec();
        let entry = Revoked { serial, at: this_update - HOUR_S, reason: Some(KEY_COMPROMISE) };
        [self.ca.root.crl(&root), self.ca.crl(&[entry], this_update, next_update)]
    }
}

impl Person {
    pub(crate) fn sign(&self, content: &[u8], profile: &Profile) -> io::Result<Vec<u8>> {
        let to_be_signed =
            begin(content, &self.certificate, &self.chain, profile).map_err(io::Error::other)?;
        let signature = self.key.sign(to_be_signed.signed_attributes());
        to_be_signed.finish(&signature).map_err(io::Error::other)
    }
}

const HOUR_S: i64 = 3_600;
const DAY_S: i64 = 24 * HOUR_S;
/// `CRLReason` (RFC 5280 clause 5.3.1).
const KEY_COMPROMISE: u8 = 1;
