//! A desk with readers, cards with an NES, and a signer over OpenSC.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use kamusm_cades::algorithm::SignatureAlgorithm;
use kamusm_test_ca::{Issued, LeafKey, LeafSpec, TestCa, Usage};
use kamusm_test_card::{Card, Place, Service, opensc};
use kamusm_token::backend::{SignOptions, Signer, ToBeSigned};
use kamusm_token::deadline::Deadline;
use kamusm_token::error::TokenError;
use kamusm_token::identity::{Identity, Purpose};
use kamusm_token::pin::{Pin, PinSource};
use kamusm_token::pkcs11::{InitPolicy, Pkcs11Signer};

pub(crate) const PIN: &str = "123456";

/// For calls that hang: waited out in full.
pub(crate) const SHORT: Duration = Duration::from_secs(3);

pub(crate) fn issue(key: LeafKey, key_usage: Usage) -> Issued {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    TestCa::new(i64::try_from(now).unwrap()).issue(&LeafSpec { key, key_usage, ..LeafSpec::default() })
}

/// A card with one NES, at the place whose PIN is asked for at each signature.
pub(crate) fn nes(key: LeafKey) -> Card {
    Card::new(PIN, &[(Place::Signature, &issue(key, Usage::Nes))])
}

/// Long enough for a busy machine; nothing waits for it to pass.
pub(crate) fn soon() -> Deadline {
    Deadline::after(Duration::from_secs(60))
}

pub(crate) fn options() -> SignOptions {
    SignOptions::new(soon())
}

pub(crate) fn typed(pin: &str) -> PinSource {
    PinSource::Pin(Pin::new(pin.as_bytes().to_vec()))
}

pub(crate) fn signer() -> Pkcs11Signer {
    Pkcs11Signer::open(&opensc().unwrap(), InitPolicy::Tolerant).unwrap()
}

/// A module that has no thread that hangs: a file of its own is a module of its own.
pub(crate) fn another_signer(desk: &Service, number: usize) -> Pkcs11Signer {
    let module = desk.folder().join(format!("opensc{number}.so"));
    std::fs::copy(opensc().unwrap(), &module).unwrap();
    Pkcs11Signer::open(&module, InitPolicy::Tolerant).unwrap()
}

/// All that the signer sees.
pub(crate) fn list(signer: &Pkcs11Signer) -> Vec<Identity> {
    signer.identities(soon()).unwrap()
}

/// The only identity that can sign.
pub(crate) fn nes_of(signer: &Pkcs11Signer) -> Identity {
    let mut found = list(signer);
    found.retain(|identity| identity.purpose == Purpose::Signing && identity.usable.is_ok());
    assert_eq!(found.len(), 1);
    found.remove(0)
}

pub(crate) fn items(identity: &Identity, count: usize) -> Vec<ToBeSigned> {
    let algorithm = SignatureAlgorithm::for_key(identity.key.unwrap()).unwrap();
    (0..count)
        .map(|number| ToBeSigned { octets: format!("taahhütname {number}").into(), algorithm })
        .collect()
}

pub(crate) fn sign(
    signer: &Pkcs11Signer,
    identity: &Identity,
    pin: PinSource,
    options: &SignOptions,
) -> Result<Vec<Vec<u8>>, TokenError> {
    signer.sign(&identity.id, &items(identity, 1), pin, options)
}

/// So many signatures are there, in order, and are those of the certificate.
pub(crate) fn assert_signs(signer: &Pkcs11Signer, identity: &Identity, count: usize, pin: PinSource) {
    let items = items(identity, count);
    let signatures = signer.sign(&identity.id, &items, pin, &options()).unwrap();
    assert_eq!(signatures.len(), count);
    let key = identity.certificate.public_key().unwrap();
    for (item, signature) in items.iter().zip(&signatures) {
        key.verify(item.algorithm.into(), &item.octets, signature).unwrap();
    }
}
