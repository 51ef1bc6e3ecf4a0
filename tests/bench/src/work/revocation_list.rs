//! A long list of revoked certificates, looked through once or many times.

use kamusm_cades::x509::{
    certificate::Certificate,
    crl::{Crl, IndexedCrl},
};
use kamusm_test_ca::{LeafSpec, Revoked, TestCa};

/// 2026-09-21T14:13:20Z
const NOW: i64 = 1_790_000_000;
const DAY_S: i64 = 86_400;
const SERIAL_OCTETS: usize = 16;

/// A list of which the certificate in question is no part, so that all of it has to be looked through.
pub struct RevocationList {
    der: Vec<u8>,
    issuer: Certificate,
    certificate: Certificate,
}

impl RevocationList {
    /// Serial numbers of 16 octets, every second entry with a reason.
    pub fn with_entries(entries: u32) -> Self {
        let ca = TestCa::new(NOW);
        let revoked: Vec<Revoked> = (0..entries).map(entry).collect();
        let leaf = ca.issue(&LeafSpec::default());
        let read = |der: &[u8]| Certificate::from_der(der).expect("the test CA's certificate");
        Self {
            der: ca.crl(&revoked, NOW - DAY_S, NOW + DAY_S),
            issuer: read(ca.sub_der()),
            certificate: read(&leaf.certificate_der),
        }
    }

    /// The list.
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// Whether an indexed list names the certificate.
    pub fn is_listed(&self, list: &IndexedCrl<&[u8]>) -> bool {
        list.lookup(&self.certificate).expect("a sound list").is_some()
    }

    /// Reads the list, verifies it, and looks the certificate up.
    pub fn first_use(&self) -> bool {
        let list = Crl::parse(self.der.as_slice()).and_then(|list| list.verify(&self.issuer, NOW));
        list.and_then(|list| list.lookup(&self.certificate)).expect("a sound list").is_some()
    }

    /// The list with its index.
    pub fn indexed(&self) -> IndexedCrl<&[u8]> {
        let list = Crl::parse(self.der.as_slice()).and_then(|list| list.verify(&self.issuer, NOW));
        list.and_then(|list| list.into_indexed()).expect("a sound list")
    }
}

/// Serial numbers as random ones spread, but the same in each run.
fn entry(number: u32) -> Revoked {
    let mixed = u128::from(number).wrapping_mul(0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835);
    let mut serial = mixed.to_be_bytes();
    // Positive, and as long as it says: DER.
    serial[0] = serial[0] & 0x7F | 0x40;
    debug_assert_eq!(serial.len(), SERIAL_OCTETS);
    Revoked { serial: serial.to_vec(), at: NOW - DAY_S, reason: number.is_multiple_of(2).then_some(1) }
}
