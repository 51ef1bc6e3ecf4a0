//! The soft signer from each of its file formats: what it signs verifies, what it cannot read is named.
#![cfg(feature = "soft")]

use std::time::Duration;

use kamusm_token::backend::Signer;
use kamusm_token::deadline::Deadline;
use kamusm_token::pin::Pin;
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
