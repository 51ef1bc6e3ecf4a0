//! Answers kept for a repeated `Idempotency-Key`.

use sqlx::Row as _;

use super::Connection;
use crate::clock::UnixMs;

/// What is known of a key.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) payload_hash: Vec<u8>,
    /// The sealed answer; none while the first request is in flight.
    pub(crate) answer: Option<(i64, Vec<u8>)>,
}

/// Takes the key if it is free; tells whether it was.
pub(crate) async fn take(
    connection: &mut Connection,
    scope: &[u8],
    key_hash: &[u8],
    payload_hash: &[u8],
    now: UnixMs,
) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "INSERT INTO idempotency (scope, key_hash, payload_hash, created_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (scope, key_hash) DO NOTHING",
    )
    .bind(scope)
    .bind(key_hash)
    .bind(payload_hash)
    .bind(now)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn get(
    connection: &mut Connection,
    scope: &[u8],
    key_hash: &[u8],
) -> sqlx::Result<Option<Entry>> {
    let row = sqlx::query(
        "SELECT payload_hash, status, sealed FROM idempotency WHERE scope = $1 AND key_hash = $2",
    )
    .bind(scope)
    .bind(key_hash)
    .fetch_optional(connection)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let status: Option<i64> = row.try_get("status")?;
    let sealed: Option<Vec<u8>> = row.try_get("sealed")?;
    Ok(Some(Entry { payload_hash: row.try_get("payload_hash")?, answer: status.zip(sealed) }))
}

pub(crate) async fn keep(
    connection: &mut Connection,
    scope: &[u8],
    key_hash: &[u8],
    status: u16,
    sealed: &[u8],
) -> sqlx::Result<()> {
    sqlx::query("UPDATE idempotency SET status = $3, sealed = $4 WHERE scope = $1 AND key_hash = $2")
        .bind(scope)
        .bind(key_hash)
        .bind(i64::from(status))
        .bind(sealed)
        .execute(connection)
        .await?;
    Ok(())
}

/// A refused request frees its key: nothing was done.
pub(crate) async fn free(connection: &mut Connection, scope: &[u8], key_hash: &[u8]) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM idempotency WHERE scope = $1 AND key_hash = $2")
        .bind(scope)
        .bind(key_hash)
        .execute(connection)
        .await?;
    Ok(())
}

/// What was in flight when the service stopped will never be answered.
pub(crate) async fn free_unanswered(connection: &mut Connection) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM idempotency WHERE status IS NULL").execute(connection).await?;
    Ok(())
}
