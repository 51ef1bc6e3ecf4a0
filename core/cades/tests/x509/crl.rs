//! Lists that tell something about a certificate, and each reason why one does not.

use kamusm_cades::algorithm::SignatureError;
use kamusm_cades::asn1::{Tag, Writer};
use kamusm_cades::x509::certificate::Certificate;
use kamusm_cades::x509::crl::{Crl, CrlError};
use kamusm_cades::x509::revocation::{CLOCK_SKEW_S, Revocation, RevocationReason};
use kamusm_test_ca::{Authority, CaSpec, CrlSpec, ExtraExtension, LeafKey, LeafSpec, Revoked};
use proptest::prelude::*;

use crate::fixture::{Chain, DAY_S, NOW, critical, read, sign};

const IDP: &str = "2.5.29.28";

struct Case {
    chain: Chain,
    leaf: Certificate,
}

impl Case {
    fn new() -> Self {
        let chain = Chain::new();
        let leaf = read(&chain.ca.issue(&LeafSpec::default()).certificate_der);
        Self { chain, leaf }
    }

    fn revoked(&self, reason: Option<u8>) -> Revoked {
        Revoked { serial: self.leaf.serial().to_vec(), at: NOW - 3600, reason }
    }

    fn list(&self, revoked: &[Revoked]) -> Vec<u8> {
        self.chain.ca.crl(revoked, NOW - 60, NOW + DAY_S)
    }

    fn with_extension(&self, extension: ExtraExtension) -> Vec<u8> {
        let extra_extensions = &[extension][..];
        let revoked = &[self.revoked(None)][..];
        let (this_update, next_update) = (NOW - 60, Some(NOW + DAY_S));
        self.chain.ca.sub.crl(&CrlSpec { revoked, this_update, next_update, extra_extensions })
    }

    fn lookup(&self, list: &[u8]) -> Result<Option<Revocation>, CrlError> {
        let verified = Crl::parse(list)?.verify(&self.chain.sub, NOW)?;
        let found = verified.lookup(&self.leaf);
        assert_eq!(verified.into_indexed()?.lookup(&self.leaf), found, "the index says the same");
        found
    }
}

#[test]
fn not_revoked() {
    let case = Case::new();
    assert_eq!(case.lookup(&case.list(&[])), Ok(None));
    let other = Revoked { serial: vec![0x12, 0x34], at: NOW, reason: Some(4) };
    assert_eq!(case.lookup(&case.list(&[other])), Ok(None));
}

#[test]
fn revoked_at_a_time_for_a_reason() {
    let case = Case::new();
    for (number, reason) in [
        (None, None),
        (Some(1), Some(RevocationReason::KeyCompromise)),
        (Some(6), Some(RevocationReason::CertificateHold)),
        (Some(7), Some(RevocationReason::Unknown(7))),
    ] {
        let found = case.lookup(&case.list(&[case.revoked(number)])).unwrap().unwrap();
        assert_eq!((found.at, found.reason), (NOW - 3600, reason));
    }
}

#[test]
fn tells_about_itself() {
    let case = Case::new();
    let der = case.list(&[case.revoked(None)]);
    let list = Crl::parse(der.as_slice()).unwrap();
    assert_eq!(
        (list.this_update(), list.next_update(), list.entry_count()),
        (NOW - 60, Some(NOW + DAY_S), 1)
    );
    assert_eq!(list.number(), Some(&(NOW - 60).to_be_bytes()[4..]));
    assert!(list.issuer() == case.chain.sub.subject());
    assert_eq!(list.der(), der);
}

#[test]
fn out_of_date() {
    let case = Case::new();
    let verify = |this_update, next_update| {
        let der =
            case.chain.ca.sub.crl(&CrlSpec { revoked: &[], this_update, next_update, extra_extensions: &[] });
        Crl::parse(der).unwrap().verify(&case.chain.sub, NOW).map(|_| ())
    };
    assert_eq!(verify(NOW - 60, Some(NOW)), Ok(()));
    assert_eq!(verify(NOW - 60, Some(NOW - 1)), Err(CrlError::Expired { next_update: Some(NOW - 1) }));
    assert_eq!(verify(NOW - 60, None), Err(CrlError::Expired { next_update: None }));
    assert_eq!(verify(NOW + CLOCK_SKEW_S, Some(NOW + DAY_S)), Ok(()));
    let this_update = NOW + CLOCK_SKEW_S + 1;
    assert_eq!(verify(this_update, Some(NOW + DAY_S)), Err(CrlError::NotYetValid { this_update }));
}

