//! Signatures over a signature value (RFC 5652 clause 11.4).

use kamusm_cades::algorithm::DigestAlgorithm;
use kamusm_cades::asn1::{Reader, Tag};
use kamusm_cades::attributes::oid;
use kamusm_cades::cms::SignedData;
use kamusm_cades::cms::oid::DATA;
use kamusm_cades::validate::{Level, Report, SubIndication, Warning};
use kamusm_test_ca::LeafKey;

use crate::forge::{Forge, attribute, content_type, message_digest, value, with_unsigned};
use crate::identity::{Identity, TEXT, verdict};

/// A SignerInfo of `identity` over the signature of `cms`, spoilt by `change`.
fn countersigner(identity: &Identity, cms: &[u8], change: impl Fn(Forge<'_>) -> Forge<'_>) -> Vec<u8> {
    let parsed = SignedData::parse(cms).unwrap();
    let digest = DigestAlgorithm::Sha256.digest(&parsed.signer_infos()[0].signature);
    let forge = Forge::new(identity).without(&oid::CONTENT_TYPE).with(message_digest(&[digest.as_ref()]));
    SignedData::parse(&change(forge).build()).unwrap().signer_infos()[0].raw.to_vec()
}

struct Scene {
    signer: Identity,
    witness: Identity,
    cms: Vec<u8>,
}

impl Scene {
    fn new() -> Self {
        let signer = Identity::new(LeafKey::P256);
        Self { cms: signer.attached(), witness: Identity::new(LeafKey::P256), signer }
    }

    fn judge(&self, countersigner: &[u8]) -> Report {
        let attribute = attribute(&oid::COUNTERSIGNATURE, &[countersigner.to_vec()]);
        let cms = with_unsigned(&self.cms, &attribute, self.witness.certificate.der());
        let report = self.signer.validate(&cms, None);
        // Whatever is said about a signature does not change the verdict on it.
        assert_eq!(verdict(&report), "TOTAL-PASSED");
        report
    }

    fn sub_indication(&self, countersigner: &[u8]) -> Option<SubIndication> {
        let report = self.judge(countersigner);
        let [countersignature] = report.signatures[0].countersignatures.as_slice() else { panic!("one") };
        countersignature.sub_indication()
    }
}

#[test]
fn a_sound_one_passes() {
    let scene = Scene::new();
    let report = scene.judge(&countersigner(&scene.witness, &scene.cms, |forge| forge));
    let [countersignature] = report.signatures[0].countersignatures.as_slice() else { panic!("one") };
    assert_eq!(countersignature.failure, None);
    assert_eq!(countersignature.signer.as_ref(), Some(&scene.witness.certificate));
    assert_eq!(countersignature.level, Level::BaselineB);
}

#[test]
fn faults() {
    let scene = Scene::new();
    let digest = DigestAlgorithm::Sha256.digest(TEXT);
    let assert_fault = |expected, change: &dyn Fn(Forge<'_>) -> Forge<'_>| {
        let octets = countersigner(&scene.witness, &scene.cms, change);
        assert_eq!(scene.sub_indication(&octets), Some(expected));
    };
    assert_fault(SubIndication::FormatFailure, &|forge| forge.and(content_type(&DATA)));
    assert_fault(SubIndication::FormatFailure, &|forge| forge.without(&oid::MESSAGE_DIGEST));
    assert_fault(SubIndication::HashFailure, &|forge| forge.with(message_digest(&[digest.as_ref()])));
    assert_fault(SubIndication::SigCryptoFailure, &|forge| Forge { spoil: flip_last, ..forge });
}

fn flip_last(mut signature: Vec<u8>) -> Vec<u8> {
    *signature.last_mut().unwrap() ^= 1;
    signature
}

/// One over the whole OCTET STRING instead of its contents.
#[test]
fn over_tag_and_length() {
    let scene = Scene::new();
    let parsed = SignedData::parse(&scene.cms).unwrap();
    let digest = DigestAlgorithm::Sha256.digest(parsed.signer_infos()[0].signature_raw);
    let octets =
        countersigner(&scene.witness, &scene.cms, |forge| forge.with(message_digest(&[digest.as_ref()])));
    assert_eq!(scene.sub_indication(&octets), Some(SubIndication::HashFailure));
}

#[test]
fn unreadable_ones_are_reported() {
    let scene = Scene::new();
    let report = scene.judge(&value(Tag::SEQUENCE, b"\x05\x00"));
    assert!(report.signatures[0].countersignatures.is_empty());
    assert!(report.signatures[0].warnings.contains(&Warning::UnreadableCountersignatures));
}

/// Deeper than any real file.
#[test]
fn a_tower_is_cut_off() {
    let scene = Scene::new();
    let witness = &scene.witness;
    // Only the outermost is over what it stands at; the others show how deep the reader goes.
    let lowest = countersigner(witness, &scene.cms, |forge| forge);
    let fields = Reader::der_value(&lowest, Tag::SEQUENCE).unwrap().value;
    let mut tower = lowest.clone();
    for _ in 0..10 {
        let unsigned = attribute(&oid::COUNTERSIGNATURE, &[tower]);
        tower = value(Tag::SEQUENCE, &[fields, &value(Tag::context_constructed(1), &unsigned)].concat());
    }
    let report = scene.judge(&tower);
    let mut level = &report.signatures[0];
    let mut depth = 0;
    while let Some(next) = level.countersignatures.first() {
        (level, depth) = (next, depth + 1);
    }
    assert_eq!(depth, 4);
    assert!(level.warnings.contains(&Warning::UnreadableCountersignatures));
}
