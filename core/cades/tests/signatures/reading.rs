//! The reader keeps every octet that is hashed or has to survive.

use kamusm_cades::asn1::{Asn1Error, Reader, Tag};
use kamusm_cades::attributes::{Attributes, SigningCertificate};
use kamusm_cades::cms::{CertificateChoice, RevocationInfo, SignedData, SignerIdentifier, oid};
use kamusm_test_ca::LeafKey;

use crate::forge::value;
use crate::identity::Identity;

#[test]
fn raw_ranges_are_those_of_the_input() {
    let identity = Identity::new(LeafKey::P256);
    let cms = identity.attached();
    let parsed = SignedData::parse(&cms).unwrap();
    assert_eq!(parsed.raw(), cms);
    assert!(parsed.trailing().is_empty());
    let signer = &parsed.signer_infos()[0];
    for part in [signer.raw, signer.sid_raw, signer.signature_raw, parsed.encapsulated().raw] {
        assert!(cms.as_ptr_range().contains(&part.as_ptr()));
    }
    assert_eq!(signer.signature_raw, value(Tag::OCTET_STRING, &signer.signature));
    assert_eq!(parsed.encapsulated().content_type_raw, value(Tag::OBJECT_IDENTIFIER, oid::DATA.as_bytes()));
    let SignerIdentifier::IssuerAndSerialNumber { issuer, serial_number } = &signer.sid else { panic!() };
    assert_eq!((*issuer, *serial_number), (identity.certificate.issuer_der(), identity.certificate.serial()));
    let attributes = Attributes::read(&signer.signed_attributes.unwrap()).unwrap();
    let reference = SigningCertificate::find(&attributes).unwrap().unwrap();
    assert_eq!(reference.certificates[0].cert_hash.as_ref(), identity.certificate.fingerprint());
    assert!(reference.certificates[0].issuer_serial.is_none());
    assert!(reference.certificates[0].hash_algorithm.is_none());
}

/// `SignedData` with an attribute certificate, a CRL and an OCSP response, in indefinite lengths.
#[test]
fn other_certificates_and_revocation_values_survive() {
    let response = value(Tag::SEQUENCE, &value(Tag::ENUMERATED, &[0]));
    let format = value(Tag::OBJECT_IDENTIFIER, oid::RI_OCSP_RESPONSE.as_bytes());
    let other = value(Tag::context_constructed(1), &[format, response.clone()].concat());
    let crl = value(Tag::SEQUENCE, b"\x05\x00");
    let attribute_certificate = value(Tag::context_constructed(2), b"\x05\x00");
    let indefinite = |tag: Tag, contents: &[u8]| [&[tag.0, 0x80], contents, &[0, 0]].concat();
    let members = [
        value(Tag::INTEGER, &[5]),
        value(Tag::SET, &[]),
        value(Tag::SEQUENCE, &value(Tag::OBJECT_IDENTIFIER, oid::DATA.as_bytes())),
        indefinite(Tag::context_constructed(0), &attribute_certificate),
        indefinite(Tag::context_constructed(1), &[crl.clone(), other.clone()].concat()),
        indefinite(Tag::SET, &[]),
    ];
    let signed_data = indefinite(Tag::SEQUENCE, &members.concat());
    let content_type = value(Tag::OBJECT_IDENTIFIER, oid::SIGNED_DATA.as_bytes());
    let explicit = indefinite(Tag::context_constructed(0), &signed_data);
    let cms = indefinite(Tag::SEQUENCE, &[content_type, explicit].concat());

    let parsed = SignedData::parse(&cms).unwrap();
    assert_eq!(parsed.version(), 5);
    let [CertificateChoice::Other(kept)] = parsed.certificates() else { panic!() };
    assert_eq!(kept.raw, attribute_certificate);
    assert_eq!(parsed.x509_certificates().count(), 0);
    let [RevocationInfo::Crl(kept_crl), RevocationInfo::Other { raw, format, info }] =
        parsed.revocation_infos()
    else {
        panic!()
    };
    assert_eq!((*kept_crl, *raw), (crl.as_slice(), other.as_slice()));
    assert_eq!(*format, oid::RI_OCSP_RESPONSE);
    assert_eq!(info.raw, response);
}

#[test]
fn der_is_strict_and_ber_is_not() {
    for octets in [&[0x30, 0x80, 0, 0][..], &[0x04, 0x81, 0x01, 0], &[0x04, 0x82, 0, 0x80]] {
        assert_eq!(Reader::der(octets).any(), Err(Asn1Error::NotDer), "{octets:02x?}");
    }
    assert_eq!(Reader::ber(&[0x30, 0x80, 0, 0]).any().unwrap().value, []);
    assert_eq!(Reader::ber(&[0x04, 0x81, 0x01, 7]).any().unwrap().value, [7]);
    assert_eq!(Reader::ber(&[0x04, 0x80, 0, 0]).any(), Err(Asn1Error::NotDer), "primitive");
    let nested = [0x30, 0x80, 0x30, 0x80, 0x04, 0x02, 0, 0, 0, 0, 0, 0, 0xff];
    let mut reader = Reader::ber(&nested);
    assert_eq!(reader.any().unwrap().value, &nested[2..10]);
    assert_eq!(reader.rest(), [0xff]);
}

#[test]
fn object_identifiers_are_checked() {
    let read = |contents: &[u8]| {
        Reader::der(&value(Tag::OBJECT_IDENTIFIER, contents)).oid().map(|oid| oid.to_string())
    };
    assert_eq!(read(&[0x2a, 0x86, 0x48]), Ok("1.2.840".into()));
    for contents in [&[][..], &[0x80], &[0x2a, 0x80, 0x01], &[0x2a, 0x86]] {
        assert!(read(contents).is_err(), "{contents:02x?}");
    }
}
