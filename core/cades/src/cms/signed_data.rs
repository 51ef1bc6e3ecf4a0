//! `ContentInfo` and `SignedData` (RFC 5652 clauses 3 and 5.1).

use super::certificates::members;
use super::{
    AlgorithmIdentifier, CertificateChoice, CmsError, EncapsulatedContent, RevocationInfo, SignerInfo, oid,
};
use crate::asn1::{Asn1Error, Limits, Reader, Tag};

/// ```text
/// SignedData ::= SEQUENCE {
///   version CMSVersion,
///   digestAlgorithms DigestAlgorithmIdentifiers,
///   encapContentInfo EncapsulatedContentInfo,
///   certificates [0] IMPLICIT CertificateSet OPTIONAL,
///   crls [1] IMPLICIT RevocationInfoChoices OPTIONAL,
///   signerInfos SignerInfos }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedData<'a> {
    raw: &'a [u8],
    trailing: &'a [u8],
    version: u8,
    digest_algorithms: Vec<AlgorithmIdentifier<'a>>,
    encapsulated: EncapsulatedContent<'a>,
    certificates: Vec<CertificateChoice<'a>>,
    revocation_infos: Vec<RevocationInfo<'a>>,
    signer_infos: Vec<SignerInfo<'a>>,
}

impl<'a> SignedData<'a> {
    /// Reads a `ContentInfo` with `SignedData`, in BER or DER, within the default [`Limits`].
    pub fn parse(input: &'a [u8]) -> Result<Self, CmsError> {
        Self::parse_within(input, &Limits::default())
    }

    /// Reads a `ContentInfo` with `SignedData`, in BER or DER.
    pub fn parse_within(input: &'a [u8], limits: &Limits) -> Result<Self, CmsError> {
        if input.len() > limits.octets {
            let source = Asn1Error::TooLarge { octets: input.len(), limit: limits.octets };
            return Err(CmsError::Encoding { part: "ContentInfo", source });
        }
        let mut reader = Reader::ber(input);
        let content_info = reader.expect(Tag::SEQUENCE).map_err(CmsError::in_part("ContentInfo"))?;
        let mut members = content_info.reader();
        let content_type = members.oid().map_err(CmsError::in_part("contentType"))?;
        if content_type != oid::SIGNED_DATA {
            return Err(CmsError::NotSignedData { content_type: content_type.to_string() });
        }
        let explicit = members.expect(Tag::context_constructed(0)).map_err(CmsError::in_part("content"))?;
        members.finish().map_err(CmsError::in_part("ContentInfo"))?;
        let mut content = explicit.reader();
        let signed_data = content.expect(Tag::SEQUENCE).map_err(CmsError::in_part("SignedData"))?;
        content.finish().map_err(CmsError::in_part("content"))?;
        Self::read_members(signed_data.reader(), limits, content_info.raw, reader.rest())
    }

    fn read_members(
        mut reader: Reader<'a>,
        limits: &Limits,
        raw: &'a [u8],
        trailing: &'a [u8],
    ) -> Result<Self, CmsError> {
        let version =
            reader.any().and_then(|value| value.small_integer()).map_err(CmsError::in_part("version"))?;
        let digest_algorithms = reader
            .expect(Tag::SET)
            .and_then(|set| members(&set, limits, |member| AlgorithmIdentifier::from_tlv(&member)))
            .map_err(CmsError::in_part("digestAlgorithms"))?;
        let encapsulated =
            EncapsulatedContent::read(&mut reader, limits).map_err(CmsError::in_part("encapContentInfo"))?;
        let certificates = reader
            .optional(Tag::context_constructed(0))
            .and_then(|set| {
                set.map_or(Ok(Vec::new()), |set| members(&set, limits, CertificateChoice::from_tlv))
            })
            .map_err(CmsError::in_part("certificates"))?;
        let revocation_infos = reader
            .optional(Tag::context_constructed(1))
            .and_then(|set| set.map_or(Ok(Vec::new()), |set| members(&set, limits, RevocationInfo::from_tlv)))
            .map_err(CmsError::in_part("crls"))?;
        let signer_infos = reader
            .expect(Tag::SET)
            .and_then(|set| members(&set, limits, |member| SignerInfo::from_tlv(&member, limits)))
            .map_err(CmsError::in_part("signerInfos"))?;
        reader.finish().map_err(CmsError::in_part("SignedData"))?;
        Ok(Self {
            raw,
            trailing,
            version,
            digest_algorithms,
            encapsulated,
            certificates,
            revocation_infos,
            signer_infos,
        })
    }

    /// The `ContentInfo` as received, without what follows it.
    pub fn raw(&self) -> &'a [u8] {
        self.raw
    }

    /// Octets behind the `ContentInfo`; they are signed by nobody.
    pub fn trailing(&self) -> &'a [u8] {
        self.trailing
    }

    /// CMSVersion
    pub fn version(&self) -> u8 {
        self.version
    }

    /// digestAlgorithms; a hint for one-pass processing, nothing is trusted from it.
    pub fn digest_algorithms(&self) -> &[AlgorithmIdentifier<'a>] {
        &self.digest_algorithms
    }

    /// encapContentInfo
    pub fn encapsulated(&self) -> &EncapsulatedContent<'a> {
        &self.encapsulated
    }

    /// The attached content octets; `None` when the signature is detached.
    pub fn content(&self) -> Option<&[u8]> {
        self.encapsulated.content.as_deref()
    }

    /// Certificates of every kind, in their stored order.
    pub fn certificates(&self) -> &[CertificateChoice<'a>] {
        &self.certificates
    }

    /// The X.509 certificates, whole and verbatim.
    pub fn x509_certificates(&self) -> impl Iterator<Item = &'a [u8]> {
        self.certificates.iter().filter_map(|choice| match choice {
            CertificateChoice::X509(raw) => Some(*raw),
            CertificateChoice::Other(_) => None,
        })
    }

    /// CRLs and OCSP responses, in their stored order.
    pub fn revocation_infos(&self) -> &[RevocationInfo<'a>] {
        &self.revocation_infos
    }

    /// One per signer; each is judged alone.
    pub fn signer_infos(&self) -> &[SignerInfo<'a>] {
        &self.signer_infos
    }
}
