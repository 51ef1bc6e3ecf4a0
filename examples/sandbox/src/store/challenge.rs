//! Texts that are signed to sign in.

use sqlx::Row as _;

use super::Connection;
use crate::clock::UnixMs;

/// A text that waits for its signature.
#[derive(Clone, Debug)]
pub(crate) struct Challenge {
    pub(crate) id: String,
    pub(crate) text: Vec<u8>,
    pub(crate) created_at: UnixMs,
    pub(crate) expires_at: UnixMs,
    pub(crate) used_at: Option<UnixMs>,
}

pub(crate) async fn insert(connection: &mut Connection, new: &Challenge) -> sqlx::Result<()> {
    sqlx::query("INSERT INTO eimza_challenge (id, text, created_at, expires_at) VALUES ($1, $2, $3, $4)")
        .bind(&new.id)
        .bind(&new.text)
        .bind(new.created_at)
        .bind(new.expires_at)
        .execute(connection)
        .await?;
    Ok(())
}

pub(crate) async fn get(connection: &mut Connection, id: &str) -> sqlx::Result<Option<Challenge>> {
    let row = sqlx::query("SELECT * FROM eimza_challenge WHERE id = $1")
        .bind(id)
        .fetch_optional(connection)
        .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Challenge {
        id: row.try_get("id")?,
        text: row.try_get("text")?,
        created_at: row.try_get("created_at")?,
        expires_at: row.try_get("expires_at")?,
        used_at: row.try_get("used_at")?,
    }))
}

/// Uses the challenge up; tells whether this call did.
pub(crate) async fn take(connection: &mut Connection, id: &str, now: UnixMs) -> sqlx::Result<bool> {
    let done = sqlx::query("UPDATE eimza_challenge SET used_at = $2 WHERE id = $1 AND used_at IS NULL")
        .bind(id)
        .bind(now)
        .execute(connection)
        .await?;
    Ok(done.rows_affected() == 1)
}
