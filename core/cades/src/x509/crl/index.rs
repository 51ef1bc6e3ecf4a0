//! A verified list with an index over its serial numbers: a look-up takes a binary search instead of a scan.

use std::fmt;

use super::entry::Entries;
use super::{CrlError, VerifiedCrl};
use crate::asn1::UnixTime;
use crate::x509::certificate::Certificate;
use crate::x509::revocation::Revocation;

/// A [`VerifiedCrl`] with an index.
#[derive(Clone)]
pub struct IndexedCrl<B> {
    crl: VerifiedCrl<B>,
    /// Last four octets of each serial number above the place where its entry begins, in order.
    places: Vec<u64>,
}

impl<B: AsRef<[u8]>> IndexedCrl<B> {
    pub(super) fn new(crl: VerifiedCrl<B>) -> Result<Self, CrlError> {
        let octets = crl.entries();
        let mut places = Vec::with_capacity(crl.crl().entry_count());
        let mut entries = Entries::new(octets);
        loop {
            let start = octets.len() - entries.rest().len();
            let Some(entry) = entries.next() else { break };
            // A list is shorter than 4 GiB, see CRL_OCTETS_MAX.
            let start = u32::try_from(start).map_err(|_| CrlError::TooLarge { octets: octets.len() })?;
            places.push(u64::from(key(entry?.serial)) << 32 | u64::from(start));
        }
        places.sort_unstable();
        Ok(Self { crl, places })
    }

    /// The list.
    pub fn verified(&self) -> &VerifiedCrl<B> {
        &self.crl
    }

    /// [`VerifiedCrl::check_current`].
    pub fn check_current(&self, at: UnixTime) -> Result<(), CrlError> {
        self.crl.check_current(at)
    }

    /// [`VerifiedCrl::lookup`].
    pub fn lookup(&self, certificate: &Certificate) -> Result<Option<Revocation>, CrlError> {
        self.crl.check_covers(certificate)?;
        let wanted = u64::from(key(certificate.serial()));
        let first = self.places.partition_point(|place| place >> 32 < wanted);
        for place in self.places[first..].iter().take_while(|&place| place >> 32 == wanted) {
            let start = usize::try_from(place & u64::from(u32::MAX)).unwrap_or(usize::MAX);
            let octets = self.crl.entries().get(start..).unwrap_or_default();
            let Some(entry) = Entries::new(octets).next() else { continue };
            let entry = entry?;
            if entry.serial == certificate.serial() {
                return Ok(Some(entry.revocation()?));
            }
        }
        Ok(None)
    }
}

impl<B> fmt::Debug for IndexedCrl<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("IndexedCrl").field(&self.crl).finish()
    }
}

/// The last octets of a serial number: the first ones are often the same throughout a list.
fn key(serial: &[u8]) -> u32 {
    let last = serial.iter().rev().take(4).rev();
    last.fold(0, |key, &octet| key << 8 | u32::from(octet))
}
