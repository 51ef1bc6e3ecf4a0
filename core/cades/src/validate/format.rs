//! Format checking (EN 319 102-1 clause 5.2.2; RFC 5652 clauses 5.3 and 11).

use super::{Failure, Reason, SubIndication};
use crate::algorithm::Digest;
use crate::asn1::{Oid, Reader, Tag};
use crate::attributes::{
    AlgorithmProtection, AttributeError, Attributes, ContentType, MessageDigest, SigningTime, oid,
};
use crate::cms::SignerInfo;

/// What a SignerInfo signs.
#[derive(Clone, Copy)]
pub(super) enum Signed<'a> {
    /// The content of the file, of this type.
    Content { content_type: Oid<'a>, content: Content<'a> },
    /// The signature value of another SignerInfo.
    Signature(&'a [u8]),
}

/// What is known of the content.
#[derive(Clone, Copy)]
pub(super) enum Content<'a> {
    Missing,
    /// Attached or given.
    Octets(&'a [u8]),
    /// Only digests of it are given.
    Digests(&'a [Digest]),
}

/// The attributes that the later blocks work on.
pub(super) struct Format<'a> {
    pub(super) attributes: Attributes<'a>,
    pub(super) message_digest: MessageDigest<'a>,
    pub(super) signing_time: Option<SigningTime>,
    pub(super) algorithm_protection: Option<AlgorithmProtection<'a>>,
}

pub(super) fn check<'a>(signer_info: &SignerInfo<'a>, signed: Signed<'_>) -> Result<Format<'a>, Failure> {
    let failure = |reason| Failure::new(SubIndication::FormatFailure, reason);
    let Some(set) = &signer_info.signed_attributes else {
        return Err(failure(match signed {
            Signed::Content { content: Content::Octets(octets), .. } if is_set_of_attributes(octets) => {
                Reason::ForgedAttributes
            }
            _ => Reason::NoSignedAttributes,
        }));
    };
    read(Attributes::read(set).map_err(|error| failure(error.into()))?, signed).map_err(failure)
}

fn read<'a>(attributes: Attributes<'a>, signed: Signed<'_>) -> Result<Format<'a>, Reason> {
    match (ContentType::find(&attributes)?, signed) {
        (Some(ContentType(signed)), Signed::Content { content_type, .. }) if signed != content_type => {
            return Err(Reason::ContentType {
                signed: signed.to_string(),
                encapsulated: content_type.to_string(),
            });
        }
        (None, Signed::Content { .. }) => {
            return Err(AttributeError::Missing { attribute: oid::CONTENT_TYPE.to_string() }.into());
        }
        // RFC 5652 clause 11.4
        (Some(_), Signed::Signature(_)) => {
            return Err(AttributeError::Forbidden { attribute: oid::CONTENT_TYPE.to_string() }.into());
        }
        (Some(_), Signed::Content { .. }) | (None, Signed::Signature(_)) => {}
    }
    let missing = AttributeError::Missing { attribute: oid::MESSAGE_DIGEST.to_string() };
    let message_digest = MessageDigest::find(&attributes)?.ok_or(missing)?;
    let signing_time = SigningTime::find(&attributes)?;
    let algorithm_protection = AlgorithmProtection::find(&attributes)?;
    Ok(Format { message_digest, signing_time, algorithm_protection, attributes })
}

/// True for the DER of signed attributes: the trace of a signature that was stripped of them.
fn is_set_of_attributes(octets: &[u8]) -> bool {
    Reader::der_value(octets, Tag::SET).is_ok_and(|set| {
        Attributes::read(&set).is_ok_and(|attributes| attributes.contains(&oid::MESSAGE_DIGEST))
    })
}
