//! The private key itself, held by aws-lc; RSA never passes through another implementation.

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1_SIGNING, ECDSA_P384_SHA384_ASN1_SIGNING, ECDSA_P521_SHA512_ASN1_SIGNING,
    EcdsaKeyPair, RSA_PKCS1_SHA256, RsaKeyPair,
};
use kamusm_cades::algorithm::SignatureAlgorithm;
use kamusm_cades::x509::certificate::Certificate;

use super::error::SoftKeyError;

/// Signed once when a key is read, to see whether it belongs to its certificate.
const PROBE: &[u8] = b"does this key belong to this certificate?";

pub(super) struct Key {
    pair: Pair,
    algorithm: SignatureAlgorithm,
}

enum Pair {
    Rsa(RsaKeyPair),
    Ecdsa(EcdsaKeyPair),
}

impl Key {
    /// Reads PKCS#8, PKCS#1 or SEC 1 for this certificate and proves that the two belong together.
    pub(super) fn for_certificate(certificate: &Certificate, der: &[u8]) -> Result<Self, SoftKeyError> {
        let public = certificate.public_key().map_err(|_| SoftKeyError::Key)?;
        let algorithm = SignatureAlgorithm::for_key(public.algorithm()).map_err(|_| SoftKeyError::Key)?;
        let ecdsa = |kind| EcdsaKeyPair::from_private_key_der(kind, der).map(Pair::Ecdsa);
        let pair = match algorithm {
            SignatureAlgorithm::RsaPkcs1Sha256 => {
                RsaKeyPair::from_pkcs8(der).or_else(|_| RsaKeyPair::from_der(der)).map(Pair::Rsa)
            }
            SignatureAlgorithm::EcdsaP256Sha256 => ecdsa(&ECDSA_P256_SHA256_ASN1_SIGNING),
            SignatureAlgorithm::EcdsaP384Sha384 => ecdsa(&ECDSA_P384_SHA384_ASN1_SIGNING),
            SignatureAlgorithm::EcdsaP521Sha512 => ecdsa(&ECDSA_P521_SHA512_ASN1_SIGNING),
            _ => return Err(SoftKeyError::Key),
        };
        let key = Self { pair: pair.map_err(|_| SoftKeyError::Key)?, algorithm };
        let probe = key.sign(PROBE).ok_or(SoftKeyError::Key)?;
        public.verify(algorithm.into(), PROBE, &probe).map_err(|_| SoftKeyError::KeyMismatch)?;
        Ok(key)
    }

    pub(super) fn algorithm(&self) -> SignatureAlgorithm {
        self.algorithm
    }

    /// RSA as PKCS#1 v1.5 block, ECDSA as DER; none if aws-lc refuses.
    pub(super) fn sign(&self, message: &[u8]) -> Option<Vec<u8>> {
        let random = SystemRandom::new();
        match &self.pair {
            Pair::Rsa(pair) => {
                let mut signature = vec![0; pair.public_modulus_len()];
                pair.sign(&RSA_PKCS1_SHA256, &random, message, &mut signature).ok()?;
                Some(signature)
            }
            Pair::Ecdsa(pair) => Some(pair.sign(&random, message).ok()?.as_ref().to_vec()),
        }
    }
}
