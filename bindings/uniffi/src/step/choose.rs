//! Which certificate a Choose step needs; refused ones come back here with the reason.

use std::sync::Arc;

use kamusm::{Code, Error};

use crate::{
    answer::Answer,
    clock::signed,
    error::{ErrorDetails, Result, known, made},
    identity::Identity,
};

/// Choose the certificate to sign with.
#[derive(uniffi::Object)]
pub struct ChooseStep(pub(crate) kamusm::session::Requirements);

/// A certificate that was refused before any PIN was asked for.
#[derive(Clone, Debug, uniffi::Record)]
pub struct Refusal {
    /// SHA-256 of the certificate.
    pub fingerprint: Vec<u8>,
    /// Why.
    pub error: ErrorDetails,
}

#[uniffi::export]
impl ChooseStep {
    /// The applicant's TCKN, masked; the service compares the whole one.
    pub fn applicant_tckn(&self) -> Result<String> {
        Ok(self.0.applicant_tckn().to_owned())
    }

    /// Certificates that were refused in this session.
    pub fn refusals(&self) -> Result<Vec<Refusal>> {
        let refusals = self.0.refusals().iter().map(|refusal| Refusal {
            fingerprint: refusal.fingerprint.to_vec(),
            error: ErrorDetails::new(&refusal.error),
        });
        Ok(refusals.collect())
    }

    /// When the window (Kalan Süre) is over, in milliseconds on the monotonic clock.
    pub fn deadline_ms(&self) -> Result<i64> {
        Ok(signed(self.0.deadline()))
    }

    /// The chosen certificate, DER, with the certificates above it as far as they are at hand.
    pub fn certificate(&self, der: Vec<u8>, chain: Vec<Vec<u8>>) -> Result<Arc<Answer>> {
        Ok(Answer::new(self.0.certificate(&der, &chain)))
    }

    /// The chosen identity; one that cannot sign is refused here, before any PIN.
    ///
    /// Dates are left to the service, which checks them next: the clock of this machine may be wrong.
    pub fn identity(&self, identity: Identity) -> Result<Arc<Answer>> {
        if let Some(refusal) = identity.refusal {
            let code = known(refusal.code)?;
            if !matches!(code, Code::CertificateExpired | Code::CertificateNotYetValid) {
                return Err(Error::new(code, refusal.reason).into());
            }
        }
        Ok(Answer::new(self.0.certificate(&identity.certificate, &[])))
    }

    /// No certificate can be chosen, for this reason: a number of an error, and words for developers without
    /// personal data.
    pub fn failed(&self, code: i32, reason: String) -> Result<Arc<Answer>> {
        Ok(Answer::new(self.0.failed(made(code, reason)?)))
    }

    /// The person cancelled.
    pub fn cancelled(&self) -> Result<Arc<Answer>> {
        Ok(Answer::new(self.0.cancelled()))
    }
}
