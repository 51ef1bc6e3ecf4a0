//! The PIN: octets that are pushed one by one and wiped, never a text.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use kamusm::{Code, Error};
use zeroize::Zeroizing;

use crate::error::Result;

/// A PIN, or the password of a key file. It is empty again after it was used once.
#[derive(uniffi::Object)]
pub struct Pin(Mutex<kamusm_token::pin::Pin>);

impl Pin {
    /// The octets, which are gone afterwards: a PIN is never tried twice.
    pub(crate) fn take(&self) -> kamusm_token::pin::Pin {
        std::mem::replace(&mut *self.typed(), kamusm_token::pin::Pin::empty())
    }

    fn typed(&self) -> MutexGuard<'_, kamusm_token::pin::Pin> {
        // What was typed is whole after every call, also after one that panicked.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[uniffi::export]
impl Pin {
    /// A PIN to be typed digit by digit.
    #[uniffi::constructor]
    pub fn new() -> Arc<Self> {
        Arc::new(Self(Mutex::new(kamusm_token::pin::Pin::empty())))
    }

    /// Adds one octet, 0 to 255, at the end.
    pub fn push(&self, digit_octet: i32) -> Result<()> {
        let octet = Zeroizing::new(
            u8::try_from(digit_octet).map_err(|_| Error::new(Code::Range, "an octet is 0 to 255"))?,
        );
        self.typed().push(*octet);
        Ok(())
    }

    /// Removes the last octet and wipes its place; false if there is none.
    pub fn pop(&self) -> Result<bool> {
        Ok(self.typed().pop())
    }

    /// Removes and wipes everything.
    pub fn clear(&self) -> Result<()> {
        self.typed().clear();
        Ok(())
    }

    /// How many octets there are.
    #[expect(clippy::len_without_is_empty, reason = "each language compares with 0")]
    pub fn len(&self) -> Result<i32> {
        Ok(i32::try_from(self.typed().len()).unwrap_or(i32::MAX))
    }
}
