//! Which private key belongs to the certificate, and keys that ask for the PIN each time.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use cryptoki_sys::{CKR_DATA_LEN_RANGE, CKR_DEVICE_ERROR};
use kamusm_test_ca::{LeafKey, LeafSpec};
use kamusm_test_softhsm::{KeyPairSpec, SoftHsm, in_own_process};
use kamusm_test_spy::Directive;
use kamusm_token::backend::SignOptions;
use kamusm_token::deadline::Deadline;
use kamusm_token::error::TokenError;

use crate::fixture::{
    Card, OBJECT_LABEL, PIN, SHORT, issue, options, pair, returns, returns_once, soon, typed,
};

fn logins_of(card: &Card, user: &str) -> usize {
    let login = format!("C_Login {user}");
    card.spy.calls().into_iter().filter(|line| *line == login).count()
}

#[test]
fn a_key_that_always_authenticates_is_confirmed_at_each_signature() {
    in_own_process!(|hsm| {
        let leaf = issue(&LeafSpec::default());
        let card = Card::with(&hsm, &[KeyPairSpec { always_authenticate: true, ..pair(&leaf) }]);
        card.assert_signs(&card.identity(), 3, typed(PIN), &options());
        assert_eq!((logins_of(&card, "1"), logins_of(&card, "2")), (1, 3));
        card.assert_tidy();
    });
}

#[test]
fn keys_that_share_an_id_are_settled_by_signing() {
    in_own_process!(|hsm| {
        let (leaf, twin, third) =
            (issue(&LeafSpec::default()), issue(&LeafSpec::default()), issue(&LeafSpec::default()));
        let without_certificate = |leaf| KeyPairSpec { certificate: None, ..pair(leaf) };
        let card = Card::with(&hsm, &[without_certificate(&twin), pair(&leaf), without_certificate(&third)]);
        card.assert_signs(&card.identity(), 2, typed(PIN), &options());
        assert_eq!(card.logins(), 1);
        assert!(
            (2..=4).contains(&card.spy.count("C_Sign")),
            "at most one extra signature for each wrong key"
        );
        card.assert_tidy();
    });
}

#[test]
fn keys_of_which_none_fits_are_ambiguous() {
    in_own_process!(|hsm| {
        let (leaf, twin, third) =
            (issue(&LeafSpec::default()), issue(&LeafSpec::default()), issue(&LeafSpec::default()));
        let certificate = KeyPairSpec { private_key: None, ..pair(&leaf) };
        let without_certificate = |leaf| KeyPairSpec { certificate: None, ..pair(leaf) };
        let card = Card::with(&hsm, &[certificate, without_certificate(&twin), without_certificate(&third)]);
        let error = card.sign(&card.identity(), 1, typed(PIN), &options()).unwrap_err();
        assert!(matches!(error, TokenError::KeyAmbiguous { candidates: 2 }), "{error:?}");
        assert_eq!(card.logins(), 1);
    });
}

#[test]
fn rsa_twins_are_told_apart_by_their_modulus_without_signing() {
    in_own_process!(|hsm| {
        let spec = LeafSpec { key: LeafKey::Rsa2048, ..LeafSpec::default() };
        let (leaf, twin) = (issue(&spec), issue(&spec));
        let card = Card::with(&hsm, &[pair(&twin), pair(&leaf)]);
        for identity in card.list() {
            card.assert_signs(&identity, 1, typed(PIN), &options());
        }
        assert_eq!(card.spy.count("C_Sign"), 2, "one for each of the two");
    });
}

#[test]
fn a_key_without_id_is_found_by_modulus_or_by_a_label_of_its_own() {
    in_own_process!(|hsm| {
        let rsa = issue(&LeafSpec { key: LeafKey::Rsa2048, ..LeafSpec::default() });
        let ec = issue(&LeafSpec::default());
        let parts = |leaf, label| {
            let whole = KeyPairSpec { label, ..pair(leaf) };
            [
                KeyPairSpec { private_key: None, id: &[7], ..whole },
                KeyPairSpec { certificate: None, id: &[], ..whole },
            ]
        };
        let keys = [parts(&rsa, OBJECT_LABEL), parts(&ec, "only this one")].concat();
        let card = Card::with(&hsm, &keys);
        let identities = card.list();
        assert_eq!(identities.len(), 2);
        for identity in &identities {
            card.assert_signs(identity, 1, typed(PIN), &options());
        }
    });
}

