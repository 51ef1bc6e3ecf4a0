//! The signer's certificate: path, time, quality, revocation, person.

use kamusm_cades::x509::certificate::Certificate;
use kamusm_cades::x509::nes::{self, Oddity, Unusable};
use kamusm_cades::x509::ocsp::{OcspResponse, OcspStatus};
use kamusm_cades::x509::path::{Path, PathError, PathLimits};
use kamusm_cades::x509::revocation::RevocationReason;

use crate::clock::UnixMs;
use crate::domain::pki::responder;
use crate::domain::problem::{Kind, Problem};
use crate::domain::service::Service;
use crate::domain::time::rfc3339;

const SOON_S: i64 = 30 * 24 * 60 * 60;

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
    let certificate = Certificate::from_der(der).map_err(|_| untrusted("format"))?;
    let at_s = at.div_euclid(1000);
    let pki = &service.pki;
    let (pool, anchors) = (std::slice::from_ref(&pki.sub), std::slice::from_ref(&pki.root));
    Path::build(&certificate, pool, anchors, at_s, PathLimits::default()).map_err(no_path)?;
    nes::check(&certificate, at_s).map_err(unusable)?;
    not_revoked(service, &certificate, at).await?;
    if certificate.tckn().as_deref() != Some(person) {
        return Err(Kind::SignerMismatch.into());
    }
    let mut warnings = Vec::new();
    for oddity in nes::oddities(&certificate) {
        warnings.push(match oddity {
            Oddity::TcknForm => "tckn_form",
            // Public test certificates break the check digits too, so they never refuse one.
            Oddity::TcknChecksum => "tckn_checksum",
            Oddity::NoPolicyNotice => "no_policy_notice",
            _ => continue,
        });
    }
    if certificate.not_after().saturating_sub(at_s) < SOON_S {
        warnings.push("expires_soon");
    }
    Ok(Passed { not_after_s: certificate.not_after(), warnings })
}

fn untrusted(check: &str) -> Problem {
    Problem::new(Kind::CertificateUntrusted).with("check", check)
}

fn no_path(error: PathError) -> Problem {
    match error {
        PathError::Expired { depth: 0, not_after } => expired(not_after),
        PathError::NotYetValid { depth: 0, not_before } => not_yet_valid(not_before),
        PathError::NoIssuer { .. } => untrusted("issuer"),
        PathError::Signature { .. } => untrusted("signature"),
        _ => untrusted("path"),
    }
}

fn expired(not_after_s: i64) -> Problem {
    Problem::new(Kind::CertificateExpired).with("not_after", rfc3339(not_after_s.saturating_mul(1000)))
}

fn not_yet_valid(not_before_s: i64) -> Problem {
    let written = rfc3339(not_before_s.saturating_mul(1000));
    Problem::new(Kind::CertificateNotYetValid).with("not_before", written)
}

fn unusable(unusable: Unusable) -> Problem {
    let not_qualified = |reason: &str| Problem::new(Kind::CertificateNotQualified).with("reason", reason);
    match unusable {
        Unusable::CaCertificate => untrusted("ca"),
        Unusable::NotNonRepudiation { .. } => Kind::KeyUsageWrong.into(),
        Unusable::NoQcStatement { .. } => not_qualified("statement_missing"),
        Unusable::Seal { .. } => not_qualified("seal"),
        Unusable::NoTckn => Kind::SignerMismatch.into(),
        Unusable::UnsupportedKey(_) => not_qualified("key"),
        Unusable::NotYetValid { not_before } => not_yet_valid(not_before),
        Unusable::Expired { not_after } => expired(not_after),
        _ => not_qualified("unreadable"),
    }
}

/// Asks the responder over the octets that it would send.
async fn not_revoked(service: &Service, certificate: &Certificate, at: UnixMs) -> Result<(), Problem> {
    let unavailable = || Problem::new(Kind::UpstreamUnavailable).with("upstream", "ocsp").after(30);
    let response = responder::response_about(service, certificate.serial(), at).await?;
    let response = response.ok_or_else(unavailable)?;
    let response = OcspResponse::parse(&response).map_err(|_| unavailable())?;
    let verified = response.verify(certificate, &service.pki.sub, at.div_euclid(1000));
    match verified.map_err(|_| unavailable())?.status {
        OcspStatus::Good => Ok(()),
        OcspStatus::Revoked(revocation) => {
            let written = rfc3339(revocation.at.saturating_mul(1000));
            let is_on_hold = revocation.reason == Some(RevocationReason::CertificateHold);
            let reason = if is_on_hold { "on_hold" } else { "revoked" };
            Err(Problem::new(Kind::CertificateRevoked).with("revoked_at", written).with("reason", reason))
        }
        _ => Err(untrusted("ocsp_unknown")),
    }
}
