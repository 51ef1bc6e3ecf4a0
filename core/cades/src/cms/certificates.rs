//! `CertificateChoices` and `RevocationInfoChoice` (RFC 5652 clauses 10.2.1 and 10.2.2, RFC 5940).

use crate::asn1::{Asn1Error, Limits, Oid, Tag, Tlv};

/// One member of `SignedData.certificates`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CertificateChoice<'a> {
    /// An X.509 certificate, whole and verbatim.
    X509(&'a [u8]),
    /// Any other kind: an attribute certificate or an obsolete one, kept verbatim.
    Other(Tlv<'a>),
}

impl<'a> CertificateChoice<'a> {
    pub(super) fn from_tlv(choice: Tlv<'a>) -> Result<Self, Asn1Error> {
        Ok(if choice.tag == Tag::SEQUENCE { Self::X509(choice.raw) } else { Self::Other(choice) })
    }

    /// The member as it stands in the set.
    pub fn raw(&self) -> &'a [u8] {
        match self {
            Self::X509(raw) => raw,
            Self::Other(choice) => choice.raw,
        }
    }
}

/// One member of `SignedData.crls`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RevocationInfo<'a> {
    /// A `CertificateList`, whole and verbatim.
    Crl(&'a [u8]),
    /// `[1] OtherRevocationInfoFormat`, for instance an OCSP response.
    Other {
        /// The member as it stands in the set.
        raw: &'a [u8],
        /// otherRevInfoFormat: an OBJECT IDENTIFIER (several libraries wrongly read an AlgorithmIdentifier here).
        format: Oid<'a>,
        /// otherRevInfo, whole and verbatim.
        info: Tlv<'a>,
    },
}

impl<'a> RevocationInfo<'a> {
    pub(super) fn from_tlv(choice: Tlv<'a>) -> Result<Self, Asn1Error> {
        match choice.tag {
            Tag::SEQUENCE => Ok(Self::Crl(choice.raw)),
            OTHER_FORMAT => {
                let mut members = choice.reader();
                let format = members.oid()?;
                let info = members.any()?;
                members.finish()?;
                Ok(Self::Other { raw: choice.raw, format, info })
            }
            found => Err(Asn1Error::UnexpectedTag { expected: Tag::SEQUENCE, found: Some(found) }),
        }
    }

    /// The member as it stands in the set.
    pub fn raw(&self) -> &'a [u8] {
        match self {
            Self::Crl(raw) | Self::Other { raw, .. } => raw,
        }
    }
}

/// Reads each member of a SET OF.
pub(super) fn members<'a, T>(
    set: &Tlv<'a>,
    limits: &Limits,
    read: impl Fn(Tlv<'a>) -> Result<T, Asn1Error>,
) -> Result<Vec<T>, Asn1Error> {
    let mut members = Vec::new();
    let mut reader = set.reader();
    while !reader.is_empty() {
        if members.len() == limits.members {
            return Err(Asn1Error::TooMany { limit: limits.members });
        }
        members.push(read(reader.any()?)?);
    }
    Ok(members)
}

const OTHER_FORMAT: Tag = Tag::context_constructed(1);
