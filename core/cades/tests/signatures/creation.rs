//! What [`kamusm_cades::sign`] makes and what it refuses.

use kamusm_cades::algorithm::{AlgorithmError, KeyAlgorithm};
use kamusm_cades::algorithm::{
    DigestAlgorithm, KeyError, SignatureAlgorithm, SignatureError, ecdsa_raw_from_der,
};
use kamusm_cades::attributes::{
    Attributes, CommitmentType, ContentHints, MimeType, PolicyHash, SignaturePolicy, SignerLocation, oid,
};
use kamusm_cades::cms::SignedData;
use kamusm_cades::sign::{Profile, SignError, ToBeSigned, begin, begin_digested};
use kamusm_cades::validate::{Level, validate_digested};
use kamusm_cades::x509::certificate::Certificate;
use kamusm_test_ca::{LeafKey, LeafSpec, TestCa};

use crate::identity::{Identity, KEYS, NOW, TEXT, verdict};
use crate::openssl::Files;

fn to_be_signed(identity: &Identity, profile: &Profile) -> ToBeSigned {
    begin(TEXT, &identity.certificate, std::slice::from_ref(&identity.sub), profile).unwrap()
}

#[test]
fn our_own_validation_passes() {
    for kind in KEYS {
        let identity = Identity::new(kind);
        for (cms, detached) in [(identity.attached(), None), (identity.detached(), Some(TEXT))] {
            let report = identity.validate(&cms, detached);
            assert_eq!(verdict(&report), "TOTAL-PASSED", "{kind:?}");
            let [signature] = report.signatures.as_slice() else { panic!("one signer") };
            assert_eq!(signature.level, Level::BaselineB);
            assert_eq!(signature.signer.as_ref(), Some(&identity.certificate));
            assert_eq!(signature.claims.signing_time, Some(identity.now));
        }
    }
}

#[test]
fn holds_the_attributes_of_profile_p1() {
    for (kind, expected) in [(LeafKey::Rsa2048, 4), (LeafKey::P256, 5), (LeafKey::P384, 5)] {
        let identity = Identity::new(kind);
        let cms = identity.attached();
        let parsed = SignedData::parse(&cms).unwrap();
        let signer = &parsed.signer_infos()[0];
        let attributes = Attributes::read(&signer.signed_attributes.unwrap()).unwrap();
        assert_eq!(attributes.iter().count(), expected, "{kind:?}");
        assert!(attributes.is_sorted());
        assert!(!attributes.contains(&oid::SIGNING_CERTIFICATE));
        assert_eq!(attributes.contains(&oid::ALGORITHM_PROTECTION), kind != LeafKey::Rsa2048);
        assert!(signer.unsigned_attributes.is_none());
        assert_eq!((parsed.version(), signer.version), (1, 1));
        assert!(signer.digest_algorithm.parameters.is_none());
        assert_eq!(signer.signature_algorithm.parameters.is_some(), kind == LeafKey::Rsa2048);
    }
}

#[test]
fn embeds_each_certificate_once_and_verbatim() {
    let identity = Identity::new(LeafKey::P256);
    let chain =
        [identity.sub.clone(), identity.root.clone(), identity.sub.clone(), identity.certificate.clone()];
    let profile = Profile::new(true, identity.now);
    let to_be_signed = begin(TEXT, &identity.certificate, &chain, &profile).unwrap();
    let cms = to_be_signed.finish(&identity.key.sign(to_be_signed.signed_attributes())).unwrap();
    let parsed = SignedData::parse(&cms).unwrap();
    let mut expected = vec![identity.certificate.der(), identity.sub.der(), identity.root.der()];
    expected.sort_unstable();
    assert_eq!(parsed.x509_certificates().collect::<Vec<_>>(), expected);
}

