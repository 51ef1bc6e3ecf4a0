//! X.509 certificate validation (EN 319 102-1 clause 5.2.6).

use super::{Failure, Policy, Reason, SubIndication};
use crate::x509::certificate::Certificate;

/// The path from the signer to an anchor.
pub(super) fn check(signer: &Certificate, policy: &Policy) -> Result<Vec<Certificate>, Failure> {
    if !policy.anchors.contains(signer) {
        return Err(Failure::new(SubIndication::NoCertificateChainFound, Reason::NoPath));
    }
    if !signer.is_valid_at(policy.at_unix) {
        let reason = Reason::OutOfBounds { not_before: signer.not_before(), not_after: signer.not_after() };
        return Err(Failure::new(SubIndication::OutOfBoundsNoPoe, reason));
    }
    Ok(vec![signer.clone()])
}
