//! What the two processes say to each other over the helper's stdin and stdout: frames of JSON, each with its length
//! in front, and the PIN as a frame of its own that is no JSON, so that no buffer but the PIN's ever holds it.

mod error;
mod identity;
mod seen;

use std::io::{self, Read, Write};
use std::time::Duration;

use kamusm_cades::algorithm::SignatureAlgorithm;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::backend::{PadPolicy, ToBeSigned};
use crate::pin::Pin;

pub(super) use error::{WireError, function};
pub(super) use identity::WireIdentity;
pub(super) use seen::WireSeen;

/// Raised with every change of a message.
const PROTOCOL: u32 = 1;
/// Longest frame that is read: a card full of certificates is far below.
const FRAME_OCTETS_MAX: usize = 4 << 20;
/// Longest PIN that is read.
const PIN_OCTETS_MAX: usize = 4096;

/// The first message of each side: both refuse a partner from other sources.
#[derive(Serialize, Deserialize, PartialEq, Eq)]
pub(super) struct Hello {
    protocol: u32,
    build: String,
}

impl Hello {
    pub(super) fn own() -> Self {
        let build = concat!(env!("CARGO_PKG_VERSION"), " ", env!("KAMUSM_TOKEN_BUILD"));
        Self { protocol: PROTOCOL, build: build.into() }
    }
}

/// From the host to the helper.
#[derive(Serialize, Deserialize)]
pub(super) enum Request {
    Host(Hello),
    /// Load the module.
    Open {
        within: Duration,
    },
    /// Every certificate of every token.
    List {
        within: Duration,
    },
    /// Sign; where `has_pin`, the PIN is the next frame. The helper ends after it.
    Sign(Order),
    /// Tell of readers and cards until the host has enough.
    Watch,
}

