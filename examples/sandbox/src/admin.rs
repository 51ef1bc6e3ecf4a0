//! What tests may do beside the protocol, as function calls. Works from any thread, inside a runtime or not.

use std::future::Future;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::{Arc, mpsc};
use std::time::Duration;

use kamusm_test_ca::{Issued, LeafSpec};
use tokio::runtime::Handle;

use crate::clock::UnixMs;
use crate::domain::application::sign_code;
use crate::domain::digest::sha256;
use crate::domain::pki::{Ocsp, issue};
use crate::domain::problem::Problem;
use crate::domain::secret::{random_token, token_hash};
use crate::domain::seed::{Order, Person, add_person};
use crate::domain::service::{RedeemConfirmation, Service};
use crate::store::applicant::{self, Applicant};
use crate::store::{application, certificate, evidence};

/// A token lasts longer than any test.
const TOKEN_LIFETIME_MS: i64 = 30 * 24 * 60 * 60 * 1000;

/// The test's own door into the service.
#[derive(Clone)]
pub struct Admin {
    service: Arc<Service>,
    runtime: Handle,
}

/// Why the service did not do it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AdminError {
    /// Refused for the reason that the protocol would give.
    #[error("refused: {problem}")]
    Refused {
        /// The problem type's name.
        problem: &'static str,
    },
    /// There is no such thing.
    #[error("there is no such {what}")]
    Unknown {
        /// What was asked for.
        what: &'static str,
    },
    /// The service has ended.
    #[error("the service has ended")]
    Ended,
}

impl From<Problem> for AdminError {
    fn from(problem: Problem) -> Self {
        Self::Refused { problem: problem.kind().name() }
    }
}

impl From<sqlx::Error> for AdminError {
    fn from(error: sqlx::Error) -> Self {
        Problem::from(error).into()
    }
}

/// A code as the page gets it. No `Debug`: the code is a credential.
#[derive(Clone)]
pub struct IssuedCode {
    /// For the page's own requests.
    pub id: String,
    /// `XXXX-XXXX-XXXX-XXXX`.
    pub code: String,
}

/// An accepted signature as it is stored.
#[derive(Clone, Debug)]
pub struct EvidenceRow {
    /// Its identifier in the protocol.
    pub id: String,
    /// Whose text it signs.
    pub session_id: String,
    /// Which text.
    pub document_id: String,
    /// The CMS.
    pub cms: Vec<u8>,
    /// When it was accepted.
    pub created_at: UnixMs,
}

/// What the responder shall say of a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CertificateStatus {
    /// Not revoked.
    Good,
    /// Revoked now.
    Revoked,
    /// Never heard of.
    Unknown,
}

impl Admin {
    pub(crate) fn new(service: Arc<Service>, runtime: Handle) -> Self {
        Self { service, runtime }
    }

    /// Adds a person with orders; what is there already stays as it is.
    pub fn add_person(&self, person: Person) -> Result<(), AdminError> {
        self.perform(async move |service| {
            add_person(&service, &person).await?;
            Ok(())
        })
    }

    /// Adds an order for a person.
    pub fn add_order(&self, tckn: &str, order: Order) -> Result<(), AdminError> {
        let tckn = tckn.to_owned();
        self.perform(async move |service| {
            let known = find_person(&service, &tckn).await?;
            let person = Person { tckn: known.tckn, name: known.name, orders: vec![order] };
            add_person(&service, &person).await?;
            Ok(())
        })
    }

    /// A bearer token for the person's side of the protocol.
    pub fn person_token(&self, tckn: &str) -> Result<String, AdminError> {
        let tckn = tckn.to_owned();
        self.perform(async move |service| {
            let person = find_person(&service, &tckn).await?;
            let token = random_token();
            let mut transaction = service.store.begin().await?;
            let ends = service.now() + TOKEN_LIFETIME_MS;
            applicant::insert_token(&mut transaction, &token_hash(&token), &person.id, ends).await?;
            transaction.commit().await?;
            Ok(token)
        })
    }

