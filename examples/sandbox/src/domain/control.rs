//! What stands outside the protocol: persons, tokens, codes, certificates and switches, for tests and demonstrations.

use std::net::{IpAddr, Ipv4Addr};

use kamusm_test_ca::LeafSpec;

use crate::domain::application::sign_code::{self, Proof};
use crate::domain::application::{cancellation, payment, progress};
use crate::domain::problem::{Kind, Problem};
use crate::domain::secret::{random_token, token_hash};
use crate::domain::seed::{Order, Person, add_person};
use crate::domain::service::Service;
use crate::store::applicant::{self, Applicant};
use crate::store::evidence::{self, Evidence};
use crate::store::outbox::{self, Message};
use crate::store::{application, certificate};

/// A token lasts longer than any test.
const TOKEN_LIFETIME_MS: i64 = 30 * 24 * 60 * 60 * 1000;

async fn find_person(service: &Service, tckn: &str) -> Result<Applicant, Problem> {
    let mut connection = service.store.read().await?;
    let person = applicant::by_tckn(&mut connection, tckn).await?;
    person.ok_or_else(|| Kind::NotFound.into())
}

/// Adds an order for a person who is there.
pub(crate) async fn add_order(service: &Service, tckn: &str, order: Order) -> Result<(), Problem> {
    let known = find_person(service, tckn).await?;
    let person = Person { tckn: known.tckn, name: known.name, orders: vec![order] };
    add_person(service, &person).await?;
    Ok(())
}

/// A bearer token for the person's side.
pub(crate) async fn person_token(service: &Service, tckn: &str) -> Result<String, Problem> {
    let person = find_person(service, tckn).await?;
    let token = random_token();
    let mut transaction = service.store.begin().await?;
    let ends = service.now() + TOKEN_LIFETIME_MS;
    applicant::insert_token(&mut transaction, &token_hash(&token), &person.id, None, ends).await?;
    transaction.commit().await?;
    Ok(token)
}

/// The name and number of a person as their certificate shall have them, all else as by default.
pub(crate) async fn leaf_spec(service: &Service, tckn: &str) -> Result<LeafSpec, Problem> {
    let person = find_person(service, tckn).await?;
    Ok(LeafSpec { tckn: Some(person.tckn), common_name: person.name, ..LeafSpec::default() })
}

/// Issues a code as the person's page would, from this machine.
pub(crate) async fn issue_sign_code(service: &Service, no: &str) -> Result<(String, String), Problem> {
    let mut connection = service.store.read().await?;
    let order = application::get(&mut connection, no).await?.ok_or(Kind::NotFound)?;
    let person = applicant::get(&mut connection, &order.applicant_id).await?;
    drop(connection);
    let whole = sign_code::issue(service, &person, no, Proof::Seed, IpAddr::V4(Ipv4Addr::LOCALHOST)).await?;
    Ok((whole.code.id, whole.grouped.ok_or(Kind::Internal)?))
}

/// What the responder shall say of a certificate from now on.
pub(crate) async fn set_certificate_status(
    service: &Service,
    hash: &[u8],
    status: CertificateStatus,
) -> Result<(), Problem> {
    let (status, revoked_at) = match status {
        CertificateStatus::Good => ("good", None),
        CertificateStatus::Revoked => ("revoked", Some(service.now())),
        CertificateStatus::Unknown => ("unknown", None),
    };
    let mut transaction = service.store.begin().await?;
    if !certificate::set_status(&mut transaction, hash, status, revoked_at).await? {
        return Err(Kind::NotFound.into());
    }
    Ok(transaction.commit().await?)
}

/// What the responder says of a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CertificateStatus {
    /// Not revoked.
    Good,
    /// Revoked from now on.
    Revoked,
    /// Never heard of.
    Unknown,
}

/// Whether the taahhütname of an order was read.
pub(crate) async fn set_commitment_read(service: &Service, no: &str, read: bool) -> Result<(), Problem> {
    let mut transaction = service.store.begin().await?;
    application::set_commitment_read(&mut transaction, no, read).await?;
    Ok(transaction.commit().await?)
}

/// What the tests' door can let happen to an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderStep {
    /// The money came by a bank.
    Pay,
    /// The institution gives the order up.
    Cancel,
    /// Production does its next step: made, sent, delivered, active.
    Produce,
}

/// Lets it happen now.
pub(crate) async fn step_order(service: &Service, no: &str, step: OrderStep) -> Result<(), Problem> {
    match step {
        OrderStep::Pay => payment::receive_by_bank(service, no).await,
        OrderStep::Cancel => cancellation::cancel_by_institution(service, no).await,
        OrderStep::Produce => progress::push(service, no).await,
    }
}

/// The accepted signatures of an order.
pub(crate) async fn evidence(service: &Service, no: &str) -> Result<Vec<Evidence>, Problem> {
    let mut connection = service.store.read().await?;
    Ok(evidence::of_application(&mut connection, no).await?)
}

/// What arrived at telephones and mailboxes so far.
pub(crate) async fn outbox(service: &Service) -> Result<Vec<Message>, Problem> {
    let mut connection = service.store.read().await?;
    Ok(outbox::delivered(&mut connection, service.now()).await?)
}
