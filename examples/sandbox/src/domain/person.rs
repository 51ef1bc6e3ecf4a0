//! The person who is signed in: what is known of them, their name in the register, their consent to e-onay.

use crate::clock::UnixMs;
use crate::domain::magic::Magic;
use crate::domain::nvi;
use crate::domain::problem::{Kind, Problem};
use crate::domain::service::Service;
use crate::store::applicant::{self, Applicant};
use crate::store::institution::{self, Institution};
use crate::store::{Connection, certificate};

/// What the person sees of themselves.
pub(crate) struct Me {
    pub(crate) person: Applicant,
    pub(crate) has_valid_certificate: bool,
    /// Where the person is e-imza sorumlusu.
    pub(crate) institutions: Vec<Institution>,
}

/// Reads everything at once.
pub(crate) async fn me(service: &Service, person: &Applicant) -> Result<Me, Problem> {
    let mut connection = service.store.read().await?;
    let has_valid_certificate = has_valid_certificate(&mut connection, person, service.now()).await?;
    let institutions = institution::of_officer(&mut connection, &person.id).await?;
    Ok(Me { person: person.clone(), has_valid_certificate, institutions })
}

/// Whether the person can sign now.
pub(crate) async fn has_valid_certificate(
    connection: &mut Connection,
    person: &Applicant,
    now: UnixMs,
) -> Result<bool, Problem> {
    let has_valid = certificate::has_valid(connection, &person.tckn, now).await?;
    Ok(has_valid && Magic::of(&person.tckn) != Some(Magic::NoCertificate))
}

/// "Kimlik Bilgilerimi Güncelle": takes the name from the register; tells it, and whether it was another.
pub(crate) async fn refresh_identity(
    service: &Service,
    person: &Applicant,
) -> Result<(Applicant, bool), Problem> {
    let name = nvi::name(service, person)?;
    let mut transaction = service.store.begin().await?;
    let mut person = applicant::get(&mut transaction, &person.id).await?;
    let is_other = person.name != name;
    if is_other {
        person.name = name;
        applicant::update(&mut transaction, &person).await?;
        transaction.commit().await?;
        service.changed();
    }
    Ok((person, is_other))
}

/// The person agrees to e-onay; tells since when. A second time changes nothing.
pub(crate) async fn consent_to_eonay(
    service: &Service,
    person: &Applicant,
    accepted: bool,
) -> Result<UnixMs, Problem> {
    if !accepted {
        return Err(Kind::NotAccepted.into());
    }
    let mut transaction = service.store.begin().await?;
    let mut person = applicant::get(&mut transaction, &person.id).await?;
    let given_at = *person.eonay_consent_at.get_or_insert_with(|| service.now());
    applicant::update(&mut transaction, &person).await?;
    transaction.commit().await?;
    service.changed();
    Ok(given_at)
}
