//! The person or the institution gives the order up.

use crate::domain::application::progress::{self, By};
use crate::domain::application::read::own;
use crate::domain::problem::{Kind, Problem};
use crate::domain::service::Service;
use crate::store::applicant::Applicant;
use crate::store::application;

/// Ends an order for its institution.
pub(crate) async fn cancel_by_institution(service: &Service, no: &str) -> Result<(), Problem> {
    let now = service.now();
    let mut transaction = service.store.begin().await?;
    let application = application::get(&mut transaction, no).await?;
    let mut application = application.ok_or(Kind::NotFound)?;
    progress::cancel(&mut transaction, &mut application, By::Institution, now, now).await?;
    transaction.commit().await?;
    service.changed();
    Ok(())
}

/// Ends the person's order, as long as its card is not being made.
pub(crate) async fn cancel(service: &Service, person: &Applicant, no: &str) -> Result<(), Problem> {
    progress::settle(service).await?;
    let now = service.now();
    let mut transaction = service.store.begin().await?;
    let mut application = own(&mut transaction, person, no).await?;
    progress::cancel(&mut transaction, &mut application, By::Person, now, now).await?;
    transaction.commit().await?;
    service.changed();
    Ok(())
}
