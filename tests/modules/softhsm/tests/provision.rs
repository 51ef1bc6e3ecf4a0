//! What was provisioned is what `pkcs11-tool` and the like would find.

use cryptoki::context::{CInitializeArgs, CInitializeFlags, Pkcs11};
use cryptoki::object::{Attribute, ObjectClass};
use cryptoki::session::UserType;
use cryptoki::types::AuthPin;
use kamusm_test_ca::{LeafKey, LeafSpec, TestCa};
use kamusm_test_softhsm::{KeyPairSpec, ProvisionError, TokenSpec, in_own_process, module};

#[test]
fn a_token_has_its_key_and_its_certificate() {
    in_own_process!(|hsm| {
        let ca = TestCa::new(1_790_000_000);
        let leaf = ca.issue(&LeafSpec { key: LeafKey::P384, ..LeafSpec::default() });
        let pair = KeyPairSpec {
            private_key: Some(&leaf.private_key_pkcs8_der),
            certificate: Some(&leaf.certificate_der),
            ..KeyPairSpec::default()
        };
        hsm.provision(&TokenSpec { label: "AKIS_1", pin: "123456", keys: &[pair] }).unwrap();
        hsm.provision(&TokenSpec { label: "AKIS_2", pin: "123456", keys: &[] }).unwrap();

        let pkcs11 = Pkcs11::new(module().unwrap()).unwrap();
        pkcs11.initialize(CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK)).unwrap();
        let slots = pkcs11.get_all_slots().unwrap();
        let labelled = |label: &str| {
            slots
                .iter()
                .copied()
                .find(|&slot| pkcs11.get_token_info(slot).is_ok_and(|it| it.label() == label))
        };
        assert!(labelled("AKIS_2").is_some());
        let session = pkcs11.open_ro_session(labelled("AKIS_1").unwrap()).unwrap();
        let count =
            |class| session.find_objects(&[Attribute::Class(class), Attribute::Id(vec![1])]).unwrap().len();
        assert_eq!((count(ObjectClass::CERTIFICATE), count(ObjectClass::PRIVATE_KEY)), (1, 0));
        session.login(UserType::User, Some(&AuthPin::new("123456".into()))).unwrap();
        assert_eq!(count(ObjectClass::PRIVATE_KEY), 1);
    });
}

#[test]
fn a_process_without_the_environment_is_told_so() {
    let folder = tempfile::tempdir().unwrap();
    let hsm = kamusm_test_softhsm::SoftHsm::in_folder(folder.path()).unwrap();
    let refused = hsm.provision(&TokenSpec { label: "x", pin: "123456", keys: &[] });
    assert!(matches!(refused, Err(ProvisionError::NotSeenHere)));
}

#[test]
#[should_panic(expected = "0 passed")]
fn a_test_that_does_not_exist_does_not_pass() {
    kamusm_test_softhsm::run_in_own_process("provision::no_such_test::test", |_| {});
}
