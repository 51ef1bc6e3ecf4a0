//! Certificates for the persons of the sandbox.

use kamusm_cades::x509::certificate::Certificate;
use kamusm_test_ca::{Issued, LeafSpec};

use crate::clock::UnixMs;
use crate::domain::problem::{Kind, Problem};
use crate::domain::secret::random;
use crate::domain::service::Service;
use crate::store::certificate::{self, IssuedCertificate};
use crate::store::{Connection, applicant, application};

/// Issues a certificate as specified, with this service's addresses, and registers it.
pub(crate) async fn issue(service: &Service, spec: LeafSpec) -> Result<Issued, Problem> {
    let mut transaction = service.store.begin().await?;
    let institution = institution_of(&mut transaction, spec.tckn.as_deref()).await?;
    let issued = service.pki.ca.issue(&addressed(service, spec));
    register(&mut transaction, &issued.certificate_der, institution).await?;
    transaction.commit().await?;
    Ok(issued)
}

/// Makes the certificate of an order; its key stays on a card that nobody has.
pub(crate) async fn make(
    service: &Service,
    connection: &mut Connection,
    spec: LeafSpec,
    institution: &str,
) -> Result<(), Problem> {
    let issued = service.pki.ca.issue(&addressed(service, spec));
    register(connection, &issued.certificate_der, institution.to_owned()).await
}

/// A certificate from the tests' door counts as ordered through the institution of the person's latest order.
async fn institution_of(connection: &mut Connection, tckn: Option<&str>) -> Result<String, Problem> {
    let Some(person) = applicant::by_tckn(connection, tckn.unwrap_or_default()).await? else {
        return Ok(String::new());
    };
    let orders = application::of_applicant(connection, &person.id).await?;
    Ok(orders.into_iter().next().map(|order| order.institution).unwrap_or_default())
}

/// Issues a certificate for a key that somebody else keeps, for instance a card.
pub(crate) async fn issue_for_spki(
    service: &Service,
    spec: LeafSpec,
    spki: &[u8],
) -> Result<Vec<u8>, Problem> {
    let mut transaction = service.store.begin().await?;
    let institution = institution_of(&mut transaction, spec.tckn.as_deref()).await?;
    let der = service.pki.ca.issue_for_spki(&addressed(service, spec), spki);
    register(&mut transaction, &der, institution).await?;
    transaction.commit().await?;
    Ok(der)
}

/// An address that is wanted becomes one of this service.
fn addressed(service: &Service, spec: LeafSpec) -> LeafSpec {
    let address = |wanted: &Option<String>, path: &str| {
        wanted.as_ref().map(|_| format!("{}/pki/{path}", service.pki.base_url))
    };
    LeafSpec {
        serial: spec.serial.clone().or_else(|| Some(serial())),
        crl_url: address(&spec.crl_url, "sub.crl"),
        ocsp_url: address(&spec.ocsp_url, "ocsp"),
        ca_issuers_url: address(&spec.ca_issuers_url, "sub.crt"),
        ..spec
    }
}

async fn register(connection: &mut Connection, der: &[u8], institution: String) -> Result<(), Problem> {
    let certificate = Certificate::from_der(der).map_err(|error| {
        tracing::error!(%error, "an issued certificate cannot be read");
        Problem::new(Kind::Internal)
    })?;
    let ms = |seconds: i64| -> UnixMs { seconds.saturating_mul(1000) };
    let issued = IssuedCertificate {
        hash: certificate.fingerprint().to_vec(),
        serial: certificate.serial().to_vec(),
        tckn: certificate.tckn().unwrap_or_default(),
        der: der.to_vec(),
        not_before: ms(certificate.not_before()),
        not_after: ms(certificate.not_after()),
        status: "good".to_owned(),
        revoked_at: None,
        institution,
    };
    Ok(certificate::insert(connection, &issued).await?)
}

/// Seven octets as in the field; random, so that a new run repeats none of an earlier one.
fn serial() -> Vec<u8> {
    let mut serial: [u8; 7] = random();
    serial[0] |= 0x40;
    serial.to_vec()
}
