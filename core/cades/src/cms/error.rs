//! Why a file is not a usable `SignedData`.

use crate::asn1::Asn1Error;

/// A CMS that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CmsError {
    /// The `ContentInfo` holds something else than `SignedData` (RFC 5652 clause 3).
    #[error("content type {content_type} instead of signed-data")]
    NotSignedData {
        /// The content type found, dotted.
        content_type: String,
    },
    /// The encoding is broken in `part`.
    #[error("{part}")]
    Encoding {
        /// The field of RFC 5652 in which reading stopped.
        part: &'static str,
        /// What is wrong there.
        source: Asn1Error,
    },
}

impl CmsError {
    /// For `map_err`: the encoding of `part` is broken.
    pub(crate) fn in_part(part: &'static str) -> impl FnOnce(Asn1Error) -> Self {
        move |source| Self::Encoding { part, source }
    }
}
