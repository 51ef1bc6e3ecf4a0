//! Files that some verifier in use accepts or refuses wrongly, rebuilt with own keys: what this library says.

use kamusm_cades::algorithm::{DigestAlgorithm, ecdsa_raw_from_der};
use kamusm_cades::asn1::Tag;
use kamusm_cades::attributes::oid;
use kamusm_cades::cms::oid::SIGNED_DATA;
use kamusm_cades::validate::{Level, Reason, Warning};
use kamusm_cades::{algorithm::KeyAlgorithm, cms::SignedData};
use kamusm_test_ca::LeafKey;

use crate::forge::{
    Forge, attribute, content_type, id, join, message_digest, rebuild, reference, references, set, value,
};
use crate::identity::{Identity, TEXT, verdict};

const PASSED: &str = "TOTAL-PASSED";
const FORMAT_FAILURE: &str = "TOTAL-FAILED/FORMAT_FAILURE";
const HASH_FAILURE: &str = "TOTAL-FAILED/HASH_FAILURE";
const SIG_CRYPTO_FAILURE: &str = "TOTAL-FAILED/SIG_CRYPTO_FAILURE";
const NO_SIGNING_CERTIFICATE: &str = "INDETERMINATE/NO_SIGNING_CERTIFICATE_FOUND";
const SIG_CONSTRAINTS_FAILURE: &str = "INDETERMINATE/SIG_CONSTRAINTS_FAILURE";

#[track_caller]
fn assert_verdict(identity: &Identity, cms: &[u8], expected: &str) {
    assert_eq!(verdict(&identity.validate(cms, Some(TEXT))), expected);
}

fn identity() -> Identity {
    Identity::new(LeafKey::P256)
}

#[test]
fn a_sound_signature_passes() {
    for kind in [LeafKey::Rsa2048, LeafKey::P256, LeafKey::P384, LeafKey::P521] {
        let identity = Identity::new(kind);
        let report = identity.validate(&Forge::new(&identity).build(), Some(TEXT));
        assert_eq!(verdict(&report), PASSED, "{kind:?}");
        assert_eq!(report.signatures[0].level, Level::BaselineB);
        assert_eq!(report.signatures[0].level.to_string(), "CAdES-BASELINE-B");
    }
}

#[test]
fn without_signed_attributes() {
    let identity = identity();
    let forge = Forge::new(&identity);
    let cms = forge.build_without_attributes(TEXT);
    assert_verdict(&identity, &cms, FORMAT_FAILURE);
    let report = identity.validate(&cms, Some(TEXT));
    assert_eq!(report.signatures[0].level.to_string(), "CMS-NOT-ETSI");
    assert_eq!(report.signatures[0].failure.as_ref().unwrap().reason, Reason::NoSignedAttributes);
    let with_empty_set = forge.write(&[0x31, 0], &identity.key.sign(&[0x31, 0]));
    assert_verdict(&identity, &with_empty_set, FORMAT_FAILURE);
}

#[test]
fn forged_attributes() {
    let identity = identity();
    let genuine = identity.detached();
    let genuine = SignedData::parse(&genuine).unwrap();
    let signer = &genuine.signer_infos()[0];
    let mut content = signer.signed_attributes.unwrap().raw.to_vec();
    content[0] = Tag::SET.0;

    let mut forge = Forge::new(&identity);
    let detached = forge.write(&[], &signer.signature);
    let report = identity.validate(&detached, Some(&content));
    assert_eq!(verdict(&report), FORMAT_FAILURE);
    assert_eq!(report.signatures[0].failure.as_ref().unwrap().reason, Reason::ForgedAttributes);
    // The forgery is a real one: the old signature does verify over the new content.
    identity.certificate.verify(forge_algorithm(&identity), &content, &signer.signature).unwrap();

    forge.content = Some(content);
    let attached = forge.write(&[], &signer.signature);
    assert_eq!(verdict(&identity.validate(&attached, None)), FORMAT_FAILURE);
}

fn forge_algorithm(identity: &Identity) -> kamusm_cades::algorithm::SignatureAlgorithm {
    kamusm_cades::algorithm::SignatureAlgorithm::for_key(identity.certificate.key_algorithm().unwrap())
        .unwrap()
}

#[test]
fn without_signing_certificate() {
    let identity = identity();
    let cms = Forge::new(&identity).without(&oid::SIGNING_CERTIFICATE_V2).build();
    assert_verdict(&identity, &cms, SIG_CONSTRAINTS_FAILURE);
    assert_eq!(identity.validate(&cms, Some(TEXT)).signatures[0].level, Level::NotEtsi);
}

