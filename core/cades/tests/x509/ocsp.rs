//! Responses that tell something about a certificate, and each reason why one does not.

use kamusm_cades::algorithm::SignatureError;
use kamusm_cades::x509::certificate::{Certificate, NotIssued};
use kamusm_cades::x509::ocsp::{
    NO_NEXT_UPDATE_AGE_S, OcspError, OcspRequest, OcspResponse, OcspStatus, VerifiedOcsp,
};
use kamusm_cades::x509::revocation::{CLOCK_SKEW_S, RevocationReason};
use kamusm_test_ca::{
    CertStatus, DelegateSpec, LeafSpec, OcspAnswer, OcspSpec, Signer, certificate_pem, ocsp_failure,
};
use tempfile::TempDir;

use crate::fixture::{Chain, DAY_S, NOW, critical, openssl, read, text};

pub(crate) struct Case {
    pub(crate) chain: Chain,
    pub(crate) leaf: Certificate,
}

impl Case {
    pub(crate) fn new() -> Self {
        let chain = Chain::new();
        let leaf = read(&chain.ca.issue(&LeafSpec::default()).certificate_der);
        Self { chain, leaf }
    }

    fn answer(&self, status: CertStatus) -> OcspAnswer {
        OcspAnswer { cert_id: self.chain.ca.sub.cert_id(self.leaf.serial()), status }
    }

    pub(crate) fn verify(&self, response: &[u8]) -> Result<VerifiedOcsp, OcspError> {
        OcspResponse::parse(response)?.verify(&self.leaf, &self.chain.sub, NOW)
    }

    fn status_by(&self, spec: &OcspSpec<'_>) -> Result<OcspStatus, OcspError> {
        self.verify(&self.chain.ca.sub.ocsp_response(spec)).map(|verified| verified.status)
    }
}

fn spec<'a>(answers: &'a [OcspAnswer], signer: Signer<'a>) -> OcspSpec<'a> {
    OcspSpec {
        answers,
        this_update: NOW - 60,
        next_update: Some(NOW + DAY_S),
        nonce: None,
        signer,
        by_key: false,
    }
}

#[test]
fn each_status_from_each_signer() {
    let case = Case::new();
    let delegate = case.chain.ca.sub.delegate(&DelegateSpec::default());
    for (signer, delegated) in [(Signer::Authority, false), (Signer::Delegate(&delegate), true)] {
        for by_key in [false, true] {
            let verified = |status| {
                let answers = [case.answer(status)];
                let response =
                    case.chain.ca.sub.ocsp_response(&OcspSpec { by_key, ..spec(&answers, signer) });
                case.verify(&response).unwrap()
            };
            let good = verified(CertStatus::Good);
            assert_eq!(good.status, OcspStatus::Good);
            assert_eq!((good.delegated, good.no_check), (delegated, delegated));
            assert_eq!((good.this_update, good.next_update), (NOW - 60, Some(NOW + DAY_S)));
            let expected = if delegated { delegate.certificate_der() } else { case.chain.sub.der() };
            assert_eq!(good.responder.der(), expected);
            assert_eq!(verified(CertStatus::Unknown).status, OcspStatus::Unknown);
            let revoked = verified(CertStatus::Revoked { at: NOW - 9, reason: Some(1) });
            let OcspStatus::Revoked(revocation) = revoked.status else { panic!("{:?}", revoked.status) };
            assert_eq!((revocation.at, revocation.reason), (NOW - 9, Some(RevocationReason::KeyCompromise)));
        }
    }
}

#[test]
fn certificates_may_be_named_by_other_hashes() {
    let case = Case::new();
    let cert_id = case.chain.ca.sub.cert_id_sha256(case.leaf.serial());
    let answers = [OcspAnswer { cert_id, status: CertStatus::Good }];
    assert_eq!(case.status_by(&spec(&answers, Signer::Authority)), Ok(OcspStatus::Good));
}

