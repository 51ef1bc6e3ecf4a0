//! Signatures arrive: stored durably first, checked afterwards (protocol, section 1, rule 7).

pub(crate) mod decide;
pub(crate) mod worker;

use crate::clock::UnixMs;
use crate::domain::digest::sha256;
use crate::domain::problem::{Kind, Problem, Retry};
use crate::domain::secret::random_id;
use crate::domain::service::{Changing, Service};
use crate::domain::session::{GRACE_S, State, actionable, authenticate, state_at, wrong_state};
use crate::store::sign_session::{self, SignSession};
use crate::store::submission::{self, Item, Submission};
use crate::store::{Connection, document};

/// What became of a submission.
#[derive(Debug)]
pub(crate) struct Submitted {
    pub(crate) state: State,
    pub(crate) received_at: UnixMs,
    pub(crate) receipt: Option<String>,
    pub(crate) problem: Option<Problem>,
}

impl Changing for Submitted {
    fn mark(&self) -> String {
        format!("{:?}", self.state)
    }

    fn next_change(&self) -> Option<UnixMs> {
        None
    }
}

/// Either the submission of the same octets is known, or this one is new and stored now.
enum Arrival {
    Known(Submission),
    Stored(Submission),
}

/// Stores the signatures, then decides about them; `received` where a decision is not possible yet.
pub(crate) async fn submit(
    service: &Service,
    id: &str,
    token: &str,
    items: Vec<Item>,
) -> Result<Submitted, Problem> {
    let arrival = store(service, id, token, items).await?;
    let submission = match arrival {
        Arrival::Known(submission) => submission,
        Arrival::Stored(submission) => {
            service.changed();
            // The signatures are stored: whatever keeps the service from a decision now, its worker tries again.
            decide::decide(service, &submission).await.unwrap_or_else(|problem| {
                tracing::error!(kind = problem.kind().name(), "a submission stays undecided");
                submission
            })
        }
    };
    refused(read_back(&submission))
}

/// The last submission of the session; served beyond the hard end.
pub(crate) async fn latest(service: &Service, id: &str, token: &str) -> Result<Submitted, Problem> {
    let mut connection = service.store.read().await?;
    let session = authenticate(&mut connection, id, token).await?;
    let submissions = submission::of_session(&mut connection, &session.id).await?;
    let latest = submissions.first().ok_or(Kind::NothingSubmitted)?;
    Ok(read_back(latest))
}

async fn store(service: &Service, id: &str, token: &str, items: Vec<Item>) -> Result<Arrival, Problem> {
    let now = service.now();
    let mut transaction = service.store.begin().await?;
    let mut session = authenticate(&mut transaction, id, token).await?;
    let before = submission::of_session(&mut transaction, id).await?;
    let digest = digest(&items);
    if let Some(known) = before.iter().find(|submission| submission.digest == digest) {
        return Ok(Arrival::Known(known.clone()));
    }
    if let Some(other) = before.first().filter(|submission| submission.state != "rejected") {
        let conflict = Problem::new(Kind::SubmissionConflict).with("state", other.state.as_str());
        return Err(match &other.receipt {
            Some(receipt) => conflict.with("receipt", receipt.as_str()),
            None => conflict,
        });
    }
    in_time(&session, now)?;
    complete(&mut transaction, id, &items).await?;
    session.submissions_used += 1;
    session.state = State::Received.name().to_owned();
    let submission = Submission {
        id: random_id(),
        session_id: id.to_owned(),
        number: session.submissions_used,
        digest,
        state: State::Received.name().to_owned(),
        received_at: now,
        receipt: None,
        problem: None,
    };
    submission::insert(&mut transaction, &submission, &items).await?;
    sign_session::update(&mut transaction, &session).await?;
    // From here on the signatures cannot be lost.
    transaction.commit().await?;
    Ok(Arrival::Stored(submission))
}

/// Within the window and its grace.
fn in_time(session: &SignSession, now: UnixMs) -> Result<(), Problem> {
    actionable(session, now)?;
    match session.window_ends_at {
        None => Err(wrong_state(State::Open).with("expected", "window")),
        Some(end) if now >= end + i64::from(GRACE_S) * 1000 => {
            Err(wrong_state(state_at(session, now)).with("expected", "extension").advise(Retry::Same))
        }
        Some(_) => Ok(()),
    }
}

/// One signature of each text, no more and no less.
async fn complete(connection: &mut Connection, session: &str, items: &[Item]) -> Result<(), Problem> {
    let documents = document::of_session(connection, session).await?;
    let missing = documents
        .iter()
        .filter(|document| items.iter().all(|item| item.document_id != document.id))
        .map(|document| document.id.as_str())
        .collect::<Vec<_>>();
    if !missing.is_empty() {
        return Err(Problem::new(Kind::IncompleteSubmission).with("missing", missing));
    }
    if items.len() != documents.len() {
        return Err(Problem::new(Kind::Malformed).with("pointer", "/items"));
    }
    Ok(())
}

/// Over documents and signatures in an order of their own, whatever order the client gave them.
fn digest(items: &[Item]) -> Vec<u8> {
    let mut parts: Vec<[u8; 64]> = items
        .iter()
        .map(|item| {
            let mut part = [0; 64];
            part[..32].copy_from_slice(&sha256(item.document_id.as_bytes()));
            part[32..].copy_from_slice(&sha256(&item.cms));
            part
        })
        .collect();
    parts.sort_unstable();
    sha256(&parts.concat()).to_vec()
}

fn read_back(submission: &Submission) -> Submitted {
    let state = match submission.state.as_str() {
        "accepted" => State::Accepted,
        "rejected" => State::Rejected,
        _ => State::Received,
    };
    let problem = submission.problem.as_deref();
    Submitted {
        state,
        received_at: submission.received_at,
        receipt: submission.receipt.clone(),
        problem: problem.map(|stored| Problem::from_stored(stored).unwrap_or_else(|| Kind::Internal.into())),
    }
}

/// A rejection is told as the problem that it is.
fn refused(submitted: Submitted) -> Result<Submitted, Problem> {
    match submitted.problem {
        Some(problem) => Err(problem),
        None => Ok(submitted),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_signatures_are_known_in_any_order() {
        let item = |id: &str, cms: &[u8]| Item { document_id: id.to_owned(), cms: cms.to_vec() };
        let digest_of = |items: &[Item]| digest(items);
        let one = digest_of(&[item("a", b"1"), item("b", b"2")]);
        assert_eq!(one, digest_of(&[item("b", b"2"), item("a", b"1")]));
        assert_ne!(one, digest_of(&[item("a", b"2"), item("b", b"1")]));
        assert_ne!(one, digest_of(&[item("a", b"1")]));
    }
}
