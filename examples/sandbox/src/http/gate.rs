//! What is refused before a request is looked at: everything under maintenance, a session that asks too often.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;

use super::Shared;
use super::caller::bearer;
use crate::domain::digest::sha256;
use crate::domain::problem::{Kind, Problem};
use crate::domain::rate::SESSION_REQUESTS;

const SESSIONS: &str = "/api/v1/sign-sessions/";
/// When to ask again: nobody knows how long maintenance takes.
const MAINTENANCE_S: u32 = 30;

/// Lets a request in, or says when to come again.
pub(super) async fn keep(
    State(service): State<Shared>,
    request: Request,
    next: Next,
) -> Result<Response, Problem> {
    if service.is_in_maintenance() {
        return Err(Problem::new(Kind::Maintenance).after(MAINTENANCE_S));
    }
    if request.uri().path().starts_with(SESSIONS)
        && let Some(token) = bearer(request.headers())
    {
        let mut counting = service.store.counting().await?;
        SESSION_REQUESTS.admit(&mut counting, &sha256(token.as_bytes()), service.now()).await?;
    }
    Ok(next.run(request).await)
}
