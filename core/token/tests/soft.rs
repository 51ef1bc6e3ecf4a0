//! The soft signer from each of its file formats: what it signs verifies, what it cannot read is named.
#![cfg(feature = "soft")]

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use kamusm_cades::algorithm::SignatureAlgorithm;
use kamusm_test_ca::{Issued, LeafKey, LeafSpec, TestCa, Usage, certificate_pem, private_key_pem};
use kamusm_token::backend::{SignOptions, Signer, ToBeSigned};
use kamusm_token::deadline::Deadline;
use kamusm_token::error::TokenError;
use kamusm_token::identity::Unusable;
use kamusm_token::pin::{Pin, PinSource, Tries};
use kamusm_token::soft::{SoftKeyError, SoftSigner};

const OPENSSL3: &[u8] = include_bytes!("pkcs12/openssl3.p12");
const AES128: &[u8] = include_bytes!("pkcs12/aes128.p12");
const LEGACY: &[u8] = include_bytes!("pkcs12/legacy.p12");
const NO_MAC: &[u8] = include_bytes!("pkcs12/nomac.p12");

fn pin(octets: &str) -> Pin {
    Pin::new(octets.as_bytes().to_vec())
}

fn soon() -> Deadline {
    Deadline::after(Duration::from_secs(60))
}

fn ca() -> TestCa {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    TestCa::new(i64::try_from(now).expect("a time of this era"))
}

fn items(count: usize, algorithm: SignatureAlgorithm) -> Vec<ToBeSigned> {
    (0..count).map(|number| ToBeSigned { octets: format!("metin {number}").into(), algorithm }).collect()
}

fn signer(leaf: &Issued, pin: Option<Pin>) -> Result<SoftSigner, SoftKeyError> {
    SoftSigner::from_pkcs8(&leaf.certificate_der, &leaf.private_key_pkcs8_der, pin)
}

#[test]
fn every_kind_of_key_signs_what_its_certificate_verifies() {
    let ca = ca();
    for key in [LeafKey::Rsa2048, LeafKey::P256, LeafKey::P384, LeafKey::P521] {
        let signer = signer(&ca.issue(&LeafSpec { key, ..LeafSpec::default() }), None).unwrap();
        let identity = signer.identities(soon()).unwrap().remove(0);
        let algorithm = SignatureAlgorithm::for_key(identity.key.unwrap()).unwrap();
        let items = items(3, algorithm);
        let pin_source = PinSource::Pin(Pin::empty());
        let signatures = signer.sign(&identity.id, &items, pin_source, &SignOptions::new(soon())).unwrap();
        assert_eq!(signatures.len(), 3);
        let public = identity.certificate.public_key().unwrap();
        for (item, signature) in items.iter().zip(&signatures) {
            public.verify(algorithm.into(), &item.octets, signature).unwrap();
        }
    }
}

#[test]
fn pem_files_are_read_whatever_their_order() {
    let ca = ca();
    for key in [LeafKey::Rsa2048, LeafKey::P256] {
        let leaf = ca.issue(&LeafSpec { key, ..LeafSpec::default() });
        let (own, private) =
            (certificate_pem(&leaf.certificate_der), private_key_pem(&leaf.private_key_pkcs8_der));
        let text = format!("{}{}subject: x\n{own}", ca.root_pem(), private.as_str());
        let signer = SoftSigner::from_pem(&text, None).unwrap();
        let identity = signer.identities(soon()).unwrap().remove(0);
        assert_eq!(identity.certificate.der(), leaf.certificate_der);
        let without = SoftSigner::from_pem(&format!("{}{}", ca.root_pem(), private.as_str()), None);
        assert!(matches!(without, Err(SoftKeyError::KeyMismatch)), "{without:?}");
        let alone = SoftSigner::from_pem(&private, None);
        assert!(matches!(alone, Err(SoftKeyError::NoCertificate)), "{alone:?}");
    }
}

