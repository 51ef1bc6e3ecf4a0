//! The PIN, counted by the card itself.

use kamusm_test_ca::LeafKey;
use kamusm_test_card::{Instruction, with_readers};
use kamusm_token::error::TokenError;
use kamusm_token::pin::{PinEntry, Tries};

use crate::fixture::{PIN, assert_signs, nes, nes_of, options, sign, signer, typed};

#[test]
fn a_wrong_pin_costs_one_try_and_the_right_one_gives_it_back() {
    with_readers!(1, |desk| {
        let reader = desk.reader(0);
        reader.insert(nes(LeafKey::Rsa2048));
        let signer = signer();
        let identity = nes_of(&signer);
        assert_eq!(identity.pin.entry, PinEntry::Typed);
        let error = sign(&signer, &identity, typed("654321"), &options()).unwrap_err();
        assert!(matches!(error, TokenError::PinIncorrect { .. }), "{error:?}");
        assert_eq!((reader.tries_left(), reader.count(Instruction::Sign)), (Some(2), 0));
        assert_signs(&signer, &identity, 1, typed(PIN));
        assert_eq!(reader.tries_left(), Some(3));
    });
}

#[test]
fn the_last_try_is_refused_until_it_is_wanted_and_then_the_pin_is_locked() {
    with_readers!(1, |desk| {
        let reader = desk.reader(0);
        reader.insert(nes(LeafKey::Rsa2048));
        let signer = signer();
        let identity = nes_of(&signer);
        for left in [2, 1] {
            let error = sign(&signer, &identity, typed("000000"), &options()).unwrap_err();
            assert!(matches!(error, TokenError::PinIncorrect { .. }), "{error:?}");
            assert_eq!(reader.tries_left(), Some(left));
        }
        assert_eq!(nes_of(&signer).pin.tries, Tries::Final);
        let refused = sign(&signer, &identity, typed("000000"), &options()).unwrap_err();
        assert!(matches!(refused, TokenError::PinFinalTry), "{refused:?}");
        assert_eq!(reader.tries_left(), Some(1), "nothing was sent");

        let mut wanted = options();
        wanted.allow_final_try = true;
        let locked = sign(&signer, &identity, typed("000000"), &wanted).unwrap_err();
        assert!(matches!(locked, TokenError::PinLocked { used_a_try: true }), "{locked:?}");
        assert_eq!(reader.tries_left(), Some(0));
        let still = sign(&signer, &identity, typed(PIN), &wanted).unwrap_err();
        assert!(matches!(still, TokenError::PinLocked { used_a_try: false }), "{still:?}");
    });
}

#[test]
fn a_pin_of_impossible_length_costs_no_try() {
    with_readers!(1, |desk| {
        let reader = desk.reader(0);
        reader.insert(nes(LeafKey::P256));
        let signer = signer();
        let identity = nes_of(&signer);
        reader.forget();
        for pin in ["1", "123456789"] {
            let error = sign(&signer, &identity, typed(pin), &options()).unwrap_err();
            assert!(matches!(error, TokenError::PinLength { min: 4, max: 8 }), "{error:?}");
        }
        let empty = sign(&signer, &identity, typed(""), &options()).unwrap_err();
        assert!(matches!(empty, TokenError::PinRequired), "{empty:?}");
        assert_eq!(reader.tries_left(), Some(3));
    });
}