#[test]
fn the_same_arguments_give_the_same_octets() {
    let identity = Identity::new(LeafKey::P384);
    let profile = Profile::new(true, identity.now);
    let (first, second) = (to_be_signed(&identity, &profile), to_be_signed(&identity, &profile));
    assert_eq!(first.signed_attributes(), second.signed_attributes());
    assert_eq!(first.algorithm(), SignatureAlgorithm::EcdsaP384Sha384);
    assert_eq!(first.digest(), DigestAlgorithm::Sha384.digest(first.signed_attributes()).as_ref());
    assert_eq!(first.signed_attributes()[0], 0x31);
}

#[test]
fn finish_takes_only_a_signature_of_the_certificate() {
    let identity = Identity::new(LeafKey::P256);
    let other = Identity::new(LeafKey::P256);
    let to_be_signed = to_be_signed(&identity, &Profile::new(true, identity.now));
    let octets = to_be_signed.signed_attributes();
    let good = identity.key.sign(octets);
    let invalid = SignError::Signature(SignatureError::Invalid);
    assert_eq!(to_be_signed.finish(&other.key.sign(octets)).unwrap_err(), invalid);
    assert_eq!(to_be_signed.finish(&identity.key.sign(b"other")).unwrap_err(), invalid);
    assert_eq!(
        to_be_signed.finish(&ecdsa_raw_from_der(&good, KeyAlgorithm::P256).unwrap()).unwrap_err(),
        invalid
    );
    assert_eq!(to_be_signed.finish(&[]).unwrap_err(), invalid);
    to_be_signed.finish(&good).unwrap();
}

#[test]
fn short_rsa_keys_are_refused() {
    let identity = Identity::new(LeafKey::P256);
    let files = Files::of(&identity);
    files.openssl(&["genrsa", "-out", "short.key", "1024"]).unwrap();
    let spki = files.openssl(&["rsa", "-in", "short.key", "-pubout", "-outform", "DER"]).unwrap();
    let der = TestCa::new(*NOW).issue_for_spki(&LeafSpec::default(), &spki);
    let certificate = Certificate::from_der(&der).unwrap();
    let error = begin(TEXT, &certificate, &[], &Profile::new(true, *NOW)).unwrap_err();
    assert_eq!(error, SignError::Key(KeyError::RsaSize { bits: 1024 }));
}

#[test]
fn optional_attributes_read_back() {
    let identity = Identity::new(LeafKey::P256);
    let location = SignerLocation {
        country: Some("TR".into()),
        locality: Some("Gebze".into()),
        postal_address: vec!["TÜBİTAK BİLGEM".into(), "41470".into()],
    };
    let policy = SignaturePolicy {
        id: der::asn1::ObjectIdentifier::new_unwrap("2.16.792.1.61.0.1.5070.3.1.1"),
        hash: PolicyHash {
            algorithm: DigestAlgorithm::Sha256.identifier_der().to_vec(),
            value: DigestAlgorithm::Sha256.digest(b"policy").as_ref().to_vec(),
        },
        uri: Some("http://www.eimza.gov.tr/EimzaPolitikalari/216792161015070311.pdf".into()),
    };
    let profile = Profile {
        mime_type: MimeType::parse("text/plain; charset=utf-8"),
        content_hints: Some(ContentHints { description: Some("text/plain".into()) }),
        commitment: Some(CommitmentType::PROOF_OF_APPROVAL),
        location: Some(location.clone()),
        policy: Some(policy.clone()),
        ..Profile::new(true, identity.now)
    };
    let cms = identity.sign(&profile);
    Files::of(&identity).verify(&cms, false).unwrap();
    let report = identity.validate(&cms, None);
    assert_eq!(verdict(&report), "TOTAL-PASSED");
    let claims = &report.signatures[0].claims;
    assert_eq!(claims.mime_type, profile.mime_type);
    assert_eq!(claims.content_hints, profile.content_hints);
    assert_eq!(claims.commitments, [CommitmentType::PROOF_OF_APPROVAL]);
    assert_eq!(claims.location, Some(location));
    assert_eq!(claims.policy, Some(policy));
}

