//! What the person types, in one place of memory that is wiped; a PIN is never a string.

use kamusm_token::pin::Pin;
use zeroize::Zeroizing;

use crate::printable;

/// More than any code, PIN or answer has.
const CAPACITY: usize = 512;

/// A line as it is typed. It does not move in memory and is wiped when dropped.
pub(crate) struct Typed {
    octets: Zeroizing<Vec<u8>>,
}

impl Typed {
    pub(crate) fn empty() -> Self {
        Self { octets: Zeroizing::new(Vec::with_capacity(CAPACITY)) }
    }

    /// Adds an octet; false if there is no room.
    pub(crate) fn push(&mut self, octet: u8) -> bool {
        let has_room = self.octets.len() < CAPACITY;
        if has_room {
            self.octets.push(octet);
        }
        has_room
    }

    /// Removes the last character.
    pub(crate) fn pop(&mut self) {
        while let Some(octet) = self.octets.last_mut() {
            let is_continuation = *octet & 0b1100_0000 == 0b1000_0000;
            *octet = 0;
            self.octets.pop();
            if !is_continuation {
                break;
            }
        }
    }

    pub(crate) fn clear(&mut self) {
        self.octets.fill(0);
        self.octets.clear();
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.octets.is_empty()
    }

    pub(crate) fn octets(&self) -> &[u8] {
        &self.octets
    }

    /// How many characters there are.
    pub(crate) fn characters(&self) -> usize {
        self.octets.iter().filter(|octet| **octet & 0b1100_0000 != 0b1000_0000).count()
    }

    /// How many octets [`Self::show`] adds at most.
    pub(crate) fn room(&self) -> usize {
        self.octets.len() * 10
    }

    /// Adds what can stand on the screen.
    pub(crate) fn show(&self, line: &mut String) {
        for chunk in self.octets.utf8_chunks() {
            chunk.valid().chars().for_each(|character| printable::put(line, character));
            if !chunk.invalid().is_empty() {
                line.push('?');
            }
        }
    }

    /// A PIN of the typed octets.
    pub(crate) fn to_pin(&self) -> Pin {
        let mut pin = Pin::empty();
        self.octets.iter().for_each(|octet| pin.push(*octet));
        pin
    }
}

impl std::fmt::Debug for Typed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Typed")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(text: &str) -> Typed {
        let mut typed = Typed::empty();
        text.bytes().for_each(|octet| assert!(typed.push(octet)));
        typed
    }

    #[test]
    fn backspace_takes_a_whole_character() {
        let mut line = typed("1ş2€");
        assert_eq!(line.characters(), 4);
        line.pop();
        line.pop();
        assert_eq!(line.octets(), "1ş".as_bytes());
        line.pop();
        line.pop();
        line.pop();
        assert!(line.is_empty());
    }

    #[test]
    fn it_never_grows_beyond_its_place() {
        let mut line = typed(&"9".repeat(CAPACITY));
        let place = line.octets().as_ptr();
        assert!(!line.push(b'9'));
        assert_eq!((line.octets().as_ptr(), line.octets().len()), (place, CAPACITY));
    }

    #[test]
    fn the_pin_is_what_was_typed_and_nothing_is_printed() {
        let line = typed("4711");
        assert_eq!(line.to_pin().len(), 4);
        assert_eq!(format!("{line:?}"), "Typed");
        let mut shown = String::new();
        typed("a\x1bş").show(&mut shown);
        assert_eq!(shown, r"a\u{1b}ş");
    }
}
