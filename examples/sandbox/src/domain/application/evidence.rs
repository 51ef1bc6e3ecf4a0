//! The accepted signatures of the person's order.

use crate::domain::application::read::own;
use crate::domain::problem::{Kind, Problem};
use crate::domain::service::Service;
use crate::store::applicant::Applicant;
use crate::store::evidence::{self, Evidence};

/// All of the order, in the order they came.
pub(crate) async fn all(service: &Service, person: &Applicant, no: &str) -> Result<Vec<Evidence>, Problem> {
    let mut connection = service.store.read().await?;
    own(&mut connection, person, no).await?;
    Ok(evidence::of_application(&mut connection, no).await?)
}

/// One of the order.
pub(crate) async fn one(
    service: &Service,
    person: &Applicant,
    no: &str,
    id: &str,
) -> Result<Evidence, Problem> {
    let mut connection = service.store.read().await?;
    own(&mut connection, person, no).await?;
    let evidence = evidence::get(&mut connection, no, id).await?.ok_or(Kind::NotFound)?;
    // The row outlives its signature, so that it can be told that there was one.
    if evidence.cms.is_empty() { Err(Kind::EvidenceExpired.into()) } else { Ok(evidence) }
}
