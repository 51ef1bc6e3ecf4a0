//! SHA-2 digests (FIPS 180-4) and the DigestInfo of RFC 8017 9.2.

use der::asn1::ObjectIdentifier;
use sha2::Digest as _;
use sha2::{Sha256, Sha384, Sha512};

use super::AlgorithmError;
use super::verification::parameters_absent_or_null;
use crate::asn1::{Reader, Tag};

/// A digest algorithm that may be used for new signatures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(clippy::exhaustive_enums, reason = "SHA-2 at these three lengths is what the decree allows")]
pub enum DigestAlgorithm {
    /// SHA-256.
    Sha256,
    /// SHA-384.
    Sha384,
    /// SHA-512.
    Sha512,
}

impl DigestAlgorithm {
    /// Every algorithm, weakest first.
    pub const ALL: [Self; 3] = [Self::Sha256, Self::Sha384, Self::Sha512];

    /// The digest of these octets.
    pub fn digest(self, octets: &[u8]) -> Digest {
        let mut hasher = self.hasher();
        hasher.update(octets);
        hasher.finish()
    }

    /// A digest that is fed piece by piece.
    pub fn hasher(self) -> Hasher {
        Hasher(match self {
            Self::Sha256 => State::Sha256(Sha256::new()),
            Self::Sha384 => State::Sha384(Sha384::new()),
            Self::Sha512 => State::Sha512(Sha512::new()),
        })
    }

    /// Object identifier (NIST CSOR).
    pub const fn oid(self) -> ObjectIdentifier {
        match self {
            Self::Sha256 => ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.1"),
            Self::Sha384 => ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.2"),
            Self::Sha512 => ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.3"),
        }
    }

    /// The algorithm of an object identifier, if it is one of these.
    pub fn from_oid(oid: &ObjectIdentifier) -> Option<Self> {
        Self::ALL.into_iter().find(|algorithm| algorithm.oid() == *oid)
    }

    /// The algorithm of a DER `AlgorithmIdentifier`; parameters may be absent or NULL (RFC 5754 2).
    pub fn from_identifier_der(identifier: &[u8]) -> Result<Self, AlgorithmError> {
        let mut reader = Reader::der_value(identifier, Tag::SEQUENCE)?.reader();
        let oid = reader.object_identifier()?;
        let algorithm = Self::from_oid(&oid).ok_or_else(|| AlgorithmError::from_unusable(oid))?;
        parameters_absent_or_null(&reader)?;
        Ok(algorithm)
    }

    /// DER of the `AlgorithmIdentifier` without parameters, the form to write (RFC 5754 2).
    pub fn identifier_der(self) -> [u8; 13] {
        let last = match self {
            Self::Sha256 => 1,
            Self::Sha384 => 2,
            Self::Sha512 => 3,
        };
        [0x30, 0x0B, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, last]
    }

    /// Length of the digest in octets.
    pub const fn output_len(self) -> usize {
        match self {
            Self::Sha256 => 32,
            Self::Sha384 => 48,
            Self::Sha512 => 64,
        }
    }
}

/// A digest value.
#[derive(Clone, Copy)]
pub struct Digest {
    octets: [u8; 64],
    algorithm: DigestAlgorithm,
}

impl Digest {
    fn new(algorithm: DigestAlgorithm, output: &[u8]) -> Self {
        let mut octets = [0; 64];
        octets[..output.len()].copy_from_slice(output);
        Self { octets, algorithm }
    }

    /// Takes a digest that was made elsewhere; `None` if it is not as long as those of the algorithm are.
    pub fn from_octets(algorithm: DigestAlgorithm, octets: &[u8]) -> Option<Self> {
        (octets.len() == algorithm.output_len()).then(|| Self::new(algorithm, octets))
    }

    /// The algorithm that made it.
    pub fn algorithm(&self) -> DigestAlgorithm {
        self.algorithm
    }
}

impl AsRef<[u8]> for Digest {
    fn as_ref(&self) -> &[u8] {
        &self.octets[..self.algorithm.output_len()]
    }
}

impl PartialEq for Digest {
    fn eq(&self, other: &Self) -> bool {
        self.algorithm == other.algorithm && self.as_ref() == other.as_ref()
    }
}

impl Eq for Digest {}

impl std::fmt::Debug for Digest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}(", self.algorithm)?;
        for octet in self.as_ref() {
            write!(f, "{octet:02x}")?;
        }
        f.write_str(")")
    }
}

/// A digest in the making: constant memory for content of any length.
#[derive(Clone)]
pub struct Hasher(State);

#[derive(Clone)]
enum State {
    Sha256(Sha256),
    Sha384(Sha384),
    Sha512(Sha512),
}

impl Hasher {
    /// Takes the next octets in.
    pub fn update(&mut self, octets: &[u8]) {
        match &mut self.0 {
            State::Sha256(state) => state.update(octets),
            State::Sha384(state) => state.update(octets),
            State::Sha512(state) => state.update(octets),
        }
    }

    /// The digest of all octets taken in.
    pub fn finish(self) -> Digest {
        match self.0 {
            State::Sha256(state) => Digest::new(DigestAlgorithm::Sha256, &state.finalize()),
            State::Sha384(state) => Digest::new(DigestAlgorithm::Sha384, &state.finalize()),
            State::Sha512(state) => Digest::new(DigestAlgorithm::Sha512, &state.finalize()),
        }
    }
}

impl std::fmt::Debug for Hasher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Hasher").finish_non_exhaustive()
    }
}

/// DER `DigestInfo` (RFC 8017 9.2, parameters NULL): what `CKM_RSA_PKCS` signs.
pub fn digest_info(algorithm: DigestAlgorithm, digest: &[u8]) -> Vec<u8> {
    debug_assert_eq!(digest.len(), algorithm.output_len());
    let (length, last) = match algorithm {
        DigestAlgorithm::Sha256 => (32, 1),
        DigestAlgorithm::Sha384 => (48, 2),
        DigestAlgorithm::Sha512 => (64, 3),
    };
    let mut info = Vec::with_capacity(19 + digest.len());
    info.extend([
        0x30,
        0x11 + length,
        0x30,
        0x0D,
        0x06,
        0x09,
        0x60,
        0x86,
        0x48,
        0x01,
        0x65,
        0x03,
        0x04,
        0x02,
    ]);
    info.extend([last, 0x05, 0x00, 0x04, length]);
    info.extend_from_slice(digest);
    info
}