    /// Issues a code as the person's page would, from this machine.
    pub fn issue_sign_code(&self, application: &str) -> Result<IssuedCode, AdminError> {
        let no = application.to_owned();
        self.perform(async move |service| {
            let mut connection = service.store.read().await?;
            let order = application::get(&mut connection, &no).await?;
            let order = order.ok_or(AdminError::Unknown { what: "order" })?;
            let person = applicant::get(&mut connection, &order.applicant_id).await?;
            drop(connection);
            let address = IpAddr::V4(Ipv4Addr::LOCALHOST);
            let whole = sign_code::issue(&service, &person, &no, address).await?;
            let code = whole.grouped.ok_or(AdminError::Unknown { what: "code" })?;
            Ok(IssuedCode { id: whole.code.id, code })
        })
    }

    /// Issues a certificate; addresses in it become this service's.
    pub fn issue_certificate(&self, spec: LeafSpec) -> Result<Issued, AdminError> {
        self.perform(async move |service| Ok(issue::issue(&service, spec).await?))
    }

    /// Issues a certificate for a key that is elsewhere, for instance on a card.
    pub fn issue_certificate_for(&self, spec: LeafSpec, spki_der: &[u8]) -> Result<Vec<u8>, AdminError> {
        let spki = spki_der.to_vec();
        self.perform(async move |service| Ok(issue::issue_for_spki(&service, &spec, &spki).await?))
    }

    /// Changes what OCSP and CRL say of a certificate.
    pub fn set_certificate_status(
        &self,
        certificate_der: &[u8],
        status: CertificateStatus,
    ) -> Result<(), AdminError> {
        let hash = sha256(certificate_der);
        self.perform(async move |service| {
            let (status, revoked_at) = match status {
                CertificateStatus::Good => ("good", None),
                CertificateStatus::Revoked => ("revoked", Some(service.now())),
                CertificateStatus::Unknown => ("unknown", None),
            };
            let mut transaction = service.store.begin().await?;
            let is_known = certificate::set_status(&mut transaction, &hash, status, revoked_at).await?;
            transaction.commit().await?;
            if is_known { Ok(()) } else { Err(AdminError::Unknown { what: "certificate" }) }
        })
    }

    /// Whether the taahhütname of an order was read.
    pub fn set_commitment_read(&self, application: &str, read: bool) -> Result<(), AdminError> {
        let no = application.to_owned();
        self.perform(async move |service| {
            let mut transaction = service.store.begin().await?;
            application::set_commitment_read(&mut transaction, &no, read).await?;
            transaction.commit().await?;
            Ok(())
        })
    }

    /// The accepted signatures of an order.
    pub fn evidence(&self, application: &str) -> Result<Vec<EvidenceRow>, AdminError> {
        let no = application.to_owned();
        self.perform(async move |service| {
            let mut connection = service.store.read().await?;
            let rows = evidence::of_application(&mut connection, &no).await?;
            let rows = rows.into_iter().map(|row| EvidenceRow {
                id: row.id,
                session_id: row.session_id,
                document_id: row.document_id,
                cms: row.cms,
                created_at: row.created_at,
            });
            Ok(rows.collect())
        })
    }

    /// The service's time.
    pub fn now_ms(&self) -> UnixMs {
        self.service.now()
    }

    /// Moves the service's clock forward.
    pub fn advance(&self, by: Duration) {
        self.service.clock.advance(by);
    }

    /// When a redemption has to be confirmed on the page.
    pub fn set_redeem_confirmation(&self, policy: RedeemConfirmation) {
        self.service.set_confirmation(policy);
    }

    /// Whether the OCSP responder answers.
    pub fn set_ocsp(&self, ocsp: Ocsp) {
        self.service.pki.set_ocsp(ocsp);
    }

    /// Runs on the service's threads and waits here; a runtime's own `block_on` would refuse to be nested.
    fn perform<T, F, W>(&self, work: W) -> Result<T, AdminError>
    where
        T: Send + 'static,
        F: Future<Output = Result<T, AdminError>> + Send + 'static,
        W: FnOnce(Arc<Service>) -> F,
    {
        let (sender, receiver) = mpsc::sync_channel(1);
        let work = work(self.service.clone());
        self.runtime.spawn(async move {
            // Nobody waits any more if this fails.
            let _ = sender.send(work.await);
        });
        receiver.recv().unwrap_or(Err(AdminError::Ended))
    }
}

impl std::fmt::Debug for Admin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Admin").finish_non_exhaustive()
    }
}

async fn find_person(service: &Service, tckn: &str) -> Result<Applicant, AdminError> {
    let mut connection = service.store.read().await?;
    let person = applicant::by_tckn(&mut connection, tckn).await?;
    person.ok_or(AdminError::Unknown { what: "person" })
}
