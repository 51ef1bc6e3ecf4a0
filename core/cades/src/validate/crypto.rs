//! Cryptographic verification (EN 319 102-1 clause 5.2.7; RFC 5652 clauses 5.4 and 5.6).

use der::asn1::ObjectIdentifier;

use super::format::{Content, Format, Signed};
use super::{Failure, Reason, SubIndication, digest, legacy};
use crate::algorithm::{AlgorithmError, DigestAlgorithm, SignatureError, VerificationAlgorithm};
use crate::cms::SignerInfo;
use crate::x509::certificate::Certificate;

/// A signature that verifies.
pub(super) struct Verified {
    /// `None` for an algorithm that is not acceptable any more.
    pub(super) algorithm: Option<VerificationAlgorithm>,
    /// What the acceptance block has to refuse.
    pub(super) weakness: Option<Reason>,
}

/// Verifies digest and signature. That an algorithm is too weak is for the acceptance block to say.
pub(super) fn check(
    signer_info: &SignerInfo<'_>,
    format: &Format<'_>,
    signed: Signed<'_>,
    certificate: &Certificate,
) -> Result<Verified, Failure> {
    check_digest(signer_info, format, signed)?;
    if format.algorithm_protection.is_some_and(|protection| !protection.matches(signer_info)) {
        return Err(Failure::new(SubIndication::SigCryptoFailure, Reason::AlgorithmProtection));
    }
    let message = format.attributes.to_der();
    let verified = algorithm(signer_info).and_then(|algorithm| {
        check_signature(signer_info, format, &message, certificate, algorithm)?;
        Ok(Verified { algorithm: Some(algorithm), weakness: None })
    });
    let weakness = match verified {
        Err(failure) if failure.sub_indication == SubIndication::CryptoConstraintsFailureNoPoe => failure,
        other => return other,
    };
    match legacy::verifies(signer_info, &message, certificate) {
        Some(true) => Ok(Verified { algorithm: None, weakness: Some(weakness.reason) }),
        Some(false) => Err(Failure::new(SubIndication::SigCryptoFailure, SignatureError::Invalid)),
        None => Err(weakness),
    }
}

fn check_digest(
    signer_info: &SignerInfo<'_>,
    format: &Format<'_>,
    signed: Signed<'_>,
) -> Result<(), Failure> {
    let algorithm = &signer_info.digest_algorithm;
    let expected = format.message_digest.0;
    let is_same = match signed {
        Signed::Signature(octets) | Signed::Content { content: Content::Octets(octets), .. } => {
            digest::matches(algorithm, octets, expected)
        }
        Signed::Content { content: Content::Digests(digests), .. } => {
            let mut found = digests.iter().filter(|digest| algorithm.oid == digest.algorithm().oid());
            let Some(digest) = found.next() else { return Err(content_missing()) };
            Some(digest.as_ref() == expected)
        }
        Signed::Content { content: Content::Missing, .. } => return Err(content_missing()),
    };
    match is_same {
        Some(true) => Ok(()),
        Some(false) => Err(Failure::new(SubIndication::HashFailure, Reason::MessageDigest)),
        None => {
            let reason = Reason::DigestAlgorithm { algorithm: algorithm.oid.to_string() };
            Err(Failure::new(SubIndication::CryptoConstraintsFailureNoPoe, reason))
        }
    }
}

fn content_missing() -> Failure {
    Failure::new(SubIndication::SignedDataNotFound, Reason::ContentMissing)
}

/// The algorithm of the signature, which must name the digest algorithm of the content too.
fn algorithm(signer_info: &SignerInfo<'_>) -> Result<VerificationAlgorithm, Failure> {
    let identifier = signer_info.signature_algorithm.raw;
    let mismatch = |named: ObjectIdentifier| {
        let stated = signer_info.digest_algorithm.oid.to_string();
        let reason = Reason::DigestMismatch { stated, named: named.to_string() };
        Failure::new(SubIndication::SigCryptoFailure, reason)
    };
    if let Some(named) = digest::named_by(&signer_info.signature_algorithm.oid)
        && signer_info.digest_algorithm.oid != named
    {
        return Err(mismatch(named));
    }
    let read = match DigestAlgorithm::from_identifier_der(signer_info.digest_algorithm.raw) {
        Ok(digest) => VerificationAlgorithm::from_signer_info(identifier, digest),
        Err(error) => match VerificationAlgorithm::from_identifier_der(identifier) {
            Ok(algorithm) => return Err(mismatch(algorithm.digest().oid())),
            Err(_) => Err(error),
        },
    };
    read.map_err(|error| {
        let is_about_strength =
            matches!(error, AlgorithmError::Broken { .. } | AlgorithmError::Unknown { .. });
        let sub_indication = if is_about_strength {
            SubIndication::CryptoConstraintsFailureNoPoe
        } else {
            SubIndication::SigCryptoFailure
        };
        Failure::new(sub_indication, error)
    })
}

fn check_signature(
    signer_info: &SignerInfo<'_>,
    format: &Format<'_>,
    message: &[u8],
    certificate: &Certificate,
    algorithm: VerificationAlgorithm,
) -> Result<(), Failure> {
    let signature = signer_info.signature.as_ref();
    let error = match certificate.verify(algorithm, message, signature) {
        Ok(()) => return Ok(()),
        Err(error) => error,
    };
    let reason = match error {
        SignatureError::KeyTooShort { .. } | SignatureError::Key(_) => {
            return Err(Failure::new(SubIndication::CryptoConstraintsFailureNoPoe, error));
        }
        // Tried only to explain: RFC 5652 clause 5.4 demands DER.
        SignatureError::Invalid if !format.attributes.is_sorted() => {
            match certificate.verify(algorithm, &format.attributes.to_stored_order(), signature) {
                Ok(()) => Reason::SignedAttributesNotDer,
                Err(_) => error.into(),
            }
        }
        _ => error.into(),
    };
    Err(Failure::new(SubIndication::SigCryptoFailure, reason))
}
