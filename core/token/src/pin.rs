//! The PIN of a token (PKCS#11 2.40, 5.6 C_Login): octets that are wiped, and what a token tells about them.

use zeroize::{Zeroize, Zeroizing};

/// Octets reserved at the start, so that typing a usual PIN never moves it in memory.
const USUAL_CAPACITY: usize = 64;

/// A PIN. It is wiped when dropped, prints nothing, and cannot be cloned.
///
/// ```
/// use kamusm_token::pin::Pin;
///
/// let mut pin = Pin::empty();
/// for digit in *b"1234" {
///     pin.push(digit);
/// }
/// pin.pop();
/// assert_eq!(pin.len(), 3);
/// assert_eq!(format!("{pin:?}"), "Pin");
/// ```
pub struct Pin(Zeroizing<Vec<u8>>);

impl Pin {
    /// Takes the octets over; they are wiped with the `Pin`.
    pub fn new(octets: Vec<u8>) -> Self {
        Self(Zeroizing::new(octets))
    }

    /// A PIN to be typed digit by digit.
    pub fn empty() -> Self {
        Self::new(Vec::with_capacity(USUAL_CAPACITY))
    }

    /// Adds one octet at the end.
    pub fn push(&mut self, octet: u8) {
        if self.0.len() == self.0.capacity() {
            // A growing Vec would leave the old octets behind, unwiped.
            let mut larger = Zeroizing::new(Vec::with_capacity((self.0.capacity() * 2).max(USUAL_CAPACITY)));
            larger.extend_from_slice(&self.0);
            self.0 = larger;
        }
        self.0.push(octet);
    }

    /// Removes the last octet and wipes its place; false if there is none.
    pub fn pop(&mut self) -> bool {
        let Some(last) = self.0.last_mut() else { return false };
        last.zeroize();
        self.0.pop();
        true
    }

    /// Removes and wipes everything.
    pub fn clear(&mut self) {
        self.0.as_mut_slice().zeroize();
        self.0.clear();
    }

    /// How many octets there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing was typed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The octets, for the one call that needs them.
    pub(crate) fn octets(&self) -> &[u8] {
        &self.0
    }
}

impl std::fmt::Debug for Pin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Pin")
    }
}

/// Where the PIN comes from. There is no callback: the caller asks the person before it calls.
#[derive(Debug)]
#[expect(
    clippy::exhaustive_enums,
    reason = "a PIN is typed here or at the reader, PKCS#11 knows no third way"
)]
pub enum PinSource {
    /// Typed on this machine.
    Pin(Pin),
    /// Typed on the PIN pad of the reader (CKF_PROTECTED_AUTHENTICATION_PATH).
    Pad,
}

/// How the token takes its PIN and what it tells about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PinState {
    /// Where the PIN is typed.
    pub entry: PinEntry,
    /// Shortest PIN in octets, as the module says; modules say nonsense too, so nothing is refused by it.
    pub min: u16,
    /// Longest PIN in octets, as the module says.
    pub max: u16,
    /// What is known of the tries that are left.
    pub tries: Tries,
    /// The PIN is still the one of delivery, or has expired.
    pub must_change: bool,
}

/// Where a PIN is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "the two sides of CKF_PROTECTED_AUTHENTICATION_PATH")]
pub enum PinEntry {
    /// On this machine.
    Typed,
    /// On the PIN pad of the reader.
    Pad,
}

/// Tries that are left. PKCS#11 gives flags, not numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Tries {
    /// The token tells nothing.
    Unknown,
    /// At least one wrong PIN was entered since the last right one.
    NotFull,
    /// One try is left.
    Final,
    /// None is left.
    Locked,
    /// The token counts.
    Exact(u8),
}

impl Tries {
    /// The number, where it is known.
    pub fn left(self) -> Option<u8> {
        match self {
            Self::Unknown | Self::NotFull => None,
            Self::Final => Some(1),
            Self::Locked => Some(0),
            Self::Exact(left) => Some(left),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pin_longer_than_its_buffer_keeps_its_octets() {
        let mut pin = Pin::new(Vec::new());
        let long: Vec<u8> = (0..200).collect();
        long.iter().for_each(|&octet| pin.push(octet));
        assert_eq!(pin.octets(), long);
    }

    #[test]
    fn popped_and_cleared_octets_are_wiped_in_place() {
        let mut pin = Pin::empty();
        b"1234".iter().for_each(|&octet| pin.push(octet));
        assert!(pin.pop());
        assert_eq!(pin.octets(), b"123");
        pin.clear();
        assert!(pin.is_empty());
        assert!(!pin.pop());
    }

    #[test]
    fn nothing_of_a_pin_is_printed() {
        let source = PinSource::Pin(Pin::new(b"4711".to_vec()));
        assert_eq!(format!("{source:?}"), "Pin(Pin)");
    }
}
