//! The `cms` crate, a strict DER decoder by others, reads what we write.

use cms::content_info::ContentInfo;
use cms::signed_data::{SignedData, SignerIdentifier};
use der::asn1::{ObjectIdentifier, OctetString};
use der::{Decode, Encode};
use kamusm_test_ca::LeafKey;

use crate::identity::{Identity, KEYS, TEXT};

fn decode(octets: &[u8]) -> SignedData {
    let content_info = ContentInfo::from_der(octets).unwrap();
    assert_eq!(content_info.content_type, kamusm_cades::cms::oid::SIGNED_DATA);
    content_info.content.decode_as().unwrap()
}

#[test]
fn reads_every_kind_of_signature() {
    for kind in KEYS {
        let identity = Identity::new(kind);
        for (octets, attached) in [(identity.attached(), true), (identity.detached(), false)] {
            let signed_data = decode(&octets);
            let [signer] = signed_data.signer_infos.0.as_slice() else { panic!("one signer") };
            let content = signed_data.encap_content_info.econtent.as_ref();
            let content = content.map(|any| any.decode_as::<OctetString>().unwrap().into_bytes().into_vec());
            assert_eq!(content.as_deref(), attached.then_some(TEXT), "{kind:?}");
            assert_eq!(signed_data.certificates.as_ref().unwrap().0.len(), 2);
            let SignerIdentifier::IssuerAndSerialNumber(sid) = &signer.sid else {
                panic!("by serial number")
            };
            assert_eq!(sid.issuer.to_der().unwrap(), identity.certificate.issuer_der());
            assert_eq!(sid.serial_number.as_bytes(), identity.certificate.serial());
        }
    }
}

#[test]
fn encodes_it_again_to_the_same_octets() {
    let octets = Identity::new(LeafKey::P256).attached();
    let content_info = ContentInfo::from_der(&octets).unwrap();
    let signed_data: SignedData = content_info.content.decode_as().unwrap();
    assert_eq!(content_info.to_der().unwrap(), octets);
    assert_eq!(signed_data.to_der().unwrap(), content_info.content.to_der().unwrap());
}

#[test]
fn its_signed_attributes_are_the_signed_octets() {
    let identity = Identity::new(LeafKey::Rsa2048);
    let octets = identity.attached();
    let signed_data = decode(&octets);
    let signer = &signed_data.signer_infos.0.as_slice()[0];
    let signed = signer.signed_attrs.as_ref().unwrap().to_der().unwrap();
    let algorithm = kamusm_cades::algorithm::SignatureAlgorithm::RsaPkcs1Sha256;
    identity.certificate.verify(algorithm, &signed, signer.signature.as_bytes()).unwrap();

    let types: Vec<ObjectIdentifier> = signer.signed_attrs.as_ref().unwrap().iter().map(|a| a.oid).collect();
    use kamusm_cades::attributes::oid::{CONTENT_TYPE, MESSAGE_DIGEST, SIGNING_CERTIFICATE_V2, SIGNING_TIME};
    assert_eq!(types, [CONTENT_TYPE, SIGNING_TIME, MESSAGE_DIGEST, SIGNING_CERTIFICATE_V2]);
}
