//! The form of a record: a fixed header in clear, which the seal covers, and the snapshot encrypted with
//! AES-256-GCM-SIV (RFC 8452), whose security does not end with a nonce that comes twice.

use aws_lc_rs::aead::{AES_256_GCM_SIV, Aad, LessSafeKey, Nonce, UnboundKey};
use kamusm_cades::algorithm::DigestAlgorithm;
use zeroize::Zeroizing;

use super::{JournalId, RecordKind};
use crate::error::{Code, Error, Result};

const MAGIC: [u8; 4] = *b"KMSJ";
const VERSION: u8 = 1;
const HEADER: usize = 58;
const NONCE: usize = 12;
/// The header and the tag of the seal.
pub(crate) const OVERHEAD: usize = HEADER + 16;
/// Ten texts with their signatures, twice over; more is not read.
pub(crate) const MAX_OCTETS: usize = 4 << 20;

/// What stands in clear.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Header {
    pub(crate) kind: RecordKind,
    pub(crate) journal: JournalId,
    pub(crate) sequence: u64,
    pub(crate) written_unix_s: i64,
}

/// Encrypts a snapshot. The entropy is the session's own and secret; with the sequence it makes the nonce.
pub(crate) fn seal(header: &Header, snapshot: &[u8], key: &[u8; 32], entropy: &[u8; 32]) -> Result<Vec<u8>> {
    if snapshot.len() + OVERHEAD > MAX_OCTETS {
        return Err(Error::new(Code::JournalWrite, "the record is larger than a record may be"));
    }
    let nonce = nonce(entropy, header.sequence);
    let mut octets = Vec::with_capacity(snapshot.len() + OVERHEAD);
    octets.extend(MAGIC);
    octets.extend([VERSION, header.kind as u8]);
    octets.extend(key_check(key));
    octets.extend(header.journal.0);
    octets.extend(header.sequence.to_be_bytes());
    octets.extend(header.written_unix_s.to_be_bytes());
    octets.extend(nonce);
    let aad: [u8; HEADER] = octets.as_slice().try_into().map_err(|_| unusable())?;
    let mut sealed = Zeroizing::new(snapshot.to_vec());
    let nonce = Nonce::assume_unique_for_key(nonce);
    let tag = opener(key)?
        .seal_in_place_separate_tag(nonce, Aad::from(aad), sealed.as_mut_slice())
        .map_err(|_| unusable())?;
    octets.extend_from_slice(&sealed);
    octets.extend_from_slice(tag.as_ref());
    Ok(octets)
}

/// The snapshot of a record that is whole and of this key.
pub(crate) fn open(record: &[u8], key: &[u8; 32]) -> Result<(Header, Zeroizing<Vec<u8>>)> {
    if record.len() > MAX_OCTETS {
        return Err(corrupt("it is larger than a record may be"));
    }
    let header = header(record)?;
    if record[6..14] != key_check(key) {
        return Err(Error::new(Code::JournalKey, "the record was made with another key"));
    }
    let (clear, sealed) = record.split_at(HEADER);
    let mut nonce = [0; NONCE];
    nonce.copy_from_slice(&clear[HEADER - NONCE..]);
    let mut snapshot = Zeroizing::new(sealed.to_vec());
    let length = opener(key)?
        .open_in_place(Nonce::assume_unique_for_key(nonce), Aad::from(clear), snapshot.as_mut_slice())
        .map_err(|_| corrupt("its seal is broken"))?
        .len();
    snapshot.truncate(length);
    Ok((header, snapshot))
}

/// What a record says about itself in clear; only [`open`] proves it.
pub(crate) fn header(record: &[u8]) -> Result<Header> {
    if record.len() < OVERHEAD || record[..4] != MAGIC {
        return Err(corrupt("it is no record of a journal"));
    }
    if record[4] != VERSION {
        return Err(corrupt("it is of a version that is not known here"));
    }
    let number = |from: usize| {
        let mut octets = [0; 8];
        octets.copy_from_slice(&record[from..from + 8]);
        octets
    };
    let mut journal = [0; 16];
    journal.copy_from_slice(&record[14..30]);
    Ok(Header {
        kind: RecordKind::from_octet(record[5]).ok_or_else(|| corrupt("its kind is not known here"))?,
        journal: JournalId(journal),
        sequence: u64::from_be_bytes(number(30)),
        written_unix_s: i64::from_be_bytes(number(38)),
    })
}

