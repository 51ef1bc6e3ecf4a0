//! Constraints of a validation (EN 319 102-1 clause 5.1.4), given as values.

use std::fmt;
use std::sync::Arc;

use crate::asn1::{Limits, UnixTime};
use crate::x509::certificate::Certificate;
use crate::x509::crl::{Crl, CrlError, IndexedCrl};
use crate::x509::path::PathLimits;

/// What a signature is judged by. [`Policy::new`] gives the strict defaults.
#[derive(Clone, Debug)]
pub struct Policy {
    /// Certificates that are trusted without proof.
    pub anchors: Vec<Certificate>,
    /// Further certificates for building paths; trusted by nobody.
    pub intermediates: Vec<Certificate>,
    /// The time of validation, in seconds since 1970. It is the control time of all checks.
    pub at_unix: UnixTime,
    /// How far a claimed signing time may lie ahead of `at_unix`, for clocks that differ.
    pub signing_time_ahead_s: i64,
    /// What the signer's certificate must be.
    pub profile: CertificateProfile,
    /// Revocation data and what is demanded of them.
    pub revocation: RevocationPolicy,
    /// Bounds of the file.
    pub limits: Limits,
    /// Bounds of the search for a path.
    pub path_limits: PathLimits,
}

impl Policy {
    /// Validation at `at_unix` against `anchors`: the signer has an NES, and revocation data are at hand for every
    /// certificate of the path.
    pub fn new(anchors: Vec<Certificate>, at_unix: UnixTime) -> Self {
        Self {
            anchors,
            intermediates: Vec::new(),
            at_unix,
            signing_time_ahead_s: 300,
            profile: CertificateProfile::Nes,
            revocation: RevocationPolicy::default(),
            limits: Limits::default(),
            path_limits: PathLimits::default(),
        }
    }
}

/// What the signer's certificate must be (X.509 validation constraints).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CertificateProfile {
    /// A nitelikli elektronik sertifika of a person, see [`crate::x509::nes`].
    Nes,
    /// Any certificate with a path.
    Any,
}

/// Revocation data and what is demanded of them.
#[derive(Clone, Debug, Default)]
pub struct RevocationPolicy {
    /// Which certificates need revocation data. Data that say "revoked" count for all of them in any case.
    pub required: RevocationScope,
    /// How old data may be, whatever they say about themselves (EN 319 102-1 clause 5.2.5).
    pub max_age_s: Option<i64>,
    /// CRLs that were verified before; for lists that serve many validations.
    pub lists: Vec<RevocationList>,
    /// CRLs, DER.
    pub crls: Vec<Vec<u8>>,
    /// OCSP responses, DER.
    pub ocsp_responses: Vec<Vec<u8>>,
}

/// Which certificates of a path need revocation data.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RevocationScope {
    /// All but the trust anchor.
    #[default]
    Chain,
    /// The signer's.
    Signer,
    /// None: what is missing is only reported.
    None,
}

/// A CRL that was verified once and is looked up in often. Cloning it is cheap.
#[derive(Clone)]
pub struct RevocationList {
    crl: Arc<IndexedCrl<Vec<u8>>>,
    issuer: Certificate,
}

impl RevocationList {
    /// Verifies a DER list with the certificate of its issuer. Whether it is current is asked at each validation.
    pub fn verify(der: Vec<u8>, issuer: &Certificate) -> Result<Self, CrlError> {
        let crl = Crl::parse(der)?.authenticate(issuer)?.into_indexed()?;
        Ok(Self { crl: Arc::new(crl), issuer: issuer.clone() })
    }

    /// The list.
    pub fn crl(&self) -> &IndexedCrl<Vec<u8>> {
        &self.crl
    }

    /// True if the key that verified the list is that of this certificate.
    pub(super) fn is_of(&self, issuer: &Certificate) -> bool {
        self.issuer == *issuer
            || (self.issuer.spki_der() == issuer.spki_der() && self.issuer.subject() == issuer.subject())
    }
}

impl fmt::Debug for RevocationList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RevocationList")
            .field("this_update", &self.crl.verified().crl().this_update())
            .field("entries", &self.crl.verified().crl().entry_count())
            .finish_non_exhaustive()
    }
}