#[test]
fn not_of_this_issuer() {
    let case = Case::new();
    let list = case.list(&[]);
    let of_root = Crl::parse(list.as_slice()).unwrap().verify(&case.chain.root, NOW);
    assert_eq!(of_root.err(), Some(CrlError::OtherIssuer));
    let impostor = Chain::new();
    let forged = impostor.ca.crl(&[], NOW - 60, NOW + DAY_S);
    assert_eq!(case.lookup(&forged), Err(CrlError::Signature(SignatureError::Invalid)));
    let mut changed = list.clone();
    let update = changed.windows(2).position(|window| window == [0x17, 0x0D]).unwrap();
    changed[update + 14 - 1] ^= 1;
    assert_eq!(case.lookup(&changed), Err(CrlError::Signature(SignatureError::Invalid)));
}

#[test]
fn with_two_signature_algorithms() {
    let case = Case::new();
    let list = case.list(&[]);
    let sha384 = [0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x03];
    for place in
        list.windows(sha384.len()).enumerate().filter(|(_, window)| *window == sha384).map(|(at, _)| at)
    {
        let mut changed = list.clone();
        changed[place + 7] = 4;
        assert_eq!(case.lookup(&changed), Err(CrlError::SignatureAlgorithmMismatch));
    }
}

#[test]
fn signed_by_one_that_may_not() {
    let root = Authority::root(&CaSpec::default(), NOW);
    let spec = CaSpec { common_name: "Ara".to_owned(), may_sign: false, ..CaSpec::default() };
    let sub = root.subordinate(&spec);
    let der = sub.crl(&CrlSpec {
        revoked: &[],
        this_update: NOW,
        next_update: Some(NOW + DAY_S),
        extra_extensions: &[],
    });
    let verified = Crl::parse(der).unwrap().verify(&read(sub.certificate_der()), NOW);
    assert_eq!(verified.err(), Some(CrlError::NoCrlSign));
}

#[test]
fn about_certificates_of_another_issuer() {
    let case = Case::new();
    let root_list = case.chain.ca.root.crl(&CrlSpec {
        revoked: &[case.revoked(None)],
        this_update: NOW,
        next_update: Some(NOW + DAY_S),
        extra_extensions: &[],
    });
    let verified = Crl::parse(root_list).unwrap().verify(&case.chain.root, NOW).unwrap();
    // Both issuers began to count at the same number: the serial number alone says nothing.
    assert_eq!(case.leaf.serial(), case.chain.sub.serial());
    assert_eq!(verified.lookup(&case.leaf), Err(CrlError::OutOfScope));
    assert!(verified.lookup(&case.chain.sub).unwrap().is_some());
}

#[test]
fn of_a_part_of_the_certificates() {
    let case = Case::new();
    let found =
        |value: &[u8]| case.lookup(&case.with_extension(critical(IDP, value))).map(|found| found.is_some());
    assert_eq!(found(&[0x30, 0x00]), Ok(true));
    assert_eq!(found(&[0x30, 0x03, 0x81, 0x01, 0xFF]), Ok(true), "users only");
    assert_eq!(found(&[0x30, 0x03, 0x82, 0x01, 0xFF]), Err(CrlError::OutOfScope), "authorities only");
    assert_eq!(found(&[0x30, 0x04, 0x83, 0x02, 0x06, 0x40]), Err(CrlError::Partial), "some reasons");
    assert_eq!(found(&[0x30, 0x03, 0x84, 0x01, 0xFF]), Err(CrlError::Partial), "indirect");
    assert_eq!(found(&[0x30, 0x03, 0x85, 0x01, 0xFF]), Err(CrlError::Partial), "attribute certificates");
    assert!(matches!(found(&[0x30, 0x03, 0x81, 0x01, 0x01]), Err(CrlError::Asn1(_))));
    let at = |url: &[u8]| {
        let mut writer = Writer::default();
        writer.nested(Tag::SEQUENCE, |writer| {
            writer.nested(Tag::context_constructed(0), |writer| {
                writer.nested(Tag::context_constructed(0), |writer| writer.tlv(Tag::context(6), url));
            });
        });
        found(&writer.into_vec())
    };
    assert_eq!(at(b"http://sandbox.invalid/nes.crl"), Ok(true));
    assert_eq!(at(b"http://sandbox.invalid/other.crl"), Err(CrlError::OutOfScope));
}

