//! Octets that were cut, changed or made up never lead to a panic, nor to a verdict that the sound ones do not give.

use std::sync::LazyLock;

use kamusm_cades::algorithm::{DigestAlgorithm, KeyAlgorithm, VerificationAlgorithm, ecdsa_raw_from_der};
use kamusm_cades::x509::certificate::Certificate;
use kamusm_cades::x509::crl::Crl;
use kamusm_cades::x509::nes;
use kamusm_cades::x509::ocsp::OcspResponse;
use kamusm_cades::x509::path::{Path, PathLimits};
use kamusm_test_ca::{CertStatus, DelegateSpec, LeafSpec, OcspAnswer, OcspSpec, Revoked, Signer};
use proptest::prelude::*;

use crate::fixture::{Chain, DAY_S, NOW, critical, read};

struct Sound {
    chain: Chain,
    leaf: Certificate,
    list: Vec<u8>,
    response: Vec<u8>,
}

static SOUND: LazyLock<Sound> = LazyLock::new(|| {
    let chain = Chain::new();
    let leaf = read(&chain.ca.issue(&LeafSpec::default()).certificate_der);
    let revoked = Revoked { serial: leaf.serial().to_vec(), at: NOW - 1, reason: Some(1) };
    let list = chain.ca.sub.crl(&kamusm_test_ca::CrlSpec {
        revoked: &[revoked],
        this_update: NOW - 60,
        next_update: Some(NOW + DAY_S),
        extra_extensions: &[critical("2.5.29.28", &[0x30, 0x03, 0x81, 0x01, 0xFF])],
    });
    let cert_id = chain.ca.sub.cert_id(leaf.serial());
    let delegate = chain.ca.sub.delegate(&DelegateSpec::default());
    let response = chain.ca.sub.ocsp_response(&OcspSpec {
        answers: &[OcspAnswer { cert_id, status: CertStatus::Revoked { at: NOW - 1, reason: Some(1) } }],
        this_update: NOW - 60,
        next_update: Some(NOW + DAY_S),
        nonce: Some(&[1; 16]),
        signer: Signer::Delegate(&delegate),
        by_key: true,
    });
    Sound { chain, leaf, list, response }
});

/// Changes that keep most of the octets: single octets, a piece cut out, a piece doubled, the end cut off.
#[derive(Debug, Clone)]
enum Change {
    Octet(prop::sample::Index, u8),
    Bit(prop::sample::Index, u8),
    Cut(prop::sample::Index, usize),
    Double(prop::sample::Index, usize),
    End(prop::sample::Index),
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    let place = any::<prop::sample::Index>;
    let change = prop_oneof![
        (place(), any::<u8>()).prop_map(|(place, octet)| Change::Octet(place, octet)),
        (place(), 0..8_u8).prop_map(|(place, bit)| Change::Bit(place, bit)),
        (place(), 1..24_usize).prop_map(|(place, length)| Change::Cut(place, length)),
        (place(), 1..24_usize).prop_map(|(place, length)| Change::Double(place, length)),
        place().prop_map(Change::End),
    ];
    proptest::collection::vec(change, 1..4)
}

fn changed(octets: &[u8], changes: &[Change]) -> Vec<u8> {
    let mut octets = octets.to_vec();
    for change in changes {
        if octets.is_empty() {
            break;
        }
        let end = |start: usize, length: usize| (start + length).min(octets.len());
        match change {
            Change::Octet(place, octet) => {
                let place = place.index(octets.len());
                octets[place] = *octet;
            }
            Change::Bit(place, bit) => {
                let place = place.index(octets.len());
                octets[place] ^= 1 << bit;
            }
            Change::Cut(place, length) => {
                let start = place.index(octets.len());
                let end = end(start, *length);
                octets.drain(start..end);
            }
            Change::Double(place, length) => {
                let start = place.index(octets.len());
                let piece = octets[start..end(start, *length)].to_vec();
                octets.splice(start..start, piece);
            }
            Change::End(place) => octets.truncate(place.index(octets.len())),
        }
    }
    octets
}

/// Asks a certificate everything there is to ask.
fn ask(certificate: &Certificate) {
    let _ = (certificate.common_name(), certificate.tckn(), certificate.key_algorithm());
    let _ = (certificate.policies(), certificate.qc_statements(), certificate.extended_key_usage());
    let _ = (certificate.crl_urls(), certificate.ocsp_urls(), certificate.ca_issuers_urls());
    let _ = (certificate.authority_key_identifier(), certificate.subject_key_identifier());
    let _ = (nes::check(certificate, NOW), nes::oddities(certificate), format!("{certificate:?}"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn certificates(changes in changes()) {
        let octets = changed(SOUND.leaf.der(), &changes);
        let Ok(certificate) = Certificate::from_der(&octets) else { return Ok(()) };
        ask(&certificate);
        let (sub, root) = (SOUND.chain.sub.clone(), SOUND.chain.root.clone());
        let built = Path::build(&certificate, &[sub], &[root], NOW, PathLimits::default());
        // ECDSA signatures have a twin (r, n - s), which single changes do not hit.
        prop_assert_eq!(built.is_ok(), certificate == SOUND.leaf);
    }

    #[test]
    fn lists(changes in changes()) {
        let octets = changed(&SOUND.list, &changes);
        let Ok(list) = Crl::parse(octets.as_slice()) else { return Ok(()) };
        let verified = list.verify(&SOUND.chain.sub, NOW);
        prop_assert_eq!(verified.is_ok(), octets == SOUND.list);
    }

    #[test]
    fn responses(changes in changes()) {
        let octets = changed(&SOUND.response, &changes);
        let Ok(response) = OcspResponse::parse(&octets) else { return Ok(()) };
        if let Ok(verified) = response.verify(&SOUND.leaf, &SOUND.chain.sub, NOW) {
            // What is not signed, for instance the end of the list of certificates, may change; the answer may not.
            prop_assert!(matches!(verified.status, kamusm_cades::x509::ocsp::OcspStatus::Revoked(_)));
        }
    }

    #[test]
    fn made_up_octets(octets in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = Certificate::from_der(&octets);
        let _ = Crl::parse(octets.as_slice());
        let _ = OcspResponse::parse(&octets);
        let _ = OcspResponse::parse_basic(&octets);
        let _ = KeyAlgorithm::from_spki_der(&octets);
        let _ = VerificationAlgorithm::from_identifier_der(&octets);
        let _ = DigestAlgorithm::from_identifier_der(&octets);
        let _ = ecdsa_raw_from_der(&octets, KeyAlgorithm::P256);
    }
}

#[test]
fn every_single_bit_of_a_list_counts() {
    for (place, bit) in (0..SOUND.list.len()).flat_map(|place| (0..8).map(move |bit| (place, bit))) {
        let mut octets = SOUND.list.clone();
        octets[place] ^= 1 << bit;
        let verified = Crl::parse(octets).and_then(|list| list.verify(&SOUND.chain.sub, NOW));
        assert!(verified.is_err(), "bit {bit} of octet {place}");
    }
}
