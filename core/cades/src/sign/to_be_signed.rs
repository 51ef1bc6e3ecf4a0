//! The second phase: a signature value becomes a file.

use std::fmt;

use super::SignError;
use crate::algorithm::{Digest, SignatureAlgorithm};
use crate::attributes::Attributes;
use crate::cms::{SignedData, SignedDataWriter, oid};
use crate::x509::certificate::Certificate;

/// A signature that lacks only its value.
#[derive(Clone)]
pub struct ToBeSigned {
    pub(super) signed_attributes: Vec<u8>,
    pub(super) digest: Digest,
    pub(super) algorithm: SignatureAlgorithm,
    pub(super) content: Option<Vec<u8>>,
    pub(super) certificate: Certificate,
    pub(super) chain: Vec<Certificate>,
}

impl ToBeSigned {
    /// The DER `SET OF Attribute`: the octets that are signed. A mechanism that hashes by itself, such as
    /// `CKM_SHA256_RSA_PKCS`, takes these.
    pub fn signed_attributes(&self) -> &[u8] {
        &self.signed_attributes
    }

    /// The digest of [`ToBeSigned::signed_attributes`], for mechanisms that do not hash.
    pub fn digest(&self) -> &[u8] {
        self.digest.as_ref()
    }

    /// How to sign.
    pub fn algorithm(&self) -> SignatureAlgorithm {
        self.algorithm
    }

    /// The certificate whose key has to sign.
    pub fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    /// The finished `ContentInfo` in DER.
    ///
    /// `signature` is the PKCS#1 block of an RSA key, or the DER `SEQUENCE { r, s }` of an ECDSA key. It is
    /// verified with the certificate first: a value that some verifier would refuse is refused here.
    pub fn finish(&self, signature: &[u8]) -> Result<Vec<u8>, SignError> {
        self.certificate
            .verify(self.algorithm, &self.signed_attributes, signature)
            .map_err(SignError::Signature)?;
        let file = self.assemble(signature);
        if self.reads_back(&file, signature) { Ok(file) } else { Err(SignError::ReadBack) }
    }

    fn assemble(&self, signature: &[u8]) -> Vec<u8> {
        let mut certificates = Vec::with_capacity(1 + self.chain.len());
        certificates.push(self.certificate.der());
        certificates.extend(self.chain.iter().map(Certificate::der));
        let writer = SignedDataWriter {
            content_type: oid::DATA,
            content: self.content.as_deref(),
            certificates,
            issuer: self.certificate.issuer_der(),
            serial_number: self.certificate.serial(),
            digest_algorithm: &self.algorithm.digest().identifier_der(),
            signed_attributes: &self.signed_attributes,
            signature_algorithm: self.algorithm.identifier_der(),
            signature,
        };
        writer.encode()
    }

    fn reads_back(&self, file: &[u8], signature: &[u8]) -> bool {
        let Ok(signed_data) = SignedData::parse(file) else { return false };
        let [signer_info] = signed_data.signer_infos() else { return false };
        let Some(set) = &signer_info.signed_attributes else { return false };
        // Stored under [0], signed as a SET OF: only the first octet may differ (RFC 5652 clause 5.4).
        signed_data.raw() == file
            && signed_data.content() == self.content.as_deref()
            && signed_data.x509_certificates().any(|der| der == self.certificate.der())
            && set.raw[1..] == self.signed_attributes[1..]
            && Attributes::read(set).is_ok_and(|attributes| attributes.is_sorted())
            && signer_info.signature == signature
    }
}

impl fmt::Debug for ToBeSigned {
    /// Neither the content nor the certificate, which names a person.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ToBeSigned")
            .field("algorithm", &self.algorithm)
            .field("digest", &self.digest)
            .field("attached", &self.content.is_some())
            .finish_non_exhaustive()
    }
}
