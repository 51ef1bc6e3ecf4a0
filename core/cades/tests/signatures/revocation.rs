//! Revocation data: which answer counts, and what follows from it.

use std::sync::LazyLock;

use kamusm_cades::asn1::Tag;
use kamusm_cades::cms::{SignedData, oid};
use kamusm_cades::validate::{
    EvidenceKind, Policy, Reason, Report, RevocationList, RevocationScope, SubIndication, Warning, validate,
};
use kamusm_cades::x509::crl::CrlError;
use kamusm_test_ca::{
    Authority, CertStatus, Delegate, DelegateSpec, LeafSpec, OcspAnswer, OcspSpec, Revoked, Signer, TestCa,
};

use crate::forge::{rebuild, value};
use crate::identity::{Identity, NOW, TEXT, verdict};

const HOUR: i64 = 3600;
const DAY: i64 = 86_400;
const PASSED: &str = "TOTAL-PASSED";
const TRY_LATER: &str = "INDETERMINATE/TRY_LATER";
const REVOKED: &str = "INDETERMINATE/REVOKED_NO_POE";

static CA: LazyLock<TestCa> = LazyLock::new(|| TestCa::new(*NOW));
static PERSON: LazyLock<Identity> = LazyLock::new(|| {
    Identity::of(&CA, &LeafSpec { not_after: Some(*NOW + 300 * DAY), ..LeafSpec::default() })
});

/// A list of `authority` that is current for a day.
fn crl(authority: &Authority, revoked: &[Revoked], this_update: i64) -> Vec<u8> {
    authority.crl(&kamusm_test_ca::CrlSpec {
        revoked,
        this_update,
        next_update: Some(this_update + DAY),
        extra_extensions: &[],
    })
}

fn person(at: i64, reason: Option<u8>) -> Revoked {
    Revoked { serial: PERSON.certificate.serial().to_vec(), at, reason }
}

fn ocsp(status: CertStatus, this_update: i64, signer: Signer<'_>) -> Vec<u8> {
    let answer = OcspAnswer { cert_id: CA.sub.cert_id(PERSON.certificate.serial()), status };
    CA.sub.ocsp_response(&OcspSpec {
        answers: &[answer],
        this_update,
        next_update: Some(this_update + HOUR),
        nonce: None,
        signer,
        by_key: true,
    })
}

/// The whole chain needs data; the root's list is there.
fn policy() -> Policy {
    let mut policy = Policy::new(vec![PERSON.root.clone()], *NOW);
    policy.revocation.crls.push(crl(&CA.root, &[], *NOW - HOUR));
    policy
}

fn with_crl(list: Vec<u8>) -> Policy {
    let mut policy = policy();
    policy.revocation.crls.push(list);
    policy
}

fn with_ocsp(response: Vec<u8>) -> Policy {
    let mut policy = policy();
    policy.revocation.ocsp_responses.push(response);
    policy
}

fn judge(policy: &Policy) -> Report {
    validate(&PERSON.detached(), Some(TEXT), policy)
}

#[track_caller]
fn assert_verdict(policy: &Policy, expected: &str) {
    assert_eq!(verdict(&judge(policy)), expected);
}

#[test]
fn good_lists() {
    let report = judge(&with_crl(crl(&CA.sub, &[], *NOW - HOUR)));
    assert_eq!(verdict(&report), PASSED);
    let evidence = &report.signatures[0].revocation;
    assert_eq!(evidence.len(), 2);
    assert!(
        evidence.iter().all(|evidence| evidence.kind == EvidenceKind::Crl && evidence.revocation.is_none())
    );
    assert_eq!([evidence[0].depth, evidence[1].depth], [0, 1]);
}

#[test]
fn good_response() {
    let report = judge(&with_ocsp(ocsp(CertStatus::Good, *NOW - 60, Signer::Authority)));
    assert_eq!(verdict(&report), PASSED);
    assert_eq!(report.signatures[0].revocation[0].kind, EvidenceKind::Ocsp);
}

