//! Identification of the signing certificate (EN 319 102-1 clause 5.2.3; EN 319 122-1 clause 5.2.2).

use super::{Failure, Reason, SubIndication, digest};
use crate::attributes::{Attributes, EssCertId, EssVersion, SigningCertificate};
use crate::cms::{SignerIdentifier, SignerInfo};
use crate::x509::certificate::Certificate;
use crate::x509::name::Name;

/// The certificate that both the signer identifier and the first ESS reference name.
pub(super) fn check(
    signer_info: &SignerInfo<'_>,
    attributes: &Attributes<'_>,
    certificates: &[Certificate],
) -> Result<Certificate, Failure> {
    let failure = |reason| Failure::new(SubIndication::NoSigningCertificateFound, reason);
    let mut candidates = certificates.iter().filter(|certificate| is_named(certificate, &signer_info.sid));
    // A missing, repeated or malformed attribute is judged by signature acceptance.
    let Ok(Some(reference)) = SigningCertificate::find(attributes) else {
        return candidates.next().cloned().ok_or(failure(Reason::CertificateNotFound));
    };
    // Only the first reference is the signer's own; the others are certificates of the path.
    let first = reference.certificates.first().ok_or(failure(Reason::CertificateHash))?;
    // Several certificates may share issuer and serial number: the one with the right digest counts.
    let mut reason = Reason::CertificateNotFound;
    for candidate in candidates {
        match compare(first, reference.version, candidate) {
            Ok(()) => return Ok(candidate.clone()),
            Err(found) => reason = found,
        }
    }
    Err(failure(reason))
}

fn is_named(certificate: &Certificate, sid: &SignerIdentifier<'_>) -> bool {
    match sid {
        SignerIdentifier::IssuerAndSerialNumber { issuer, serial_number } => {
            certificate.serial() == *serial_number && certificate.issuer() == Name::new(issuer)
        }
        SignerIdentifier::SubjectKeyIdentifier(identifier) => {
            certificate.subject_key_identifier() == Some(identifier.as_ref())
        }
    }
}

fn compare(reference: &EssCertId<'_>, version: EssVersion, certificate: &Certificate) -> Result<(), Reason> {
    let is_same = match (&reference.hash_algorithm, version) {
        (Some(algorithm), _) => digest::matches(algorithm, certificate.der(), &reference.cert_hash)
            .ok_or_else(|| Reason::DigestAlgorithm { algorithm: algorithm.oid.to_string() })?,
        (None, EssVersion::V1) => digest::matches_sha1(certificate.der(), &reference.cert_hash),
        (None, EssVersion::V2) => certificate.fingerprint().as_slice() == reference.cert_hash.as_ref(),
    };
    if !is_same {
        return Err(Reason::CertificateHash);
    }
    let Some(issuer_serial) = &reference.issuer_serial else { return Ok(()) };
    let issuer_is_same = issuer_serial.issuer.is_some_and(|issuer| Name::new(issuer) == certificate.issuer());
    if issuer_is_same && issuer_serial.serial_number == certificate.serial() {
        Ok(())
    } else {
        Err(Reason::CertificateIssuerSerial)
    }
}
