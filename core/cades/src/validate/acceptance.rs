//! Signature acceptance validation (EN 319 102-1 clause 5.2.8) against EN 319 122-1 clause 6.3, level B-B.

use super::format::Format;
use super::{Failure, Policy, Reason, SubIndication};
use crate::attributes::{
    AttributeError, CommitmentType, SignaturePolicy, SignerLocation, SigningCertificate, SigningTime, oid,
};
use crate::x509::certificate::Certificate;

/// `weakness` is what the cryptographic verification found about the strength of the algorithms.
pub(super) fn check(
    format: &Format<'_>,
    certificate: &Certificate,
    weakness: Option<Reason>,
    policy: &Policy,
) -> Result<(), Failure> {
    check_attributes(format)
        .and_then(|()| check_signing_time(format.signing_time, certificate, policy))
        .map_err(|reason| Failure::new(SubIndication::SigConstraintsFailure, reason))?;
    match weakness {
        Some(reason) => Err(Failure::new(SubIndication::CryptoConstraintsFailureNoPoe, reason)),
        None => Ok(()),
    }
}

fn check_attributes(format: &Format<'_>) -> Result<(), Reason> {
    let attributes = &format.attributes;
    let missing =
        |attribute: der::asn1::ObjectIdentifier| AttributeError::Missing { attribute: attribute.to_string() };
    SigningCertificate::find(attributes)?.ok_or_else(|| missing(oid::SIGNING_CERTIFICATE_V2))?;
    format.signing_time.ok_or_else(|| missing(oid::SIGNING_TIME))?;
    // These bind the signer to a meaning: present but unreadable is not the same as absent.
    CommitmentType::find_all(attributes)?;
    SignaturePolicy::find(attributes)?;
    SignerLocation::find(attributes)?;
    Ok(())
}

/// The claim must be well-formed and possible. It is never used as a time to check anything else at.
fn check_signing_time(
    signing_time: Option<SigningTime>,
    certificate: &Certificate,
    policy: &Policy,
) -> Result<(), Reason> {
    let Some(claim) = signing_time else { return Ok(()) };
    if !claim.has_required_form() {
        return Err(Reason::SigningTimeForm);
    }
    if !certificate.is_valid_at(claim.unix) {
        return Err(Reason::SigningTimeOutsideCertificate {
            signing_time: claim.unix,
            not_before: certificate.not_before(),
            not_after: certificate.not_after(),
        });
    }
    if claim.unix > policy.at_unix.saturating_add(policy.signing_time_ahead_s) {
        return Err(Reason::SigningTimeAhead { signing_time: claim.unix, at: policy.at_unix });
    }
    Ok(())
}