#[test]
fn signing_certificate_of_another_certificate() {
    let identity = identity();
    let wrong_hash = Forge::new(&identity).with(references(&[id(&[0; 32], None)])).build();
    assert_verdict(&identity, &wrong_hash, NO_SIGNING_CERTIFICATE);

    let own = DigestAlgorithm::Sha256.digest(identity.certificate.der());
    let issuer = DigestAlgorithm::Sha256.digest(identity.sub.der());
    let own = id(own.as_ref(), None);
    let issuer = id(issuer.as_ref(), None);
    let only_issuer = Forge::new(&identity).with(reference(identity.sub.der())).build();
    assert_verdict(&identity, &only_issuer, NO_SIGNING_CERTIFICATE);
    let issuer_first = Forge::new(&identity).with(references(&[issuer.clone(), own.clone()])).build();
    assert_verdict(&identity, &issuer_first, NO_SIGNING_CERTIFICATE);
    let own_first = Forge::new(&identity).with(references(&[own, issuer])).build();
    assert_verdict(&identity, &own_first, PASSED);
}

#[test]
fn issuer_serial_must_match_where_it_is() {
    let identity = identity();
    let digest = DigestAlgorithm::Sha256.digest(identity.certificate.der());
    let with = |issuer: &[u8], serial: &[u8]| {
        let id = id(digest.as_ref(), Some((issuer, serial)));
        Forge::new(&identity).with(references(&[id])).build()
    };
    let (issuer, serial) = (identity.certificate.issuer_der(), identity.certificate.serial());
    let right = identity.validate(&with(issuer, serial), Some(TEXT));
    assert_eq!(verdict(&right), PASSED);
    assert!(right.signatures[0].warnings.contains(&Warning::IssuerSerial));
    assert_verdict(&identity, &with(issuer, &[1]), NO_SIGNING_CERTIFICATE);
    assert_verdict(&identity, &with(identity.certificate.subject_der(), serial), NO_SIGNING_CERTIFICATE);
}

#[test]
fn explicit_sha256_is_harmless() {
    let identity = identity();
    let digest = DigestAlgorithm::Sha256.digest(identity.certificate.der());
    let explicit = [DigestAlgorithm::Sha256.identifier_der().to_vec(), id(digest.as_ref(), None)].concat();
    assert_verdict(&identity, &Forge::new(&identity).with(references(&[explicit])).build(), PASSED);
    let wrong_algorithm =
        [DigestAlgorithm::Sha512.identifier_der().to_vec(), id(digest.as_ref(), None)].concat();
    let cms = Forge::new(&identity).with(references(&[wrong_algorithm])).build();
    assert_verdict(&identity, &cms, NO_SIGNING_CERTIFICATE);
}

#[test]
fn both_generations_of_the_reference_are_too_many() {
    let identity = identity();
    let sha1 =
        aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA1_FOR_LEGACY_USE_ONLY, identity.certificate.der());
    let list = value(Tag::SEQUENCE, &value(Tag::SEQUENCE, &id(sha1.as_ref(), None)));
    let old = attribute(&oid::SIGNING_CERTIFICATE, &[value(Tag::SEQUENCE, &list)]);
    assert_verdict(&identity, &Forge::new(&identity).and(old.clone()).build(), SIG_CONSTRAINTS_FAILURE);
    let only_old = Forge::new(&identity).without(&oid::SIGNING_CERTIFICATE_V2).and(old).build();
    let report = identity.validate(&only_old, Some(TEXT));
    assert_eq!(verdict(&report), PASSED);
    assert!(report.signatures[0].warnings.contains(&Warning::SigningCertificateV1));
}

#[test]
fn content_type_and_message_digest() {
    let identity = identity();
    let forge = || Forge::new(&identity);
    let digest = DigestAlgorithm::Sha256.digest(TEXT);
    assert_verdict(&identity, &forge().with(content_type(&SIGNED_DATA)).build(), FORMAT_FAILURE);
    assert_verdict(&identity, &forge().without(&oid::CONTENT_TYPE).build(), FORMAT_FAILURE);
    assert_verdict(&identity, &forge().without(&oid::MESSAGE_DIGEST).build(), FORMAT_FAILURE);
    assert_verdict(&identity, &forge().with(message_digest(&[&[7; 32]])).build(), HASH_FAILURE);
    assert_verdict(
        &identity,
        &forge().with(message_digest(&[digest.as_ref(), &[0; 32]])).build(),
        FORMAT_FAILURE,
    );
    assert_verdict(&identity, &forge().and(message_digest(&[digest.as_ref()])).build(), FORMAT_FAILURE);
    let not_octets = attribute(&oid::MESSAGE_DIGEST, &[value(Tag::UTF8_STRING, digest.as_ref())]);
    assert_verdict(&identity, &forge().with(not_octets).build(), FORMAT_FAILURE);
    assert_eq!(verdict(&identity.validate(&forge().build(), Some(b"other"))), HASH_FAILURE);
    assert_eq!(verdict(&identity.validate(&forge().build(), None)), "INDETERMINATE/SIGNED_DATA_NOT_FOUND");
}

