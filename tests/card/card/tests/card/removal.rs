//! A card that is pulled at any moment: told, never a signature that is none, never a program that hangs.

use std::time::Instant;

use kamusm_test_ca::LeafKey;
use kamusm_test_card::{Instruction, with_readers};
use kamusm_token::backend::SignOptions;
use kamusm_token::deadline::Deadline;
use kamusm_token::error::TokenError;

use crate::fixture::{PIN, SHORT, another_signer, assert_signs, nes, nes_of, options, sign, signer, typed};

const GENERAL_ERROR: u64 = 5;

#[test]
fn a_card_pulled_while_it_signs_is_told_and_signs_when_it_is_back() {
    with_readers!(1, |desk| {
        let reader = desk.reader(0);
        reader.insert(nes(LeafKey::Rsa2048));
        let signer = signer();
        let identity = nes_of(&signer);
        reader.forget();
        std::thread::scope(|scope| {
            reader.signing_takes(SHORT * 10);
            let signing = scope.spawn(|| sign(&signer, &identity, typed(PIN), &options()));
            reader.await_command(Instruction::Sign);
            let card = reader.eject().unwrap();
            let error = signing.join().unwrap().unwrap_err();
            assert!(matches!(error, TokenError::TokenRemoved { during: "C_Sign" }), "{error:?}");
            reader.signing_takes(std::time::Duration::ZERO);
            reader.insert(card);
        });
        assert_signs(&signer, &identity, 1, typed(PIN));
    });
}

#[test]
fn a_card_pulled_at_any_command_gives_an_error_by_the_deadline() {
    with_readers!(1, |desk| {
        let reader = desk.reader(0);
        reader.insert(nes(LeafKey::P256));
        let mut signer = signer();
        let identity = nes_of(&signer);
        reader.forget();
        assert_signs(&signer, &identity, 1, typed(PIN));
        let commands = reader.instructions().len();
        assert!(commands >= 3, "{commands}");
        let (mut hung, mut told) = (0, 0);
        for command in 0..commands {
            reader.eject();
            reader.insert(nes(LeafKey::P256));
            let identity = nes_of(&signer);
            reader.pull_after(command);
            let started = Instant::now();
            let error = sign(&signer, &identity, typed(PIN), &SignOptions::new(Deadline::after(SHORT)));
            let Err(error) = error else {
                // Not every signature needs as many commands as the first.
                assert!(command > 0, "a signature without a card");
                continue;
            };
            println!("pulled at command {command} of {commands}: {error:?} after {:?}", started.elapsed());
            match error {
                TokenError::TokenRemoved { .. }
                | TokenError::TokenReset { .. }
                | TokenError::NoToken
                | TokenError::IdentityGone => told += 1,
                // OpenSC failed before pcscd had looked into the reader, so nobody can know yet.
                TokenError::Other { rv: Some(GENERAL_ERROR), .. } => {}
                // OpenSC waits for a lock that it holds itself (TOKEN 2c).
                TokenError::ModuleHung { .. } => {
                    hung += 1;
                    signer = another_signer(&desk, hung);
                }
                other => panic!("pulled at command {command}: {other:?}"),
            }
            assert!(started.elapsed() < SHORT * 10);
        }
        assert!(told + hung > 0, "a pulled card is told as such");
    });
}

#[test]
fn a_reader_that_does_not_notice_is_met_by_the_deadline() {
    with_readers!(1, |desk| {
        let reader = desk.reader(0);
        reader.insert(nes(LeafKey::Rsa2048));
        let signer = signer();
        let identity = nes_of(&signer);
        reader.pull_unnoticed_at(Instruction::Sign);
        let started = Instant::now();
        let error =
            sign(&signer, &identity, typed(PIN), &SignOptions::new(Deadline::after(SHORT))).unwrap_err();
        println!("{error:?} after {:?}", started.elapsed());
        assert!(started.elapsed() < SHORT * 10, "{:?}", started.elapsed());
        assert!(
            matches!(
                error,
                TokenError::ModuleHung { .. } | TokenError::TokenRemoved { .. } | TokenError::Other { .. }
            ),
            "{error:?}"
        );
        reader.eject();
        reader.insert(nes(LeafKey::P256));
        let signer = another_signer(&desk, 1);
        assert_signs(&signer, &nes_of(&signer), 1, typed(PIN));
    });
}
