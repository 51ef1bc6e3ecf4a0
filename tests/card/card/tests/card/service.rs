//! No service, no reader, no card: three things that a person mends in three ways.

use kamusm_test_ca::LeafKey;
use kamusm_test_card::with_readers;
use kamusm_token::backend::Signer;
use kamusm_token::error::TokenError;

use crate::fixture::{PIN, assert_signs, nes, nes_of, signer, soon, typed};

#[test]
fn a_reader_without_a_card_is_no_token() {
    with_readers!(1, |_desk| {
        let error = signer().identities(soon()).unwrap_err();
        assert!(matches!(error, TokenError::NoToken), "{error:?}");
    });
}

#[test]
fn no_reader_is_told() {
    with_readers!(0, |_desk| {
        let error = signer().identities(soon()).unwrap_err();
        assert!(matches!(error, TokenError::NoReader), "{error:?}");
    });
}

#[test]
fn a_service_that_restarts_is_used_again() {
    with_readers!(1, |desk| {
        desk.reader(0).insert(nes(LeafKey::P256));
        let signer = signer();
        let identity = nes_of(&signer);
        desk.stop();
        assert!(signer.identities(soon()).is_err());
        desk.resume().unwrap();
        assert_signs(&signer, &identity, 1, typed(PIN));
    });
}