#[test]
fn profiles_that_break_a_rule_are_refused() {
    let identity = Identity::new(LeafKey::P256);
    let refuse = |profile: &Profile| begin(TEXT, &identity.certificate, &[], profile).unwrap_err();
    let sound = Profile::new(true, identity.now);
    let empty = Profile { location: Some(SignerLocation::default()), ..sound.clone() };
    assert_eq!(refuse(&empty), SignError::Attribute { attribute: oid::SIGNER_LOCATION });
    assert_eq!(refuse(&Profile::new(true, i64::MAX)), SignError::Attribute { attribute: oid::SIGNING_TIME });

    let sha1 = vec![0x30, 0x07, 0x06, 0x05, 0x2b, 0x0e, 0x03, 0x02, 0x1a];
    let with_hash = |algorithm: Vec<u8>, value: Vec<u8>| {
        let id = der::asn1::ObjectIdentifier::new_unwrap("2.16.792.1.61.0.1.5070.3.1.1");
        let hash = PolicyHash { algorithm, value };
        Profile { policy: Some(SignaturePolicy { id, hash, uri: None }), ..sound.clone() }
    };
    assert!(matches!(
        refuse(&with_hash(sha1, vec![1; 20])),
        SignError::Algorithm(AlgorithmError::Broken { .. })
    ));
    let sha256 = DigestAlgorithm::Sha256.identifier_der().to_vec();
    assert_eq!(
        refuse(&with_hash(sha256.clone(), vec![1; 20])),
        SignError::Attribute { attribute: oid::SIGNATURE_POLICY }
    );
    begin(TEXT, &identity.certificate, &[], &with_hash(sha256, vec![0])).unwrap();
}

#[test]
fn detached_content_may_be_hashed_elsewhere() {
    let identity = Identity::new(LeafKey::P256);
    let digest = DigestAlgorithm::Sha256.digest(TEXT);
    let profile = Profile::new(false, identity.now);
    let chain = [identity.sub.clone()];
    let by_digest = begin_digested(&digest, &identity.certificate, &chain, &profile).unwrap();
    assert_eq!(by_digest.signed_attributes(), to_be_signed(&identity, &profile).signed_attributes());
    let cms = by_digest.finish(&identity.key.sign(by_digest.signed_attributes())).unwrap();
    let validated = |digest| verdict(&validate_digested(&cms, &[digest], &identity.policy()));
    assert_eq!(validated(digest), "TOTAL-PASSED");
    assert_eq!(validated(DigestAlgorithm::Sha256.digest(b"other")), "TOTAL-FAILED/HASH_FAILURE");
    assert_eq!(validated(DigestAlgorithm::Sha512.digest(TEXT)), "INDETERMINATE/SIGNED_DATA_NOT_FOUND");
    let attached = identity.attached();
    let differing = [DigestAlgorithm::Sha384.digest(b"other")];
    let report = validate_digested(&attached, &differing, &identity.policy());
    assert_eq!(verdict(&report), "TOTAL-FAILED/HASH_FAILURE");

    let refuse = |digest, attached| {
        let profile = Profile::new(attached, identity.now);
        begin_digested(digest, &identity.certificate, &chain, &profile).unwrap_err()
    };
    assert_eq!(refuse(&digest, true), SignError::ContentNeeded);
    let sha384 = DigestAlgorithm::Sha384;
    assert_eq!(
        refuse(&sha384.digest(TEXT), false),
        SignError::ContentDigest { needed: DigestAlgorithm::Sha256, given: sha384 }
    );
}

#[test]
fn debug_output_names_nobody() {
    let identity = Identity::new(LeafKey::P256);
    let text = format!("{:?}", to_be_signed(&identity, &Profile::new(true, identity.now)));
    let name = identity.certificate.common_name().unwrap();
    let tckn = identity.certificate.tckn().unwrap();
    assert!(!text.contains(&name) && !text.contains(&tckn), "{text}");
    let report = format!("{:?}", identity.validate(&identity.attached(), None));
    assert!(!report.contains(&name) && !report.contains(&tckn), "{report}");
}
