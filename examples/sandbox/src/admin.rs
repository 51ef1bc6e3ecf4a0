//! What tests may do beside the protocol, as function calls. Works from any thread, inside a runtime or not.

use std::future::Future;
use std::sync::{Arc, mpsc};
use std::time::Duration;

use kamusm_test_ca::{Issued, LeafSpec};
use tokio::runtime::Handle;

use crate::clock::UnixMs;
use crate::domain::control::{self, CertificateStatus, OrderStep};
use crate::domain::digest::sha256;
use crate::domain::fault::{FaultRule, Spoof};
use crate::domain::outage::Outages;
use crate::domain::pki::{Ocsp, issue};
use crate::domain::problem::Problem;
use crate::domain::retention;
use crate::domain::seed::{Institution, Order, Person, add_institution, add_person};
use crate::domain::service::{RedeemConfirmation, Service};
use crate::store::evidence::Evidence;
use crate::store::outbox::Message;

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
    /// The service has ended.
    #[error("the service has ended")]
    Ended,
}

impl From<Problem> for AdminError {
    fn from(problem: Problem) -> Self {
        Self::Refused { problem: problem.kind().name() }
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

impl From<Evidence> for EvidenceRow {
    fn from(row: Evidence) -> Self {
        Self {
            id: row.id,
            session_id: row.session_id,
            document_id: row.document_id,
            cms: row.cms,
            created_at: row.created_at,
        }
    }
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
        self.perform(async move |service| Ok(control::add_order(&service, &tckn, order).await?))
    }

    /// Adds an institution; whoever is named as responsible for e-imza must be there.
    pub fn add_institution(&self, institution: Institution) -> Result<(), AdminError> {
        self.perform(async move |service| Ok(add_institution(&service, &institution).await?))
    }

    /// A bearer token for the person's side of the protocol.
    pub fn person_token(&self, tckn: &str) -> Result<String, AdminError> {
        let tckn = tckn.to_owned();
        self.perform(async move |service| Ok(control::person_token(&service, &tckn).await?))
    }

    /// Issues a code as the person's page would, from this machine.
    pub fn issue_sign_code(&self, application: &str) -> Result<IssuedCode, AdminError> {
        let no = application.to_owned();
        self.perform(async move |service| {
            let (id, code) = control::issue_sign_code(&service, &no).await?;
            Ok(IssuedCode { id, code })
        })
    }

    /// Issues a certificate; addresses in it become this service's.
    pub fn issue_certificate(&self, spec: LeafSpec) -> Result<Issued, AdminError> {
        self.perform(async move |service| Ok(issue::issue(&service, spec).await?))
    }

    /// Issues a certificate for a key that is elsewhere, for instance on a card.
    pub fn issue_certificate_for(&self, spec: LeafSpec, spki_der: &[u8]) -> Result<Vec<u8>, AdminError> {
        let spki = spki_der.to_vec();
        self.perform(async move |service| Ok(issue::issue_for_spki(&service, spec, &spki).await?))
    }

    /// Changes what OCSP and CRL say of a certificate.
    pub fn set_certificate_status(
        &self,
        certificate_der: &[u8],
        status: CertificateStatus,
    ) -> Result<(), AdminError> {
        let hash = sha256(certificate_der);
        self.perform(async move |service| Ok(control::set_certificate_status(&service, &hash, status).await?))
    }

    /// Whether the taahhütname of an order was read.
    pub fn set_commitment_read(&self, application: &str, read: bool) -> Result<(), AdminError> {
        let no = application.to_owned();
        self.perform(async move |service| Ok(control::set_commitment_read(&service, &no, read).await?))
    }

    /// Lets something happen to an order now.
    pub fn step_order(&self, application: &str, step: OrderStep) -> Result<(), AdminError> {
        let no = application.to_owned();
        self.perform(async move |service| Ok(control::step_order(&service, &no, step).await?))
    }

    /// The accepted signatures of an order.
    pub fn evidence(&self, application: &str) -> Result<Vec<EvidenceRow>, AdminError> {
        let no = application.to_owned();
        self.perform(async move |service| {
            let rows = control::evidence(&service, &no).await?;
            Ok(rows.into_iter().map(EvidenceRow::from).collect())
        })
    }

    /// The SMS and mails that arrived so far, in the order in which they were sent.
    pub fn outbox(&self) -> Result<Vec<Message>, AdminError> {
        self.perform(async move |service| Ok(control::outbox(&service).await?))
    }

    /// Erases at once what is over; the service itself does so once a day. Tells how many rows that were.
    pub fn erase(&self) -> Result<u64, AdminError> {
        self.perform(async move |service| Ok(retention::erase(&service).await?))
    }

    /// What of the services around this one is out of order.
    pub fn outages(&self) -> &Outages {
        &self.service.outages
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

    /// How many requests wait for a change, `Prefer: wait`.
    pub fn waiting(&self) -> usize {
        self.service.waiting()
    }

    /// Holds decisions: signatures stay `received` and nothing of them is checked, as if the service were always about
    /// to be killed. A new run of the service decides.
    pub fn hold_decisions(&self, hold: bool) {
        self.service.hold_decisions(hold);
    }

    /// Closes the protocol for maintenance, or opens it again. This door stays open.
    pub fn set_maintenance(&self, is_in_maintenance: bool) {
        self.service.set_maintenance(is_in_maintenance);
    }

    /// How long a request may take before it is answered `service-unavailable`; by the machine's clock.
    pub fn set_longest_request(&self, longest: Duration) {
        self.service.set_longest_request(longest);
    }

    /// How the texts of new sessions lie.
    pub fn set_spoof(&self, spoof: Spoof) {
        self.service.set_spoof(spoof);
    }

    /// Lets something go wrong with requests to come.
    pub fn inject(&self, rule: FaultRule) {
        self.service.faults.add(rule);
    }

    /// Nothing goes wrong any more by injection.
    pub fn clear_faults(&self) {
        self.service.faults.clear();
    }

    /// The bearer token of the same door over HTTP, `/admin/v1`, for programs in other languages.
    pub fn http_token(&self) -> &str {
        &self.service.admin_token
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
