//! Entries of a list (RFC 5280 5.3), one after the other.

use der::asn1::ObjectIdentifier;

use super::CrlError;
use crate::asn1::{Asn1Error, Reader, Tag, Tlv};
use crate::x509::extension;
use crate::x509::revocation::{Revocation, RevocationReason};

const REASON_CODE: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.21");
const EXTENSIONS_MAX: usize = 8;

/// DER of extensions that are one reasonCode and nothing else, up to the reason: nearly all there are.
const REASON_ONLY: [u8; 13] = [0x30, 0x0C, 0x30, 0x0A, 0x06, 0x03, 0x55, 0x1D, 0x15, 0x04, 0x03, 0x0A, 0x01];

/// One entry, its parts as they stand.
#[derive(Clone, Copy)]
pub(super) struct Entry<'a> {
    pub(super) serial: &'a [u8],
    date: Tlv<'a>,
    /// DER of the extensions; empty if there are none.
    extensions: &'a [u8],
}

impl<'a> Entry<'a> {
    fn read(entry: &Tlv<'a>) -> Result<Self, Asn1Error> {
        let mut fields = entry.reader();
        let serial = fields.expect(Tag::INTEGER)?.value;
        let date = fields.any()?;
        Ok(Self { serial, date, extensions: fields.rest() })
    }

    pub(super) fn revocation(&self) -> Result<Revocation, CrlError> {
        Ok(Revocation { at: self.date.time()?.0, reason: self.reason()? })
    }

    fn reason(&self) -> Result<Option<RevocationReason>, CrlError> {
        if let Some(&[number]) = self.extensions.strip_prefix(&REASON_ONLY) {
            return Ok(Some(RevocationReason::from_number(number)));
        }
        if self.extensions.is_empty() {
            return Ok(None);
        }
        let mut reason = None;
        let mut unknown = None;
        extension::read_all(self.extensions, EXTENSIONS_MAX, |extension| match extension.oid {
            REASON_CODE => reason = Some(extension.value),
            oid if extension.critical => unknown = Some(oid),
            _ => {}
        })
        .map_err(CrlError::Extensions)?;
        if let Some(oid) = unknown {
            return Err(CrlError::UnknownCritical { oid });
        }
        match reason
            .map(|octets| Reader::der_value(octets, Tag::ENUMERATED))
            .transpose()?
            .map(|tlv| tlv.value)
        {
            None => Ok(None),
            Some(&[number]) => Ok(Some(RevocationReason::from_number(number))),
            Some(_) => Err(Asn1Error::Value { tag: Tag::ENUMERATED }.into()),
        }
    }
}

/// The entries, in their order. After an error there are no more.
pub(super) struct Entries<'a>(Reader<'a>);

impl<'a> Entries<'a> {
    pub(super) fn new(octets: &'a [u8]) -> Self {
        Self(Reader::der(octets))
    }

    /// Octets that are not read yet: tells where the next entry begins.
    pub(super) fn rest(&self) -> &'a [u8] {
        self.0.rest()
    }
}

impl<'a> Iterator for Entries<'a> {
    type Item = Result<Entry<'a>, Asn1Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.0.is_empty() {
            return None;
        }
        let entry = self.0.expect(Tag::SEQUENCE).and_then(|entry| Entry::read(&entry));
        if entry.is_err() {
            self.0 = Reader::der(&[]);
        }
        Some(entry)
    }
}

/// Checks the form of every entry, so that no later look-up meets a surprise; how many there are. A critical
/// extension that is not processed spoils the whole list (RFC 5280 5.3).
pub(super) fn check_all(octets: &[u8]) -> Result<usize, CrlError> {
    let mut count = 0;
    for entry in Entries::new(octets) {
        entry?.revocation()?;
        count += 1;
    }
    Ok(count)
}