#[test]
fn unsorted_attributes() {
    let identity = identity();
    let mut forge = Forge::new(&identity);
    let sorted = set(&forge.attributes);
    forge.attributes.reverse();
    let signed_as_stored = identity.validate(&forge.build(), Some(TEXT));
    assert_eq!(verdict(&signed_as_stored), SIG_CRYPTO_FAILURE);
    let reason = &signed_as_stored.signatures[0].failure.as_ref().unwrap().reason;
    assert_eq!(*reason, Reason::SignedAttributesNotDer);

    forge.signed = Some(sorted);
    let signed_sorted = identity.validate(&forge.build(), Some(TEXT));
    assert_eq!(verdict(&signed_sorted), PASSED);
    assert!(signed_sorted.signatures[0].warnings.contains(&Warning::UnsortedAttributes));
}

#[test]
fn signing_time() {
    let identity = identity();
    let forge = || Forge::new(&identity);
    let without = forge().without(&oid::SIGNING_TIME).build();
    assert_verdict(&identity, &without, SIG_CONSTRAINTS_FAILURE);
    assert_eq!(identity.validate(&without, Some(TEXT)).signatures[0].level.to_string(), "CAdES-BES");

    let day = 86_400;
    for (offset, expected) in [
        (0, PASSED),
        (-day + 60, PASSED),
        (-2 * day, SIG_CONSTRAINTS_FAILURE),
        (299, PASSED),
        (301, SIG_CONSTRAINTS_FAILURE),
        (400 * day, SIG_CONSTRAINTS_FAILURE),
    ] {
        let cms = forge().with(signing_time_at(&identity, offset)).build();
        assert_eq!(verdict(&identity.validate(&cms, Some(TEXT))), expected, "{offset}");
    }

    let two = forge().and(signing_time_at(&identity, -60)).build();
    assert_verdict(&identity, &two, FORMAT_FAILURE);
    for text in ["20260713120000Z", "20260713120000.5Z", "20260713150000+0300"] {
        let time = attribute(&oid::SIGNING_TIME, &[value(Tag::GENERALIZED_TIME, text.as_bytes())]);
        let report = identity.validate(&forge().with(time).build(), Some(TEXT));
        let expected = if text.len() == 15 { SIG_CONSTRAINTS_FAILURE } else { FORMAT_FAILURE };
        assert_eq!(verdict(&report), expected, "{text}");
        if text.len() == 15 {
            assert_eq!(report.signatures[0].failure.as_ref().unwrap().reason, Reason::SigningTimeForm);
            assert_eq!(report.signatures[0].level, Level::BaselineB);
        }
    }
}

fn signing_time_at(identity: &Identity, offset: i64) -> Vec<u8> {
    crate::forge::signing_time(identity.now + offset)
}

#[test]
fn signer_is_not_in_the_file() {
    let identity = identity();
    let mut forge = Forge::new(&identity);
    forge.certificates.clear();
    assert_verdict(&identity, &forge.build(), NO_SIGNING_CERTIFICATE);

    let mut forge = Forge::new(&identity);
    forge.issuer = identity.sub.issuer_der().to_vec();
    forge.serial_number = identity.sub.serial().to_vec();
    assert_verdict(&identity, &forge.build(), NO_SIGNING_CERTIFICATE);

    let mut forge = Forge::new(&identity);
    forge.serial_number = vec![1];
    assert_verdict(&identity, &forge.build(), NO_SIGNING_CERTIFICATE);

    let mut forge = Forge::new(&identity);
    forge.certificates.remove(1);
    assert_verdict(&identity, &forge.build(), "INDETERMINATE/NO_CERTIFICATE_CHAIN_FOUND");
    let mut policy = identity.policy();
    policy.intermediates.push(identity.sub.clone());
    let report = kamusm_cades::validate::validate(&forge.build(), Some(TEXT), &policy);
    assert_eq!(verdict(&report), PASSED);
}

#[test]
fn the_right_one_of_two_certificates_with_one_name() {
    let identity = identity();
    let spec = kamusm_test_ca::LeafSpec {
        serial: Some(identity.certificate.serial().to_vec()),
        ..kamusm_test_ca::LeafSpec::default()
    };
    let twin = Identity::with(&spec);
    assert_eq!(twin.certificate.serial(), identity.certificate.serial());
    let mut forge = Forge::new(&identity);
    forge.certificates.push(twin.certificate.der().to_vec());
    let report = identity.validate(&forge.build(), Some(TEXT));
    assert_eq!(verdict(&report), PASSED);
    assert_eq!(report.signatures[0].signer.as_ref(), Some(&identity.certificate));
}

