//! Everything of a session at once, for the one answer that shows it.

use crate::clock::UnixMs;
use crate::domain::problem::{Kind, Problem};
use crate::domain::service::{Changing, Service};
use crate::domain::session::{State, authenticate, next_change, readable, state_at};
use crate::store::applicant::{self, Applicant};
use crate::store::application::{self, Application};
use crate::store::document::{self, Document};
use crate::store::sign_session::{self, SignSession};

/// A session with its application, its person and its texts.
pub(crate) struct Whole {
    pub(crate) session: SignSession,
    pub(crate) application: Application,
    pub(crate) applicant: Applicant,
    pub(crate) documents: Vec<Document>,
    pub(crate) state: State,
    /// When it was read.
    pub(crate) now: UnixMs,
}

impl Changing for Whole {
    fn mark(&self) -> String {
        format!("{:?} {:?}", self.state, self.session.window_ends_at)
    }

    fn next_change(&self) -> Option<UnixMs> {
        next_change(&self.session, self.now)
    }
}

/// The session of the token, while it may be read.
pub(crate) async fn read(service: &Service, id: &str, token: &str) -> Result<Whole, Problem> {
    let mut connection = service.store.read().await?;
    let session = authenticate(&mut connection, id, token).await?;
    readable(&session, service.now())?;
    drop(connection);
    whole(service, session).await
}

/// A session that was just redeemed or changed, whatever its state.
pub(crate) async fn by_id(service: &Service, id: &str) -> Result<Whole, Problem> {
    let mut connection = service.store.read().await?;
    let session = sign_session::get(&mut connection, id).await?.ok_or(Kind::Internal)?;
    drop(connection);
    whole(service, session).await
}

async fn whole(service: &Service, session: SignSession) -> Result<Whole, Problem> {
    let mut connection = service.store.read().await?;
    let application =
        application::get(&mut connection, &session.application_no).await?.ok_or(Kind::Internal)?;
    let applicant = applicant::get(&mut connection, &application.applicant_id).await?;
    let documents = document::of_session(&mut connection, &session.id).await?;
    let now = service.now();
    Ok(Whole { state: state_at(&session, now), session, application, applicant, documents, now })
}

/// The text of this place, counted from one.
pub(crate) async fn text(service: &Service, id: &str, token: &str, place: i64) -> Result<Document, Problem> {
    let mut connection = service.store.read().await?;
    let session = authenticate(&mut connection, id, token).await?;
    if readable(&session, service.now())? == State::AwaitingConfirmation {
        return Err(Problem::new(Kind::AwaitingConfirmation).after(2));
    }
    let documents = document::of_session(&mut connection, id).await?;
    documents.into_iter().find(|document| document.place == place).ok_or_else(|| Kind::NotFound.into())
}