#[test]
fn about_another_certificate() {
    let case = Case::new();
    let other = case.chain.ca.issue(&LeafSpec::default());
    let sub = &case.chain.ca.sub;
    // Another serial number, and the same serial number under another issuer.
    for cert_id in [sub.cert_id(&other.serial), case.chain.ca.root.cert_id(case.leaf.serial())] {
        let answers = [OcspAnswer { cert_id, status: CertStatus::Good }];
        assert_eq!(case.status_by(&spec(&answers, Signer::Authority)), Err(OcspError::OtherCertificate));
    }
    assert_eq!(case.status_by(&spec(&[], Signer::Authority)), Err(OcspError::OtherCertificate));
    let answers = [case.answer(CertStatus::Good)];
    let response = sub.ocsp_response(&spec(&answers, Signer::Authority));
    let response = OcspResponse::parse(&response).unwrap();
    let refused = response.verify(&case.leaf, &case.chain.root, NOW).err();
    assert_eq!(refused, Some(OcspError::OtherIssuer));
    assert!(response.is_about(&case.leaf, &case.chain.sub));
    assert!(!response.is_about(&read(&other.certificate_der), &case.chain.sub));
}

#[test]
fn signed_by_one_that_may_not() {
    let case = Case::new();
    let sub = &case.chain.ca.sub;
    let answers = [case.answer(CertStatus::Good)];
    let by = |spec_of_delegate: DelegateSpec| {
        let delegate = sub.delegate(&spec_of_delegate);
        case.status_by(&spec(&answers, Signer::Delegate(&delegate)))
    };
    assert_eq!(
        by(DelegateSpec { ocsp_signing: false, ..DelegateSpec::default() }),
        Err(OcspError::NoOcspSigning)
    );
    let expired = DelegateSpec { not_after: Some(NOW - 3600), ..DelegateSpec::default() };
    assert_eq!(by(expired), Err(OcspError::ResponderOutOfDate { at: NOW - 60 }));
    // Valid when it signed, not any more now.
    let expired = DelegateSpec { not_after: Some(NOW - 30), ..DelegateSpec::default() };
    assert_eq!(by(expired), Err(OcspError::ResponderOutOfDate { at: NOW }));

    let encipherment = DelegateSpec { digital_signature: false, ..DelegateSpec::default() };
    assert_eq!(by(encipherment), Err(OcspError::NoDigitalSignature));
    let unknown = critical("1.3.6.1.4.1.99999.1", &[0x05, 0x00]);
    let oid = unknown.oid;
    let unknown = DelegateSpec { extra_extensions: vec![unknown], ..DelegateSpec::default() };
    assert_eq!(by(unknown), Err(OcspError::UnknownCritical { oid }));

    // Delegates of others: of the root, and of an impostor with the issuer's name.
    let of_root = case.chain.ca.root.delegate(&DelegateSpec::default());
    let refused = case.status_by(&spec(&answers, Signer::Delegate(&of_root)));
    assert_eq!(refused, Err(OcspError::NotDelegated(NotIssued::Name)));
    let impostor = Chain::new();
    let of_impostor = impostor.ca.sub.delegate(&DelegateSpec::default());
    let refused = case.status_by(&spec(&answers, Signer::Delegate(&of_impostor)));
    assert_eq!(refused, Err(OcspError::NotDelegated(NotIssued::Signature(SignatureError::Invalid))));
    let by_impostor = impostor.ca.sub.ocsp_response(&spec(&answers, Signer::Authority));
    assert_eq!(case.verify(&by_impostor).err(), Some(OcspError::Signature(SignatureError::Invalid)));
    // A signer that is nowhere to be found.
    let by_root = case.chain.ca.root.ocsp_response(&spec(&answers, Signer::Authority));
    assert_eq!(case.verify(&by_root).err(), Some(OcspError::NoResponder));
}

#[test]
fn changed_on_the_way() {
    let case = Case::new();
    let answers = [case.answer(CertStatus::Revoked { at: NOW - 9, reason: None })];
    let delegate = case.chain.ca.sub.delegate(&DelegateSpec::default());
    for signer in [Signer::Authority, Signer::Delegate(&delegate)] {
        let response = case.chain.ca.sub.ocsp_response(&spec(&answers, signer));
        // The second of revocation, in the signed part.
        let revoked = response.windows(2).position(|window| window == [0xA1, 0x11]).unwrap();
        let mut changed = response.clone();
        changed[revoked + 17] ^= 1;
        assert_eq!(case.verify(&changed).err(), Some(OcspError::Signature(SignatureError::Invalid)));
    }
}

#[test]
fn of_another_type() {
    let case = Case::new();
    let answers = [case.answer(CertStatus::Good)];
    let mut response = case.chain.ca.sub.ocsp_response(&spec(&answers, Signer::Authority));
    let basic = [0x2B, 0x06, 0x01, 0x05, 0x05, 0x07, 0x30, 0x01, 0x01];
    let place = response.windows(basic.len()).position(|window| window == basic).unwrap();
    response[place + 8] = 9;
    assert!(matches!(case.verify(&response).err(), Some(OcspError::ResponseType { .. })));
}

