//! What CRLs and OCSP responses have in common: reasons (RFC 5280 5.3.1) and the tolerance between clocks.

use crate::asn1::UnixTime;

/// How far a responder's clock may be ahead of ours.
pub const CLOCK_SKEW_S: i64 = 300;

/// Why a certificate was revoked (`CRLReason`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RevocationReason {
    /// unspecified (0)
    Unspecified,
    /// keyCompromise (1)
    KeyCompromise,
    /// cACompromise (2)
    CaCompromise,
    /// affiliationChanged (3)
    AffiliationChanged,
    /// superseded (4)
    Superseded,
    /// cessationOfOperation (5)
    CessationOfOperation,
    /// certificateHold (6): askıya alma
    CertificateHold,
    /// removeFromCRL (8)
    RemoveFromCrl,
    /// privilegeWithdrawn (9)
    PrivilegeWithdrawn,
    /// aACompromise (10)
    AaCompromise,
    /// A number that RFC 5280 does not name.
    Unknown(u8),
}

impl RevocationReason {
    pub(crate) fn from_number(number: u8) -> Self {
        match number {
            0 => Self::Unspecified,
            1 => Self::KeyCompromise,
            2 => Self::CaCompromise,
            3 => Self::AffiliationChanged,
            4 => Self::Superseded,
            5 => Self::CessationOfOperation,
            6 => Self::CertificateHold,
            8 => Self::RemoveFromCrl,
            9 => Self::PrivilegeWithdrawn,
            10 => Self::AaCompromise,
            number => Self::Unknown(number),
        }
    }
}

/// That a certificate was revoked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Revocation {
    /// When, Unix time.
    pub at: UnixTime,
    /// Why, if it is said.
    pub reason: Option<RevocationReason>,
}
