//! The 150 seconds in which the person signs: started once, extended when they were too short.

use crate::domain::problem::{Kind, Problem};
use crate::domain::service::Service;
use crate::domain::session::{EXTENSIONS, State, WINDOW_S, actionable, authenticate, wrong_state};
use crate::store::sign_session;

/// Starts the window after the texts arrived; a second start changes nothing.
pub(crate) async fn start(service: &Service, id: &str, token: &str) -> Result<(), Problem> {
    let mut transaction = service.store.begin().await?;
    let mut session = authenticate(&mut transaction, id, token).await?;
    let now = service.now();
    actionable(&session, now)?;
    if session.window_ends_at.is_some() {
        return Ok(());
    }
    session.window_ends_at = Some(session.hard_ends_at.min(now + i64::from(WINDOW_S) * 1000));
    sign_session::update(&mut transaction, &session).await?;
    transaction.commit().await?;
    service.changed();
    Ok(())
}

/// Another 150 seconds from now, never beyond the hard end.
pub(crate) async fn extend(service: &Service, id: &str, token: &str) -> Result<(), Problem> {
    let mut transaction = service.store.begin().await?;
    let mut session = authenticate(&mut transaction, id, token).await?;
    let now = service.now();
    actionable(&session, now)?;
    if session.window_ends_at.is_none() {
        return Err(wrong_state(State::Open).with("expected", "window"));
    }
    if session.extensions_used >= EXTENSIONS {
        return Err(Kind::NoExtensionsLeft.into());
    }
    session.extensions_used += 1;
    session.window_ends_at = Some(session.hard_ends_at.min(now + i64::from(WINDOW_S) * 1000));
    sign_session::update(&mut transaction, &session).await?;
    transaction.commit().await?;
    service.changed();
    Ok(())
}
