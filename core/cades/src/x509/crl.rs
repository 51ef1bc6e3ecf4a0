//! Certificate revocation lists (RFC 5280 5) of any length in constant memory: the octets are scanned, not decoded.
//!
//! Complete lists only: delta lists, indirect lists and lists of some reasons are refused, never read as "not revoked".

mod entry;
mod index;
mod scope;

use std::fmt;
use std::ops::Range;

use der::asn1::ObjectIdentifier;

use super::certificate::{Certificate, CertificateError};
use super::extension::{self, KeyUsage};
use super::name::Name;
use super::revocation::{CLOCK_SKEW_S, Revocation};
use super::value::range_of;
use crate::algorithm::{SignatureError, VerificationAlgorithm};
use crate::asn1::{Asn1Error, Reader, Tag, UnixTime};

pub use index::IndexedCrl;

use entry::Entries;
use scope::Scope;

/// Longest list that is read.
pub const CRL_OCTETS_MAX: usize = 256 << 20;

const EXTENSIONS_MAX: usize = 16;
const AUTHORITY_KEY_IDENTIFIER: ObjectIdentifier = extension::AUTHORITY_KEY_IDENTIFIER;
const CRL_NUMBER: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.20");
const DELTA_CRL_INDICATOR: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.27");
const ISSUING_DISTRIBUTION_POINT: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.28");

/// A list whose form is sound; nothing is known yet about who signed it.
#[derive(Clone)]
pub struct Crl<B> {
    octets: B,
    tbs: Range<usize>,
    issuer: Range<usize>,
    signature_algorithm: Range<usize>,
    signature: Range<usize>,
    /// Contents of `revokedCertificates`.
    entries: Range<usize>,
    entry_count: usize,
    scope: Scope,
    number: Option<Range<usize>>,
    this_update: UnixTime,
    next_update: Option<UnixTime>,
}

/// A list that its issuer signed.
#[derive(Clone)]
pub struct VerifiedCrl<B>(Crl<B>);

/// Why a list tells nothing about a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CrlError {
    /// Longer than [`CRL_OCTETS_MAX`].
    #[error("list of {octets} octets")]
    TooLarge {
        /// Octets that were given.
        octets: usize,
    },
    /// Not the DER of a `CertificateList`.
    #[error("list: {0}")]
    Asn1(#[from] Asn1Error),
    /// Its extensions cannot be read.
    #[error("list: {0}")]
    Extensions(CertificateError),
    /// The signature algorithm inside differs from the one outside (RFC 5280 5.1.1.2).
    #[error("the two signature algorithms differ")]
    SignatureAlgorithmMismatch,
    /// A critical extension, of the list or of an entry, that is not processed (RFC 5280 5.2, 5.3).
    #[error("the list has the critical extension {oid}")]
    UnknownCritical {
        /// The extension.
        oid: ObjectIdentifier,
    },
    /// A delta list, which says only what changed (RFC 5280 5.2.4).
    #[error("a delta list")]
    Delta,
    /// A list that is indirect, or of some reasons or of attribute certificates only (RFC 5280 5.2.5).
    #[error("not a complete list of one issuer's certificates")]
    Partial,
    /// Not the list of this issuer.
    #[error("the list has another issuer")]
    OtherIssuer,
    /// The issuer's keyUsage lacks cRLSign (RFC 5280 6.3.3 f).
    #[error("the issuer may not sign lists")]
    NoCrlSign,
    /// The issuer did not sign it.
    #[error(transparent)]
    Signature(#[from] SignatureError),
    /// Made after the second in question.
    #[error("the list was made at {this_update}")]
    NotYetValid {
        /// `thisUpdate`, Unix time.
        this_update: UnixTime,
    },
    /// A newer one should have come before the second in question; without `nextUpdate` nobody can tell.
    #[error("the list was to be replaced by {next_update:?}")]
    Expired {
        /// `nextUpdate`, Unix time.
        next_update: Option<UnixTime>,
    },
    /// The certificate is not one that the list speaks of.
    #[error("the list does not cover the certificate")]
    OutOfScope,
}

impl<B: AsRef<[u8]>> Crl<B> {
    /// Reads a DER list: its frame, its extensions, and the form of every entry.
    pub fn parse(octets: B) -> Result<Self, CrlError> {
        let der = octets.as_ref();
        if der.len() > CRL_OCTETS_MAX {
            return Err(CrlError::TooLarge { octets: der.len() });
        }
        let mut outer = Reader::der_value(der, Tag::SEQUENCE)?.reader();
        let tbs = outer.expect(Tag::SEQUENCE)?;
        let signature_algorithm = outer.expect(Tag::SEQUENCE)?;
        let signature = outer.expect(Tag::BIT_STRING)?.octet_aligned_bits()?;
        outer.finish()?;

        let mut fields = tbs.reader();
        let version = fields.optional(Tag::INTEGER)?.map(|version| version.small_integer()).transpose()?;
        if fields.expect(Tag::SEQUENCE)?.raw != signature_algorithm.raw {
            return Err(CrlError::SignatureAlgorithmMismatch);
        }
        let issuer = fields.expect(Tag::SEQUENCE)?;
        let (this_update, _) = fields.any()?.time()?;
        let next_update = match fields.peek() {
            Some(Tag::UTC_TIME | Tag::GENERALIZED_TIME) => Some(fields.any()?.time()?.0),
            _ => None,
        };
        let entries = fields.optional(Tag::SEQUENCE)?.map_or(&[][..], |list| list.value);
        let mut scope = Scope::default();
        let mut number = None;
        if let Some(list) = fields.optional(Tag::context_constructed(0))? {
            if version != Some(1) {
                return Err(CrlError::Asn1(Asn1Error::Value { tag: Tag::INTEGER }));
            }
            (scope, number) = read_extensions(list.value)?;
        }
        fields.finish()?;
        let entry_count = entry::check_all(entries)?;

        Ok(Self {
            tbs: range_of(tbs.raw, der),
            issuer: range_of(issuer.raw, der),
            signature_algorithm: range_of(signature_algorithm.raw, der),
            signature: range_of(signature, der),
            entries: if entries.is_empty() { 0..0 } else { range_of(entries, der) },
            number: number.map(|number| range_of(number, der)),
            entry_count,
            scope,
            this_update,
            next_update,
            octets,
        })
    }

    fn part(&self, range: &Range<usize>) -> &[u8] {
        &self.octets.as_ref()[range.clone()]
    }

    /// The list as it was received.
    pub fn der(&self) -> &[u8] {
        self.octets.as_ref()
    }

    /// Name of the issuer.
    pub fn issuer(&self) -> Name<'_> {
        Name::new(self.part(&self.issuer))
    }

    /// When it was made, Unix time.
    pub fn this_update(&self) -> UnixTime {
        self.this_update
    }

    /// When the next one comes, Unix time.
    pub fn next_update(&self) -> Option<UnixTime> {
        self.next_update
    }

    /// Contents octets of `cRLNumber`.
    pub fn number(&self) -> Option<&[u8]> {
        self.number.as_ref().map(|number| self.part(number))
    }

    /// How many certificates it lists.
    pub fn entry_count(&self) -> usize {
        self.entry_count
    }

    /// Checks that `issuer` signed the list and may do so. The issuer's own path is the caller's to check.
    pub fn authenticate(self, issuer: &Certificate) -> Result<VerifiedCrl<B>, CrlError> {
        if self.issuer() != issuer.subject() {
            return Err(CrlError::OtherIssuer);
        }
        if issuer.key_usage().is_some_and(|usage| !usage.contains(KeyUsage::CRL_SIGN)) {
            return Err(CrlError::NoCrlSign);
        }
        let algorithm = VerificationAlgorithm::from_identifier_der(self.part(&self.signature_algorithm))
            .map_err(SignatureError::from)?;
        issuer.verify(algorithm, self.part(&self.tbs), self.part(&self.signature))?;
        Ok(VerifiedCrl(self))
    }

    /// [`Crl::authenticate`], and that the list is current at this second.
    pub fn verify(self, issuer: &Certificate, at: UnixTime) -> Result<VerifiedCrl<B>, CrlError> {
        let verified = self.authenticate(issuer)?;
        verified.check_current(at)?;
        Ok(verified)
    }
}

