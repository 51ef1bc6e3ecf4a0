//! One record: a snapshot, sealed, ready to be stored.

use std::fmt;

use super::JournalId;

/// What to store. It is the same for the same state of the session.
#[derive(Clone, PartialEq, Eq)]
pub struct Record {
    pub(crate) journal: JournalId,
    pub(crate) sequence: u64,
    pub(crate) kind: RecordKind,
    pub(crate) octets: Vec<u8>,
    pub(crate) reserve_octets: usize,
}

/// What had been done when the record was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
#[non_exhaustive]
pub enum RecordKind {
    /// The code is about to be redeemed.
    Begun = 1,
    /// The session is open.
    Opened = 2,
    /// The texts and the certificate are there; the next step is to sign.
    Prepared = 3,
    /// At least one signature was made.
    Signed = 4,
    /// The session ended.
    Ended = 5,
}

impl RecordKind {
    pub(crate) const fn from_octet(octet: u8) -> Option<Self> {
        match octet {
            1 => Some(Self::Begun),
            2 => Some(Self::Opened),
            3 => Some(Self::Prepared),
            4 => Some(Self::Signed),
            5 => Some(Self::Ended),
            _ => None,
        }
    }
}

impl Record {
    /// Whose record it is.
    pub fn journal(&self) -> JournalId {
        self.journal
    }

    /// Its place: each record's is above those of the records before it.
    pub fn sequence(&self) -> u64 {
        self.sequence
    }

    /// What had been done.
    pub fn kind(&self) -> RecordKind {
        self.kind
    }

    /// What is stored: a header in clear, the rest encrypted.
    pub fn octets(&self) -> &[u8] {
        &self.octets
    }

    /// How many octets the next record may need. A store makes room for them now, so that a full disk is met before a
    /// signature exists and not after.
    pub fn reserve_octets(&self) -> usize {
        self.reserve_octets
    }
}

impl fmt::Debug for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Record({:?} {}, {} octets)", self.kind, self.sequence, self.octets.len())
    }
}
