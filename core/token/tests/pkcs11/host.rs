//! A host program that uses the same module by itself.

use cryptoki::context::{CInitializeArgs, CInitializeFlags, Pkcs11};
use cryptoki::session::UserType;
use cryptoki::types::AuthPin;
use kamusm_test_ca::LeafSpec;
use kamusm_test_softhsm::{TokenSpec, in_own_process, module};
use kamusm_test_spy::Spy;
use kamusm_token::error::TokenError;
use kamusm_token::pkcs11::{InitPolicy, Pkcs11Signer};

use crate::fixture::{Card, PIN, TOKEN_LABEL, issue, options, pair, typed};

const ALREADY_INITIALIZED: u64 = 0x191;
const NOT_INITIALIZED: u64 = 0x190;

#[test]
fn a_module_of_the_host_is_adopted_or_refused_as_asked() {
    in_own_process!(|hsm| {
        let spy = Spy::place(&hsm.folder().join("spy"), &module().unwrap()).unwrap();
        let managed = Pkcs11Signer::open(spy.module(), InitPolicy::HostManaged).unwrap_err();
        assert!(matches!(managed, TokenError::ModuleInit { rv: NOT_INITIALIZED }), "{managed:?}");
        assert_eq!(spy.count("C_Initialize"), 0);

        let host = Pkcs11::new(spy.module()).unwrap();
        host.initialize(CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK)).unwrap();
        let strict = Pkcs11Signer::open(spy.module(), InitPolicy::Strict).unwrap_err();
        assert!(matches!(strict, TokenError::ModuleInit { rv: ALREADY_INITIALIZED }), "{strict:?}");
        Pkcs11Signer::open(spy.module(), InitPolicy::HostManaged).unwrap();
        Pkcs11Signer::open(spy.module(), InitPolicy::Tolerant).unwrap();
        let after = Pkcs11Signer::open(spy.module(), InitPolicy::Strict).unwrap_err();
        assert!(matches!(after, TokenError::ModuleInit { rv: ALREADY_INITIALIZED }), "{after:?}");
        assert_eq!(spy.count("C_Finalize"), 0);
    });
}

#[test]
fn two_signers_start_a_module_once() {
    in_own_process!(|hsm| {
        let card = Card::with_nes(&hsm);
        let again = Pkcs11Signer::open(card.spy.module(), InitPolicy::Strict).unwrap();
        assert_eq!(again.module(), card.spy.module());
        card.assert_tidy();
    });
}

#[test]
fn nobody_signs_on_the_login_of_the_host_unless_it_is_allowed() {
    in_own_process!(|hsm| {
        let leaf = issue(&LeafSpec::default());
        hsm.provision(&TokenSpec { label: TOKEN_LABEL, pin: PIN, keys: &[pair(&leaf)] }).unwrap();
        let spy = Spy::place(&hsm.folder().join("spy"), &module().unwrap()).unwrap();
        let host = Pkcs11::new(spy.module()).unwrap();
        host.initialize(CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK)).unwrap();
        let mut slots = host.get_slots_with_initialized_token().unwrap();
        let session = host.open_ro_session(slots.remove(0)).unwrap();
        session.login(UserType::User, Some(&AuthPin::new(PIN.into()))).unwrap();

        let signer = Box::new(Pkcs11Signer::open(spy.module(), InitPolicy::Tolerant).unwrap());
        let card = Card { spy, signer };
        let identity = card.identity();
        let refused = card.sign(&identity, 1, typed("000000"), &options()).unwrap_err();
        assert!(matches!(refused, TokenError::TokenBusy { holder: None }), "{refused:?}");
        let mut allowed = options();
        allowed.allow_host_login = true;
        card.assert_signs(&identity, 1, typed(PIN), &allowed);
        assert_eq!(card.spy.count("C_Logout"), 0, "the host stays logged in");
        session.get_session_info().unwrap();
    });
}
