//! Two readers, two cards, and cards that change places.

use kamusm_test_ca::LeafKey;
use kamusm_test_card::{Instruction, with_readers};
use kamusm_token::error::TokenError;

use crate::fixture::{PIN, assert_signs, list, nes, nes_of, options, sign, signer, typed};

#[test]
fn each_of_two_cards_signs_with_its_own_key() {
    with_readers!(2, |desk| {
        desk.reader(0).insert(nes(LeafKey::Rsa2048));
        desk.reader(1).insert(nes(LeafKey::P384));
        let signer = signer();
        let seen = list(&signer);
        assert_eq!(seen.len(), 2);
        assert_ne!(seen[0].token.serial, seen[1].token.serial);
        for (number, identity) in seen.iter().enumerate() {
            assert!(identity.token.reader.contains(desk.reader(number).name()), "{}", identity.token.reader);
            assert_signs(&signer, identity, 1, typed(PIN));
            assert_eq!(desk.reader(number).count(Instruction::Sign), 1);
        }
    });
}

#[test]
fn a_wrong_pin_is_told_to_the_one_card_that_was_meant() {
    with_readers!(2, |desk| {
        desk.reader(0).insert(nes(LeafKey::P256));
        desk.reader(1).insert(nes(LeafKey::P256));
        let signer = signer();
        let second = list(&signer).remove(1);
        sign(&signer, &second, typed("000000"), &options()).unwrap_err();
        assert_eq!((desk.reader(0).tries_left(), desk.reader(1).tries_left()), (Some(3), Some(2)));
    });
}

#[test]
fn a_card_that_was_swapped_after_the_list_is_not_asked_for_anything() {
    with_readers!(1, |desk| {
        let reader = desk.reader(0);
        reader.insert(nes(LeafKey::P256));
        let signer = signer();
        let identity = nes_of(&signer);
        reader.eject();
        reader.insert(nes(LeafKey::P256));
        let error = sign(&signer, &identity, typed(PIN), &options()).unwrap_err();
        assert!(matches!(error, TokenError::IdentityGone), "{error:?}");
        assert_eq!((reader.tries_left(), reader.count(Instruction::Sign)), (Some(3), 0));
        assert_signs(&signer, &nes_of(&signer), 1, typed(PIN));
    });
}

#[test]
fn a_card_that_moved_to_the_other_reader_signs_there() {
    with_readers!(2, |desk| {
        desk.reader(0).insert(nes(LeafKey::Rsa2048));
        let signer = signer();
        let identity = nes_of(&signer);
        let card = desk.reader(0).eject().unwrap();
        desk.reader(1).insert(card);
        assert_signs(&signer, &identity, 1, typed(PIN));
        assert_eq!(desk.reader(1).count(Instruction::Sign), 1);
    });
}

#[test]
fn a_card_that_was_out_in_between_signs() {
    with_readers!(1, |desk| {
        desk.reader(0).insert(nes(LeafKey::P256));
        let signer = signer();
        let identity = nes_of(&signer);
        let card = desk.reader(0).eject().unwrap();
        let gone = sign(&signer, &identity, typed(PIN), &options()).unwrap_err();
        assert!(matches!(gone, TokenError::NoToken), "{gone:?}");
        desk.reader(0).insert(card);
        assert_signs(&signer, &identity, 1, typed(PIN));
    });
}
