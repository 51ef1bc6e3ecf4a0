//! What the CA says about its certificates: OCSP (RFC 6960) and CRL (RFC 5280, 5).

use kamusm_test_ca::{CertStatus, CrlSpec, OcspAnswer, OcspRequest, OcspSpec, Revoked, Signer, ocsp_failure};

use crate::clock::UnixMs;
use crate::domain::magic::Magic;
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
    Ok(signed(service, &answers, request.nonce.as_deref(), service.now()))
}

/// The response about one certificate for a time; none where the responder is down.
pub(crate) async fn response_about(
    service: &Service,
    serial: &[u8],
    at: UnixMs,
) -> Result<Option<Vec<u8>>, Problem> {
    if service.pki.ocsp() == Ocsp::Down {
        return Ok(None);
    }
    let status = match status(service, serial).await? {
        // Revoked later: good at that time.
        CertStatus::Revoked { at: revoked_at, .. } if revoked_at > at.div_euclid(1000) => CertStatus::Good,
        status => status,
    };
    let answer = OcspAnswer { cert_id: service.pki.ca.sub.cert_id(serial), status };
    Ok(Some(signed(service, &[answer], None, at)))
}

fn signed(service: &Service, answers: &[OcspAnswer], nonce: Option<&[u8]>, at: UnixMs) -> Vec<u8> {
    let at = at.div_euclid(1000);
    service.pki.ca.sub.ocsp_response(&OcspSpec {
        answers,
        this_update: at,
        next_update: Some(at + OCSP_LIFETIME_S),
        nonce,
        signer: Signer::Authority,
        by_key: true,
    })
}

/// What the responder knows of a serial number.
async fn status(service: &Service, serial: &[u8]) -> Result<CertStatus, Problem> {
    let mut connection = service.store.read().await?;
    let known = certificate::by_serial(&mut connection, serial).await?;
    Ok(known.as_ref().map_or(CertStatus::Unknown, told))
}

fn told(certificate: &IssuedCertificate) -> CertStatus {
    if Magic::of(&certificate.tckn) == Some(Magic::Revoked) {
        return CertStatus::Revoked { at: certificate.not_before.div_euclid(1000), reason: Some(1) };
    }
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
