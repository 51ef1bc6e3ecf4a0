//! The PIN of a software key, with the manners of a card: three tries, the last only on demand, then locked.

use std::sync::{Mutex, MutexGuard, PoisonError};

use aws_lc_rs::constant_time::verify_slices_are_equal;

use crate::error::TokenError;
use crate::pin::{Pin, PinEntry, PinSource, PinState, Tries};

const TRIES: u8 = 3;

/// Guards a key; without a PIN it is always open.
pub(super) struct Lock {
    pin: Option<Pin>,
    left: Mutex<u8>,
}

impl Lock {
    pub(super) fn new(pin: Option<Pin>) -> Self {
        Self { pin, left: Mutex::new(TRIES) }
    }

    pub(super) fn state(&self) -> PinState {
        let left = *self.left();
        let tries = match left {
            0 => Tries::Locked,
            1 => Tries::Final,
            left => Tries::Exact(left),
        };
        PinState { entry: PinEntry::Typed, min: 0, max: u16::MAX, tries, must_change: false }
    }

    pub(super) fn open(&self, given: &PinSource, allow_final_try: bool) -> Result<(), TokenError> {
        let Some(pin) = &self.pin else { return Ok(()) };
        let given = match given {
            PinSource::Pad => return Err(TokenError::PadUnavailable),
            PinSource::Pin(given) if given.is_empty() => return Err(TokenError::PinRequired),
            PinSource::Pin(given) => given,
        };
        let mut left = self.left();
        match *left {
            0 => return Err(TokenError::PinLocked { used_a_try: false }),
            1 if !allow_final_try => return Err(TokenError::PinFinalTry),
            _ => {}
        }
        if verify_slices_are_equal(pin.octets(), given.octets()).is_ok() {
            *left = TRIES;
            return Ok(());
        }
        *left -= 1;
        match *left {
            0 => Err(TokenError::PinLocked { used_a_try: true }),
            1 => Err(TokenError::PinIncorrect { tries: Tries::Final }),
            left => Err(TokenError::PinIncorrect { tries: Tries::Exact(left) }),
        }
    }

    fn left(&self) -> MutexGuard<'_, u8> {
        self.left.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(pin: &[u8]) -> PinSource {
        PinSource::Pin(Pin::new(pin.to_vec()))
    }

    fn lock() -> Lock {
        Lock::new(Some(Pin::new(b"1234".to_vec())))
    }

    #[test]
    fn three_wrong_pins_lock_and_the_last_is_used_only_on_demand() {
        let lock = lock();
        let first = lock.open(&typed(b"0000"), false).unwrap_err();
        assert_eq!((first.tries_left(), first.used_a_try()), (Some(2), true));
        let second = lock.open(&typed(b"0000"), false).unwrap_err();
        assert_eq!((second.tries_left(), second.used_a_try()), (Some(1), true));
        let refused = lock.open(&typed(b"0000"), false).unwrap_err();
        assert!(matches!(refused, TokenError::PinFinalTry), "{refused:?}");
        assert_eq!(lock.state().tries, Tries::Final, "nothing was used");
        let last = lock.open(&typed(b"0000"), true).unwrap_err();
        assert!(matches!(last, TokenError::PinLocked { used_a_try: true }), "{last:?}");
        let after = lock.open(&typed(b"1234"), true).unwrap_err();
        assert!(matches!(after, TokenError::PinLocked { used_a_try: false }), "{after:?}");
    }

    #[test]
    fn the_right_pin_gives_all_tries_back() {
        let lock = lock();
        lock.open(&typed(b"0000"), false).unwrap_err();
        lock.open(&typed(b"1234"), false).unwrap();
        assert_eq!(lock.state().tries, Tries::Exact(TRIES));
    }

    #[test]
    fn no_pin_and_a_pad_use_no_try() {
        let lock = lock();
        assert!(matches!(lock.open(&typed(b""), false), Err(TokenError::PinRequired)));
        assert!(matches!(lock.open(&PinSource::Pad, false), Err(TokenError::PadUnavailable)));
        assert_eq!(lock.state().tries, Tries::Exact(TRIES));
    }
}
