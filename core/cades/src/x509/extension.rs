//! Certificate extensions that an NES and its issuers carry: RFC 5280 4.2, RFC 3739 3.2.6, EN 319 412-5.
//!
//! `x509-cert` knows neither a BMPString notice nor the real type of `noticeRef`; Kamu SM's certificates have the first.

use std::borrow::Cow;

use der::asn1::ObjectIdentifier;

use super::certificate::CertificateError;
use crate::asn1::{Asn1Error, Reader, Tag};

/// keyUsage
pub const KEY_USAGE: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.15");
/// basicConstraints
pub const BASIC_CONSTRAINTS: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.19");
/// certificatePolicies
pub const CERTIFICATE_POLICIES: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.32");
/// qcStatements
pub const QC_STATEMENTS: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.1.3");
/// extKeyUsage
pub const EXTENDED_KEY_USAGE: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.37");
/// subjectKeyIdentifier
pub const SUBJECT_KEY_IDENTIFIER: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.14");
/// authorityKeyIdentifier
pub const AUTHORITY_KEY_IDENTIFIER: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.35");
/// cRLDistributionPoints
pub const CRL_DISTRIBUTION_POINTS: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.31");
/// authorityInfoAccess
pub const AUTHORITY_INFO_ACCESS: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.1.1");

const ACCESS_OCSP: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.48.1");
const ACCESS_CA_ISSUERS: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.48.2");
const QUALIFIER_USER_NOTICE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.2.2");
const URI: Tag = Tag::context(6);

/// Members of one extension that are read.
const MEMBERS_MAX: usize = 64;

/// One extension as it stands.
#[derive(Debug, Clone, Copy)]
pub struct Extension<'a> {
    /// Its type.
    pub oid: ObjectIdentifier,
    /// True if who does not understand it must refuse the certificate.
    pub critical: bool,
    /// Contents of the `extnValue`.
    pub value: &'a [u8],
}

/// Hands out the members of DER `Extensions`, each type once.
pub(crate) fn read_all<'a>(
    octets: &'a [u8],
    limit: usize,
    mut take: impl FnMut(Extension<'a>),
) -> Result<(), CertificateError> {
    let mut list = Reader::der_value(octets, Tag::SEQUENCE)?.reader();
    let mut seen: Vec<ObjectIdentifier> = Vec::with_capacity(12);
    while !list.is_empty() {
        let mut fields = list.enter(Tag::SEQUENCE)?;
        let oid = fields.object_identifier()?;
        let critical = fields.default_false()?;
        let value = fields.expect(Tag::OCTET_STRING)?.value;
        fields.finish()?;
        if seen.len() == limit {
            return Err(CertificateError::TooManyExtensions { limit });
        }
        if seen.contains(&oid) {
            return Err(CertificateError::DuplicateExtension { oid });
        }
        seen.push(oid);
        take(Extension { oid, critical, value });
    }
    Ok(())
}

/// Decodes one extension, naming it where it cannot be read.
pub(crate) fn decode<'a, T>(
    octets: Option<&'a [u8]>,
    oid: ObjectIdentifier,
    read: impl FnOnce(&'a [u8]) -> Result<T, Asn1Error>,
) -> Result<Option<T>, CertificateError> {
    octets.map(read).transpose().map_err(|reason| CertificateError::Extension { oid, reason })
}

/// `KeyUsage` (RFC 5280 4.2.1.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyUsage(u16);

impl KeyUsage {
    /// digitalSignature (0)
    pub const DIGITAL_SIGNATURE: Self = Self(1 << 15);
    /// nonRepudiation (1), which later texts call contentCommitment
    pub const NON_REPUDIATION: Self = Self(1 << 14);
    /// keyCertSign (5)
    pub const KEY_CERT_SIGN: Self = Self(1 << 10);
    /// cRLSign (6)
    pub const CRL_SIGN: Self = Self(1 << 9);

    /// True if all of these bits are set.
    pub fn contains(self, bits: Self) -> bool {
        self.0 & bits.0 == bits.0
    }

    pub(crate) fn read(octets: &[u8]) -> Result<Self, Asn1Error> {
        let invalid = Asn1Error::Value { tag: Tag::BIT_STRING };
        match Reader::der_value(octets, Tag::BIT_STRING)?.value {
            [0] => Ok(Self(0)),
            [0..=7, first] => Ok(Self(u16::from_be_bytes([*first, 0]))),
            [0..=7, first, second] => Ok(Self(u16::from_be_bytes([*first, *second]))),
            _ => Err(invalid),
        }
    }
}

/// `BasicConstraints` (RFC 5280 4.2.1.9).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct BasicConstraints {
    /// True for the certificate of a CA.
    pub ca: bool,
    /// How many intermediate certificates may follow that are not self-issued.
    pub path_len: Option<u8>,
}

impl BasicConstraints {
    pub(crate) fn read(octets: &[u8]) -> Result<Self, Asn1Error> {
        let mut fields = Reader::der_value(octets, Tag::SEQUENCE)?.reader();
        let ca = fields.default_false()?;
        // A limit beyond 127 binds nothing here: paths are far shorter.
        let path_len = match fields.optional(Tag::INTEGER)? {
            Some(length) => match length.unsigned_integer()? {
                [] => Some(0),
                [length] => Some(*length),
                _ => None,
            },
            None => None,
        };
        fields.finish()?;
        Ok(Self { ca, path_len })
    }
}

