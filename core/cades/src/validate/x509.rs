//! X.509 certificate validation (EN 319 102-1 clause 5.2.6): path, dates, revocation, constraints on the signer.

use super::policy::{CertificateProfile, RevocationScope};
use super::revocation::{Evidence, Sources, Status};
use super::{Failure, Policy, Reason, SubIndication};
use crate::algorithm::SignatureError;
use crate::x509::certificate::Certificate;
use crate::x509::nes::{self, Unusable};
use crate::x509::path::{Path, PathError};

/// What is known of the signer's certificate, whatever the verdict is.
#[derive(Default)]
pub(super) struct Chain {
    /// From the signer up to the trust anchor; empty if there is no path.
    pub(super) certificates: Vec<Certificate>,
    /// The revocation data that decided.
    pub(super) evidence: Vec<Evidence>,
    /// Revocation data were missing, and the policy goes without.
    pub(super) is_unchecked: bool,
}

pub(super) fn check(
    signer: &Certificate,
    pool: &[Certificate],
    sources: &Sources<'_>,
    policy: &Policy,
) -> (Chain, Result<(), Failure>) {
    let mut chain = Chain::default();
    let result = run(signer, pool, sources, policy, &mut chain);
    (chain, result)
}

fn run(
    signer: &Certificate,
    pool: &[Certificate],
    sources: &Sources<'_>,
    policy: &Policy,
    chain: &mut Chain,
) -> Result<(), Failure> {
    match Path::build(signer, pool, &policy.anchors, policy.at_unix, policy.path_limits) {
        Ok(path) => chain.certificates = path.certificates().to_vec(),
        Err(error @ (PathError::Expired { .. } | PathError::NotYetValid { .. })) => {
            return Err(out_of_bounds(error, signer, pool, sources, policy, chain));
        }
        Err(error) => return Err(no_path(error)),
    }
    check_revocation(sources, policy, chain)?;
    check_profile(signer, policy)
}

fn no_path(error: PathError) -> Failure {
    let sub_indication = match error {
        PathError::NoIssuer { .. } | PathError::TooLong { .. } | PathError::TooManyTries { .. } => {
            SubIndication::NoCertificateChainFound
        }
        PathError::Signature {
            reason: SignatureError::KeyTooShort { .. } | SignatureError::Algorithm(_) | SignatureError::Key(_),
            ..
        } => SubIndication::CryptoConstraintsFailureNoPoe,
        _ => SubIndication::CertificateChainGeneralFailure,
    };
    Failure::new(sub_indication, error)
}

/// The path is sound but for its dates. For an expired signer it matters whether it was revoked before.
fn out_of_bounds(
    error: PathError,
    signer: &Certificate,
    pool: &[Certificate],
    sources: &Sources<'_>,
    policy: &Policy,
    chain: &mut Chain,
) -> Failure {
    if let Ok(path) = Path::build_at_any_time(signer, pool, &policy.anchors, policy.path_limits) {
        chain.certificates = path.certificates().to_vec();
    }
    if let (PathError::Expired { depth: 0, not_after }, Some(issuer)) = (&error, chain.certificates.get(1)) {
        let (status, evidence) = sources.status(signer, issuer, *not_after);
        chain.evidence.extend(evidence);
        match status {
            Status::Good => return Failure::new(SubIndication::OutOfBoundsNotRevoked, error),
            Status::Revoked(revocation) => {
                return Failure::new(SubIndication::RevokedNoPoe, Reason::Revoked { depth: 0, revocation });
            }
            Status::OnHold | Status::Unknown => {}
        }
    }
    Failure::new(SubIndication::OutOfBoundsNoPoe, error)
}

/// Clause 5.2.6.4: every certificate but the anchor.
fn check_revocation(sources: &Sources<'_>, policy: &Policy, chain: &mut Chain) -> Result<(), Failure> {
    let Chain { certificates, evidence, is_unchecked } = chain;
    for (depth, pair) in certificates.windows(2).enumerate() {
        let [certificate, issuer] = pair else { continue };
        let (status, decisive) = sources.status(certificate, issuer, policy.at_unix);
        evidence.extend(decisive.map(|evidence| Evidence { depth, ..evidence }));
        let is_needed = match policy.revocation.required {
            RevocationScope::Chain => true,
            RevocationScope::Signer => depth == 0,
            RevocationScope::None => false,
        };
        match status {
            Status::Good => {}
            Status::Revoked(revocation) => {
                let sub_indication =
                    if depth == 0 { SubIndication::RevokedNoPoe } else { SubIndication::RevokedCaNoPoe };
                return Err(Failure::new(sub_indication, Reason::Revoked { depth, revocation }));
            }
            Status::OnHold => return Err(Failure::new(SubIndication::TryLater, Reason::OnHold { depth })),
            Status::Unknown if is_needed => {
                return Err(Failure::new(SubIndication::TryLater, Reason::RevocationUnknown { depth }));
            }
            Status::Unknown => *is_unchecked = true,
        }
    }
    Ok(())
}

fn check_profile(signer: &Certificate, policy: &Policy) -> Result<(), Failure> {
    match policy.profile {
        CertificateProfile::Any => Ok(()),
        CertificateProfile::Nes => match nes::check(signer, policy.at_unix) {
            // The dates were checked with the path.
            Ok(()) | Err(Unusable::Expired { .. } | Unusable::NotYetValid { .. }) => Ok(()),
            Err(unusable @ Unusable::UnsupportedKey(_)) => {
                Err(Failure::new(SubIndication::CryptoConstraintsFailureNoPoe, unusable))
            }
            Err(unusable) => Err(Failure::new(SubIndication::ChainConstraintsFailure, unusable)),
        },
    }
}
