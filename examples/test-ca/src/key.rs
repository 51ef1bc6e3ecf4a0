//! Signing keys, made and used by aws-lc: PKCS#8 in, PKCS#8 out (RFC 5958).

use std::fmt;

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der, PublicKeyX509Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1_SIGNING, ECDSA_P384_SHA384_ASN1_SIGNING, ECDSA_P521_SHA512_ASN1_SIGNING,
    EcdsaKeyPair, EcdsaSigningAlgorithm, KeyPair, RSA_PKCS1_SHA256, RsaKeyPair,
};
use zeroize::Zeroizing;

/// The kind of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LeafKey {
    /// RSA with 2048 bits: takes a noticeable part of a second to make.
    Rsa2048,
    /// RSA with 4096 bits: takes seconds to make.
    Rsa4096,
    /// NIST P-256.
    P256,
    /// NIST P-384.
    P384,
    /// NIST P-521.
    P521,
}

impl LeafKey {
    fn curve(self) -> Option<&'static EcdsaSigningAlgorithm> {
        match self {
            Self::Rsa2048 | Self::Rsa4096 => None,
            Self::P256 => Some(&ECDSA_P256_SHA256_ASN1_SIGNING),
            Self::P384 => Some(&ECDSA_P384_SHA384_ASN1_SIGNING),
            Self::P521 => Some(&ECDSA_P521_SHA512_ASN1_SIGNING),
        }
    }

    /// DER of the `AlgorithmIdentifier` of its signatures.
    pub(crate) fn signature_algorithm(self) -> &'static [u8] {
        match self {
            Self::Rsa2048 | Self::Rsa4096 => {
                &[0x30, 0x0D, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x0B, 0x05, 0x00]
            }
            Self::P256 => &[0x30, 0x0A, 0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x02],
            Self::P384 => &[0x30, 0x0A, 0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x03],
            Self::P521 => &[0x30, 0x0A, 0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x04],
        }
    }
}

/// Why octets are not a key of the wanted kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum KeyError {
    /// aws-lc does not take the PKCS#8 octets as a key of this kind.
    #[error("not a PKCS#8 key of kind {kind:?}")]
    Rejected {
        /// The kind that was wanted.
        kind: LeafKey,
    },
}

/// A private key. Its PKCS#8 octets are wiped when it is dropped.
pub struct Key {
    kind: LeafKey,
    pair: Pair,
    pkcs8: Zeroizing<Vec<u8>>,
    spki: Vec<u8>,
}

enum Pair {
    Rsa(Box<RsaKeyPair>),
    Ecdsa(EcdsaKeyPair),
}

impl Key {
    /// Makes a new key.
    pub fn generate(kind: LeafKey) -> Self {
        let size = if kind == LeafKey::Rsa4096 { KeySize::Rsa4096 } else { KeySize::Rsa2048 };
        let pair = match kind.curve() {
            Some(curve) => Pair::Ecdsa(EcdsaKeyPair::generate(curve).expect("the system has random octets")),
            None => Pair::Rsa(Box::new(RsaKeyPair::generate(size).expect("the system has random octets"))),
        };
        Self::from_pair(kind, pair)
    }

    /// Takes an existing key.
    pub fn from_pkcs8_der(kind: LeafKey, pkcs8: &[u8]) -> Result<Self, KeyError> {
        let rejected = |_| KeyError::Rejected { kind };
        let pair = match kind.curve() {
            Some(curve) => Pair::Ecdsa(EcdsaKeyPair::from_pkcs8(curve, pkcs8).map_err(rejected)?),
            None => Pair::Rsa(Box::new(RsaKeyPair::from_pkcs8(pkcs8).map_err(rejected)?)),
        };
        Ok(Self::from_pair(kind, pair))
    }

    fn from_pair(kind: LeafKey, pair: Pair) -> Self {
        let (pkcs8, spki) = match &pair {
            Pair::Rsa(pair) => {
                let pkcs8: Pkcs8V1Der<'static> = pair.as_der().expect("a key has an encoding");
                let spki: PublicKeyX509Der<'static> =
                    pair.public_key().as_der().expect("a key has an encoding");
                (Zeroizing::new(pkcs8.as_ref().to_vec()), spki.as_ref().to_vec())
            }
            Pair::Ecdsa(pair) => {
                let pkcs8 = pair.to_pkcs8v1().expect("a key has an encoding");
                let spki: PublicKeyX509Der<'static> =
                    pair.public_key().as_der().expect("a key has an encoding");
                (Zeroizing::new(pkcs8.as_ref().to_vec()), spki.as_ref().to_vec())
            }
        };
        Self { kind, pair, pkcs8, spki }
    }

    /// The kind.
    pub fn kind(&self) -> LeafKey {
        self.kind
    }

    /// DER of the private key (PKCS#8).
    pub fn pkcs8_der(&self) -> &[u8] {
        &self.pkcs8
    }

    /// DER of the `SubjectPublicKeyInfo`.
    pub fn spki_der(&self) -> &[u8] {
        &self.spki
    }

    /// Signs with SHA-256 (RSA PKCS#1 v1.5, P-256), SHA-384 (P-384) or SHA-512 (P-521); ECDSA values are DER.
    pub fn sign(&self, message: &[u8]) -> Vec<u8> {
        let random = SystemRandom::new();
        match &self.pair {
            Pair::Rsa(pair) => {
                let mut signature = vec![0; pair.public_modulus_len()];
                pair.sign(&RSA_PKCS1_SHA256, &random, message, &mut signature)
                    .expect("the key fits the digest");
                signature
            }
            Pair::Ecdsa(pair) => {
                pair.sign(&random, message).expect("the system has random octets").as_ref().to_vec()
            }
        }
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Key").field("kind", &self.kind).finish_non_exhaustive()
    }
}
