//! What kind of program library a file is, from its first octets: ELF, Mach-O or PE. Asked only after loading failed.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use crate::error::LoadFailure;

/// Enough for the header of every format, and for the architectures of a fat Mach-O file.
const HEADER_OCTETS: u64 = 4096;

/// Why the system refused to load this file.
pub(super) fn explain(path: &Path, error: &libloading::Error) -> LoadFailure {
    let mut header = Vec::new();
    let read = File::open(path).and_then(|file| file.take(HEADER_OCTETS).read_to_end(&mut header));
    let system = || LoadFailure::System { reason: error.to_string() };
    if read.is_err() {
        return system();
    }
    match architectures(&header) {
        None => LoadFailure::NotALibrary,
        Some(found) if found.contains(&std::env::consts::ARCH) => system(),
        Some(found) => LoadFailure::WrongArchitecture { found: found.first().copied().unwrap_or("unknown") },
    }
}

/// The processors a library is for; none if the octets are no library.
fn architectures(header: &[u8]) -> Option<Vec<&'static str>> {
    match header.get(..4)? {
        [0x7F, b'E', b'L', b'F'] => Some(vec![elf(header)?]),
        [0xCF | 0xCE, 0xFA, 0xED, 0xFE] => Some(vec![mach(little_u32(header, 4)?)]),
        [0xCA, 0xFE, 0xBA, 0xBE] => fat(header),
        [b'M', b'Z', ..] => Some(vec![pe(header)?]),
        _ => None,
    }
}

fn elf(header: &[u8]) -> Option<&'static str> {
    Some(match header.get(18..20)? {
        [0x3E, 0] => "x86_64",
        [0xB7, 0] => "aarch64",
        [0x03, 0] => "x86",
        [0x28, 0] => "arm",
        [0xF3, 0] => "riscv64",
        _ => "unknown",
    })
}

fn mach(cpu: u32) -> &'static str {
    match cpu {
        0x0100_0007 => "x86_64",
        0x0100_000C => "aarch64",
        7 => "x86",
        _ => "unknown",
    }
}

fn fat(header: &[u8]) -> Option<Vec<&'static str>> {
    let count = u32::from_be_bytes(header.get(4..8)?.try_into().ok()?);
    // The same magic number starts a Java class, whose next field is a version far above any count of processors.
    let count = usize::try_from(count).ok().filter(|count| (1..=16).contains(count))?;
    let entries = header.get(8..)?.chunks_exact(20).take(count);
    Some(entries.map(|entry| mach(u32::from_be_bytes([entry[0], entry[1], entry[2], entry[3]]))).collect())
}

fn pe(header: &[u8]) -> Option<&'static str> {
    let start = usize::try_from(little_u32(header, 0x3C)?).ok()?;
    let signature = header.get(start..)?.get(..6)?;
    Some(match signature.strip_prefix(b"PE\0\0")? {
        [0x64, 0x86] => "x86_64",
        [0x64, 0xAA] => "aarch64",
        [0x4C, 0x01] => "x86",
        _ => "unknown",
    })
}

fn little_u32(octets: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(octets.get(at..at + 4)?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(octets: &[(usize, &[u8])]) -> Vec<u8> {
        let mut header = vec![0; 256];
        for (at, part) in octets {
            header[*at..at + part.len()].copy_from_slice(part);
        }
        header
    }

    #[test]
    fn processors_are_read_from_every_format() {
        let elf = with(&[(0, b"\x7FELF"), (18, &[0xB7, 0])]);
        let intel_mac = with(&[(0, &[0xCF, 0xFA, 0xED, 0xFE]), (4, &[7, 0, 0, 1])]);
        let both_macs =
            with(&[(0, &[0xCA, 0xFE, 0xBA, 0xBE, 0, 0, 0, 2, 1, 0, 0, 7]), (28, &[1, 0, 0, 0x0C])]);
        let windows = with(&[(0, b"MZ"), (0x3C, &[0x80, 0, 0, 0]), (0x80, b"PE\0\0\x64\x86")]);
        assert_eq!(architectures(&elf), Some(vec!["aarch64"]));
        assert_eq!(architectures(&intel_mac), Some(vec!["x86_64"]));
        assert_eq!(architectures(&both_macs), Some(vec!["x86_64", "aarch64"]));
        assert_eq!(architectures(&windows), Some(vec!["x86_64"]));
    }

    #[test]
    fn other_files_are_no_libraries() {
        let java_class = with(&[(0, &[0xCA, 0xFE, 0xBA, 0xBE, 0, 0, 0, 0x41])]);
        let cut_windows = with(&[(0, b"MZ"), (0x3C, &[0xFF, 0xFF, 0, 0])]);
        for header in [&b""[..], b"#!/bin/sh\n", &java_class, &cut_windows] {
            assert_eq!(architectures(header), None);
        }
    }
}
