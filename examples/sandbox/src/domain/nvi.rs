//! The civil register's simulator (Nüfus ve Vatandaşlık İşleri): it knows the persons of the sandbox by their names.

use crate::domain::magic::Magic;
use crate::domain::problem::{Kind, Problem};
use crate::domain::service::Service;
use crate::store::applicant::Applicant;

const RETRY_S: u32 = 30;
/// The name after a change.
const OTHER_NAME: &str = "Deneme Kullanıcı Yeni";

/// The name in the register; a person who is not in it is an `identity-mismatch`.
pub(crate) fn name(service: &Service, person: &Applicant) -> Result<String, Problem> {
    if service.outages.is_nvi_down() {
        return Err(Problem::new(Kind::UpstreamUnavailable).with("upstream", "nvi").after(RETRY_S));
    }
    match Magic::of(&person.tckn) {
        Some(Magic::NotInRegister) => Err(Kind::IdentityMismatch.into()),
        Some(Magic::NameChanged) => Ok(OTHER_NAME.to_owned()),
        _ => Ok(person.name.clone()),
    }
}
