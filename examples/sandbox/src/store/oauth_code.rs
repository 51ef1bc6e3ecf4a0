//! Authorization codes of the e-Devlet simulator (RFC 6749, 4.1.2), as hashes.

use sqlx::Row as _;

use super::Connection;
use crate::clock::UnixMs;

/// What a code was given for.
#[derive(Clone, Debug)]
pub(crate) struct OauthCode {
    pub(crate) hash: Vec<u8>,
    pub(crate) applicant_id: String,
    pub(crate) client_id: String,
    pub(crate) redirect_uri: String,
    /// RFC 7636, 4.2, always S256.
    pub(crate) code_challenge: String,
    pub(crate) expires_at: UnixMs,
    pub(crate) used_at: Option<UnixMs>,
}

pub(crate) async fn insert(connection: &mut Connection, new: &OauthCode) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO oauth_code (hash, applicant_id, client_id, redirect_uri, code_challenge, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(&new.hash)
    .bind(&new.applicant_id)
    .bind(&new.client_id)
    .bind(&new.redirect_uri)
    .bind(&new.code_challenge)
    .bind(new.expires_at)
    .execute(connection)
    .await?;
    Ok(())
}

pub(crate) async fn get(connection: &mut Connection, hash: &[u8]) -> sqlx::Result<Option<OauthCode>> {
    let row =
        sqlx::query("SELECT * FROM oauth_code WHERE hash = $1").bind(hash).fetch_optional(connection).await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(OauthCode {
        hash: row.try_get("hash")?,
        applicant_id: row.try_get("applicant_id")?,
        client_id: row.try_get("client_id")?,
        redirect_uri: row.try_get("redirect_uri")?,
        code_challenge: row.try_get("code_challenge")?,
        expires_at: row.try_get("expires_at")?,
        used_at: row.try_get("used_at")?,
    }))
}

/// Uses the code up.
pub(crate) async fn take(connection: &mut Connection, hash: &[u8], now: UnixMs) -> sqlx::Result<()> {
    sqlx::query("UPDATE oauth_code SET used_at = $2 WHERE hash = $1")
        .bind(hash)
        .bind(now)
        .execute(connection)
        .await?;
    Ok(())
}
