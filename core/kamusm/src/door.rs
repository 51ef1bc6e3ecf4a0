//! What `tests/fuzz` reaches of the inside; in no other build.

use crate::{
    error::Result,
    journal::{JournalId, RecordKind, seal},
    text::{self, Expected, SignIn},
};

/// The octets as a text to sign, if they follow the profile.
pub fn checked(octets: &[u8]) -> Result<&str> {
    text::checked(octets, true)
}

/// Whether the header of the text says this; `place` is its index and how many there are.
pub fn is_approval(
    text: &str,
    application: &str,
    place: (usize, usize),
    session: &str,
    created: &str,
) -> bool {
    text::compare(text, &Expected { application, index: place.0, count: place.1, session, created }).is_ok()
}

/// Whether it is the text to sign in with that says this.
pub fn is_sign_in(text: &str, origin: &str, challenge: &str, created: &str) -> bool {
    text::compare_sign_in(text, &SignIn { origin, challenge, created }).is_ok()
}

/// A record whose seal is right, whatever snapshot it holds.
pub fn sealed(kind: u8, sequence: u64, snapshot: &[u8], key: &[u8; 32]) -> Option<Vec<u8>> {
    let kind = RecordKind::from_octet(kind)?;
    let header = seal::Header { kind, journal: JournalId::of(key), sequence, written_unix_s: 0 };
    seal::seal(&header, snapshot, key, key).ok()
}

/// The snapshot of a record.
pub fn snapshot(record: &[u8], key: &[u8; 32]) -> Result<Vec<u8>> {
    seal::open(record, key).map(|(_, snapshot)| snapshot.to_vec())
}
