//! The evidence of the person's order: accepted signatures, and what was approved by e-onay.

use crate::clock::UnixMs;
use crate::domain::application::read::own;
use crate::domain::problem::{Kind, Problem};
use crate::domain::service::Service;
use crate::store::applicant::Applicant;
use crate::store::eonay::{self, Eonay};
use crate::store::evidence;

/// One piece. No `Debug`: it holds form data.
pub(crate) struct Evidence {
    pub(crate) id: String,
    /// Session and document of a signature; an e-onay has none.
    pub(crate) signed: Option<(String, String)>,
    pub(crate) octets: Vec<u8>,
    pub(crate) digest: Vec<u8>,
    pub(crate) created_at: UnixMs,
}

impl Evidence {
    /// Of its octets.
    pub(crate) const fn media_type(&self) -> &'static str {
        if self.signed.is_some() { "application/cms" } else { "application/json" }
    }
}

impl From<evidence::Evidence> for Evidence {
    fn from(row: evidence::Evidence) -> Self {
        Self {
            id: row.id,
            signed: Some((row.session_id, row.document_id)),
            octets: row.cms,
            digest: row.digest,
            created_at: row.created_at,
        }
    }
}

impl From<Eonay> for Evidence {
    fn from(row: Eonay) -> Self {
        Self { id: row.id, signed: None, octets: row.record, digest: row.digest, created_at: row.approved_at }
    }
}

/// All of the order, in the order they came.
pub(crate) async fn all(service: &Service, person: &Applicant, no: &str) -> Result<Vec<Evidence>, Problem> {
    let mut connection = service.store.read().await?;
    own(&mut connection, person, no).await?;
    let signatures = evidence::of_application(&mut connection, no).await?;
    let eonays = eonay::of_application(&mut connection, no).await?;
    let signatures = signatures.into_iter().map(Evidence::from);
    let mut all: Vec<_> = signatures.chain(eonays.into_iter().map(Evidence::from)).collect();
    all.sort_by_key(|evidence| evidence.created_at);
    Ok(all)
}

/// One of the order.
pub(crate) async fn one(
    service: &Service,
    person: &Applicant,
    no: &str,
    id: &str,
) -> Result<Evidence, Problem> {
    let evidence = all(service, person, no).await?.into_iter().find(|evidence| evidence.id == id);
    let evidence = evidence.ok_or(Kind::NotFound)?;
    // The row outlives its octets, so that it can be told that there was something.
    if evidence.octets.is_empty() { Err(Kind::EvidenceExpired.into()) } else { Ok(evidence) }
}
