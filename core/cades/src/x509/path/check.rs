//! What holds between the certificates of a complete path (RFC 5280 6.1.3 to 6.1.5).

use der::asn1::ObjectIdentifier;

use super::PathError;
use crate::asn1::UnixTime;
use crate::x509::certificate::Certificate;
use crate::x509::extension::{self, KeyUsage};

/// Critical extensions that are processed, here or by who asks for the path.
const PROCESSED: [ObjectIdentifier; 7] = [
    extension::KEY_USAGE,
    extension::BASIC_CONSTRAINTS,
    extension::CERTIFICATE_POLICIES,
    extension::QC_STATEMENTS,
    extension::EXTENDED_KEY_USAGE,
    extension::CRL_DISTRIBUTION_POINTS,
    // subjectAltName: critical where the subject is empty; names are compared by subject only.
    ObjectIdentifier::new_unwrap("2.5.29.17"),
];

/// All but the dates. Names and signatures were compared when the path was built.
pub(super) fn path(certificates: &[Certificate]) -> Result<(), PathError> {
    let anchor = certificates.len() - 1;
    for (depth, certificate) in certificates.iter().enumerate() {
        // What an anchor says about itself is no one's assertion but its own (6.1.1 d).
        if depth != anchor {
            check_critical(depth, certificate)?;
        }
        if depth > 0 {
            check_issuer(depth, certificate, certificates)?;
        }
    }
    Ok(())
}

pub(super) fn dates(certificates: &[Certificate], at: UnixTime) -> Result<(), PathError> {
    for (depth, certificate) in certificates.iter().enumerate() {
        if at < certificate.not_before() {
            return Err(PathError::NotYetValid { depth, not_before: certificate.not_before() });
        }
        if at > certificate.not_after() {
            return Err(PathError::Expired { depth, not_after: certificate.not_after() });
        }
    }
    Ok(())
}

fn check_critical(depth: usize, certificate: &Certificate) -> Result<(), PathError> {
    for extension in certificate.extensions().filter(|extension| extension.critical) {
        if !PROCESSED.contains(&extension.oid) {
            return Err(PathError::UnknownCritical { depth, oid: extension.oid });
        }
    }
    certificate.policies().map_err(|reason| PathError::Unreadable { depth, reason })?;
    Ok(())
}

fn check_issuer(depth: usize, issuer: &Certificate, certificates: &[Certificate]) -> Result<(), PathError> {
    let is_anchor = depth == certificates.len() - 1;
    // A root of version 1 has no extensions to say it with; it is trusted by being an anchor.
    let old_root = is_anchor && issuer.version() < 3;
    if !issuer.is_ca() && !old_root {
        return Err(PathError::NotCa { depth });
    }
    if issuer.key_usage().is_some_and(|usage| !usage.contains(KeyUsage::KEY_CERT_SIGN)) {
        return Err(PathError::NoCertSign { depth });
    }
    if let Some(limit) = issuer.basic_constraints().and_then(|constraints| constraints.path_len) {
        let under = certificates[1..depth].iter().filter(|certificate| !certificate.is_self_issued());
        if under.count() > usize::from(limit) {
            return Err(PathError::PathLength { depth, limit });
        }
    }
    Ok(())
}