/// What is to be signed.
#[derive(Serialize, Deserialize)]
pub(super) struct Order {
    pub(super) fingerprint: [u8; 32],
    pub(super) serial: String,
    pub(super) items: Vec<Item>,
    pub(super) within: Duration,
    pub(super) allow_final_try: bool,
    pub(super) at_unix: i64,
    pub(super) pad: Pad,
    pub(super) has_pin: bool,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Item {
    octets: Vec<u8>,
    algorithm: Algorithm,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
pub(super) enum Algorithm {
    Rsa,
    P256,
    P384,
    P521,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
pub(super) enum Pad {
    AsToken,
    Ignore,
    Assume,
}

/// From the helper to the host.
#[derive(Serialize, Deserialize)]
pub(super) enum Event {
    Helper(Hello),
    /// The module is in this call from now on.
    Entered {
        function: String,
        for_person: bool,
    },
    /// The call has returned.
    Left,
    /// Something happened to a reader.
    Seen(WireSeen),
    Answer(Answer),
}

#[derive(Serialize, Deserialize)]
pub(super) enum Answer {
    Opened,
    Identities(Vec<WireIdentity>),
    Signatures(Vec<Vec<u8>>),
    /// This helper hears nothing of readers.
    CannotWatch,
    Failed(WireError),
}

impl From<&ToBeSigned> for Item {
    fn from(item: &ToBeSigned) -> Self {
        Self { octets: item.octets.clone(), algorithm: item.algorithm.into() }
    }
}

impl From<Item> for ToBeSigned {
    fn from(item: Item) -> Self {
        Self { octets: item.octets, algorithm: item.algorithm.into() }
    }
}

impl From<SignatureAlgorithm> for Algorithm {
    fn from(algorithm: SignatureAlgorithm) -> Self {
        match algorithm {
            SignatureAlgorithm::EcdsaP256Sha256 => Self::P256,
            SignatureAlgorithm::EcdsaP384Sha384 => Self::P384,
            SignatureAlgorithm::EcdsaP521Sha512 => Self::P521,
            _ => Self::Rsa,
        }
    }
}

impl From<Algorithm> for SignatureAlgorithm {
    fn from(algorithm: Algorithm) -> Self {
        match algorithm {
            Algorithm::Rsa => Self::RsaPkcs1Sha256,
            Algorithm::P256 => Self::EcdsaP256Sha256,
            Algorithm::P384 => Self::EcdsaP384Sha384,
            Algorithm::P521 => Self::EcdsaP521Sha512,
        }
    }
}

impl From<PadPolicy> for Pad {
    fn from(pad: PadPolicy) -> Self {
        match pad {
            PadPolicy::AsToken => Self::AsToken,
            PadPolicy::Ignore => Self::Ignore,
            PadPolicy::Assume => Self::Assume,
        }
    }
}

impl From<Pad> for PadPolicy {
    fn from(pad: Pad) -> Self {
        match pad {
            Pad::AsToken => Self::AsToken,
            Pad::Ignore => Self::Ignore,
            Pad::Assume => Self::Assume,
        }
    }
}

/// Writes one message.
pub(super) fn send(to: &mut impl Write, message: &impl Serialize) -> io::Result<()> {
    send_octets(to, &serde_json::to_vec(message)?)
}

/// Writes the PIN.
pub(super) fn send_pin(to: &mut impl Write, pin: &Pin) -> io::Result<()> {
    to.write_all(&length(pin.octets())?)?;
    to.write_all(pin.octets())
}

fn send_octets(to: &mut impl Write, octets: &[u8]) -> io::Result<()> {
    if octets.len() > FRAME_OCTETS_MAX {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    // In one piece: what is written while another thread writes must not come between.
    to.write_all(&[&length(octets)?[..], octets].concat())?;
    to.flush()
}

fn length(octets: &[u8]) -> io::Result<[u8; 4]> {
    let length = u32::try_from(octets.len()).map_err(|_| io::ErrorKind::FileTooLarge)?;
    Ok(length.to_be_bytes())
}

/// Reads one message.
pub(super) fn receive<T: DeserializeOwned>(from: &mut impl Read) -> io::Result<T> {
    let mut octets = vec![0; announced(from, FRAME_OCTETS_MAX)?];
    from.read_exact(&mut octets)?;
    Ok(serde_json::from_slice(&octets)?)
}

/// Reads the PIN, into the octets that will be wiped.
pub(super) fn receive_pin(from: &mut impl Read) -> io::Result<Pin> {
    let mut octets = vec![0; announced(from, PIN_OCTETS_MAX)?];
    from.read_exact(&mut octets)?;
    Ok(Pin::new(octets))
}

fn announced(from: &mut impl Read, most: usize) -> io::Result<usize> {
    let mut length = [0; 4];
    from.read_exact(&mut length)?;
    let length = usize::try_from(u32::from_be_bytes(length)).ok();
    length.filter(|&length| length <= most).ok_or_else(|| io::ErrorKind::InvalidData.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pin_comes_over_as_it_is_and_too_long_a_frame_is_not_read() {
        let mut line = Vec::new();
        send_pin(&mut line, &Pin::new(b"4711".to_vec())).unwrap();
        assert_eq!(line, b"\0\0\0\x044711");
        assert_eq!(receive_pin(&mut line.as_slice()).unwrap().octets(), b"4711");
        let endless = u32::MAX.to_be_bytes();
        let refused = receive::<Request>(&mut endless.as_slice()).err().unwrap();
        assert_eq!(refused.kind(), io::ErrorKind::InvalidData);
        assert!(receive_pin(&mut endless.as_slice()).is_err());
    }

    #[test]
    fn what_is_no_message_is_an_error() {
        for octets in [&b"\0\0\0\x02{}"[..], b"\0\0\0\x09{}", b"\0\0\0\x00", b"", b"\0\0"] {
            assert!(receive::<Event>(&mut &*octets).is_err(), "{octets:?}");
        }
    }
}
