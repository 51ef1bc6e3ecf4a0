//! Signing: one login for all items, every signature verified, nothing left open.

use cryptoki::context::{CInitializeArgs, CInitializeFlags, Pkcs11};
use cryptoki::object::{Attribute, ObjectClass};
use cryptoki::session::UserType;
use cryptoki::types::AuthPin;
use kamusm_cades::algorithm::SignatureAlgorithm;
use kamusm_test_ca::{LeafKey, LeafSpec, Usage};
use kamusm_test_softhsm::{in_own_process, module};
use kamusm_test_spy::Directive;
use kamusm_token::backend::Signer;
use kamusm_token::error::TokenError;
use kamusm_token::identity::Unusable;
use kamusm_token::soft::SoftSigner;

use crate::fixture::{Card, PIN, issue, items, now, options, pair, soon, typed};

fn signs_with_one_login_each_time(card: &Card) {
    let identity = card.identity();
    for count in [1, 2, 10] {
        card.spy.forget();
        card.assert_signs(&identity, count, typed(PIN), &options());
        assert_eq!(card.logins(), 1, "{count} items");
        assert_eq!(card.spy.count("C_Sign"), count);
        assert_eq!(card.spy.count("C_Logout"), 1);
        assert_eq!(card.spy.count("C_OpenSession"), card.spy.count("C_CloseSession"));
        assert_eq!(card.spy.count("C_Finalize"), 0);
    }
}

#[test]
fn rsa_2048_signs_with_one_login() {
    in_own_process!(|hsm| signs_with_one_login_each_time(&Card::with_key(&hsm, LeafKey::Rsa2048)));
}

#[test]
fn p256_signs_with_one_login() {
    in_own_process!(|hsm| signs_with_one_login_each_time(&Card::with_key(&hsm, LeafKey::P256)));
}

#[test]
fn p384_signs_with_one_login() {
    in_own_process!(|hsm| signs_with_one_login_each_time(&Card::with_key(&hsm, LeafKey::P384)));
}

#[test]
fn p521_signs_with_one_login() {
    in_own_process!(|hsm| signs_with_one_login_each_time(&Card::with_key(&hsm, LeafKey::P521)));
}

#[test]
fn many_threads_take_turns() {
    in_own_process!(|hsm| {
        let card = Card::with_nes(&hsm);
        let identity = card.identity();
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| card.assert_signs(&identity, 2, typed(PIN), &options()));
            }
        });
        assert_eq!(card.logins(), 8);
        card.assert_tidy();
    });
}

#[test]
fn no_items_need_no_login() {
    in_own_process!(|hsm| {
        let card = Card::with_nes(&hsm);
        let identity = card.identity();
        assert!(card.sign(&identity, 0, typed(PIN), &options()).unwrap().is_empty());
        assert_eq!(card.logins(), 0);
    });
}

#[test]
fn an_algorithm_of_another_key_is_refused_before_login() {
    in_own_process!(|hsm| {
        let card = Card::with_nes(&hsm);
        let wrong = items(1, SignatureAlgorithm::EcdsaP384Sha384);
        let error = card.signer.sign(&card.identity().id, &wrong, typed(PIN), &options()).unwrap_err();
        let algorithm = SignatureAlgorithm::EcdsaP384Sha384;
        assert!(matches!(error, TokenError::MechanismUnsupported { algorithm: it } if it == algorithm));
        assert_eq!(card.logins(), 0);
    });
}

#[test]
fn an_unusable_certificate_is_refused_before_login() {
    in_own_process!(|hsm| {
        let usage = issue(&LeafSpec { key_usage: Usage::DigitalSignature, ..LeafSpec::default() });
        let not_after = now() - 60;
        let expired = issue(&LeafSpec { not_after: Some(not_after), ..LeafSpec::default() });
        let card = Card::with(&hsm, &[pair(&usage), pair(&expired)]);
        for identity in card.list() {
            let refused = card.sign(&identity, 1, typed(PIN), &options());
            let Err(TokenError::CertificateUnusable { why }) = refused else { panic!("{refused:?}") };
            assert_eq!(Err(why), identity.usable);
        }
        assert_eq!(card.logins(), 0);

        let mut then = options();
        then.at_unix = Some(not_after - 1);
        let identity = card.list().into_iter().find(|it| it.usable == Err(Unusable::Expired { not_after }));
        let signed = card.sign(&identity.unwrap(), 1, typed(PIN), &then);
        assert!(!matches!(signed, Err(TokenError::CertificateUnusable { .. })), "valid then: {signed:?}");
    });
}

fn assert_broken_signature_stays(card: &Card) {
    let identity = card.identity();
    card.spy.tell(&[Directive::BrokenSignature]);
    let signed = card.sign(&identity, 2, typed(PIN), &options());
    assert!(matches!(signed, Err(TokenError::SignatureInvalid)), "{signed:?}");
    assert_eq!(card.spy.count("C_Sign"), 1, "nothing more is signed with such a card");
    card.assert_tidy();
}

#[test]
fn a_wrong_rsa_signature_never_leaves() {
    in_own_process!(|hsm| assert_broken_signature_stays(&Card::with_key(&hsm, LeafKey::Rsa2048)));
}

#[test]
fn a_wrong_ecdsa_signature_never_leaves() {
    in_own_process!(|hsm| assert_broken_signature_stays(&Card::with_nes(&hsm)));
}

#[test]
fn a_certificate_that_left_the_card_is_gone() {
    in_own_process!(|hsm| {
        let card = Card::with_nes(&hsm);
        let identity = card.identity();
        let host = Pkcs11::new(module().unwrap()).unwrap();
        // In this process it may be started already.
        let _ = host.initialize(CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK));
        let session = host.open_rw_session(host.get_slots_with_initialized_token().unwrap()[0]).unwrap();
        session.login(UserType::User, Some(&AuthPin::new(PIN.into()))).unwrap();
        for object in session.find_objects(&[Attribute::Class(ObjectClass::CERTIFICATE)]).unwrap() {
            session.destroy_object(object).unwrap();
        }
        session.logout().unwrap();
        session.close().unwrap();
        let error = card.sign(&identity, 1, typed(PIN), &options()).unwrap_err();
        assert!(matches!(error, TokenError::IdentityGone), "{error:?}");
        assert_eq!(card.logins(), 0);
    });
}

#[test]
fn an_identity_of_another_signer_is_not_here() {
    in_own_process!(|hsm| {
        let leaf = issue(&LeafSpec::default());
        let soft = SoftSigner::from_pkcs8(&leaf.certificate_der, &leaf.private_key_pkcs8_der, None).unwrap();
        let card = Card::with(&hsm, &[pair(&leaf)]);
        let foreign = soft.identities(soon()).unwrap().remove(0);
        let calls = card.spy.calls().len();
        let error = card.sign(&foreign, 1, typed(PIN), &options()).unwrap_err();
        assert!(matches!(error, TokenError::IdentityGone), "{error:?}");
        assert_eq!(card.spy.calls().len(), calls);
    });
}
