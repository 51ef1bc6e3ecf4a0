//! Answers kept for a repeated `Idempotency-Key`.

use sqlx::Row as _;

use super::Connection;
use crate::clock::UnixMs;

/// What is known of a key.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) payload_hash: Vec<u8>,
    pub(crate) status: u16,
    /// The sealed answer.
    pub(crate) sealed: Vec<u8>,
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
    Ok(Some(Entry {
        payload_hash: row.try_get("payload_hash")?,
        status: row.try_get("status")?,
        sealed: row.try_get("sealed")?,
    }))
}

/// Keeps the answer; tells whether the key was free.
pub(crate) async fn insert(
    connection: &mut Connection,
    scope: &[u8],
    key_hash: &[u8],
    entry: &Entry,
    now: UnixMs,
) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "INSERT INTO idempotency (scope, key_hash, payload_hash, status, sealed, created_at)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (scope, key_hash) DO NOTHING",
    )
    .bind(scope)
    .bind(key_hash)
    .bind(&entry.payload_hash)
    .bind(i64::from(entry.status))
    .bind(&entry.sealed)
    .bind(now)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}