#[test]
fn with_critical_extensions_that_are_not_processed() {
    let case = Case::new();
    let delta = critical("2.5.29.27", &[0x02, 0x01, 0x01]);
    assert_eq!(case.lookup(&case.with_extension(delta)), Err(CrlError::Delta));
    let unknown = critical("1.3.6.1.4.1.99999.1", &[0x05, 0x00]);
    let oid = unknown.oid;
    assert_eq!(case.lookup(&case.with_extension(unknown)), Err(CrlError::UnknownCritical { oid }));
    let harmless = ExtraExtension { oid, critical: false, value_der: vec![0x05, 0x00] };
    assert!(case.lookup(&case.with_extension(harmless)).is_ok());
}

/// A list with one entry whose only extension is this one.
fn with_entry_extension(case: &Case, oid: &str, critical: bool, value: &[u8]) -> Vec<u8> {
    let algorithm = case.leaf.signature_algorithm_der();
    let mut writer = Writer::default();
    writer.nested(Tag::SEQUENCE, |writer| {
        writer.small_integer(1);
        writer.raw(algorithm);
        writer.raw(case.chain.sub.subject_der());
        writer.time(NOW - 60).unwrap();
        writer.time(NOW + DAY_S).unwrap();
        writer.nested(Tag::SEQUENCE, |writer| {
            writer.nested(Tag::SEQUENCE, |writer| {
                writer.tlv(Tag::INTEGER, case.leaf.serial());
                writer.time(NOW - 3600).unwrap();
                writer.nested(Tag::SEQUENCE, |writer| {
                    writer.nested(Tag::SEQUENCE, |writer| {
                        writer.oid(&oid.parse().unwrap());
                        if critical {
                            writer.tlv(Tag::BOOLEAN, &[0xFF]);
                        }
                        writer.tlv(Tag::OCTET_STRING, value);
                    });
                });
            });
        });
    });
    sign(&case.chain.ca.sub, &writer.into_vec(), algorithm)
}

#[test]
fn entries_with_other_extensions() {
    let case = Case::new();
    let invalidity_date = [&[0x18, 0x0F][..], b"20260101000000Z"].concat();
    let found =
        case.lookup(&with_entry_extension(&case, "2.5.29.24", false, &invalidity_date)).unwrap().unwrap();
    assert_eq!((found.at, found.reason), (NOW - 3600, None));
    // A critical reasonCode misses the short way of reading one, and says the same.
    let found =
        case.lookup(&with_entry_extension(&case, "2.5.29.21", true, &[0x0A, 0x01, 0x01])).unwrap().unwrap();
    assert_eq!(found.reason, Some(RevocationReason::KeyCompromise));
    let refused = case.lookup(&with_entry_extension(&case, "2.5.29.29", true, &[0x30, 0x00]));
    assert!(matches!(refused, Err(CrlError::UnknownCritical { .. })), "{refused:?}");
}

#[test]
fn of_ten_thousand_entries() {
    let case = Case::new();
    let mut revoked: Vec<Revoked> = (1..10_000_u32)
        .map(|number| Revoked {
            serial: [&[0x01][..], &number.to_be_bytes()].concat(),
            at: NOW - 1,
            reason: (number % 2 == 0).then_some(4),
        })
        .collect();
    revoked.insert(5_000, case.revoked(Some(1)));
    let list = case.list(&revoked);
    assert_eq!(case.lookup(&list).unwrap().unwrap().reason, Some(RevocationReason::KeyCompromise));
    assert_eq!(Crl::parse(list).unwrap().entry_count(), 10_000);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn index_and_scan_find_the_same(tails in proptest::collection::vec(0..8_u8, 0..20), wanted in 0..8_u8) {
        let chain = Chain::new();
        // Serial numbers that share their last octets, so that the index meets collisions.
        let serial = |tail: u8| vec![0x01 + tail % 2, 0x00, 0x00, 0x00, tail / 2];
        let spec = LeafSpec { serial: Some(serial(wanted)), key: LeafKey::P256, ..LeafSpec::default() };
        let leaf = read(&chain.ca.issue(&spec).certificate_der);
        let revoked: Vec<Revoked> =
            tails.iter().map(|&tail| Revoked { serial: serial(tail), at: NOW, reason: Some(1) }).collect();
        let list = chain.ca.crl(&revoked, NOW - 60, NOW + DAY_S);
        let verified = Crl::parse(list).unwrap().verify(&chain.sub, NOW).unwrap();
        let found = verified.lookup(&leaf).unwrap();
        prop_assert_eq!(found.is_some(), tails.contains(&wanted));
        prop_assert_eq!(verified.into_indexed().unwrap().lookup(&leaf).unwrap(), found);
    }
}