/// Extensions of a list: what it covers, and its number.
fn read_extensions(octets: &[u8]) -> Result<(Scope, Option<&[u8]>), CrlError> {
    let mut scope = None;
    let mut number = None;
    let mut refusal = None;
    extension::read_all(octets, EXTENSIONS_MAX, |extension| match extension.oid {
        ISSUING_DISTRIBUTION_POINT => scope = Some(extension.value),
        CRL_NUMBER => number = Some(extension.value),
        DELTA_CRL_INDICATOR => refusal = Some(CrlError::Delta),
        AUTHORITY_KEY_IDENTIFIER => {}
        oid if extension.critical => refusal = refusal.or(Some(CrlError::UnknownCritical { oid })),
        _ => {}
    })
    .map_err(CrlError::Extensions)?;
    if let Some(refusal) = refusal {
        return Err(refusal);
    }
    let number = match number {
        Some(octets) => Some(Reader::der_value(octets, Tag::INTEGER)?.integer()?),
        None => None,
    };
    Ok((scope.map(Scope::read).transpose()?.unwrap_or_default(), number))
}

impl<B: AsRef<[u8]>> VerifiedCrl<B> {
    /// The list.
    pub fn crl(&self) -> &Crl<B> {
        &self.0
    }

    /// Checks that this second lies between `thisUpdate` and `nextUpdate`.
    pub fn check_current(&self, at: UnixTime) -> Result<(), CrlError> {
        let Crl { this_update, next_update, .. } = self.0;
        if this_update > at.saturating_add(CLOCK_SKEW_S) {
            return Err(CrlError::NotYetValid { this_update });
        }
        if next_update.is_none_or(|next| next < at) {
            return Err(CrlError::Expired { next_update });
        }
        Ok(())
    }

    /// Whether the list revokes this certificate. An error, not `None`, if it does not speak of it.
    pub fn lookup(&self, certificate: &Certificate) -> Result<Option<Revocation>, CrlError> {
        self.check_covers(certificate)?;
        for entry in Entries::new(self.entries()) {
            let entry = entry?;
            if entry.serial == certificate.serial() {
                return Ok(Some(entry.revocation()?));
            }
        }
        Ok(None)
    }

    /// Adds an index, for a list that many certificates are looked up in: 8 octets for each entry.
    pub fn into_indexed(self) -> Result<IndexedCrl<B>, CrlError> {
        IndexedCrl::new(self)
    }

    fn check_covers(&self, certificate: &Certificate) -> Result<(), CrlError> {
        let covered = certificate.issuer() == self.0.issuer() && self.0.scope.covers(certificate);
        if covered { Ok(()) } else { Err(CrlError::OutOfScope) }
    }

    fn entries(&self) -> &[u8] {
        self.0.part(&self.0.entries)
    }
}

impl<B> fmt::Debug for Crl<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Crl")
            .field("this_update", &self.this_update)
            .field("next_update", &self.next_update)
            .field("entry_count", &self.entry_count)
            .finish_non_exhaustive()
    }
}

impl<B> fmt::Debug for VerifiedCrl<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("VerifiedCrl").field(&self.0).finish()
    }
}
