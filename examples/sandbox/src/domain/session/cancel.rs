//! The person gives up; until signatures are stored nothing stands in the way.

use crate::domain::problem::{Kind, Problem};
use crate::domain::service::Service;
use crate::domain::session::{REFUSED, State, authenticate, state_at};
use crate::store::sign_session;

const LONGEST_REASON: usize = 64;

/// Cancels the session; one that is cancelled already stays so.
pub(crate) async fn cancel(service: &Service, id: &str, token: &str, reason: &str) -> Result<(), Problem> {
    let mut transaction = service.store.begin().await?;
    let mut session = authenticate(&mut transaction, id, token).await?;
    match state_at(&session, service.now()) {
        State::Cancelled if session.reason.as_deref() == Some(REFUSED) => {
            return Err(Kind::ConfirmationRefused.into());
        }
        State::Cancelled => return Ok(()),
        State::Received | State::Accepted => return Err(Kind::AlreadySubmitted.into()),
        State::Expired => return Err(Kind::SessionExpired.into()),
        State::Superseded => return Err(Kind::SessionSuperseded.into()),
        State::AwaitingConfirmation | State::Open | State::Lapsed | State::Rejected => {}
    }
    // The word of the person's own application; the refusal of the page is not to be imitated.
    if reason.is_empty() || reason.chars().count() > LONGEST_REASON || reason == REFUSED {
        return Err(Problem::new(Kind::Malformed).with("pointer", "/reason"));
    }
    session.state = State::Cancelled.name().to_owned();
    session.reason = Some(reason.to_owned());
    sign_session::update(&mut transaction, &session).await?;
    transaction.commit().await?;
    service.changed();
    Ok(())
}