#[test]
fn missing_data() {
    assert_verdict(&policy(), TRY_LATER);
    let mut only_signer = with_crl(crl(&CA.sub, &[], *NOW - HOUR));
    only_signer.revocation.crls.remove(0);
    let report = judge(&only_signer);
    assert_eq!(verdict(&report), TRY_LATER);
    let reason = &report.signatures[0].failure.as_ref().unwrap().reason;
    assert_eq!(*reason, Reason::RevocationUnknown { depth: 1 });

    only_signer.revocation.required = RevocationScope::Signer;
    let report = judge(&only_signer);
    assert_eq!(verdict(&report), PASSED);
    assert!(report.signatures[0].warnings.contains(&Warning::RevocationUnknown));
    let mut none = policy();
    none.revocation.required = RevocationScope::None;
    assert_verdict(&none, PASSED);
}

#[test]
fn revoked_by_list() {
    let list = crl(&CA.sub, &[person(*NOW - DAY, Some(1))], *NOW - HOUR);
    let mut policy = with_crl(list);
    let report = judge(&policy);
    assert_eq!(verdict(&report), REVOKED);
    let reason = &report.signatures[0].failure.as_ref().unwrap().reason;
    assert!(
        matches!(reason, Reason::Revoked { depth: 0, revocation } if revocation.at == *NOW - DAY),
        "{reason:?}"
    );
    // It counts although nobody asked for revocation data, and although a later answer says otherwise.
    policy.revocation.required = RevocationScope::None;
    policy.revocation.ocsp_responses.push(ocsp(CertStatus::Good, *NOW - 60, Signer::Authority));
    assert_verdict(&policy, REVOKED);
}

#[test]
fn revoked_by_an_old_list_is_still_revoked() {
    let old = crl(&CA.sub, &[person(*NOW - 40 * DAY, None)], *NOW - 30 * DAY);
    let mut policy = with_crl(old);
    policy.revocation.crls.push(crl(&CA.sub, &[], *NOW - HOUR));
    assert_verdict(&policy, REVOKED);
}

#[test]
fn revoked_by_response() {
    let status = CertStatus::Revoked { at: *NOW - DAY, reason: Some(4) };
    assert_verdict(&with_ocsp(ocsp(status, *NOW - 60, Signer::Authority)), REVOKED);
}

#[test]
fn another_certificate_is_revoked() {
    let other = Revoked { serial: vec![0x11, 0x22], at: *NOW - DAY, reason: None };
    assert_verdict(&with_crl(crl(&CA.sub, &[other], *NOW - HOUR)), PASSED);
}

#[test]
fn revoked_after_the_time_of_validation() {
    let list = crl(&CA.sub, &[person(*NOW - HOUR, None)], *NOW - HOUR / 2);
    let mut policy = with_crl(list);
    policy.signing_time_ahead_s = DAY;
    policy.revocation.crls.push(crl(&CA.sub, &[], *NOW - 3 * HOUR));
    policy.revocation.crls.push(crl(&CA.root, &[], *NOW - 3 * HOUR));
    policy.at_unix = *NOW - 2 * HOUR;
    assert_verdict(&policy, PASSED);
    policy.at_unix = *NOW;
    assert_verdict(&policy, REVOKED);
}

#[test]
fn on_hold() {
    let mut policy = with_crl(crl(&CA.sub, &[person(*NOW - DAY, Some(6))], *NOW - HOUR));
    let report = judge(&policy);
    assert_eq!(verdict(&report), TRY_LATER);
    assert_eq!(report.signatures[0].failure.as_ref().unwrap().reason, Reason::OnHold { depth: 0 });
    // A newer answer lifts the suspension, an older one does not.
    policy.revocation.ocsp_responses.push(ocsp(CertStatus::Good, *NOW - HOUR - 60, Signer::Authority));
    assert_verdict(&policy, TRY_LATER);
    policy.revocation.ocsp_responses.push(ocsp(CertStatus::Good, *NOW - 60, Signer::Authority));
    assert_verdict(&policy, PASSED);
}

