//! A signer that makes every mistake of CADES practice: sound by default, each field can be spoilt.

use der::asn1::ObjectIdentifier;
use kamusm_cades::algorithm::{DigestAlgorithm, SignatureAlgorithm};
use kamusm_cades::asn1::{Tag, Writer};
use kamusm_cades::attributes::{ContentType, MessageDigest, SigningCertificate, SigningTime};
use kamusm_cades::cms::oid::DATA;
use kamusm_cades::cms::{SignedData, SignedDataWriter};

use crate::identity::{Identity, TEXT};

pub(crate) struct Forge<'a> {
    pub(crate) identity: &'a Identity,
    /// Encoded attributes in the order in which they are stored.
    pub(crate) attributes: Vec<Vec<u8>>,
    /// What the signer hashes instead of the stored attributes.
    pub(crate) signed: Option<Vec<u8>>,
    pub(crate) certificates: Vec<Vec<u8>>,
    pub(crate) issuer: Vec<u8>,
    pub(crate) serial_number: Vec<u8>,
    pub(crate) digest_algorithm: Vec<u8>,
    pub(crate) signature_algorithm: Vec<u8>,
    pub(crate) content: Option<Vec<u8>>,
    pub(crate) content_type: ObjectIdentifier,
    /// What becomes of the signature value.
    pub(crate) spoil: fn(Vec<u8>) -> Vec<u8>,
}

impl<'a> Forge<'a> {
    /// A sound detached signature.
    pub(crate) fn new(identity: &'a Identity) -> Self {
        let algorithm = SignatureAlgorithm::for_key(identity.certificate.key_algorithm().unwrap()).unwrap();
        Self {
            identity,
            attributes: vec![
                content_type(&DATA),
                message_digest(&[algorithm.digest().digest(TEXT).as_ref()]),
                signing_time(identity.now),
                reference(identity.certificate.der()),
            ],
            signed: None,
            certificates: vec![identity.certificate.der().to_vec(), identity.sub.der().to_vec()],
            issuer: identity.certificate.issuer_der().to_vec(),
            serial_number: identity.certificate.serial().to_vec(),
            digest_algorithm: algorithm.digest().identifier_der().to_vec(),
            signature_algorithm: algorithm.identifier_der().to_vec(),
            content: None,
            content_type: DATA,
            spoil: |signature| signature,
        }
        .sorted()
    }

    pub(crate) fn sorted(mut self) -> Self {
        self.attributes.sort();
        self
    }

    /// Replaces the attribute of the same type as each of `attributes`, sorted again.
    pub(crate) fn with(mut self, attribute: Vec<u8>) -> Self {
        let kind = kind(&attribute);
        self.attributes.retain(|other| self::kind(other) != kind);
        self.attributes.push(attribute);
        self.sorted()
    }

    pub(crate) fn without(mut self, oid: &ObjectIdentifier) -> Self {
        self.attributes.retain(|attribute| kind(attribute) != oid.as_bytes());
        self
    }

    pub(crate) fn and(mut self, attribute: Vec<u8>) -> Self {
        self.attributes.push(attribute);
        self.sorted()
    }

    pub(crate) fn build(&self) -> Vec<u8> {
        let stored = set(&self.attributes);
        let signature = self.identity.key.sign(self.signed.as_deref().unwrap_or(&stored));
        self.write(&stored, &(self.spoil)(signature))
    }

    /// Without signed attributes: the signature is over `signed`.
    pub(crate) fn build_without_attributes(&self, signed: &[u8]) -> Vec<u8> {
        self.write(&[], &self.identity.key.sign(signed))
    }

    pub(crate) fn write(&self, signed_attributes: &[u8], signature: &[u8]) -> Vec<u8> {
        let writer = SignedDataWriter {
            content_type: self.content_type,
            content: self.content.as_deref(),
            certificates: self.certificates.iter().map(Vec::as_slice).collect(),
            issuer: &self.issuer,
            serial_number: &self.serial_number,
            digest_algorithm: &self.digest_algorithm,
            signed_attributes,
            signature_algorithm: &self.signature_algorithm,
            signature,
        };
        writer.encode()
    }
}

/// The SET OF with its members as they stand.
pub(crate) fn set(members: &[Vec<u8>]) -> Vec<u8> {
    let mut writer = Writer::default();
    writer.tlv(Tag::SET, &members.concat());
    writer.into_vec()
}

pub(crate) fn attribute(oid: &ObjectIdentifier, values: &[Vec<u8>]) -> Vec<u8> {
    let mut writer = Writer::default();
    writer.nested(Tag::SEQUENCE, |writer| {
        writer.oid(oid);
        writer.tlv(Tag::SET, &values.concat());
    });
    writer.into_vec()
}

fn written(write: impl FnOnce(&mut Writer)) -> Vec<u8> {
    let mut writer = Writer::default();
    write(&mut writer);
    writer.into_vec()
}

