//! Listing: everything is shown with its reason, nothing is asked.

use kamusm_test_ca::{LeafKey, LeafSpec, Qc, Usage};
use kamusm_test_softhsm::{KeyPairSpec, TokenSpec, in_own_process, module};
use kamusm_token::error::TokenError;
use kamusm_token::identity::{Purpose, Unusable};
use kamusm_token::pin::{PinEntry, Tries};

use crate::backend;
use crate::fixture::{Card, OBJECT_LABEL, PIN, TOKEN_LABEL, issue, now, pair, soon};

#[test]
fn certificates_are_listed_without_login() {
    in_own_process!(|hsm| {
        let card = Card::with_nes(&hsm);
        let identity = card.identity();
        assert_eq!(card.logins(), 0);
        card.assert_tidy();
        assert_eq!(identity.purpose, Purpose::Signing);
        assert_eq!(identity.usable, Ok(()));
        assert_eq!(identity.token.label, TOKEN_LABEL);
        assert_eq!(identity.token.module, card.spy.module().canonicalize().unwrap());
        assert_eq!((identity.pin.entry, identity.pin.tries), (PinEntry::Typed, Tries::Unknown));
        assert_eq!((identity.pin.min, identity.pin.max), (4, 255));
        assert_eq!(card.identity().id, identity.id, "an identity keeps its name");
    });
}

#[test]
fn nothing_that_names_a_person_is_printed() {
    in_own_process!(|hsm| {
        let identity = Card::with_nes(&hsm).identity();
        let printed = format!("{identity:?}");
        for secret in [TOKEN_LABEL, OBJECT_LABEL, "10000000146", identity.token.serial.as_str()] {
            assert!(!printed.contains(secret), "{secret} in {printed}");
        }
    });
}

#[test]
fn certificates_that_cannot_sign_are_listed_with_the_reason() {
    in_own_process!(|hsm| {
        let usage = issue(&LeafSpec { key_usage: Usage::DigitalSignature, ..LeafSpec::default() });
        let not_after = now() - 60;
        let expired = issue(&LeafSpec { not_after: Some(not_after), ..LeafSpec::default() });
        let not_before = now() + 3600;
        let early = issue(&LeafSpec { not_before: Some(not_before), ..LeafSpec::default() });
        let seal = issue(&LeafSpec { qc: Qc::Seal, ..LeafSpec::default() });
        let sound = issue(&LeafSpec { key: LeafKey::P384, ..LeafSpec::default() });
        let leaves = [&usage, &expired, &early, &seal, &sound];
        let keys: Vec<_> = leaves.map(|leaf| KeyPairSpec { private_key: None, ..pair(leaf) }).into();
        let card = Card::with(&hsm, &keys);
        let identities = card.list();
        let reason = |leaf: &kamusm_test_ca::Issued| {
            let found = identities.iter().find(|it| it.certificate.der() == leaf.certificate_der);
            found.unwrap().usable
        };
        assert_eq!(identities.len(), 5);
        assert!(matches!(reason(&seal), Err(Unusable::Seal { .. })));
        assert!(matches!(reason(&usage), Err(Unusable::NotNonRepudiation { .. })));
        assert_eq!(reason(&expired), Err(Unusable::Expired { not_after }));
        assert_eq!(reason(&early), Err(Unusable::NotYetValid { not_before }));
        assert_eq!(reason(&sound), Ok(()));
        let purposes = identities.iter().filter(|it| it.purpose == Purpose::Authentication).count();
        assert_eq!(purposes, 1);
        assert_eq!(card.logins(), 0);
    });
}

#[test]
fn what_is_missing_is_named() {
    in_own_process!(|hsm| {
        let signer = backend::open(&module().unwrap(), soon()).unwrap();
        let without_token = signer.identities(soon()).unwrap_err();
        assert!(matches!(without_token, TokenError::NoToken), "{without_token:?}");
        assert!(hsm.is_seen_here());
    });
}

#[test]
fn a_token_without_certificates_is_named() {
    in_own_process!(|hsm| {
        let card = Card::with(&hsm, &[]);
        let error = card.signer.identities(soon()).unwrap_err();
        assert!(matches!(error, TokenError::NoSigningCertificate { seen: 0 }), "{error:?}");
    });
}

#[test]
fn every_token_is_listed() {
    in_own_process!(|hsm| {
        let other = issue(&LeafSpec::default());
        hsm.provision(&TokenSpec { label: "other", pin: PIN, keys: &[pair(&other)] }).unwrap();
        let card = Card::with_nes(&hsm);
        let mut labels: Vec<_> = card.list().into_iter().map(|identity| identity.token.label).collect();
        labels.sort();
        assert_eq!(labels, [TOKEN_LABEL, "other"]);
    });
}