fn opener(key: &[u8; 32]) -> Result<LessSafeKey> {
    UnboundKey::new(&AES_256_GCM_SIV, key).map(LessSafeKey::new).map_err(|_| unusable())
}

/// Tells a wrong key from a damaged record. Eight octets of a digest say nothing about 256 random bits.
fn key_check(key: &[u8; 32]) -> [u8; 8] {
    digest(&[b"kamusm-journal-key\0", key])
}

fn nonce(entropy: &[u8; 32], sequence: u64) -> [u8; NONCE] {
    digest(&[b"kamusm-journal-nonce\0", entropy, &sequence.to_be_bytes()])
}

fn digest<const N: usize>(parts: &[&[u8]]) -> [u8; N] {
    let mut hasher = DigestAlgorithm::Sha256.hasher();
    parts.iter().for_each(|part| hasher.update(part));
    let mut octets = [0; N];
    octets.copy_from_slice(&hasher.finish().as_ref()[..N]);
    octets
}

pub(crate) fn corrupt(reason: &str) -> Error {
    Error::new(Code::JournalCorrupt, format!("the record is refused: {reason}"))
}

fn unusable() -> Error {
    Error::new(Code::Internal, "AES-256-GCM-SIV refused to work")
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: [u8; 32] = [3; 32];
    const SNAPSHOT: &[u8] = b"what was done so far";

    fn of(journal: u8, sequence: u64) -> Header {
        let journal = JournalId([journal; 16]);
        Header { kind: RecordKind::Opened, journal, sequence, written_unix_s: 1_700_000_000 }
    }

    fn sealed(journal: u8, sequence: u64) -> Vec<u8> {
        seal(&of(journal, sequence), SNAPSHOT, &KEY, &[9; 32]).unwrap()
    }

    #[test]
    fn what_was_sealed_is_opened() {
        let record = sealed(1, 7);
        let (header, snapshot) = open(&record, &KEY).unwrap();
        assert_eq!((header, snapshot.as_slice()), (of(1, 7), SNAPSHOT));
        assert_eq!(record.len(), SNAPSHOT.len() + OVERHEAD);
        assert!(!record.windows(4).any(|part| part == b"what"), "the snapshot is not readable");
    }

    #[test]
    fn every_flipped_bit_is_refused() {
        let record = sealed(1, 7);
        for place in 0..record.len() {
            for bit in 0..8 {
                let mut wrong = record.clone();
                wrong[place] ^= 1 << bit;
                let expected = if (6..14).contains(&place) { Code::JournalKey } else { Code::JournalCorrupt };
                assert_eq!(open(&wrong, &KEY).unwrap_err().code(), expected, "bit {bit} of octet {place}");
            }
        }
    }

    #[test]
    fn another_key_another_length_and_another_record_s_header_are_refused() {
        let record = sealed(1, 7);
        assert_eq!(open(&record, &[4; 32]).unwrap_err().code(), Code::JournalKey);
        for length in 0..record.len() {
            assert_eq!(open(&record[..length], &KEY).unwrap_err().code(), Code::JournalCorrupt);
        }
        let longer = [record.as_slice(), &[0]].concat();
        assert_eq!(open(&longer, &KEY).unwrap_err().code(), Code::JournalCorrupt);
        assert_eq!(open(&vec![0; MAX_OCTETS + 1], &KEY).unwrap_err().code(), Code::JournalCorrupt);
        for other in [sealed(2, 7), sealed(1, 8)] {
            let mixed = [&other[..HEADER], &record[HEADER..]].concat();
            assert_eq!(open(&mixed, &KEY).unwrap_err().code(), Code::JournalCorrupt);
        }
        assert_eq!(
            seal(&of(1, 1), &vec![0; MAX_OCTETS], &KEY, &[9; 32]).unwrap_err().code(),
            Code::JournalWrite
        );
    }
}
