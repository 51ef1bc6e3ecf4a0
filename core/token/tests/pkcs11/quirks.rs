//! Ways of real cards, AKIS first, each played by the spy.

use cryptoki_sys::{CKM_ECDSA, CKM_RSA_PKCS, CKM_SHA256_RSA_PKCS, CKR_CRYPTOKI_NOT_INITIALIZED};
use kamusm_cades::algorithm::{KeyAlgorithm, SignatureAlgorithm};
use kamusm_test_ca::{Key, LeafKey, LeafSpec, TestCa};
use kamusm_test_softhsm::{KeyPairSpec, in_own_process};
use kamusm_test_spy::Directive;
use kamusm_token::error::TokenError;

use crate::fixture::{Card, PIN, issue, now, options, pair, returns_once, soon, typed};

/// DER of a P-384 `SubjectPublicKeyInfo` with explicit parameters up to the point, as AKIS cards have it; made with
/// `openssl ecparam -name secp384r1 -genkey -param_enc explicit`.
const EXPLICIT_P384_SPKI_HEAD: &[u8] = include_bytes!("explicit_p384_spki_head.der");

#[test]
fn a_module_that_initialises_only_with_null() {
    in_own_process!(|hsm| {
        let leaf = issue(&LeafSpec::default());
        let card = Card::behind(&hsm, &[pair(&leaf)], &[Directive::NullInitOnly]);
        card.assert_signs(&card.identity(), 1, typed(PIN), &options());
        assert_eq!(card.spy.calls()[0], "C_Initialize NULL");
    });
}

#[test]
fn a_token_whose_clock_is_garbage() {
    in_own_process!(|hsm| {
        let card = Card::with_nes(&hsm);
        card.spy.tell(&[Directive::GarbageClock]);
        card.assert_signs(&card.identity(), 1, typed(PIN), &options());
    });
}

#[test]
fn a_module_that_finds_no_slot_with_a_token() {
    in_own_process!(|hsm| {
        let card = Card::with_nes(&hsm);
        card.spy.tell(&[Directive::EmptyTokenPresent]);
        card.assert_signs(&card.identity(), 1, typed(PIN), &options());
    });
}

#[test]
fn an_rsa_card_without_the_raw_mechanism() {
    in_own_process!(|hsm| {
        let card = Card::with_key(&hsm, LeafKey::Rsa2048);
        card.spy.tell(&[Directive::RefuseMechanism(CKM_RSA_PKCS)]);
        card.assert_signs(&card.identity(), 3, typed(PIN), &options());
        let attempts = |mechanism: u64| {
            let line = format!("C_SignInit {mechanism}");
            card.spy.calls().into_iter().filter(|call| *call == line).count()
        };
        assert_eq!(attempts(CKM_RSA_PKCS), 1, "what was refused once is not asked for again");
        assert_eq!(attempts(CKM_SHA256_RSA_PKCS), 3);
        assert_eq!(card.logins(), 1);
        card.assert_tidy();
    });
}

#[test]
fn an_ec_card_without_the_raw_mechanism() {
    in_own_process!(|hsm| {
        let card = Card::with_key(&hsm, LeafKey::P384);
        card.spy.tell(&[Directive::RefuseMechanism(CKM_ECDSA), Directive::CombinedEcdsa]);
        card.assert_signs(&card.identity(), 2, typed(PIN), &options());
        assert_eq!(card.logins(), 1);
        card.assert_tidy();
    });
}

#[test]
fn a_module_that_forgets_after_a_refused_mechanism() {
    in_own_process!(|hsm| {
        let card = Card::with_key(&hsm, LeafKey::Rsa2048);
        card.spy.tell(&[Directive::RefuseMechanism(CKM_RSA_PKCS), Directive::ForgetAfterRefusal]);
        card.assert_signs(&card.identity(), 2, typed(PIN), &options());
        assert_eq!(card.logins(), 1, "a fresh session needs no fresh login");
        card.assert_tidy();
    });
}

#[test]
fn a_card_without_any_mechanism_says_so() {
    in_own_process!(|hsm| {
        let card = Card::with_key(&hsm, LeafKey::Rsa2048);
        card.spy.tell(&[
            Directive::RefuseMechanism(CKM_RSA_PKCS),
            Directive::RefuseMechanism(CKM_SHA256_RSA_PKCS),
        ]);
        let error = card.sign(&card.identity(), 1, typed(PIN), &options()).unwrap_err();
        let wanted = SignatureAlgorithm::RsaPkcs1Sha256;
        assert!(matches!(error, TokenError::MechanismUnsupported { algorithm } if algorithm == wanted));
        card.assert_tidy();
    });
}

#[test]
fn a_key_that_asks_each_time_without_saying_so() {
    in_own_process!(|hsm| {
        let leaf = issue(&LeafSpec::default());
        let card = Card::with(&hsm, &[KeyPairSpec { always_authenticate: true, ..pair(&leaf) }]);
        card.spy.tell(&[Directive::HideAlwaysAuthenticate]);
        card.assert_signs(&card.identity(), 2, typed(PIN), &options());
        assert_eq!(card.logins(), 3, "the user once, then each signature; the refused one checked no PIN");
        assert_eq!(card.spy.count("C_Sign"), 3);
        card.assert_tidy();
    });
}

#[test]
fn a_p384_certificate_that_spells_its_curve_out() {
    in_own_process!(|hsm| {
        let key = Key::generate(LeafKey::P384);
        let point = &key.spki_der()[key.spki_der().len() - 97..];
        let certificate = TestCa::new(now())
            .issue_for_spki(&LeafSpec::default(), &[EXPLICIT_P384_SPKI_HEAD, point].concat());
        let card = Card::with(
            &hsm,
            &[KeyPairSpec {
                private_key: Some(key.pkcs8_der()),
                certificate: Some(&certificate),
                ..KeyPairSpec::default()
            }],
        );
        let identity = card.identity();
        assert_eq!((identity.key, identity.usable), (Some(KeyAlgorithm::P384), Ok(())));
        card.assert_signs(&identity, 2, typed(PIN), &options());
    });
}

#[test]
fn a_module_that_counts_wrong_spoils_only_its_call() {
    in_own_process!(|hsm| {
        let card = Card::with_nes(&hsm);
        card.spy.tell(&[Directive::TooManyObjects]);
        let error = card.signer.identities(soon()).unwrap_err();
        assert!(matches!(error, TokenError::Other { function: "C_FindObjectsInit", rv: None }), "{error:?}");
        card.spy.tell(&[]);
        card.assert_signs(&card.identity(), 1, typed(PIN), &options());
    });
}

#[test]
fn a_module_that_somebody_else_finalised_starts_again() {
    in_own_process!(|hsm| {
        let card = Card::with_nes(&hsm);
        card.spy.forget();
        card.spy.tell(&[
            returns_once("C_GetSlotList", CKR_CRYPTOKI_NOT_INITIALIZED, 1),
            returns_once("C_Initialize", 0, 2),
        ]);
        assert_eq!(card.list().len(), 1);
        assert_eq!(card.spy.count("C_Initialize"), 1);
    });
}
