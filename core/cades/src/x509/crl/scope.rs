//! `IssuingDistributionPoint` (RFC 5280 5.2.5): which certificates a list speaks of.

use super::CrlError;
use crate::asn1::{Asn1Error, Reader, Tag};
use crate::x509::certificate::Certificate;

const ADDRESSES_MAX: usize = 16;

/// What a list covers; by default all certificates of its issuer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Scope {
    only: Option<Only>,
    /// Addresses that the list is published at, if it says so.
    addresses: Vec<Vec<u8>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Only {
    Users,
    Authorities,
}

impl Scope {
    pub(super) fn read(octets: &[u8]) -> Result<Self, CrlError> {
        let mut fields = Reader::der_value(octets, Tag::SEQUENCE)?.reader();
        let mut scope = Self::default();
        if let Some(name) = fields.optional(Tag::context_constructed(0))? {
            // A name relative to the issuer names no address that could be compared.
            let full_name = name.reader().optional(Tag::context_constructed(0))?.ok_or(CrlError::Partial)?;
            let mut names = full_name.reader();
            while !names.is_empty() {
                let name = names.any()?;
                if scope.addresses.len() == ADDRESSES_MAX {
                    return Err(Asn1Error::TooMany { limit: ADDRESSES_MAX }.into());
                }
                if name.tag == Tag::context(6) {
                    scope.addresses.push(name.value.to_vec());
                }
            }
        }
        let users = flag(&mut fields, 1)?;
        let authorities = flag(&mut fields, 2)?;
        let some_reasons = fields.optional(Tag::context(3))?.is_some();
        let indirect = flag(&mut fields, 4)?;
        let attributes = flag(&mut fields, 5)?;
        fields.finish()?;
        if some_reasons || indirect || attributes || (users && authorities) {
            return Err(CrlError::Partial);
        }
        scope.only = match (users, authorities) {
            (true, _) => Some(Only::Users),
            (_, true) => Some(Only::Authorities),
            _ => None,
        };
        Ok(scope)
    }

    /// RFC 5280 6.3.3 b 2.
    pub(super) fn covers(&self, certificate: &Certificate) -> bool {
        let kind_fits = match self.only {
            Some(Only::Users) => !certificate.is_ca(),
            Some(Only::Authorities) => certificate.is_ca(),
            None => true,
        };
        if !kind_fits || self.addresses.is_empty() {
            return kind_fits;
        }
        let published = certificate.crl_urls();
        published.is_empty()
            || published.iter().any(|url| self.addresses.iter().any(|address| address == url.as_bytes()))
    }
}

/// `[number] IMPLICIT BOOLEAN DEFAULT FALSE`
fn flag(fields: &mut Reader<'_>, number: u8) -> Result<bool, Asn1Error> {
    let tag = Tag::context(number);
    match fields.optional(tag)?.map(|flag| flag.value) {
        None | Some([0x00]) => Ok(false),
        Some([0xFF]) => Ok(true),
        Some(_) => Err(Asn1Error::Value { tag }),
    }
}