/// One `PolicyInformation` (RFC 5280 4.2.1.4).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Policy<'a> {
    /// The policy.
    pub oid: ObjectIdentifier,
    /// Text of the first user notice that has one.
    pub explicit_text: Option<Cow<'a, str>>,
}

impl<'a> Policy<'a> {
    pub(crate) fn read_all(octets: &'a [u8]) -> Result<Vec<Self>, Asn1Error> {
        let mut list = Reader::der_value(octets, Tag::SEQUENCE)?.reader();
        let mut policies = Vec::new();
        while !list.is_empty() {
            if policies.len() == MEMBERS_MAX {
                return Err(Asn1Error::TooMany { limit: MEMBERS_MAX });
            }
            let mut fields = list.enter(Tag::SEQUENCE)?;
            let oid = fields.object_identifier()?;
            let mut explicit_text = None;
            if let Some(qualifiers) = fields.optional(Tag::SEQUENCE)? {
                let mut qualifiers = qualifiers.reader();
                while !qualifiers.is_empty() {
                    let mut qualifier = qualifiers.enter(Tag::SEQUENCE)?;
                    if qualifier.object_identifier()? == QUALIFIER_USER_NOTICE && explicit_text.is_none() {
                        explicit_text = read_notice(qualifier.enter(Tag::SEQUENCE)?)?;
                    }
                }
            }
            fields.finish()?;
            policies.push(Self { oid, explicit_text });
        }
        Ok(policies)
    }
}

/// `explicitText` of a `UserNotice`.
fn read_notice<'a>(mut notice: Reader<'a>) -> Result<Option<Cow<'a, str>>, Asn1Error> {
    notice.optional(Tag::SEQUENCE)?;
    if notice.is_empty() { Ok(None) } else { notice.any()?.text().map(Some) }
}

/// One `QCStatement` (RFC 3739 3.2.6); what its info is, its type tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct QcStatement<'a> {
    /// Its type.
    pub oid: ObjectIdentifier,
    /// DER of the `statementInfo`; empty if there is none.
    pub info_der: &'a [u8],
}

impl<'a> QcStatement<'a> {
    pub(crate) fn read_all(octets: &'a [u8]) -> Result<Vec<Self>, Asn1Error> {
        let mut list = Reader::der_value(octets, Tag::SEQUENCE)?.reader();
        let mut statements = Vec::new();
        while !list.is_empty() {
            if statements.len() == MEMBERS_MAX {
                return Err(Asn1Error::TooMany { limit: MEMBERS_MAX });
            }
            let mut fields = list.enter(Tag::SEQUENCE)?;
            let oid = fields.object_identifier()?;
            let info_der = if fields.is_empty() { &[] } else { fields.any()?.raw };
            fields.finish()?;
            statements.push(Self { oid, info_der });
        }
        Ok(statements)
    }
}

/// `ExtKeyUsageSyntax` (RFC 5280 4.2.1.12).
pub(crate) fn read_key_purposes(octets: &[u8]) -> Result<Vec<ObjectIdentifier>, Asn1Error> {
    let mut list = Reader::der_value(octets, Tag::SEQUENCE)?.reader();
    let mut purposes = Vec::new();
    while !list.is_empty() {
        if purposes.len() == MEMBERS_MAX {
            return Err(Asn1Error::TooMany { limit: MEMBERS_MAX });
        }
        purposes.push(list.object_identifier()?);
    }
    Ok(purposes)
}

/// Which address of authorityInfoAccess.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum AccessMethod {
    Ocsp,
    CaIssuers,
}

/// URIs of one method in `AuthorityInfoAccessSyntax` (RFC 5280 4.2.2.1).
pub(crate) fn find_urls_of_access(octets: &[u8], method: AccessMethod) -> Result<Vec<String>, Asn1Error> {
    let wanted = match method {
        AccessMethod::Ocsp => ACCESS_OCSP,
        AccessMethod::CaIssuers => ACCESS_CA_ISSUERS,
    };
    let mut list = Reader::der_value(octets, Tag::SEQUENCE)?.reader();
    let mut urls = Vec::new();
    while !list.is_empty() && urls.len() < MEMBERS_MAX {
        let mut fields = list.enter(Tag::SEQUENCE)?;
        let found = fields.object_identifier()?;
        let location = fields.any()?;
        if found == wanted && location.tag == URI {
            urls.push(ascii(location.value)?);
        }
    }
    Ok(urls)
}

/// URIs of full names in `CRLDistributionPoints` (RFC 5280 4.2.1.13).
pub(crate) fn find_urls_of_distribution(octets: &[u8]) -> Result<Vec<String>, Asn1Error> {
    let mut list = Reader::der_value(octets, Tag::SEQUENCE)?.reader();
    let mut urls = Vec::new();
    while !list.is_empty() {
        let mut point = list.enter(Tag::SEQUENCE)?;
        let Some(name) = point.optional(Tag::context_constructed(0))? else { continue };
        let Some(full_name) = name.reader().optional(Tag::context_constructed(0))? else { continue };
        let mut names = full_name.reader();
        while !names.is_empty() && urls.len() < MEMBERS_MAX {
            let name = names.any()?;
            if name.tag == URI {
                urls.push(ascii(name.value)?);
            }
        }
    }
    Ok(urls)
}

fn ascii(octets: &[u8]) -> Result<String, Asn1Error> {
    let text = str::from_utf8(octets).ok().filter(|text| text.is_ascii());
    text.map(str::to_owned).ok_or(Asn1Error::Value { tag: Tag::IA5_STRING })
}