#[test]
fn issuer_revoked() {
    let sub = Revoked { serial: PERSON.sub.serial().to_vec(), at: *NOW - DAY, reason: None };
    let mut policy = with_crl(crl(&CA.sub, &[], *NOW - HOUR));
    policy.revocation.crls[0] = crl(&CA.root, &[sub], *NOW - HOUR);
    let report = judge(&policy);
    assert_eq!(report.signatures[0].sub_indication(), Some(SubIndication::RevokedCaNoPoe));
}

#[test]
fn stale_or_foreign_data_prove_nothing() {
    assert_verdict(&with_crl(crl(&CA.sub, &[], *NOW - 2 * DAY)), TRY_LATER);
    assert_verdict(&with_crl(crl(&CA.sub, &[], *NOW + DAY)), TRY_LATER);
    let foreign = TestCa::new(*NOW);
    assert_verdict(&with_crl(crl(&foreign.sub, &[], *NOW - HOUR)), TRY_LATER);
    assert_verdict(&with_crl(crl(&foreign.sub, &[person(*NOW - DAY, None)], *NOW - HOUR)), TRY_LATER);
    assert_verdict(&with_crl(b"not a list".to_vec()), TRY_LATER);

    assert_verdict(&with_ocsp(ocsp(CertStatus::Good, *NOW - 2 * HOUR, Signer::Authority)), TRY_LATER);
    assert_verdict(&with_ocsp(ocsp(CertStatus::Unknown, *NOW - 60, Signer::Authority)), TRY_LATER);
    assert_verdict(&with_ocsp(b"not a response".to_vec()), TRY_LATER);
    let answer = OcspAnswer { cert_id: CA.sub.cert_id(&[0x55]), status: CertStatus::Good };
    let about_another = CA.sub.ocsp_response(&OcspSpec {
        answers: &[answer],
        this_update: *NOW - 60,
        next_update: Some(*NOW + HOUR),
        nonce: None,
        signer: Signer::Authority,
        by_key: true,
    });
    assert_verdict(&with_ocsp(about_another), TRY_LATER);
}

#[test]
fn a_maximum_age() {
    let mut policy = with_crl(crl(&CA.sub, &[], *NOW - HOUR));
    policy.revocation.max_age_s = Some(HOUR);
    assert_verdict(&policy, PASSED);
    policy.revocation.max_age_s = Some(HOUR - 1);
    assert_verdict(&policy, TRY_LATER);
}

#[test]
fn delegates() {
    let good = |delegate: &Delegate| ocsp(CertStatus::Good, *NOW - 60, Signer::Delegate(delegate));
    let delegate = CA.sub.delegate(&DelegateSpec::default());
    assert_verdict(&with_ocsp(good(&delegate)), PASSED);
    let unfit = CA.sub.delegate(&DelegateSpec { ocsp_signing: false, ..DelegateSpec::default() });
    assert_verdict(&with_ocsp(good(&unfit)), TRY_LATER);
    let foreign = TestCa::new(*NOW).sub.delegate(&DelegateSpec::default());
    assert_verdict(&with_ocsp(good(&foreign)), TRY_LATER);

    let checked = CA.sub.delegate(&DelegateSpec { no_check: false, ..DelegateSpec::default() });
    assert_verdict(&with_ocsp(good(&checked)), PASSED);
    let certificate =
        kamusm_cades::x509::certificate::Certificate::from_der(checked.certificate_der()).unwrap();
    let revoked = Revoked { serial: certificate.serial().to_vec(), at: *NOW - DAY, reason: None };
    let mut policy = with_ocsp(good(&checked));
    // The list that revokes the delegate is too old to speak for the person.
    policy.revocation.crls.push(crl(&CA.sub, &[revoked], *NOW - 2 * DAY));
    assert_verdict(&policy, TRY_LATER);
}