pub(crate) fn value(tag: Tag, contents: &[u8]) -> Vec<u8> {
    written(|writer| writer.tlv(tag, contents))
}

pub(crate) fn content_type(oid: &ObjectIdentifier) -> Vec<u8> {
    written(|writer| ContentType::write(writer, oid))
}

pub(crate) fn message_digest(digests: &[&[u8]]) -> Vec<u8> {
    if let [digest] = digests {
        return written(|writer| MessageDigest::write(writer, digest));
    }
    let values: Vec<Vec<u8>> = digests.iter().map(|digest| value(Tag::OCTET_STRING, digest)).collect();
    attribute(&kamusm_cades::attributes::oid::MESSAGE_DIGEST, &values)
}

pub(crate) fn signing_time(unix: i64) -> Vec<u8> {
    written(|writer| SigningTime::write(writer, unix).unwrap())
}

/// signing-certificate-v2 of this certificate.
pub(crate) fn reference(certificate: &[u8]) -> Vec<u8> {
    written(|writer| SigningCertificate::write(writer, &DigestAlgorithm::Sha256.digest(certificate)))
}

/// signing-certificate-v2 from hand-made `ESSCertIDv2` contents.
pub(crate) fn references(ids: &[Vec<u8>]) -> Vec<u8> {
    let ids: Vec<Vec<u8>> = ids.iter().map(|id| value(Tag::SEQUENCE, id)).collect();
    let certificate = value(Tag::SEQUENCE, &value(Tag::SEQUENCE, &ids.concat()));
    attribute(&kamusm_cades::attributes::oid::SIGNING_CERTIFICATE_V2, &[certificate])
}

/// `certHash` and, if given, `issuerSerial`.
pub(crate) fn id(hash: &[u8], issuer_serial: Option<(&[u8], &[u8])>) -> Vec<u8> {
    let mut contents = value(Tag::OCTET_STRING, hash);
    if let Some((issuer, serial_number)) = issuer_serial {
        let names = value(Tag::SEQUENCE, &value(Tag::context_constructed(4), issuer));
        contents.extend(value(Tag::SEQUENCE, &[names, value(Tag::INTEGER, serial_number)].concat()));
    }
    contents
}

/// One file with the signers of both.
pub(crate) fn join(left: &[u8], right: &[u8]) -> Vec<u8> {
    let [left, right] = [left, right].map(|cms| SignedData::parse(cms).unwrap());
    let mut certificates: Vec<&[u8]> = left.x509_certificates().chain(right.x509_certificates()).collect();
    certificates.sort_unstable();
    certificates.dedup();
    let signers = [left.signer_infos()[0].raw, right.signer_infos()[0].raw].concat();
    rebuild(&left, &certificates.concat(), None, &signers)
}

/// The same file with other certificates, revocation data and signers.
pub(crate) fn rebuild(
    parsed: &SignedData<'_>,
    certificates: &[u8],
    revocation: Option<&[u8]>,
    signers: &[u8],
) -> Vec<u8> {
    let members = [
        value(Tag::INTEGER, &[if revocation.is_some() { 5 } else { 1 }]),
        value(Tag::SET, parsed.digest_algorithms()[0].raw),
        parsed.encapsulated().raw.to_vec(),
        value(Tag::context_constructed(0), certificates),
        revocation.map(|infos| value(Tag::context_constructed(1), infos)).unwrap_or_default(),
        value(Tag::SET, signers),
    ];
    let signed_data = value(Tag::SEQUENCE, &members.concat());
    let oid = value(Tag::OBJECT_IDENTIFIER, kamusm_cades::cms::oid::SIGNED_DATA.as_bytes());
    value(Tag::SEQUENCE, &[oid, value(Tag::context_constructed(0), &signed_data)].concat())
}

/// The same file with an unsigned attribute at its one signer, and with one more certificate.
pub(crate) fn with_unsigned(cms: &[u8], attribute: &[u8], certificate: &[u8]) -> Vec<u8> {
    let parsed = SignedData::parse(cms).unwrap();
    let signer = kamusm_cades::asn1::Reader::der_value(parsed.signer_infos()[0].raw, Tag::SEQUENCE).unwrap();
    let unsigned = value(Tag::context_constructed(1), attribute);
    let certificates: Vec<&[u8]> = parsed.x509_certificates().chain([certificate]).collect();
    let signers = value(Tag::SEQUENCE, &[signer.value, &unsigned].concat());
    rebuild(&parsed, &certificates.concat(), None, &signers)
}

/// Contents octets of the attribute type.
fn kind(attribute: &[u8]) -> &[u8] {
    let sequence = kamusm_cades::asn1::Reader::der_value(attribute, Tag::SEQUENCE).unwrap();
    sequence.reader().oid().unwrap().octets()
}