#[test]
fn algorithms_that_do_not_fit_together() {
    let identity = identity();
    let mut forge = Forge::new(&identity);
    forge.digest_algorithm = DigestAlgorithm::Sha512.identifier_der().to_vec();
    assert_verdict(&identity, &forge.build(), HASH_FAILURE);

    let digest = DigestAlgorithm::Sha512.digest(TEXT);
    let forge = forge.with(message_digest(&[digest.as_ref()]));
    assert_verdict(&identity, &forge.build(), SIG_CRYPTO_FAILURE);

    // ecdsa-with-SHA3-256 is not verified, but it is seen that it is not the algorithm of this digest.
    let mut forge = Forge::new(&identity);
    let named = der::asn1::ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.3.10");
    forge.signature_algorithm = value(Tag::SEQUENCE, &value(Tag::OBJECT_IDENTIFIER, named.as_bytes()));
    let report = identity.validate(&forge.build(), Some(TEXT));
    assert_eq!(verdict(&report), SIG_CRYPTO_FAILURE);
    let reason = &report.signatures[0].failure.as_ref().unwrap().reason;
    assert!(matches!(reason, Reason::DigestMismatch { named, .. } if named == "2.16.840.1.101.3.4.2.8"));
}

#[test]
fn protected_algorithms_must_be_those_in_use() {
    let identity = identity();
    let cms = identity.detached();
    assert_verdict(&identity, &cms, PASSED);
    let protection = |digest: DigestAlgorithm| {
        let mut signature = forge_algorithm(&identity).identifier_der().to_vec();
        signature[0] = Tag::context_constructed(1).0;
        let contents = [digest.identifier_der().to_vec(), signature].concat();
        attribute(&oid::ALGORITHM_PROTECTION, &[value(Tag::SEQUENCE, &contents)])
    };
    let right = Forge::new(&identity).and(protection(DigestAlgorithm::Sha256)).build();
    assert_verdict(&identity, &right, PASSED);
    let wrong = Forge::new(&identity).and(protection(DigestAlgorithm::Sha384)).build();
    assert_verdict(&identity, &wrong, SIG_CRYPTO_FAILURE);
}

#[test]
fn raw_ecdsa_value() {
    let identity = identity();
    let mut forge = Forge::new(&identity);
    forge.spoil = |signature| ecdsa_raw_from_der(&signature, KeyAlgorithm::P256).unwrap();
    assert_verdict(&identity, &forge.build(), SIG_CRYPTO_FAILURE);
    forge.spoil = |mut signature| {
        *signature.last_mut().unwrap() ^= 1;
        signature
    };
    assert_verdict(&identity, &forge.build(), SIG_CRYPTO_FAILURE);
}

#[test]
fn octets_behind_the_file_are_reported() {
    let identity = identity();
    let mut cms = identity.detached();
    cms.extend_from_slice(b"tail");
    let report = identity.validate(&cms, Some(TEXT));
    assert_eq!(verdict(&report), PASSED);
    assert_eq!(report.warnings, [Warning::TrailingOctets { octets: 4 }]);
}

#[test]
fn attached_and_given_content_must_be_equal() {
    let identity = identity();
    let cms = identity.attached();
    assert_eq!(verdict(&identity.validate(&cms, None)), PASSED);
    assert_eq!(verdict(&identity.validate(&cms, Some(TEXT))), PASSED);
    let report = identity.validate(&cms, Some(b"other"));
    assert_eq!(verdict(&report), HASH_FAILURE);
    assert_eq!(report.signatures[0].failure.as_ref().unwrap().reason, Reason::ContentDiffers);
}

#[test]
fn each_signer_is_judged_alone() {
    let identity = identity();
    let both = join(&identity.detached(), &Forge::new(&identity).build());
    assert_eq!(verdict(&identity.validate(&both, Some(TEXT))), format!("{PASSED} {PASSED}"));

    let broken = Forge::new(&identity).with(message_digest(&[&[0; 32]])).build();
    let mixed = join(&identity.detached(), &broken);
    assert_eq!(verdict(&identity.validate(&mixed, Some(TEXT))), format!("{PASSED} {HASH_FAILURE}"));
}

#[test]
fn nobody_signed() {
    let identity = identity();
    let cms = identity.attached();
    let parsed = SignedData::parse(&cms).unwrap();
    let certificates: Vec<&[u8]> = parsed.x509_certificates().collect();
    let empty = rebuild(&parsed, &certificates.concat(), None, &[]);
    let report = identity.validate(&empty, None);
    assert_eq!(verdict(&report), FORMAT_FAILURE);
    assert_eq!(report.signatures[0].failure.as_ref().unwrap().reason, Reason::NoSigner);
}
