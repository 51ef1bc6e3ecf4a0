//! A file of the journal: records in frames, one after the other, then zeros as room for the next one.
//!
//! ```text
//! magic "KMJF" | version | octets of the record | CRC-32C of the record | CRC-32C of the 16 octets before | record | FF
//! ```
//!
//! Each number has four octets, the highest first. What a crash tore and what the disk damaged are told apart: a write
//! that did not end lacks the last octet, or whole sectors; both are then zero, or past the end of the file. A record is
//! encrypted and has no such runs.

use std::ops::Range;

use crc::{CRC_32_ISCSI, Crc};

use crate::journal::seal::MAX_OCTETS;

const MAGIC: [u8; 4] = *b"KMJF";
const VERSION: u32 = 1;
/// Never zero: a frame without it was not written to its end.
const END: [u8; 1] = [0xFF];
const HEAD_OCTETS: usize = 20;
/// What a frame adds to its record.
pub(super) const OVERHEAD_OCTETS: usize = HEAD_OCTETS + END.len();
/// Disks write this much at once, or a multiple.
const SECTOR: usize = 512;
const CHECKSUM: Crc<u32> = Crc::<u32>::new(&CRC_32_ISCSI);

/// What stands in a file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Scan {
    /// Where each record stands, in the order of writing.
    pub(super) records: Vec<Range<usize>>,
    /// The end of the last whole frame.
    pub(super) end: usize,
    /// The end of what a torn write left behind it; equal to `end` where there is nothing.
    pub(super) dirty_end: usize,
}

/// Why a file cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unusable {
    /// The disk damaged it at this place.
    Damaged(usize),
    /// Another version wrote it.
    Version(u32),
}

/// Puts a record into its frame.
pub(super) fn frame(record: &[u8]) -> Vec<u8> {
    let length = u32::try_from(record.len()).unwrap_or(u32::MAX);
    let mut frame = Vec::with_capacity(OVERHEAD_OCTETS + record.len());
    frame.extend_from_slice(&MAGIC);
    frame.extend_from_slice(&VERSION.to_be_bytes());
    frame.extend_from_slice(&length.to_be_bytes());
    frame.extend_from_slice(&CHECKSUM.checksum(record).to_be_bytes());
    frame.extend_from_slice(&CHECKSUM.checksum(&frame).to_be_bytes());
    frame.extend_from_slice(record);
    frame.extend_from_slice(&END);
    frame
}

/// Reads a whole file.
pub(super) fn scan(file: &[u8]) -> Result<Scan, Unusable> {
    let written = file.iter().rposition(|octet| *octet != 0).map_or(0, |last| last + 1);
    let mut found = Scan { records: Vec::new(), end: 0, dirty_end: written };
    while found.end < written {
        match next(file, found.end) {
            Ok(record) => {
                found.end = record.end + END.len();
                found.records.push(record);
            }
            Err(Bad::Version(version)) => return Err(Unusable::Version(version)),
            Err(bad) if is_torn(file, found.end, written, &bad) => return Ok(found),
            Err(_) => return Err(Unusable::Damaged(found.end)),
        }
    }
    Ok(found)
}

enum Bad {
    Head,
    /// The head is right and says where the frame ends.
    Record {
        end: usize,
    },
    Version(u32),
}

/// Whether this is the last frame and its write did not end.
fn is_torn(file: &[u8], at: usize, written: usize, bad: &Bad) -> bool {
    let end = match bad {
        Bad::Record { end } => *end,
        Bad::Head | Bad::Version(_) => at + HEAD_OCTETS,
    };
    if matches!(bad, Bad::Record { .. }) && written > end {
        return false;
    }
    let is_unfinished = written < end || has_unwritten_sector(file, at..end.min(file.len()));
    is_unfinished && !(at + 1..written).any(|place| next(file, place).is_ok())
}

/// Where the record of the frame at this place stands.
fn next(file: &[u8], at: usize) -> Result<Range<usize>, Bad> {
    let head = file.get(at..at + HEAD_OCTETS).ok_or(Bad::Head)?;
    let number =
        |place: usize| u32::from_be_bytes([head[place], head[place + 1], head[place + 2], head[place + 3]]);
    if head[..4] != MAGIC || CHECKSUM.checksum(&head[..16]) != number(16) {
        return Err(Bad::Head);
    }
    if number(4) != VERSION {
        return Err(Bad::Version(number(4)));
    }
    let length = usize::try_from(number(8)).unwrap_or(usize::MAX);
    if length > MAX_OCTETS {
        return Err(Bad::Head);
    }
    let record = at + HEAD_OCTETS..at + HEAD_OCTETS + length;
    let end = record.end + END.len();
    match (file.get(record.clone()), file.get(record.end..end)) {
        (Some(octets), Some(last)) if last == END && CHECKSUM.checksum(octets) == number(12) => Ok(record),
        _ => Err(Bad::Record { end }),
    }
}

