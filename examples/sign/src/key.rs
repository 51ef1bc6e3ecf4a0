//! From the octets of a terminal to the keys that mean something here.

/// A key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Key {
    /// An octet of a character.
    Octet(u8),
    Enter,
    Backspace,
    /// Ctrl+U: everything typed is removed.
    Clear,
    /// Tab or Ctrl+T: shows or hides a PIN.
    Toggle,
    /// Esc or Ctrl+D.
    Escape,
    Back,
    Forward,
    /// A key that means nothing here.
    Other,
}

const ESCAPE: u8 = 0x1b;

/// The first key of these octets and how many of them it takes; `None` if more octets decide.
pub(crate) fn first(octets: &[u8]) -> Option<(Key, usize)> {
    let (&octet, rest) = octets.split_first()?;
    let key = match octet {
        ESCAPE => return sequence(rest),
        b'\r' | b'\n' => Key::Enter,
        0x08 | 0x7f => Key::Backspace,
        0x04 => Key::Escape,
        0x15 => Key::Clear,
        b'\t' | 0x14 => Key::Toggle,
        0x00..=0x1f => Key::Other,
        octet => Key::Octet(octet),
    };
    Some((key, 1))
}

/// What follows Esc: ECMA-48 control sequences, or nothing.
fn sequence(rest: &[u8]) -> Option<(Key, usize)> {
    match rest.first()? {
        b'[' => {
            let end = rest.iter().skip(1).position(|octet| matches!(octet, 0x40..=0x7e))? + 1;
            let key = match &rest[1..=end] {
                b"A" | b"D" | b"5~" => Key::Back,
                b"B" | b"C" | b"6~" => Key::Forward,
                _ => Key::Other,
            };
            Some((key, end + 2))
        }
        b'O' => {
            let key = match rest.get(1)? {
                b'A' | b'D' => Key::Back,
                b'B' | b'C' => Key::Forward,
                b'M' => Key::Enter,
                _ => Key::Other,
            };
            Some((key, 3))
        }
        // Esc, and then something else at once: a pasted Esc, or a person in a hurry.
        _ => Some((Key::Escape, 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(mut octets: &[u8]) -> Vec<Key> {
        let mut keys = Vec::new();
        while let Some((key, taken)) = first(octets) {
            keys.push(key);
            octets = &octets[taken..];
        }
        keys
    }

    #[test]
    fn keys_are_told_apart() {
        assert_eq!(
            keys(b"1\x7f\t\x14\r"),
            [Key::Octet(b'1'), Key::Backspace, Key::Toggle, Key::Toggle, Key::Enter]
        );
        assert_eq!(keys("ş".as_bytes()), [Key::Octet(0xc5), Key::Octet(0x9f)]);
        assert_eq!(
            keys(b"\x1b[5~\x1b[6~\x1bOA\x1b[200~x"),
            [Key::Back, Key::Forward, Key::Back, Key::Other, Key::Octet(b'x')]
        );
        assert_eq!(keys(b"\x1bq\x04\x15"), [Key::Escape, Key::Octet(b'q'), Key::Escape, Key::Clear]);
    }

    #[test]
    fn a_begun_sequence_waits_for_more() {
        for begun in [&b"\x1b"[..], b"\x1b[", b"\x1b[5", b"\x1bO"] {
            assert_eq!(first(begun), None, "{begun:?}");
        }
    }
}