#[test]
fn a_key_of_another_certificate_is_refused() {
    let ca = ca();
    let (one, other) = (ca.issue(&LeafSpec::default()), ca.issue(&LeafSpec::default()));
    let mixed = SoftSigner::from_pkcs8(&one.certificate_der, &other.private_key_pkcs8_der, None);
    assert!(matches!(mixed, Err(SoftKeyError::KeyMismatch)), "{mixed:?}");
    let p384 = ca.issue(&LeafSpec { key: LeafKey::P384, ..LeafSpec::default() });
    let mixed = SoftSigner::from_pkcs8(&one.certificate_der, &p384.private_key_pkcs8_der, None);
    assert!(matches!(mixed, Err(SoftKeyError::Key)), "{mixed:?}");
}

#[test]
fn the_same_refusals_as_of_a_card() {
    let ca = ca();
    let signer_of = |spec: &LeafSpec| signer(&ca.issue(spec), Some(pin("1234"))).unwrap();
    let typed = |text| PinSource::Pin(pin(text));
    let options = || SignOptions::new(soon());
    let nes = signer_of(&LeafSpec::default());
    let id = nes.identities(soon()).unwrap().remove(0).id;
    let items = items(1, SignatureAlgorithm::EcdsaP256Sha256);

    let wrong = nes.sign(&id, &items, typed("0000"), &options()).unwrap_err();
    assert!(matches!(wrong, TokenError::PinIncorrect { tries: Tries::Exact(2) }), "{wrong:?}");
    assert_eq!(nes.identities(soon()).unwrap()[0].pin.tries, Tries::Exact(2));
    nes.sign(&id, &items, typed("1234"), &options()).unwrap();

    let other = signer_of(&LeafSpec::default());
    assert!(matches!(other.sign(&id, &items, typed("1234"), &options()), Err(TokenError::IdentityGone)));

    let cancelled = options();
    cancelled.cancel.cancel();
    assert!(matches!(nes.sign(&id, &items, typed("0000"), &cancelled), Err(TokenError::Cancelled)));
    let over = SignOptions::new(Deadline::after(Duration::ZERO));
    assert!(matches!(nes.sign(&id, &items, typed("0000"), &over), Err(TokenError::Deadline)));
    assert_eq!(nes.identities(soon()).unwrap()[0].pin.tries, Tries::Exact(3), "no try was used");

    let authentication = signer_of(&LeafSpec { key_usage: Usage::DigitalSignature, ..LeafSpec::default() });
    let id = authentication.identities(soon()).unwrap().remove(0).id;
    let refused = authentication.sign(&id, &items, typed("0000"), &options()).unwrap_err();
    let TokenError::CertificateUnusable { why: Unusable::NotNonRepudiation { .. } } = refused else {
        panic!("{refused:?}")
    };
    assert_eq!(authentication.identities(soon()).unwrap()[0].pin.tries, Tries::Exact(3), "no try was used");
}

#[test]
fn a_pkcs12_file_of_today_is_read_and_its_own_certificate_found() {
    for (file, password) in [(OPENSSL3, "parola"), (AES128, "şifre")] {
        let signer = SoftSigner::from_pkcs12(file, pin(password)).unwrap();
        let identities = signer.identities(soon()).unwrap();
        assert_eq!(identities.len(), 1);
        assert_eq!(identities[0].certificate.common_name().as_deref(), Some("Pkcs12 Test"));
    }
}

#[test]
fn a_wrong_password_and_an_old_file_are_told_apart() {
    assert!(matches!(SoftSigner::from_pkcs12(OPENSSL3, pin("Parola")), Err(SoftKeyError::Password)));
    let legacy = SoftSigner::from_pkcs12(LEGACY, pin("parola"));
    assert!(matches!(legacy, Err(SoftKeyError::Unsupported { oid: Some(_) })), "{legacy:?}");
    let no_mac = SoftSigner::from_pkcs12(NO_MAC, pin("parola"));
    assert!(matches!(no_mac, Err(SoftKeyError::Unsupported { oid: None })), "{no_mac:?}");
}

#[test]
fn no_cut_or_changed_pkcs12_file_is_taken() {
    for length in 0..OPENSSL3.len() {
        assert!(SoftSigner::from_pkcs12(&OPENSSL3[..length], pin("parola")).is_err(), "cut at {length}");
    }
    let middle = OPENSSL3.len() / 2;
    let mut changed = OPENSSL3.to_vec();
    changed[middle] ^= 1;
    assert!(matches!(SoftSigner::from_pkcs12(&changed, pin("parola")), Err(SoftKeyError::Password)));
}
