//! What the CA says about its certificates: OCSP (RFC 6960) and CRL (RFC 5280, 5).

use kamusm_test_ca::{CertStatus, CrlSpec, OcspAnswer, OcspRequest, OcspSpec, Revoked, Signer, ocsp_failure};

use crate::domain::pki::Ocsp;
use crate::domain::problem::{Kind, Problem};
use crate::domain::service::Service;
use crate::store::certificate::{self, IssuedCertificate};

const CRL_LIFETIME_S: i64 = 24 * 60 * 60;
const OCSP_LIFETIME_S: i64 = 60 * 60;

/// The answer to an OCSP request; unreadable ones are `malformedRequest`.
pub(crate) async fn answer(service: &Service, request: &[u8]) -> Result<Vec<u8>, Problem> {
    if service.pki.ocsp() == Ocsp::Down {
        return Err(Problem::new(Kind::UpstreamUnavailable).with("upstream", "ocsp").after(30));
    }
    let Ok(request) = OcspRequest::from_der(request) else { return Ok(ocsp_failure(1)) };
    let mut answers = Vec::new();
    for (cert_id, serial) in request.certificates {
        answers.push(OcspAnswer { cert_id, status: status(service, &serial).await? });
    }
    let now = service.now().div_euclid(1000);
    Ok(service.pki.ca.sub.ocsp_response(&OcspSpec {
        answers: &answers,
        this_update: now,
        next_update: Some(now + OCSP_LIFETIME_S),
        nonce: request.nonce.as_deref(),
        signer: Signer::Authority,
        by_key: true,
    }))
}

/// What the responder knows of a serial number.
pub(crate) async fn status(service: &Service, serial: &[u8]) -> Result<CertStatus, Problem> {
    let mut connection = service.store.read().await?;
    let known = certificate::by_serial(&mut connection, serial).await?;
    Ok(known.as_ref().map_or(CertStatus::Unknown, told))
}

fn told(certificate: &IssuedCertificate) -> CertStatus {
    match (certificate.status.as_str(), certificate.revoked_at) {
        ("good", _) => CertStatus::Good,
        ("revoked", Some(at)) => CertStatus::Revoked { at: at.div_euclid(1000), reason: Some(1) },
        _ => CertStatus::Unknown,
    }
}

/// The list of the authority that issues to persons.
pub(crate) async fn leaf_crl(service: &Service) -> Result<Vec<u8>, Problem> {
    let mut connection = service.store.read().await?;
    let revoked = certificate::revoked(&mut connection).await?;
    let revoked: Vec<Revoked> = revoked
        .into_iter()
        .filter_map(|certificate| {
            let at = certificate.revoked_at?.div_euclid(1000);
            Some(Revoked { serial: certificate.serial, at, reason: Some(1) })
        })
        .collect();
    let now = service.now().div_euclid(1000);
    Ok(service.pki.ca.crl(&revoked, now, now + CRL_LIFETIME_S))
}

/// The root's list, which is empty.
pub(crate) fn root_crl(service: &Service) -> Vec<u8> {
    let now = service.now().div_euclid(1000);
    service.pki.ca.root.crl(&CrlSpec {
        revoked: &[],
        this_update: now,
        next_update: Some(now + CRL_LIFETIME_S),
        extra_extensions: &[],
    })
}
