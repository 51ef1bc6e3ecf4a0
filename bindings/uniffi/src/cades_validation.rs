//! Validation of CAdES signatures (EN 319 102-1): one verdict per signer.

use kamusm::{Code, Error};
use kamusm_cades::{
    validate::{self, CertificateProfile, Policy, RevocationScope},
    x509::{certificate::Certificate, pem},
};

use crate::{cades_signing::read, error::Result};

/// What a signature is judged by.
#[derive(Clone, Debug, uniffi::Record)]
pub struct CadesPolicy {
    /// Certificates that are trusted without proof: each one certificate in DER, or PEM text with any number.
    pub anchors: Vec<Vec<u8>>,
    /// The time of validation, seconds since 1970-01-01T00:00:00Z.
    pub at_unix_s: i64,
    /// Further certificates for building paths, trusted by nobody; as `anchors`.
    #[uniffi(default = [])]
    pub intermediates: Vec<Vec<u8>>,
    /// CRLs, DER.
    #[uniffi(default = [])]
    pub crls: Vec<Vec<u8>>,
    /// OCSP responses, DER.
    #[uniffi(default = [])]
    pub ocsps: Vec<Vec<u8>>,
    /// Whether revocation data must be at hand for every certificate of the path.
    #[uniffi(default = true)]
    pub revocation_required: bool,
    /// Whether the signer needs a nitelikli elektronik sertifika.
    #[uniffi(default = true)]
    pub qualified_required: bool,
}

/// The verdict on one signer.
#[derive(Clone, Debug, uniffi::Record)]
pub struct SignatureReport {
    /// The main status.
    pub indication: Indication,
    /// The code of the standard that explains it, such as `HASH_FAILURE`; none if the signature passed.
    pub sub_indication: Option<String>,
    /// What was found, for developers, in English; none if the signature passed.
    pub reason: Option<String>,
    /// The form of the signature, such as `CAdES-BASELINE-B`; what is there, not whether it is valid.
    pub level: String,
    /// The certificate that the signature was made with, DER.
    pub signer: Option<Vec<u8>>,
    /// SHA-256 of that certificate.
    pub signer_fingerprint: Option<Vec<u8>>,
    /// When the signer says to have signed, seconds since 1970-01-01T00:00:00Z; only a claim.
    pub signing_time_unix_s: Option<i64>,
    /// Oddities that change no verdict, such as `policy-not-processed`.
    pub warnings: Vec<String>,
}

/// The main status of one signature.
#[derive(Clone, Copy, Debug, uniffi::Enum)]
pub enum Indication {
    /// All checks passed.
    TotalPassed,
    /// What is known does not suffice for either verdict.
    Indeterminate,
    /// The signature is broken or was made with an unusable certificate.
    TotalFailed,
}

/// Judges every signer of a CMS file, BER or DER. `detached` is the content if the file does not hold it; if it holds
/// it too, both must be equal.
///
/// Never empty: a file without a readable signer has one verdict that failed.
#[uniffi::export]
pub fn cades_validate(
    cms: Vec<u8>,
    detached: Option<Vec<u8>>,
    policy: CadesPolicy,
) -> Result<Vec<SignatureReport>> {
    let report = validate::validate(&cms, detached.as_deref(), &policy.into_inner()?);
    Ok(report.signatures.iter().map(SignatureReport::new).collect())
}

impl CadesPolicy {
    fn into_inner(self) -> Result<Policy> {
        let mut policy = Policy::new(certificates(&self.anchors)?, self.at_unix_s);
        policy.intermediates = certificates(&self.intermediates)?;
        policy.revocation.crls = self.crls;
        policy.revocation.ocsp_responses = self.ocsps;
        if !self.revocation_required {
            policy.revocation.required = RevocationScope::None;
        }
        if !self.qualified_required {
            policy.profile = CertificateProfile::Any;
        }
        Ok(policy)
    }
}

fn certificates(given: &[Vec<u8>]) -> Result<Vec<Certificate>> {
    let mut found = Vec::new();
    for octets in given {
        match str::from_utf8(octets) {
            Ok(text) if text.contains("-----BEGIN ") => {
                let damaged =
                    |why| Error::new(Code::CertificateMalformed, format!("the certificates: {why}"));
                found.extend(pem::certificates(text).map_err(damaged)?);
            }
            _ => found.push(read(octets)?),
        }
    }
    Ok(found)
}

impl SignatureReport {
    fn new(report: &validate::SignatureReport) -> Self {
        Self {
            indication: match report.indication() {
                validate::Indication::TotalPassed => Indication::TotalPassed,
                validate::Indication::Indeterminate => Indication::Indeterminate,
                validate::Indication::TotalFailed => Indication::TotalFailed,
            },
            sub_indication: report.sub_indication().map(|code| code.name().to_owned()),
            reason: report.failure.as_ref().map(|failure| failure.reason.to_string()),
            level: report.level.to_string(),
            signer: report.signer.as_ref().map(|certificate| certificate.der().to_vec()),
            signer_fingerprint: report.signer.as_ref().map(|certificate| certificate.fingerprint().to_vec()),
            signing_time_unix_s: report.claims.signing_time,
            warnings: report.warnings.iter().map(|warning| warning.name().to_owned()).collect(),
        }
    }
}