#[test]
fn out_of_date() {
    let case = Case::new();
    let answers = [case.answer(CertStatus::Good)];
    let at = |this_update, next_update| {
        case.status_by(&OcspSpec { this_update, next_update, ..spec(&answers, Signer::Authority) })
    };
    assert_eq!(at(NOW - 60, Some(NOW)), Ok(OcspStatus::Good));
    let (this_update, next_update) = (NOW - 60, Some(NOW - 1));
    assert_eq!(at(this_update, next_update), Err(OcspError::Expired { this_update, next_update }));
    assert_eq!(at(NOW - NO_NEXT_UPDATE_AGE_S, None), Ok(OcspStatus::Good));
    let this_update = NOW - NO_NEXT_UPDATE_AGE_S - 1;
    assert_eq!(at(this_update, None), Err(OcspError::Expired { this_update, next_update: None }));
    let this_update = NOW + CLOCK_SKEW_S + 1;
    assert_eq!(at(this_update, None), Err(OcspError::NotYetValid { this_update }));
    assert_eq!(at(NOW + CLOCK_SKEW_S, None), Ok(OcspStatus::Good));
}

#[test]
fn no_answer_at_all() {
    let case = Case::new();
    for status in [1, 2, 3, 5, 6] {
        assert_eq!(case.verify(&ocsp_failure(status)).err(), Some(OcspError::Failure { status }));
    }
    assert!(matches!(case.verify(&ocsp_failure(0)).err(), Some(OcspError::Asn1(_))));
}

#[test]
fn the_nonce_must_come_back() {
    let case = Case::new();
    let answers = [case.answer(CertStatus::Good)];
    let with =
        |nonce| case.chain.ca.sub.ocsp_response(&OcspSpec { nonce, ..spec(&answers, Signer::Authority) });
    let sent = [7; 32];
    let check = |response: &[u8]| OcspResponse::parse(response).unwrap().check_nonce(&sent);
    assert_eq!(check(&with(Some(&sent))), Ok(()));
    assert_eq!(check(&with(Some(&[8; 32]))), Err(OcspError::NonceMismatch));
    assert_eq!(check(&with(None)), Err(OcspError::NonceMissing));
}

#[test]
fn basic_responses_stand_alone_too() {
    let case = Case::new();
    let answers = [case.answer(CertStatus::Good)];
    let response = case.chain.ca.sub.ocsp_response(&spec(&answers, Signer::Authority));
    let basic = OcspResponse::parse(&response).unwrap().basic_der();
    let verified =
        OcspResponse::parse_basic(basic).unwrap().verify(&case.leaf, &case.chain.sub, NOW).unwrap();
    assert_eq!(verified.status, OcspStatus::Good);
    assert!(OcspResponse::parse(basic).is_err());
}

#[test]
fn requests_are_those_of_openssl() {
    let case = Case::new();
    let folder = TempDir::new().unwrap();
    for (name, certificate) in [("leaf.pem", &case.leaf), ("sub.pem", &case.chain.sub)] {
        std::fs::write(folder.path().join(name), certificate_pem(certificate.der())).unwrap();
    }
    let made = openssl(
        folder.path(),
        &["ocsp", "-issuer", "sub.pem", "-cert", "leaf.pem", "-no_nonce", "-reqout", "theirs.der"],
    );
    assert!(made.status.success(), "{}", text(&made));
    let theirs = std::fs::read(folder.path().join("theirs.der")).unwrap();
    let ours = OcspRequest::new(&case.leaf, &case.chain.sub, None).unwrap();
    assert_eq!(ours.der(), theirs);

    let nonce = [0xAB; 32];
    let ours = OcspRequest::new(&case.leaf, &case.chain.sub, Some(&nonce)).unwrap();
    std::fs::write(folder.path().join("ours.der"), ours.der()).unwrap();
    let read = openssl(folder.path(), &["ocsp", "-reqin", "ours.der", "-req_text"]);
    assert!(text(&read).contains(&"AB".repeat(16)), "{}", text(&read));
    let asked = kamusm_test_ca::OcspRequest::from_der(ours.der()).unwrap();
    assert_eq!(asked.nonce.as_deref(), Some(&nonce[..]));
    assert_eq!(asked.certificates[0].1, case.leaf.serial());
}
