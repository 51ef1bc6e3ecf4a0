//! Writing `SignedData` in DER (RFC 5652 clause 5.1, version rules; RFC 5754 clause 2).

use der::asn1::ObjectIdentifier;

use super::oid;
use crate::asn1::{Tag, Writer, encoded_len};

/// The parts of a `SignedData` with one signer. Everything given is copied verbatim.
#[derive(Clone, Debug)]
pub struct SignedDataWriter<'a> {
    /// eContentType
    pub content_type: ObjectIdentifier,
    /// The attached content; `None` makes a detached signature.
    pub content: Option<&'a [u8]>,
    /// DER certificates in any order; duplicates are written once.
    pub certificates: Vec<&'a [u8]>,
    /// Issuer `Name` of the signer's certificate, DER.
    pub issuer: &'a [u8],
    /// Contents octets of the serial number of the signer's certificate.
    pub serial_number: &'a [u8],
    /// AlgorithmIdentifier of the digest, DER.
    pub digest_algorithm: &'a [u8],
    /// The DER `SET OF Attribute` that was signed.
    pub signed_attributes: &'a [u8],
    /// AlgorithmIdentifier of the signature, DER.
    pub signature_algorithm: &'a [u8],
    /// The signature value octets.
    pub signature: &'a [u8],
}

impl SignedDataWriter<'_> {
    /// The whole `ContentInfo`, in one allocation of the right size.
    pub fn encode(mut self) -> Vec<u8> {
        // CertificateSet is a SET OF: DER order, and no certificate twice (EN 319 122-1 clause 6.3 requirement e).
        self.certificates.sort_unstable();
        self.certificates.dedup();
        let certificates_len = self.certificates.iter().map(|certificate| certificate.len()).sum();

        let explicit_len = self.content.map(|content| encoded_len(content.len()));
        let encapsulated_len =
            encoded_len(self.content_type.as_bytes().len()) + explicit_len.map_or(0, encoded_len);
        let signer_info_len = self.signer_info_len();
        let signer_infos_len = encoded_len(signer_info_len);
        let certificate_set_len =
            if self.certificates.is_empty() { 0 } else { encoded_len(certificates_len) };
        let signed_data_len = VERSION_LEN
            + encoded_len(self.digest_algorithm.len())
            + encoded_len(encapsulated_len)
            + certificate_set_len
            + encoded_len(signer_infos_len);
        let content_info_len =
            encoded_len(oid::SIGNED_DATA.as_bytes().len()) + encoded_len(encoded_len(signed_data_len));

        let mut writer = Writer::with_capacity(encoded_len(content_info_len));
        writer.header(Tag::SEQUENCE, content_info_len);
        writer.oid(&oid::SIGNED_DATA);
        writer.header(Tag::context_constructed(0), encoded_len(signed_data_len));
        writer.header(Tag::SEQUENCE, signed_data_len);
        writer.small_integer(self.version());
        writer.tlv(Tag::SET, self.digest_algorithm);
        writer.header(Tag::SEQUENCE, encapsulated_len);
        writer.oid(&self.content_type);
        if let (Some(content), Some(explicit_len)) = (self.content, explicit_len) {
            writer.header(Tag::context_constructed(0), explicit_len);
            writer.tlv(Tag::OCTET_STRING, content);
        }
        if !self.certificates.is_empty() {
            writer.header(Tag::context_constructed(0), certificates_len);
            self.certificates.iter().for_each(|certificate| writer.raw(certificate));
        }
        writer.header(Tag::SET, signer_infos_len);
        self.write_signer_info(&mut writer, signer_info_len);
        writer.into_vec()
    }

    /// 1 for id-data with an issuer and serial number, 3 for any other content type (RFC 5652 clause 5.1);
    /// the cases 4 and 5 need attribute certificates or other revocation formats, which have no place here.
    fn version(&self) -> u8 {
        if self.content_type == oid::DATA { 1 } else { 3 }
    }

    fn sid_len(&self) -> usize {
        self.issuer.len() + encoded_len(self.serial_number.len())
    }

    fn signer_info_len(&self) -> usize {
        VERSION_LEN
            + encoded_len(self.sid_len())
            + self.digest_algorithm.len()
            + self.signed_attributes.len()
            + self.signature_algorithm.len()
            + encoded_len(self.signature.len())
    }

    fn write_signer_info(&self, writer: &mut Writer, length: usize) {
        writer.header(Tag::SEQUENCE, length);
        writer.small_integer(1);
        writer.header(Tag::SEQUENCE, self.sid_len());
        writer.raw(self.issuer);
        writer.tlv(Tag::INTEGER, self.serial_number);
        writer.raw(self.digest_algorithm);
        // [0] IMPLICIT replaces the identifier octet of the signed SET OF; nothing else changes (clause 5.4).
        if let Some((_, length_and_members)) = self.signed_attributes.split_first() {
            writer.raw(&[Tag::context_constructed(0).0]);
            writer.raw(length_and_members);
        }
        writer.raw(self.signature_algorithm);
        writer.tlv(Tag::OCTET_STRING, self.signature);
    }
}

const VERSION_LEN: usize = 3;
