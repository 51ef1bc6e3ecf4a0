//! The person's own orders; those of others do not exist.

use crate::domain::application::machine::Step;
use crate::domain::application::{change, events, progress};
use crate::domain::problem::{Kind, Problem};
use crate::domain::secret::token_hash;
use crate::domain::service::{Changing, Service};
use crate::store::applicant::{self, Applicant};
use crate::store::application::{self, Application};
use crate::store::submission::{self, Submission};
use crate::store::{Connection, sign_session};

/// Whose bearer token this is.
pub(crate) async fn person(service: &Service, token: &str) -> Result<Applicant, Problem> {
    let mut connection = service.store.read().await?;
    let applicant = applicant::by_token(&mut connection, &token_hash(token), service.now()).await?;
    applicant.ok_or_else(|| Kind::Unauthenticated.into())
}

/// All orders of the person, the latest first.
pub(crate) async fn all(service: &Service, person: &Applicant) -> Result<Vec<Application>, Problem> {
    progress::settle(service).await?;
    let mut connection = service.store.read().await?;
    Ok(application::of_applicant(&mut connection, &person.id).await?)
}

/// One order of the person.
pub(crate) async fn one(service: &Service, person: &Applicant, no: &str) -> Result<Application, Problem> {
    progress::settle(service).await?;
    let mut connection = service.store.read().await?;
    own(&mut connection, person, no).await
}

pub(super) async fn own(
    connection: &mut Connection,
    person: &Applicant,
    no: &str,
) -> Result<Application, Problem> {
    let application = application::get(connection, no).await?;
    let own = application.filter(|application| application.applicant_id == person.id);
    own.ok_or_else(|| Kind::NotFound.into())
}

impl Changing for Application {
    fn mark(&self) -> String {
        self.version.to_string()
    }

    fn next_change(&self) -> Option<crate::clock::UnixMs> {
        self.due_at
    }
}

/// What the approval led to so far.
pub(crate) struct Outcome {
    pub(crate) application: Application,
    /// Whether an approval stands, by signature or by e-onay.
    pub(crate) is_approved: bool,
    /// The signatures of the approval that stands, else the last ones that were not accepted.
    pub(crate) submission: Option<Submission>,
}

impl Changing for Outcome {
    fn mark(&self) -> String {
        let submission = self.submission.as_ref().map(|submission| (&submission.id, &submission.state));
        format!("{} {submission:?}", self.application.version)
    }

    fn next_change(&self) -> Option<crate::clock::UnixMs> {
        self.application.due_at
    }
}

/// For the result page.
pub(crate) async fn outcome(service: &Service, person: &Applicant, no: &str) -> Result<Outcome, Problem> {
    progress::settle(service).await?;
    let mut connection = service.store.read().await?;
    let application = own(&mut connection, person, no).await?;
    let is_approved = change::step(&application).is_ok_and(Step::is_approved);
    let mut submissions = Vec::new();
    for session in sign_session::of_application(&mut connection, no).await? {
        submissions.extend(submission::of_session(&mut connection, &session.id).await?);
    }
    let is_by_signature = is_approved && events::is_last_approval_by_eimza(&mut connection, no).await?;
    submissions.retain(|submission| (submission.state == "accepted") == is_by_signature);
    let submission = submissions.into_iter().max_by_key(|submission| submission.received_at);
    Ok(Outcome { application, is_approved, submission })
}
