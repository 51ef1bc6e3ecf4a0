//! The level that a signature claims by its form (EN 319 122-1 clause 6; EN 319 122-2 for the extended ones).

use std::fmt;

use super::format::Format;
use crate::asn1::Oid;
use crate::attributes::{SigningCertificate, oid};
use crate::cms::oid::DATA;

/// The name of a signature form. It tells what is there, not whether it is valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Level {
    /// A CMS signature that is no CAdES signature.
    NotEtsi,
    /// Bound to a certificate, but short of the baseline.
    Bes,
    /// As before, with a signature policy.
    Epes,
    /// The baseline: what [`crate::sign`] makes.
    BaselineB,
}

impl Level {
    pub(super) fn of(
        format: &Format<'_>,
        content_type: Option<Oid<'_>>,
        certificate_is_embedded: bool,
    ) -> Self {
        let has_reference = matches!(SigningCertificate::find(&format.attributes), Ok(Some(_)));
        // In the wrong form it is there all the same; acceptance refuses it.
        let has_time = format.signing_time.is_some();
        // A countersignature has no content type (RFC 5652 clause 11.4).
        let is_data = content_type.is_none_or(|content_type| content_type == DATA);
        if !has_reference {
            Self::NotEtsi
        } else if has_time && is_data && certificate_is_embedded {
            Self::BaselineB
        } else if format.attributes.contains(&oid::SIGNATURE_POLICY) {
            Self::Epes
        } else {
            Self::Bes
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotEtsi => "CMS-NOT-ETSI",
            Self::Bes => "CAdES-BES",
            Self::Epes => "CAdES-EPES",
            Self::BaselineB => "CAdES-BASELINE-B",
        })
    }
}
