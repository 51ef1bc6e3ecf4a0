//! Whether a certificate may sign, asked before any PIN is.

use kamusm_cades::algorithm::KeyAlgorithm;
use kamusm_cades::x509::certificate::Certificate;
use kamusm_cades::x509::extension::KeyUsage;

/// Why a certificate may not sign.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Unusable {
    /// Its time is over.
    #[error("expired")]
    Expired {
        /// Last second of validity, Unix time.
        not_after: i64,
    },
    /// Its time has not begun.
    #[error("not valid yet")]
    NotYetValid {
        /// First second of validity, Unix time.
        not_before: i64,
    },
    /// Not for signatures that bind.
    #[error("not for nonRepudiation")]
    NotNonRepudiation,
    /// A certificate authority's.
    #[error("certificate of an authority")]
    CaCertificate,
    /// The key is of no supported kind.
    #[error("unsupported key")]
    UnsupportedKey,
}

pub(crate) fn check(certificate: &Certificate, at_unix: i64) -> Result<(), Unusable> {
    if certificate.basic_constraints().is_some_and(|constraints| constraints.ca) {
        return Err(Unusable::CaCertificate);
    }
    if !certificate.key_usage().is_some_and(|usage| usage.contains(KeyUsage::NON_REPUDIATION)) {
        return Err(Unusable::NotNonRepudiation);
    }
    match certificate.key_algorithm() {
        Ok(KeyAlgorithm::Rsa { bits }) if bits < 2048 => return Err(Unusable::UnsupportedKey),
        Ok(_) => {}
        Err(_) => return Err(Unusable::UnsupportedKey),
    }
    if at_unix < certificate.not_before() {
        return Err(Unusable::NotYetValid { not_before: certificate.not_before() });
    }
    if at_unix > certificate.not_after() {
        return Err(Unusable::Expired { not_after: certificate.not_after() });
    }
    Ok(())
}
