//! What a caller decides about a signature: form, claimed time and optional attributes (EN 319 122-1 clause 5.2).

use super::SignError;
use crate::algorithm::DigestAlgorithm;
use crate::asn1::{SetOf, UnixTime};
use crate::attributes::{CommitmentType, ContentHints, MimeType, SignaturePolicy, SignerLocation, oid};

/// The form of a signature. [`Profile::new`] gives what BTK profile P1 asks for: the four mandatory attributes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// The content travels inside the signature.
    pub attached: bool,
    /// The signing time that the signer claims, in seconds since 1970.
    pub signing_time_unix: UnixTime,
    /// mime-type
    pub mime_type: Option<MimeType>,
    /// content-hints
    pub content_hints: Option<ContentHints>,
    /// commitment-type-indication
    pub commitment: Option<CommitmentType>,
    /// signer-location
    pub location: Option<SignerLocation>,
    /// signature-policy-identifier; forbidden in BTK profile P1
    pub policy: Option<SignaturePolicy>,
}

impl Profile {
    /// A profile without optional attributes.
    pub fn new(attached: bool, signing_time_unix: UnixTime) -> Self {
        Self {
            attached,
            signing_time_unix,
            mime_type: None,
            content_hints: None,
            commitment: None,
            location: None,
            policy: None,
        }
    }

    pub(super) fn check(&self) -> Result<(), SignError> {
        if self.location.as_ref().is_some_and(|location| !location.is_valid()) {
            return Err(SignError::Attribute { attribute: oid::SIGNER_LOCATION });
        }
        if let Some(policy) = &self.policy {
            let algorithm = DigestAlgorithm::from_identifier_der(&policy.hash.algorithm)?;
            let length = policy.hash.value.len();
            let fits = length == algorithm.output_len() || (!policy.hash.is_known() && length > 0);
            if !fits || !policy.uri.iter().all(|uri| uri.is_ascii()) {
                return Err(SignError::Attribute { attribute: oid::SIGNATURE_POLICY });
            }
        }
        Ok(())
    }

    pub(super) fn write_optional(&self, set: &mut SetOf) {
        if let Some(mime_type) = &self.mime_type {
            set.member(|writer| mime_type.write(writer));
        }
        if let Some(content_hints) = &self.content_hints {
            set.member(|writer| content_hints.write(writer));
        }
        if let Some(commitment) = &self.commitment {
            set.member(|writer| commitment.write(writer));
        }
        if let Some(location) = &self.location {
            set.member(|writer| location.write(writer));
        }
        if let Some(policy) = &self.policy {
            set.member(|writer| policy.write(writer));
        }
    }
}