#[test]
fn a_missing_key_and_one_that_may_not_sign_are_told_apart() {
    in_own_process!(|hsm| {
        let (missing, forbidden) = (issue(&LeafSpec::default()), issue(&LeafSpec::default()));
        let card = Card::with(
            &hsm,
            &[
                KeyPairSpec { id: &[1], label: "a", private_key: None, ..pair(&missing) },
                KeyPairSpec { id: &[2], label: "b", may_sign: false, ..pair(&forbidden) },
            ],
        );
        for identity in card.list() {
            let error = card.sign(&identity, 1, typed(PIN), &options()).unwrap_err();
            if identity.certificate.der() == missing.certificate_der {
                assert!(matches!(error, TokenError::KeyNotFound), "{error:?}");
            } else {
                assert!(matches!(error, TokenError::KeyNotPermitted), "{error:?}");
            }
        }
        assert_eq!(card.spy.count("C_SignInit"), 0, "the card is not asked for what it said it does not do");
    });
}

/// A card whose keys share an ID and always authenticate, and the call in which it refuses.
fn confirmed_twins(hsm: &SoftHsm, directives: &[Directive]) -> (Card, TokenError) {
    let (leaf, twin) = (issue(&LeafSpec::default()), issue(&LeafSpec::default()));
    let always = |leaf| KeyPairSpec { always_authenticate: true, ..pair(leaf) };
    let card = Card::with(hsm, &[KeyPairSpec { certificate: None, ..always(&twin) }, always(&leaf)]);
    let identity = card.identity();
    card.spy.tell(directives);
    let error = card.sign(&identity, 1, typed(PIN), &options()).unwrap_err();
    (card, error)
}

#[test]
fn no_other_key_is_tried_after_a_confirmation_that_failed() {
    in_own_process!(|hsm| {
        let (card, error) = confirmed_twins(&hsm, &[returns_once("C_Login", CKR_DEVICE_ERROR, 2)]);
        assert!(matches!(error, TokenError::Other { function: "C_Login", rv: Some(0x30) }), "{error:?}");
        let rvs: Vec<u64> = card.spy.logins().iter().map(|login| login.rv).collect();
        assert_eq!(rvs, [0, CKR_DEVICE_ERROR]);
    });
}

#[test]
fn a_confirmed_signature_that_is_refused_is_not_confirmed_again() {
    in_own_process!(|hsm| {
        let leaf = issue(&LeafSpec { key: LeafKey::Rsa2048, ..LeafSpec::default() });
        let card = Card::with(&hsm, &[KeyPairSpec { always_authenticate: true, ..pair(&leaf) }]);
        let identity = card.identity();
        card.spy.tell(&[returns("C_Sign", CKR_DATA_LEN_RANGE)]);
        let error = card.sign(&identity, 1, typed(PIN), &options()).unwrap_err();
        assert!(matches!(error, TokenError::MechanismUnsupported { .. }), "{error:?}");
        assert_eq!((logins_of(&card, "1"), logins_of(&card, "2")), (1, 1));
        card.assert_tidy();
    });
}

#[test]
fn no_confirmation_is_made_after_the_deadline() {
    in_own_process!(|hsm| {
        let leaf = issue(&LeafSpec::default());
        let card = Card::with(&hsm, &[KeyPairSpec { always_authenticate: true, ..pair(&leaf) }]);
        let identity = card.identity();
        card.spy.tell(&[Directive::Hang("C_SignInit".into())]);
        let short = SignOptions::new(Deadline::after(SHORT));
        let error = card.sign(&identity, 1, typed(PIN), &short).unwrap_err();
        assert!(matches!(error, TokenError::ModuleHung { function: "C_SignInit", .. }), "{error:?}");
        card.spy.tell(&[]);
        let patience = soon();
        while card.signer.identities(soon()).is_err() {
            assert!(!patience.has_passed(), "the module came back");
            std::thread::yield_now();
        }
        assert_eq!((logins_of(&card, "1"), logins_of(&card, "2")), (1, 0));
    });
}
