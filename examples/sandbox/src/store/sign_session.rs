//! Sign sessions: one of each redeemed code.

use sqlx::Row as _;

use super::Connection;
use crate::clock::UnixMs;

/// A session's row; what time does to its state is the domain's affair.
#[derive(Clone, Debug)]
pub(crate) struct SignSession {
    pub(crate) id: String,
    pub(crate) code_id: String,
    pub(crate) application_no: String,
    pub(crate) token_hash: Vec<u8>,
    pub(crate) key_hash: Vec<u8>,
    pub(crate) payload_hash: Vec<u8>,
    pub(crate) client_name: String,
    pub(crate) client_version: String,
    pub(crate) network: String,
    pub(crate) match_code: String,
    /// `awaiting_confirmation`, `open`, `received`, `accepted`, `rejected`, `cancelled` or `superseded`.
    pub(crate) state: String,
    /// Why it was cancelled.
    pub(crate) reason: Option<String>,
    pub(crate) created_at: UnixMs,
    pub(crate) hard_ends_at: UnixMs,
    pub(crate) window_ends_at: Option<UnixMs>,
    pub(crate) extensions_used: i64,
    pub(crate) submissions_used: i64,
    pub(crate) certificate_hash: Option<Vec<u8>>,
}

pub(crate) async fn insert(connection: &mut Connection, new: &SignSession) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO sign_session (id, code_id, application_no, token_hash, key_hash, payload_hash,
            client_name, client_version, network, match_code, state, reason, created_at, hard_ends_at,
            window_ends_at, extensions_used, submissions_used, certificate_hash)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)",
    )
    .bind(&new.id)
    .bind(&new.code_id)
    .bind(&new.application_no)
    .bind(&new.token_hash)
    .bind(&new.key_hash)
    .bind(&new.payload_hash)
    .bind(&new.client_name)
    .bind(&new.client_version)
    .bind(&new.network)
    .bind(&new.match_code)
    .bind(&new.state)
    .bind(&new.reason)
    .bind(new.created_at)
    .bind(new.hard_ends_at)
    .bind(new.window_ends_at)
    .bind(new.extensions_used)
    .bind(new.submissions_used)
    .bind(&new.certificate_hash)
    .execute(connection)
    .await?;
    Ok(())
}

/// Writes what may change of a session.
pub(crate) async fn update(connection: &mut Connection, session: &SignSession) -> sqlx::Result<()> {
    sqlx::query(
        "UPDATE sign_session SET state = $2, reason = $3, window_ends_at = $4, extensions_used = $5,
            submissions_used = $6, certificate_hash = $7
         WHERE id = $1",
    )
    .bind(&session.id)
    .bind(&session.state)
    .bind(&session.reason)
    .bind(session.window_ends_at)
    .bind(session.extensions_used)
    .bind(session.submissions_used)
    .bind(&session.certificate_hash)
    .execute(connection)
    .await?;
    Ok(())
}

pub(crate) async fn get(connection: &mut Connection, id: &str) -> sqlx::Result<Option<SignSession>> {
    let row =
        sqlx::query("SELECT * FROM sign_session WHERE id = $1").bind(id).fetch_optional(connection).await?;
    row.as_ref().map(read).transpose()
}

pub(crate) async fn by_key(
    connection: &mut Connection,
    key_hash: &[u8],
) -> sqlx::Result<Option<SignSession>> {
    let row = sqlx::query("SELECT * FROM sign_session WHERE key_hash = $1")
        .bind(key_hash)
        .fetch_optional(connection)
        .await?;
    row.as_ref().map(read).transpose()
}

pub(crate) async fn by_token(
    connection: &mut Connection,
    token_hash: &[u8],
) -> sqlx::Result<Option<SignSession>> {
    let row = sqlx::query("SELECT * FROM sign_session WHERE token_hash = $1")
        .bind(token_hash)
        .fetch_optional(connection)
        .await?;
    row.as_ref().map(read).transpose()
}

pub(crate) async fn of_code(connection: &mut Connection, code: &str) -> sqlx::Result<Option<SignSession>> {
    let row = sqlx::query("SELECT * FROM sign_session WHERE code_id = $1")
        .bind(code)
        .fetch_optional(connection)
        .await?;
    row.as_ref().map(read).transpose()
}

/// The application's sessions, the latest first.
pub(crate) async fn of_application(
    connection: &mut Connection,
    application: &str,
) -> sqlx::Result<Vec<SignSession>> {
    let rows =
        sqlx::query("SELECT * FROM sign_session WHERE application_no = $1 ORDER BY created_at DESC, id DESC")
            .bind(application)
            .fetch_all(connection)
            .await?;
    rows.iter().map(read).collect()
}

fn read(row: &super::Row) -> sqlx::Result<SignSession> {
    Ok(SignSession {
        id: row.try_get("id")?,
        code_id: row.try_get("code_id")?,
        application_no: row.try_get("application_no")?,
        token_hash: row.try_get("token_hash")?,
        key_hash: row.try_get("key_hash")?,
        payload_hash: row.try_get("payload_hash")?,
        client_name: row.try_get("client_name")?,
        client_version: row.try_get("client_version")?,
        network: row.try_get("network")?,
        match_code: row.try_get("match_code")?,
        state: row.try_get("state")?,
        reason: row.try_get("reason")?,
        created_at: row.try_get("created_at")?,
        hard_ends_at: row.try_get("hard_ends_at")?,
        window_ends_at: row.try_get("window_ends_at")?,
        extensions_used: row.try_get("extensions_used")?,
        submissions_used: row.try_get("submissions_used")?,
        certificate_hash: row.try_get("certificate_hash")?,
    })
}
