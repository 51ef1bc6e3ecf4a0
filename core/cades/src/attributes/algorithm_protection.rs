//! cms-algorithm-protection (RFC 6211; EN 319 122-1 clause 5.2.13, new in V1.3.1).

use super::set::write_attribute;
use super::{AttributeError, Attributes, oid};
use crate::algorithm::SignatureAlgorithm;
use crate::asn1::{Asn1Error, Tag, Tlv, Writer};
use crate::cms::{AlgorithmIdentifier, SignerInfo};

/// ```text
/// CMSAlgorithmProtection ::= SEQUENCE {
///   digestAlgorithm DigestAlgorithmIdentifier,
///   signatureAlgorithm [1] SignatureAlgorithmIdentifier OPTIONAL,
///   macAlgorithm [2] MessageAuthenticationCodeAlgorithm OPTIONAL }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AlgorithmProtection<'a> {
    /// Must equal SignerInfo.digestAlgorithm.
    pub digest_algorithm: AlgorithmIdentifier<'a>,
    /// Must equal SignerInfo.signatureAlgorithm.
    pub signature_algorithm: AlgorithmIdentifier<'a>,
}

impl<'a> AlgorithmProtection<'a> {
    /// The attribute, if it is there. In a signature the form with a MAC is malformed.
    pub fn find(attributes: &Attributes<'a>) -> Result<Option<Self>, AttributeError> {
        attributes.typed(&oid::ALGORITHM_PROTECTION, Self::read)
    }

    fn read(value: &Tlv<'a>) -> Result<Self, Asn1Error> {
        if value.tag != Tag::SEQUENCE {
            return Err(Asn1Error::UnexpectedTag { expected: Tag::SEQUENCE, found: Some(value.tag) });
        }
        let mut members = value.reader();
        let digest_algorithm = AlgorithmIdentifier::read(&mut members)?;
        let signature_algorithm = AlgorithmIdentifier::from_tlv(&members.expect(SIGNATURE_ALGORITHM)?)?;
        members.finish()?;
        Ok(Self { digest_algorithm, signature_algorithm })
    }

    /// True if both algorithms are those that the SignerInfo uses.
    pub fn matches(&self, signer_info: &SignerInfo<'_>) -> bool {
        self.digest_algorithm.is_same_algorithm(&signer_info.digest_algorithm)
            && self.signature_algorithm.is_same_algorithm(&signer_info.signature_algorithm)
    }

    /// Appends the attribute.
    pub fn write(writer: &mut Writer, algorithm: SignatureAlgorithm) {
        write_attribute(writer, &oid::ALGORITHM_PROTECTION, |writer| {
            writer.nested(Tag::SEQUENCE, |writer| {
                writer.raw(&algorithm.digest().identifier_der());
                if let Some((_, length_and_members)) = algorithm.identifier_der().split_first() {
                    writer.raw(&[SIGNATURE_ALGORITHM.0]);
                    writer.raw(length_and_members);
                }
            });
        });
    }
}

/// `[1]` in a module with IMPLICIT tags.
const SIGNATURE_ALGORITHM: Tag = Tag::context_constructed(1);
