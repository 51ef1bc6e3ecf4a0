//! The signer's certificate: path, time, purpose, quality, revocation, person.

use const_oid::ObjectIdentifier;
use kamusm_cades::x509::certificate::Certificate;
use kamusm_cades::x509::extension::KeyUsage;
use kamusm_test_ca::CertStatus;

use crate::clock::UnixMs;
use crate::domain::pki::{Ocsp, responder};
use crate::domain::problem::{Kind, Problem};
use crate::domain::service::Service;
use crate::domain::tckn;
use crate::domain::time::rfc3339;

const QC_COMPLIANCE: ObjectIdentifier = ObjectIdentifier::new_unwrap("0.4.0.1862.1.1");
const NES: [ObjectIdentifier; 2] = [
    ObjectIdentifier::new_unwrap("2.16.792.1.61.0.1.5070.1.1"),
    ObjectIdentifier::new_unwrap("2.16.792.1.61.0.1.5070.2.1"),
];
const SEAL: [ObjectIdentifier; 2] = [
    ObjectIdentifier::new_unwrap("2.16.792.1.61.0.1.5070.1.3"),
    ObjectIdentifier::new_unwrap("2.16.792.1.61.0.1.5070.2.2"),
];
const SOON_MS: i64 = 30 * 24 * 60 * 60 * 1000;

/// What is good to know of a certificate that passed.
#[derive(Debug)]
pub(crate) struct Passed {
    pub(crate) not_after_s: i64,
    pub(crate) warnings: Vec<&'static str>,
}

/// Checks a certificate for a person and a time.
pub(crate) async fn certificate(
    service: &Service,
    der: &[u8],
    person: &str,
    at: UnixMs,
) -> Result<Passed, Problem> {
    let certificate = Certificate::from_der(der)
        .map_err(|_| Problem::new(Kind::CertificateUntrusted).with("check", "format"))?;
    path(service, &certificate, at)?;
    validity(&certificate, at)?;
    purpose(&certificate)?;
    quality(&certificate)?;
    not_revoked(service, &certificate, at).await?;
    let subject = certificate.tckn().unwrap_or_default();
    if subject != person {
        return Err(Kind::SignerMismatch.into());
    }
    let mut warnings = Vec::new();
    // Public test certificates break the checksum too, so it never refuses one.
    if !tckn::has_valid_checksum(&subject) {
        warnings.push("tckn_checksum");
    }
    if certificate.not_after().saturating_mul(1000).saturating_sub(at) < SOON_MS {
        warnings.push("expires_soon");
    }
    Ok(Passed { not_after_s: certificate.not_after(), warnings })
}

/// Leaf, issuing authority, root: each issued by the next and each in its time.
fn path(service: &Service, certificate: &Certificate, at: UnixMs) -> Result<(), Problem> {
    let untrusted = |check: &str| Problem::new(Kind::CertificateUntrusted).with("check", check);
    let at = at.div_euclid(1000);
    let pki = &service.pki;
    certificate.is_issued_by(&pki.sub).map_err(|_| untrusted("issuer"))?;
    pki.sub.is_issued_by(&pki.root).map_err(|_| untrusted("path"))?;
    if !pki.sub.is_valid_at(at) || !pki.root.is_valid_at(at) {
        return Err(untrusted("issuer_validity"));
    }
    if certificate.is_ca() { Err(untrusted("ca")) } else { Ok(()) }
}

fn validity(certificate: &Certificate, at: UnixMs) -> Result<(), Problem> {
    let at = at.div_euclid(1000);
    let written = |seconds: i64| rfc3339(seconds.saturating_mul(1000));
    if at < certificate.not_before() {
        let problem = Problem::new(Kind::CertificateNotYetValid);
        return Err(problem.with("not_before", written(certificate.not_before())));
    }
    if at > certificate.not_after() {
        let problem = Problem::new(Kind::CertificateExpired);
        return Err(problem.with("not_after", written(certificate.not_after())));
    }
    Ok(())
}

fn purpose(certificate: &Certificate) -> Result<(), Problem> {
    match certificate.key_usage() {
        Some(usage) if usage.contains(KeyUsage::NON_REPUDIATION) => Ok(()),
        _ => Err(Kind::KeyUsageWrong.into()),
    }
}

/// QcCompliance and one of the two statements of an NES, none of a seal.
fn quality(certificate: &Certificate) -> Result<(), Problem> {
    let not_qualified = |reason: &str| Problem::new(Kind::CertificateNotQualified).with("reason", reason);
    let statements = certificate.qc_statements().map_err(|_| not_qualified("unreadable"))?;
    let has = |oid: &ObjectIdentifier| statements.iter().any(|statement| statement.oid == *oid);
    if !has(&QC_COMPLIANCE) || !NES.iter().any(has) {
        return Err(not_qualified("statement_missing"));
    }
    if SEAL.iter().any(has) { Err(not_qualified("seal")) } else { Ok(()) }
}

async fn not_revoked(service: &Service, certificate: &Certificate, at: UnixMs) -> Result<(), Problem> {
    if service.pki.ocsp() == Ocsp::Down {
        return Err(Problem::new(Kind::UpstreamUnavailable).with("upstream", "ocsp").after(30));
    }
    match responder::status(service, certificate.serial()).await? {
        CertStatus::Good => Ok(()),
        CertStatus::Revoked { at: revoked_at, .. } if revoked_at.saturating_mul(1000) > at => Ok(()),
        CertStatus::Revoked { at: revoked_at, .. } => {
            let written = rfc3339(revoked_at.saturating_mul(1000));
            Err(Problem::new(Kind::CertificateRevoked).with("revoked_at", written))
        }
        _ => Err(Problem::new(Kind::CertificateUntrusted).with("check", "ocsp_unknown")),
    }
}
