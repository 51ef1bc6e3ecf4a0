//! Path, dates and profile of the signer's certificate.

use kamusm_cades::validate::{CertificateProfile, Policy, Reason, RevocationScope, validate};
use kamusm_cades::x509::nes::Unusable;
use kamusm_cades::x509::path::PathError;
use kamusm_test_ca::{LeafKey, LeafSpec, Qc, TestCa, Usage};

use crate::forge::Forge;
use crate::identity::{Identity, NOW, TEXT, verdict};

const DAY: i64 = 86_400;

fn judge(identity: &Identity, at: i64) -> (String, Option<Reason>) {
    let mut policy = identity.policy();
    policy.at_unix = at;
    let report = validate(&identity.detached(), Some(TEXT), &policy);
    (verdict(&report), report.signatures[0].failure.clone().map(|failure| failure.reason))
}

#[test]
fn the_chain_is_reported() {
    let identity = Identity::new(LeafKey::P256);
    let report = identity.validate(&identity.attached(), None);
    let chain = [identity.certificate.clone(), identity.sub.clone(), identity.root.clone()];
    assert_eq!(report.signatures[0].chain, chain);
}

#[test]
fn a_stranger_is_not_trusted() {
    let stranger = Identity::of(&TestCa::new(*NOW), &LeafSpec::default());
    let own = Identity::new(LeafKey::P256);
    let mut policy = own.policy();
    let report = validate(&stranger.attached(), None, &policy);
    // The stranger's CA has the same names as ours but other keys.
    assert_eq!(verdict(&report), "INDETERMINATE/CERTIFICATE_CHAIN_GENERAL_FAILURE");
    policy.anchors.clear();
    let report = validate(&own.attached(), None, &policy);
    assert_eq!(verdict(&report), "INDETERMINATE/NO_CERTIFICATE_CHAIN_FOUND");
    assert_eq!(
        report.signatures[0].failure.as_ref().map(|failure| &failure.reason),
        Some(&Reason::Path(PathError::NoIssuer { depth: 1 }))
    );
    // Without anchors it does not matter what else was met on the way.
    policy.intermediates.push(stranger.sub);
    let report = validate(&own.attached(), None, &policy);
    assert_eq!(verdict(&report), "INDETERMINATE/NO_CERTIFICATE_CHAIN_FOUND");
}

#[test]
fn the_strict_defaults_ask_for_revocation_data() {
    let identity = Identity::new(LeafKey::P256);
    let policy = Policy::new(vec![identity.root.clone()], identity.now);
    assert_eq!(policy.revocation.required, RevocationScope::Chain);
    assert_eq!(policy.profile, CertificateProfile::Nes);
    let report = validate(&identity.attached(), None, &policy);
    assert_eq!(verdict(&report), "INDETERMINATE/TRY_LATER");
}

#[test]
fn dates_are_those_of_validation_not_of_the_claim() {
    let identity = Identity::new(LeafKey::P256);
    assert_eq!(judge(&identity, identity.now).0, "TOTAL-PASSED");
    let expired = judge(&identity, identity.now + 301 * DAY);
    assert_eq!(expired.0, "INDETERMINATE/OUT_OF_BOUNDS_NO_POE");
    let not_after = identity.certificate.not_after();
    assert_eq!(expired.1, Some(Reason::Path(PathError::Expired { depth: 0, not_after })));
    let early = judge(&identity, identity.now - 2 * DAY);
    assert_eq!(early.0, "INDETERMINATE/OUT_OF_BOUNDS_NO_POE");
}

#[test]
fn only_an_nes_of_a_person_signs() {
    let cases = [
        (LeafSpec::default(), "TOTAL-PASSED"),
        (LeafSpec { qc: Qc::Nes5070_2_1, ..LeafSpec::default() }, "TOTAL-PASSED"),
        (LeafSpec { qc: Qc::None, ..LeafSpec::default() }, "INDETERMINATE/CHAIN_CONSTRAINTS_FAILURE"),
        (LeafSpec { qc: Qc::Seal, ..LeafSpec::default() }, "INDETERMINATE/CHAIN_CONSTRAINTS_FAILURE"),
        (
            LeafSpec { key_usage: Usage::DigitalSignature, ..LeafSpec::default() },
            "INDETERMINATE/CHAIN_CONSTRAINTS_FAILURE",
        ),
    ];
    for (spec, expected) in cases {
        let identity = Identity::with(&spec);
        let cms = Forge::new(&identity).build();
        assert_eq!(verdict(&identity.validate(&cms, Some(TEXT))), expected, "{spec:?}");
        let mut policy = identity.policy();
        policy.profile = CertificateProfile::Any;
        assert_eq!(verdict(&validate(&cms, Some(TEXT), &policy)), "TOTAL-PASSED", "{spec:?}");
    }
    let seal = Identity::with(&LeafSpec { qc: Qc::Seal, ..LeafSpec::default() });
    let (_, reason) = judge(&seal, seal.now);
    assert!(matches!(reason, Some(Reason::NotNes(Unusable::Seal { .. }))), "{reason:?}");
}

#[test]
fn a_broken_signature_outranks_a_missing_path() {
    let identity = Identity::new(LeafKey::P256);
    let mut policy = identity.policy();
    policy.anchors.clear();
    let report = validate(&identity.detached(), Some(b"other"), &policy);
    assert_eq!(verdict(&report), "TOTAL-FAILED/HASH_FAILURE");
}
