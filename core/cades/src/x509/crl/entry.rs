//! Entries of a list (RFC 5280 5.3), one after the other.

use der::asn1::ObjectIdentifier;

use super::CrlError;
use crate::asn1::{Asn1Error, Reader, Tag};
use crate::x509::extension;
use crate::x509::revocation::{Revocation, RevocationReason};

const REASON_CODE: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.21");
const EXTENSIONS_MAX: usize = 8;

/// DER of extensions that are one reasonCode and nothing else, up to the reason: nearly all there are.
const REASON_ONLY: [u8; 13] = [0x30, 0x0C, 0x30, 0x0A, 0x06, 0x03, 0x55, 0x1D, 0x15, 0x04, 0x03, 0x0A, 0x01];

/// UTCTime as every entry of these years has it: header, then 13 octets.
const UTC_TIME: [u8; 2] = [0x17, 0x0D];
const UTC_TIME_OCTETS: usize = 15;

/// One entry, its parts as they stand.
#[derive(Clone, Copy)]
pub(super) struct Entry<'a> {
    /// Contents octets of the serial number INTEGER.
    pub(super) serial: &'a [u8],
    /// DER of the date and the extensions.
    rest: &'a [u8],
}

impl<'a> Entry<'a> {
    /// Contents of an entry. Lists have a million of them: the usual form, all lengths in one octet, is read in place.
    #[inline]
    fn read(contents: &'a [u8]) -> Result<Self, Asn1Error> {
        if let [0x02, length @ 0..0x80, rest @ ..] = contents
            && let Some((serial, rest)) = rest.split_at_checked(usize::from(*length))
        {
            return Ok(Self { serial, rest });
        }
        let mut fields = Reader::der(contents);
        let serial = fields.expect(Tag::INTEGER)?.value;
        Ok(Self { serial, rest: fields.rest() })
    }

    pub(super) fn revocation(&self) -> Result<Revocation, CrlError> {
        let mut fields = Reader::der(self.rest);
        let (at, _) = fields.any()?.time()?;
        Ok(Revocation { at, reason: reason(fields.rest())? })
    }

    /// Checks what [`Entry::revocation`] would, but for the digits of a date.
    #[inline]
    fn check(&self) -> Result<(), CrlError> {
        if let Some((date, extensions)) = self.rest.split_at_checked(UTC_TIME_OCTETS)
            && date.starts_with(&UTC_TIME)
            && (extensions.is_empty()
                || (extensions.len() == REASON_ONLY.len() + 1 && extensions.starts_with(&REASON_ONLY)))
        {
            return Ok(());
        }
        self.revocation().map(|_| ())
    }
}

/// The reason among the extensions of an entry.
fn reason(extensions: &[u8]) -> Result<Option<RevocationReason>, CrlError> {
    if let Some(&[number]) = extensions.strip_prefix(&REASON_ONLY) {
        return Ok(Some(RevocationReason::from_number(number)));
    }
    if extensions.is_empty() {
        return Ok(None);
    }
    let mut reason = None;
    let mut unknown = None;
    extension::read_all(extensions, EXTENSIONS_MAX, |extension| match extension.oid {
        REASON_CODE => reason = Some(extension.value),
        oid if extension.critical => unknown = Some(oid),
        _ => {}
    })
    .map_err(CrlError::Extensions)?;
    if let Some(oid) = unknown {
        return Err(CrlError::UnknownCritical { oid });
    }
    match reason.map(|octets| Reader::der_value(octets, Tag::ENUMERATED)).transpose()?.map(|tlv| tlv.value) {
        None => Ok(None),
        Some(&[number]) => Ok(Some(RevocationReason::from_number(number))),
        Some(_) => Err(Asn1Error::Value { tag: Tag::ENUMERATED }.into()),
    }
}

/// The entries, in their order. After an error there are no more.
pub(super) struct Entries<'a>(&'a [u8]);

impl<'a> Entries<'a> {
    pub(super) fn new(octets: &'a [u8]) -> Self {
        Self(octets)
    }

    /// Octets that are not read yet: tells where the next entry begins.
    pub(super) fn rest(&self) -> &'a [u8] {
        self.0
    }
}

impl<'a> Iterator for Entries<'a> {
    type Item = Result<Entry<'a>, Asn1Error>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        if self.0.is_empty() {
            return None;
        }
        if let [0x30, length @ 0..0x80, rest @ ..] = self.0
            && let Some((contents, rest)) = rest.split_at_checked(usize::from(*length))
        {
            self.0 = rest;
            return Some(Entry::read(contents));
        }
        let mut reader = Reader::der(self.0);
        let entry = reader.expect(Tag::SEQUENCE).and_then(|entry| Entry::read(entry.value));
        self.0 = if entry.is_ok() { reader.rest() } else { &[] };
        Some(entry)
    }
}

/// Checks the form of every entry; how many there are. A critical extension that is not processed spoils the whole
/// list (RFC 5280 5.3).
pub(super) fn check_all(octets: &[u8]) -> Result<usize, CrlError> {
    let mut count = 0;
    for entry in Entries::new(octets) {
        entry?.check()?;
        count += 1;
    }
    Ok(count)
}
