//! The decision about stored signatures: by the client's request, or by the worker after a restart or an outage.

use crate::clock::UnixMs;
use crate::domain::application::approval::{self, Method};
use crate::domain::digest::{field, sha256};
use crate::domain::problem::{Kind, Problem};
use crate::domain::receipt::{Claims, SignedDocument};
use crate::domain::secret::random_id;
use crate::domain::service::Service;
use crate::domain::session::{SUBMISSIONS, State};
use crate::domain::time::rfc3339;
use crate::domain::verify::{self, Signed, Verdict};
use crate::store::evidence::{self, Evidence};
use crate::store::sign_session::{self, SignSession};
use crate::store::submission::{self, Item, Submission};
use crate::store::{Connection, applicant, document};

/// How long a service that is needed may be away.
const LONGEST_OUTAGE_MS: i64 = 24 * 60 * 60 * 1000;

/// A text with the signature that came for it.
struct Pair {
    document: document::Document,
    item: Item,
}

/// Verifies the signatures for the time they were received and writes what follows. The submission comes back as it is now.
pub(crate) async fn decide(service: &Service, submission: &Submission) -> Result<Submission, Problem> {
    if service.holds_decisions() {
        return Ok(submission.clone());
    }
    let mut connection = service.store.read().await?;
    let session = sign_session::get(&mut connection, &submission.session_id).await?.ok_or(Kind::Internal)?;
    let application = crate::store::application::get(&mut connection, &session.application_no).await?;
    let application = application.ok_or(Kind::Internal)?;
    let applicant = applicant::get(&mut connection, &application.applicant_id).await?;
    let pairs = pairs(&mut connection, submission).await?;
    drop(connection);
    let mut signed: Vec<Signed> = Vec::with_capacity(pairs.len());
    for pair in &pairs {
        let asked = verify::Asked {
            cms: &pair.item.cms,
            content: &pair.document.content,
            document_id: &pair.document.id,
            bound_certificate: session.certificate_hash.as_deref(),
            tckn: &applicant.tckn,
            // All of them are of the one certificate that is bound to the session.
            is_certificate_known: !signed.is_empty(),
            at: submission.received_at,
        };
        match verify::signature(service, &asked).await {
            Verdict::Good(good) => signed.push(good),
            Verdict::Bad(problem) => return reject(service, submission, session, &problem).await,
            Verdict::Later if service.now() - submission.received_at >= LONGEST_OUTAGE_MS => {
                let problem = Problem::new(Kind::UpstreamUnavailable).with("upstream", "ocsp");
                return reject(service, submission, session, &problem).await;
            }
            Verdict::Later => return Ok(submission.clone()),
        }
    }
    accept(service, submission, session, &pairs, &signed).await
}

async fn pairs(connection: &mut Connection, submission: &Submission) -> Result<Vec<Pair>, Problem> {
    let mut items = submission::items(connection, &submission.id).await?;
    let documents = document::of_session(connection, &submission.session_id).await?;
    let mut pairs = Vec::with_capacity(documents.len());
    for document in documents {
        let place = items.iter().position(|item| item.document_id == document.id).ok_or(Kind::Internal)?;
        pairs.push(Pair { document, item: items.swap_remove(place) });
    }
    Ok(pairs)
}

async fn reject(
    service: &Service,
    submission: &Submission,
    mut session: SignSession,
    problem: &Problem,
) -> Result<Submission, Problem> {
    let may_try_again = session.submissions_used < SUBMISSIONS;
    session.state = if may_try_again { State::Open } else { State::Rejected }.name().to_owned();
    let decided = Submission {
        state: State::Rejected.name().to_owned(),
        problem: Some(problem.to_stored()),
        ..submission.clone()
    };
    let mut transaction = service.store.begin().await?;
    if !submission::decide(&mut transaction, &decided, service.now()).await? {
        return decided_elsewhere(&mut transaction, submission).await;
    }
    sign_session::update(&mut transaction, &session).await?;
    transaction.commit().await?;
    service.changed();
    Ok(decided)
}

async fn accept(
    service: &Service,
    submission: &Submission,
    mut session: SignSession,
    pairs: &[Pair],
    signed: &[Signed],
) -> Result<Submission, Problem> {
    let now = service.now();
    let receipt = service.receipts.sign(&claims(service, submission, &session, pairs, signed, now)?);
    let receipt = receipt.map_err(|error| {
        tracing::error!(%error, "no receipt could be signed");
        Problem::new(Kind::Internal)
    })?;
    let decided =
        Submission { state: State::Accepted.name().to_owned(), receipt: Some(receipt), ..submission.clone() };
    let rejected = session.clone();
    session.state = State::Accepted.name().to_owned();
    let mut transaction = service.store.begin().await?;
    if !submission::decide(&mut transaction, &decided, now).await? {
        return decided_elsewhere(&mut transaction, submission).await;
    }
    sign_session::update(&mut transaction, &session).await?;
    for Pair { document, item } in pairs {
        let evidence = Evidence {
            id: random_id(),
            application_no: session.application_no.clone(),
            session_id: session.id.clone(),
            document_id: document.id.clone(),
            digest: sha256(&item.cms).to_vec(),
            cms: item.cms.clone(),
            created_at: now,
        };
        evidence::insert(&mut transaction, &evidence).await?;
    }
    let application = crate::store::application::get(&mut transaction, &session.application_no).await?;
    let mut application = application.ok_or(Kind::Internal)?;
    match approval::accept(&mut transaction, &mut application, Method::EImza, now).await {
        Err(problem) if problem.kind() != Kind::Internal => {
            // The order went another way meanwhile: nothing of this is written.
            drop(transaction);
            return reject(service, submission, rejected, &problem).await;
        }
        result => result?,
    };
    transaction.commit().await?;
    service.changed();
    Ok(decided)
}

/// The worker and a request met: what was written first counts.
async fn decided_elsewhere(
    connection: &mut Connection,
    submission: &Submission,
) -> Result<Submission, Problem> {
    let all = submission::of_session(connection, &submission.session_id).await?;
    all.into_iter().find(|other| other.id == submission.id).ok_or_else(|| Kind::Internal.into())
}

fn claims(
    service: &Service,
    submission: &Submission,
    session: &SignSession,
    pairs: &[Pair],
    signed: &[Signed],
    now: UnixMs,
) -> Result<Claims, Problem> {
    let first = signed.first().ok_or(Kind::Internal)?;
    let documents = pairs.iter().map(|Pair { document, item }| SignedDocument {
        document_id: document.id.clone(),
        digest: field(&document.digest),
        cms_digest: field(&sha256(&item.cms)),
    });
    Ok(Claims {
        iss: service.base_url.clone(),
        iat: now.div_euclid(1000),
        sid: session.id.clone(),
        application: session.application_no.clone(),
        documents: documents.collect(),
        signer_certificate: field(&first.certificate_hash),
        signing_time: rfc3339(first.signing_time_s.saturating_mul(1000)),
        received_at: rfc3339(submission.received_at),
        state: State::Accepted.name(),
    })
}
