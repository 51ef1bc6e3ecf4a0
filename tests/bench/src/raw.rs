//! The operations alone: keys of aws-lc, without certificates and formats around them.

use aws_lc_rs::{
    rand::SystemRandom,
    signature::{
        ECDSA_P256_SHA256_ASN1, ECDSA_P256_SHA256_ASN1_SIGNING, ECDSA_P384_SHA384_ASN1,
        ECDSA_P384_SHA384_ASN1_SIGNING, EcdsaKeyPair, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256,
        RsaKeyPair, UnparsedPublicKey, VerificationAlgorithm,
    },
};
use kamusm_cades::{algorithm::PublicKey, x509::certificate::Certificate};
use kamusm_test_ca::LeafKey;

/// A private key in memory.
pub(crate) enum Key {
    Rsa(RsaKeyPair),
    Ecdsa(EcdsaKeyPair),
}

impl Key {
    pub(crate) fn from_pkcs8(kind: LeafKey, der: &[u8]) -> Self {
        let ecdsa = |algorithm| EcdsaKeyPair::from_pkcs8(algorithm, der).map(Self::Ecdsa);
        match kind {
            LeafKey::P256 => ecdsa(&ECDSA_P256_SHA256_ASN1_SIGNING),
            LeafKey::P384 => ecdsa(&ECDSA_P384_SHA384_ASN1_SIGNING),
            _ => RsaKeyPair::from_pkcs8(der).map(Self::Rsa),
        }
        .expect("the test CA's key")
    }

    pub(crate) fn sign(&self, message: &[u8]) -> Vec<u8> {
        let random = SystemRandom::new();
        match self {
            Self::Rsa(pair) => {
                let mut signature = vec![0; pair.public_modulus_len()];
                pair.sign(&RSA_PKCS1_SHA256, &random, message, &mut signature).expect("a sound key signs");
                signature
            }
            Self::Ecdsa(pair) => pair.sign(&random, message).expect("a sound key signs").as_ref().to_vec(),
        }
    }
}

/// A signature to verify, with nothing left to parse but the key itself.
pub(crate) struct Signed {
    key: Vec<u8>,
    algorithm: &'static dyn VerificationAlgorithm,
    message: Vec<u8>,
    signature: Vec<u8>,
}

impl Signed {
    pub(crate) fn new(kind: LeafKey, by: &Certificate, message: &[u8], signature: &[u8]) -> Self {
        let key = PublicKey::from_spki_der(by.spki_der()).expect("the test CA's key");
        let algorithm: &dyn VerificationAlgorithm = match kind {
            LeafKey::P256 => &ECDSA_P256_SHA256_ASN1,
            LeafKey::P384 => &ECDSA_P384_SHA384_ASN1,
            _ => &RSA_PKCS1_2048_8192_SHA256,
        };
        Self {
            key: key.octets().to_vec(),
            algorithm,
            message: message.to_vec(),
            signature: signature.to_vec(),
        }
    }

    pub(crate) fn verify(&self) {
        UnparsedPublicKey::new(self.algorithm, &self.key)
            .verify(&self.message, &self.signature)
            .expect("a sound signature");
    }
}
