//! The certificate is looked at before the person types the PIN; the one that passed is bound to the session.

use crate::domain::digest::sha256;
use crate::domain::problem::{Kind, Problem};
use crate::domain::service::Service;
use crate::domain::session::{actionable, authenticate};
use crate::domain::verify;
use crate::store::{applicant, application, sign_session};

/// A certificate that passed.
#[derive(Debug)]
pub(crate) struct Checked {
    pub(crate) hash: [u8; 32],
    pub(crate) not_after_s: i64,
    pub(crate) warnings: Vec<&'static str>,
}

/// Checks the certificate and binds its hash.
pub(crate) async fn check(
    service: &Service,
    id: &str,
    token: &str,
    certificate: &[u8],
) -> Result<Checked, Problem> {
    let mut connection = service.store.read().await?;
    let session = authenticate(&mut connection, id, token).await?;
    actionable(&session, service.now())?;
    let application =
        application::get(&mut connection, &session.application_no).await?.ok_or(Kind::Internal)?;
    let applicant = applicant::get(&mut connection, &application.applicant_id).await?;
    drop(connection);
    let checked = verify::certificate(service, certificate, &applicant.tckn, service.now()).await?;
    let hash = sha256(certificate);
    let mut transaction = service.store.begin().await?;
    let mut session = authenticate(&mut transaction, id, token).await?;
    actionable(&session, service.now())?;
    session.certificate_hash = Some(hash.to_vec());
    sign_session::update(&mut transaction, &session).await?;
    transaction.commit().await?;
    Ok(Checked { hash, not_after_s: checked.not_after_s, warnings: checked.warnings })
}
