//! Making a CAdES-B-B signature in two phases, for keys that are not here (EN 319 122-1 clause 6).

use std::sync::Arc;

use kamusm::Error;
use kamusm_cades::{
    sign::{self, Profile, ToBeSigned},
    x509::certificate::Certificate,
};

use crate::{error::Result, step::sign::SignatureAlgorithm};

/// A signature that lacks only its value.
#[derive(uniffi::Object)]
pub struct CadesSigning(ToBeSigned);

/// The form of a signature.
#[derive(Clone, Copy, Debug, uniffi::Record)]
pub struct CadesProfile {
    /// The content travels inside the signature.
    pub attached: bool,
    /// The signing time that the signer claims, seconds since 1970-01-01T00:00:00Z.
    pub signing_time_unix_s: i64,
}

#[uniffi::export]
impl CadesSigning {
    /// Builds what the signer has to sign. `certificate` and the certificates above it, `chain`, are DER.
    #[uniffi::constructor]
    pub fn new(
        content: Vec<u8>,
        certificate: Vec<u8>,
        chain: Vec<Vec<u8>>,
        profile: CadesProfile,
    ) -> Result<Arc<Self>> {
        let signer = read(&certificate)?;
        let chain = chain.iter().map(|der| read(der)).collect::<Result<Vec<_>>>()?;
        let profile = Profile::new(profile.attached, profile.signing_time_unix_s);
        let begun = sign::begin(&content, &signer, &chain, &profile).map_err(Error::from)?;
        Ok(Arc::new(Self(begun)))
    }

    /// The octets to hash and sign: DER of the signed attributes, RFC 5652 5.4.
    pub fn to_be_signed(&self) -> Result<Vec<u8>> {
        Ok(self.0.signed_attributes().to_vec())
    }

    /// Their digest, for keys that sign digests.
    pub fn digest(&self) -> Result<Vec<u8>> {
        Ok(self.0.digest().to_vec())
    }

    /// How to sign.
    pub fn algorithm(&self) -> Result<SignatureAlgorithm> {
        Ok(self.0.algorithm().into())
    }

    /// The finished signature file, DER, after the value was verified with the certificate.
    ///
    /// Worth handling: `SELF_CHECK`, another key signed, or other octets.
    pub fn finish(&self, signature: Vec<u8>) -> Result<Vec<u8>> {
        Ok(self.0.finish(&signature).map_err(Error::from)?)
    }
}

/// A certificate in DER.
pub(crate) fn read(der: &[u8]) -> Result<Certificate> {
    Ok(Certificate::from_der(der).map_err(Error::from)?)
}
