//! Each reason why a person cannot sign with a certificate (names after the BTK test list).

use kamusm_cades::algorithm::KeyError;
use kamusm_cades::x509::extension::KeyUsage;
use kamusm_cades::x509::nes::{self, Oddity, Unusable};
use kamusm_test_ca::{CaSpec, Key, LeafKey, LeafSpec, Notice, PolicyChoice, Qc, Usage};

use crate::fixture::{Chain, DAY_S, NOW, read};

fn check(spec: &LeafSpec) -> Result<(), Unusable> {
    nes::check(&read(&Chain::new().ca.issue(spec).certificate_der), NOW)
}

#[test]
fn sound_ones_of_each_key_and_statement() {
    for key in [LeafKey::P256, LeafKey::P384, LeafKey::P521, LeafKey::Rsa2048] {
        assert_eq!(check(&LeafSpec { key, ..LeafSpec::default() }), Ok(()), "{key:?}");
    }
    for qc in [Qc::Nes5070_1_1, Qc::Nes5070_2_1] {
        assert_eq!(check(&LeafSpec { qc, ..LeafSpec::default() }), Ok(()), "{qc:?}");
    }
    // Other Turkish issuers have other policies.
    let policy = PolicyChoice::Other("2.16.792.3.0.4.1.1.1".parse().unwrap());
    assert_eq!(check(&LeafSpec { policy, ..LeafSpec::default() }), Ok(()));
}

#[test]
fn validity_includes_both_ends() {
    let (not_before, not_after) = (NOW - 2 * DAY_S, NOW - DAY_S);
    let spec = LeafSpec { not_before: Some(not_before), not_after: Some(not_after), ..LeafSpec::default() };
    let leaf = read(&Chain::new().ca.issue(&spec).certificate_der);
    assert_eq!(nes::check(&leaf, not_before - 1), Err(Unusable::NotYetValid { not_before }));
    assert_eq!(nes::check(&leaf, not_before), Ok(()));
    assert_eq!(nes::check(&leaf, not_after), Ok(()));
    assert_eq!(nes::check(&leaf, not_after + 1), Err(Unusable::Expired { not_after }));
}

#[test]
fn without_non_repudiation() {
    for key_usage in [Usage::DigitalSignature, Usage::KeyEncipherment] {
        let refused = check(&LeafSpec { key_usage, ..LeafSpec::default() });
        let Err(Unusable::NotNonRepudiation { key_usage: Some(found) }) = refused else {
            panic!("{refused:?}");
        };
        assert_eq!(found.contains(KeyUsage::DIGITAL_SIGNATURE), key_usage == Usage::DigitalSignature);
    }
    let refused = check(&LeafSpec { key_usage: Usage::None, ..LeafSpec::default() });
    assert_eq!(refused, Err(Unusable::NotNonRepudiation { key_usage: None }));
}

#[test]
fn without_a_statement() {
    let missing = |qc| match check(&LeafSpec { qc, ..LeafSpec::default() }) {
        Err(Unusable::NoQcStatement { missing }) => missing,
        other => panic!("{other:?}"),
    };
    assert_eq!(missing(Qc::None), nes::QC_COMPLIANCE);
    assert_eq!(missing(Qc::OnlyNational), nes::QC_COMPLIANCE);
    assert_eq!(missing(Qc::OnlyCompliance), nes::NES_STATEMENT);
}

#[test]
fn seals() {
    let refused = check(&LeafSpec { qc: Qc::Seal, ..LeafSpec::default() });
    assert_eq!(refused, Err(Unusable::Seal { statement: nes::SEAL_STATEMENT }));
    let refused = check(&LeafSpec { qc: Qc::QualifiedSeal, ..LeafSpec::default() });
    assert_eq!(refused, Err(Unusable::Seal { statement: nes::QUALIFIED_SEAL_STATEMENT }));
}

#[test]
fn authorities_and_nameless_ones() {
    assert_eq!(check(&LeafSpec { ca: true, ..LeafSpec::default() }), Err(Unusable::CaCertificate));
    assert_eq!(check(&LeafSpec { tckn: None, ..LeafSpec::default() }), Err(Unusable::NoTckn));
    assert_eq!(check(&LeafSpec { tckn: Some(String::new()), ..LeafSpec::default() }), Err(Unusable::NoTckn));
}

#[test]
fn keys_that_are_not_signed_with() {
    let chain = Chain::new();
    let mut spki = Key::generate(LeafKey::P256).spki_der().to_vec();
    let curve = [0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07];
    let place = spki.windows(curve.len()).position(|window| window == curve).unwrap();
    spki[place + 7] = 1;
    let leaf = read(&chain.ca.issue_for_spki(&LeafSpec::default(), &spki));
    let refused = nes::check(&leaf, NOW);
    assert!(matches!(refused, Err(Unusable::UnsupportedKey(KeyError::UnknownCurve { .. }))), "{refused:?}");
}

#[test]
fn what_it_is_comes_before_its_dates() {
    let refused = check(&LeafSpec { qc: Qc::Seal, not_after: Some(NOW - 1), ..LeafSpec::default() });
    assert_eq!(refused, Err(Unusable::Seal { statement: nes::SEAL_STATEMENT }));
}

#[test]
fn a_number_with_wrong_check_digits_is_odd_and_not_refused() {
    let chain = Chain::new();
    let oddities = |tckn: &str| {
        let leaf = read(
            &chain.ca.issue(&LeafSpec { tckn: Some(tckn.to_owned()), ..LeafSpec::default() }).certificate_der,
        );
        assert_eq!(nes::check(&leaf, NOW), Ok(()));
        nes::oddities(&leaf)
    };
    assert_eq!(oddities("10000000146"), []);
    assert_eq!(oddities("11111111111"), [Oddity::TcknChecksum]);
    assert_eq!(oddities("PNOTR-10000000146"), [Oddity::TcknForm]);
    for spec in [
        LeafSpec { notice: Notice::None, ..LeafSpec::default() },
        LeafSpec { policy: PolicyChoice::None, ..LeafSpec::default() },
    ] {
        let leaf = read(&chain.ca.issue(&spec).certificate_der);
        assert_eq!(nes::oddities(&leaf), [Oddity::NoPolicyNotice]);
        assert_eq!(nes::check(&leaf, NOW), Ok(()));
    }
}

#[test]
fn the_issuing_authority_itself() {
    let chain = Chain::new();
    assert_eq!(nes::check(&chain.sub, NOW), Err(Unusable::CaCertificate));
    let rsa = chain.ca.root.subordinate(&CaSpec { key: LeafKey::P256, ..CaSpec::default() });
    assert_eq!(nes::check(&read(rsa.certificate_der()), NOW), Err(Unusable::CaCertificate));
}