#[test]
fn verified_lists() {
    let list = |revoked: &[Revoked]| {
        RevocationList::verify(crl(&CA.sub, revoked, *NOW - HOUR), &PERSON.sub).unwrap()
    };
    let mut policy = policy();
    policy.revocation.lists.push(list(&[]));
    assert_verdict(&policy, PASSED);
    policy.revocation.lists.push(list(&[person(*NOW - DAY, None)]));
    assert_verdict(&policy, REVOKED);

    let foreign = TestCa::new(*NOW);
    let der = crl(&foreign.sub, &[], *NOW - HOUR);
    assert!(matches!(RevocationList::verify(der.clone(), &PERSON.sub), Err(CrlError::Signature(_))));
    let sub = kamusm_cades::x509::certificate::Certificate::from_der(foreign.sub_der()).unwrap();
    let foreign = RevocationList::verify(der, &sub).unwrap();
    policy.revocation.lists = vec![foreign];
    assert_verdict(&policy, TRY_LATER);
}

#[test]
fn expired_signer() {
    let expired = Identity::of(
        &CA,
        &LeafSpec { not_before: Some(*NOW - 10 * DAY), not_after: Some(*NOW - DAY), ..LeafSpec::default() },
    );
    let cms = expired.sign(&kamusm_cades::sign::Profile::new(true, *NOW - 2 * DAY));
    let verdict_with = |list: Option<Vec<u8>>| {
        let mut policy = policy();
        policy.revocation.crls.extend(list);
        verdict(&validate(&cms, None, &policy))
    };
    assert_eq!(verdict_with(None), "INDETERMINATE/OUT_OF_BOUNDS_NO_POE");
    // A list that was in force when the certificate expired.
    let spanning = crl(&CA.sub, &[], *NOW - DAY - HOUR);
    assert_eq!(verdict_with(Some(spanning)), "INDETERMINATE/OUT_OF_BOUNDS_NOT_REVOKED");
    // A later one may have dropped the expired certificate.
    let later = crl(&CA.sub, &[], *NOW - HOUR);
    assert_eq!(verdict_with(Some(later)), "INDETERMINATE/OUT_OF_BOUNDS_NO_POE");
    let revoked = Revoked { serial: expired.certificate.serial().to_vec(), at: *NOW - 3 * DAY, reason: None };
    assert_eq!(verdict_with(Some(crl(&CA.sub, &[revoked], *NOW - HOUR))), REVOKED);
}

#[test]
fn data_in_the_file_count() {
    let cms = PERSON.attached();
    let parsed = SignedData::parse(&cms).unwrap();
    let response = ocsp(CertStatus::Good, *NOW - 60, Signer::Authority);
    let lists = crl(&CA.root, &[], *NOW - HOUR);
    let certificates = parsed.x509_certificates().collect::<Vec<_>>().concat();
    let embed = |crls: &[u8]| rebuild(&parsed, &certificates, Some(crls), parsed.signer_infos()[0].raw);
    let other = |format: &[u8], info: &[u8]| {
        let format = value(Tag::OBJECT_IDENTIFIER, format);
        value(Tag::context_constructed(1), &[&format, info].concat())
    };
    let strict = Policy::new(vec![PERSON.root.clone()], *NOW);
    let verdict_of = |crls: &[u8]| verdict(&validate(&embed(crls), None, &strict));
    assert_eq!(verdict_of(&lists), TRY_LATER);
    let whole = other(oid::RI_OCSP_RESPONSE.as_bytes(), &response);
    assert_eq!(verdict_of(&[lists.clone(), whole].concat()), PASSED);
    let basic = kamusm_cades::x509::ocsp::OcspResponse::parse(&response).unwrap();
    let basic = other(oid::PKIX_OCSP_BASIC.as_bytes(), basic.basic_der());
    assert_eq!(verdict_of(&[lists.clone(), basic].concat()), PASSED);
    // The right octets under the wrong name are not guessed at.
    let misnamed = other(oid::PKIX_OCSP_BASIC.as_bytes(), &response);
    assert_eq!(verdict_of(&[lists, misnamed].concat()), TRY_LATER);
}