/// Whether a sector's part of the range was never written.
fn has_unwritten_sector(file: &[u8], range: Range<usize>) -> bool {
    let mut at = range.start;
    while at < range.end {
        let next = ((at / SECTOR + 1) * SECTOR).min(range.end);
        if file[at..next].iter().all(|octet| *octet == 0) {
            return true;
        }
        at = next;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Octets without runs of zeros, as encrypted ones are.
    fn record(seed: u8, length: usize) -> Vec<u8> {
        let mut state = u32::from(seed) + 1;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state.to_be_bytes()[0] | 1
        };
        (0..length).map(|_| next()).collect()
    }

    fn file(lengths: &[usize], room: usize) -> Vec<u8> {
        let mut file = Vec::new();
        for (seed, length) in (0u8..).zip(lengths) {
            file.extend(frame(&record(seed, *length)));
        }
        file.resize(file.len() + room, 0);
        file
    }

    #[test]
    fn records_come_back_in_their_order_and_room_is_none() {
        for room in [0, 1, 19, 20, 5_000] {
            let file = file(&[0, 1, 511, 2_000], room);
            let found = scan(&file).expect("a whole file");
            let lengths: Vec<usize> = found.records.iter().map(Range::len).collect();
            assert_eq!(lengths, [0, 1, 511, 2_000]);
            assert_eq!(file[found.records[3].clone()], record(3, 2_000));
            assert_eq!((found.end, found.dirty_end), (file.len() - room, file.len() - room));
        }
        assert_eq!(scan(&[]), Ok(Scan { records: vec![], end: 0, dirty_end: 0 }));
        let ends_in_zeros = frame(&[7, 0, 0, 0]);
        assert_eq!(scan(&ends_in_zeros).expect("whole").records, vec![Range { start: 20, end: 24 }]);
    }

    #[test]
    fn a_tail_cut_at_any_octet_is_torn_and_the_records_before_it_stand() {
        let whole = file(&[700, 1_300], 0);
        let first = OVERHEAD_OCTETS + 700;
        for cut in first + 1..whole.len() {
            // Either the file ends there, or room had been made for more.
            for length in [cut, 8_000] {
                let mut torn = whole[..cut].to_vec();
                torn.resize(length, 0);
                let found = scan(&torn).unwrap_or_else(|why| panic!("cut at {cut}: {why:?}"));
                assert_eq!((found.records.len(), found.end), (1, first), "cut at {cut}");
                assert!(found.dirty_end > first && found.dirty_end <= cut, "cut at {cut}");
            }
        }
    }

    #[test]
    fn sectors_that_never_reached_the_disk_are_a_torn_tail() {
        let whole = file(&[700, 2_300], 600);
        let first = OVERHEAD_OCTETS + 700;
        let last = whole.len() - 600;
        let sectors: Vec<Range<usize>> = (first / SECTOR..=last / SECTOR)
            .map(|sector| (sector * SECTOR).max(first)..((sector + 1) * SECTOR).min(last))
            .collect();
        for missing in 1..1u32 << sectors.len() {
            let mut torn = whole.clone();
            for (bit, sector) in sectors.iter().enumerate() {
                if missing >> bit & 1 == 1 {
                    torn[sector.clone()].fill(0);
                }
            }
            let found = scan(&torn).unwrap_or_else(|why| panic!("{missing:b}: {why:?}"));
            assert_eq!((found.records.len(), found.end), (1, first), "{missing:b}");
        }
    }

    #[test]
    fn a_single_wrong_bit_anywhere_is_damage_and_never_a_torn_tail() {
        let whole = file(&[40, 60], 64);
        for bit in 0..(whole.len() - 64) * 8 {
            let mut damaged = whole.clone();
            damaged[bit / 8] ^= 1 << (bit % 8);
            let first = OVERHEAD_OCTETS + 40;
            let at = if bit / 8 < first { 0 } else { first };
            assert_eq!(scan(&damaged), Err(Unusable::Damaged(at)), "bit {bit}");
        }
    }

    #[test]
    fn a_sector_lost_in_the_middle_is_damage() {
        let mut damaged = file(&[2_000, 300], 100);
        damaged[512..1_024].fill(0);
        assert_eq!(scan(&damaged), Err(Unusable::Damaged(0)));
        damaged[..512].fill(0);
        assert_eq!(scan(&damaged), Err(Unusable::Damaged(0)));
    }

    #[test]
    fn another_version_and_a_length_beyond_all_bounds_are_told() {
        let head = |version: u32, length: u32| {
            let mut head = [&MAGIC[..], &version.to_be_bytes(), &length.to_be_bytes(), &[0; 4]].concat();
            head.extend(CHECKSUM.checksum(&head).to_be_bytes());
            head
        };
        assert_eq!(scan(&head(2, 0)), Err(Unusable::Version(2)));
        assert_eq!(scan(&head(1, u32::MAX)), Err(Unusable::Damaged(0)));
    }
}
