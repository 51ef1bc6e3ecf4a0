//! What a Sign step wants signed with the chosen certificate's key, and the answer of a caller who signs by itself.

use std::sync::Arc;

use kamusm::{Code, Error};

use crate::{
    answer::Answer,
    clock::signed,
    error::{ErrorDetails, Result, made},
};

/// Ask for the PIN, here and not before, and sign.
#[derive(uniffi::Object)]
pub struct SignStep(pub(crate) kamusm::session::SignRequest);

/// One value to make.
#[derive(Clone, Debug, uniffi::Record)]
pub struct SignItem {
    /// The octets to hash and sign: DER of the signed attributes, RFC 5652 5.4.
    pub to_be_signed: Vec<u8>,
    /// Their digest, for keys that sign digests.
    pub digest: Vec<u8>,
    /// How to sign.
    pub algorithm: SignatureAlgorithm,
}

/// How a value is signed.
#[derive(Clone, Copy, Debug, uniffi::Enum)]
pub enum SignatureAlgorithm {
    /// sha256WithRSAEncryption; the value is the PKCS#1 v1.5 block.
    RsaPkcs1Sha256,
    /// ecdsa-with-SHA256 on P-256; the value is DER `SEQUENCE { r, s }`, as with the ones below.
    EcdsaP256Sha256,
    /// ecdsa-with-SHA384 on P-384.
    EcdsaP384Sha384,
    /// ecdsa-with-SHA512 on P-521.
    EcdsaP521Sha512,
    /// None that this version knows.
    Unknown,
}

#[uniffi::export]
impl SignStep {
    /// The certificate whose key signs, DER.
    pub fn certificate(&self) -> Result<Vec<u8>> {
        Ok(self.0.certificate().der().to_vec())
    }

    /// One value per text that has no signature yet.
    pub fn items(&self) -> Result<Vec<SignItem>> {
        let items = self.0.items().iter().map(|item| SignItem {
            to_be_signed: item.to_be_signed.clone(),
            digest: item.digest.clone(),
            algorithm: item.algorithm.into(),
        });
        Ok(items.collect())
    }

    /// İmzalama Tarihi: the service's time, seconds since 1970-01-01T00:00:00Z.
    pub fn signing_time_unix_s(&self) -> Result<i64> {
        Ok(self.0.signing_time_unix_s())
    }

    /// When the window (Kalan Süre) is over, in milliseconds on the monotonic clock.
    pub fn deadline_ms(&self) -> Result<i64> {
        Ok(signed(self.0.deadline()))
    }

    /// Why the attempt before this one failed, to tell the person.
    pub fn failure(&self) -> Result<Option<ErrorDetails>> {
        Ok(self.0.failure().map(ErrorDetails::new))
    }

    /// The values in the order of the items, none for one that was not made; each is verified with the certificate.
    pub fn signatures(&self, values: Vec<Option<Vec<u8>>>) -> Result<Arc<Answer>> {
        if values.len() != self.0.items().len() {
            return Err(Error::new(Code::Range, "there must be one value per item").into());
        }
        Ok(Answer::new(self.0.signatures(values)))
    }

    /// Signing failed and the person does not try again in this attempt; the machine decides what follows.
    pub fn failed(&self, code: i32, reason: String) -> Result<Arc<Answer>> {
        Ok(Answer::new(self.0.failed(made(code, reason)?)))
    }

    /// The person cancelled.
    pub fn cancelled(&self) -> Result<Arc<Answer>> {
        Ok(Answer::new(self.0.cancelled()))
    }
}

impl From<kamusm_cades::algorithm::SignatureAlgorithm> for SignatureAlgorithm {
    fn from(algorithm: kamusm_cades::algorithm::SignatureAlgorithm) -> Self {
        use kamusm_cades::algorithm::SignatureAlgorithm as Known;
        match algorithm {
            Known::RsaPkcs1Sha256 => Self::RsaPkcs1Sha256,
            Known::EcdsaP256Sha256 => Self::EcdsaP256Sha256,
            Known::EcdsaP384Sha384 => Self::EcdsaP384Sha384,
            Known::EcdsaP521Sha512 => Self::EcdsaP521Sha512,
            _ => Self::Unknown,
        }
    }
}
