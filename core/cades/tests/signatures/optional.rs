//! Optional attributes that cannot be read, and oddities that are only reported.

use der::asn1::ObjectIdentifier;
use kamusm_cades::asn1::Tag;
use kamusm_cades::attributes::{CommitmentType, oid};
use kamusm_cades::cms::oid::DATA;
use kamusm_cades::cms::{CmsError, SignedData};
use kamusm_cades::validate::{Reason, SignatureReport, Warning};
use kamusm_test_ca::LeafKey;

use crate::forge::{Forge, attribute, rebuild, value};
use crate::identity::{Identity, TEXT, verdict};

const SIG_CONSTRAINTS_FAILURE: &str = "INDETERMINATE/SIG_CONSTRAINTS_FAILURE";

fn judge(oid: &ObjectIdentifier, values: &[Vec<u8>]) -> (String, SignatureReport) {
    let identity = Identity::new(LeafKey::P256);
    let mut report =
        identity.validate(&Forge::new(&identity).and(attribute(oid, values)).build(), Some(TEXT));
    (verdict(&report), report.signatures.remove(0))
}

fn oid_value(oid: &ObjectIdentifier) -> Vec<u8> {
    value(Tag::OBJECT_IDENTIFIER, oid.as_bytes())
}

#[test]
fn commitments() {
    let commitment = |oid: &ObjectIdentifier| value(Tag::SEQUENCE, &oid_value(oid));
    let approval = commitment(&CommitmentType::PROOF_OF_APPROVAL.0);
    let origin = commitment(&CommitmentType::PROOF_OF_ORIGIN.0);
    let (verdict, report) = judge(&oid::COMMITMENT_TYPE, &[approval.clone(), origin]);
    assert_eq!(verdict, "TOTAL-PASSED");
    assert_eq!(
        report.claims.commitments,
        [CommitmentType::PROOF_OF_APPROVAL, CommitmentType::PROOF_OF_ORIGIN]
    );
    let qualified = value(Tag::SEQUENCE, &[oid_value(&DATA), value(Tag::SEQUENCE, &approval)].concat());
    assert_eq!(judge(&oid::COMMITMENT_TYPE, &[qualified]).0, "TOTAL-PASSED");
    assert_eq!(judge(&oid::COMMITMENT_TYPE, &[oid_value(&DATA)]).0, SIG_CONSTRAINTS_FAILURE);
}

#[test]
fn locations() {
    let explicit = |number, inner: &[u8]| value(Tag::context_constructed(number), inner);
    let text = |text: &str| value(Tag::UTF8_STRING, text.as_bytes());
    let judge = |members: &[u8]| judge(&oid::SIGNER_LOCATION, &[value(Tag::SEQUENCE, members)]);
    let (verdict, report) = judge(&explicit(1, &value(Tag::PRINTABLE_STRING, b"Gebze")));
    assert_eq!(verdict, "TOTAL-PASSED");
    assert_eq!(report.claims.location.unwrap().locality.as_deref(), Some("Gebze"));
    assert_eq!(judge(&[]).0, SIG_CONSTRAINTS_FAILURE);
    // Implicit tags, the usual mistake.
    assert_eq!(judge(&value(Tag::context(0), b"TR")).0, SIG_CONSTRAINTS_FAILURE);
    let lines = |count| explicit(2, &value(Tag::SEQUENCE, &text("line").repeat(count)));
    assert_eq!(judge(&lines(6)).0, "TOTAL-PASSED");
    assert_eq!(judge(&lines(7)).0, SIG_CONSTRAINTS_FAILURE);
}

#[test]
fn policies() {
    let implied = judge(&oid::SIGNATURE_POLICY, &[value(Tag::NULL, b"")]);
    assert_eq!(implied.0, SIG_CONSTRAINTS_FAILURE);
    assert!(implied.1.claims.policy.is_none());
    let sha256 = kamusm_cades::algorithm::DigestAlgorithm::Sha256.identifier_der();
    let hash = value(Tag::SEQUENCE, &[sha256.to_vec(), value(Tag::OCTET_STRING, &[0; 32])].concat());
    let policy = value(Tag::SEQUENCE, &[oid_value(&DATA), hash].concat());
    let (verdict, report) = judge(&oid::SIGNATURE_POLICY, &[policy]);
    assert_eq!(verdict, "TOTAL-PASSED");
    assert!(report.warnings.contains(&Warning::PolicyNotProcessed));
    assert!(!report.claims.policy.unwrap().hash.is_known());
}

#[test]
fn descriptions_of_the_content() {
    let identity = Identity::new(LeafKey::P256);
    let report = identity.validate(&identity.attached(), None);
    assert_eq!(report.signatures[0].warnings, [Warning::ContentNotDescribed, Warning::RevocationUnknown]);
    for (oid, spoilt) in [
        (oid::MIME_TYPE, value(Tag::UTF8_STRING, b"plain")),
        (oid::MIME_TYPE, value(Tag::IA5_STRING, b"text/plain")),
        (oid::CONTENT_HINTS, value(Tag::SEQUENCE, b"")),
    ] {
        let (verdict, report) = judge(&oid, &[spoilt]);
        assert_eq!(verdict, "TOTAL-PASSED");
        assert_eq!(report.warnings, [Warning::UnreadableContentDescription, Warning::RevocationUnknown]);
        assert!(report.claims.mime_type.is_none() && report.claims.content_hints.is_none());
    }
    let (_, report) = judge(&oid::MIME_TYPE, &[value(Tag::UTF8_STRING, b"text/plain")]);
    assert_eq!(report.warnings, [Warning::RevocationUnknown]);
}

#[test]
fn old_references_are_compared_too() {
    let list = |hash: &[u8]| {
        let id = value(Tag::SEQUENCE, &value(Tag::OCTET_STRING, hash));
        value(Tag::SEQUENCE, &value(Tag::SEQUENCE, &id))
    };
    let identity = Identity::new(LeafKey::P256);
    let wrong = attribute(&oid::SIGNING_CERTIFICATE, &[list(&[0; 20])]);
    let cms = Forge::new(&identity).without(&oid::SIGNING_CERTIFICATE_V2).and(wrong).build();
    let report = identity.validate(&cms, Some(TEXT));
    assert_eq!(verdict(&report), "INDETERMINATE/NO_SIGNING_CERTIFICATE_FOUND");
    assert_eq!(report.signatures[0].failure.as_ref().unwrap().reason, Reason::CertificateHash);
}

#[test]
fn unreadable_certificates_are_counted() {
    let identity = Identity::new(LeafKey::P256);
    let mut forge = Forge::new(&identity);
    forge.certificates.push(value(Tag::SEQUENCE, b"\x05\x00"));
    let report = identity.validate(&forge.build(), Some(TEXT));
    assert_eq!(verdict(&report), "TOTAL-PASSED");
    assert_eq!(report.warnings, [Warning::UnreadableCertificates { count: 1 }]);
}

/// Octets inside a value that no standard has a place for must not survive unseen.
#[test]
fn nothing_may_follow_the_last_field() {
    let cms = Identity::new(LeafKey::P256).attached();
    let parsed = SignedData::parse(&cms).unwrap();
    let certificates = parsed.x509_certificates().collect::<Vec<_>>().concat();
    let signer = kamusm_cades::asn1::Reader::der_value(parsed.signer_infos()[0].raw, Tag::SEQUENCE).unwrap();
    let longer = value(Tag::SEQUENCE, &[signer.value, &[0x05, 0x00]].concat());
    let part = |cms: &[u8]| match SignedData::parse(cms) {
        Err(CmsError::Encoding { part, .. }) => part,
        other => panic!("{other:?}"),
    };
    assert_eq!(part(&rebuild(&parsed, &certificates, None, &longer)), "signerInfos");

    let oid = oid_value(&kamusm_cades::cms::oid::SIGNED_DATA);
    let wrap = |members: &[Vec<u8>]| {
        let explicit = value(Tag::context_constructed(0), &value(Tag::SEQUENCE, &members.concat()));
        value(Tag::SEQUENCE, &[oid.clone(), explicit].concat())
    };
    let null = value(Tag::NULL, b"");
    let content =
        value(Tag::context_constructed(0), &[value(Tag::OCTET_STRING, TEXT), null.clone()].concat());
    let (version, set) = (value(Tag::INTEGER, &[1]), value(Tag::SET, b""));
    let sound = value(Tag::SEQUENCE, &oid_value(&DATA));
    let spoilt = value(Tag::SEQUENCE, &[oid_value(&DATA), content].concat());
    SignedData::parse(&wrap(&[version.clone(), set.clone(), sound.clone(), set.clone()])).unwrap();
    assert_eq!(part(&wrap(&[version.clone(), set.clone(), spoilt, set.clone()])), "encapContentInfo");
    assert_eq!(part(&wrap(&[version, set.clone(), sound, set, null])), "SignedData");
}
