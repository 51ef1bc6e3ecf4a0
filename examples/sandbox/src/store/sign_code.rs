//! Doğrulama codes: the hash to find one by, and for as long as it may be shown again the sealed code.

use sqlx::Row as _;

use super::Connection;
use crate::clock::UnixMs;

/// A code's row.
#[derive(Clone, Debug)]
pub(crate) struct SignCode {
    pub(crate) id: String,
    pub(crate) application_no: String,
    pub(crate) hash: Vec<u8>,
    pub(crate) sealed: Option<Vec<u8>>,
    /// `issued`, `redeemed`, `revoked` or `cancelled`; an issued one is over when its time is.
    pub(crate) state: String,
    pub(crate) network: String,
    pub(crate) created_at: UnixMs,
    pub(crate) expires_at: UnixMs,
    pub(crate) second_redemptions: i64,
}

pub(crate) async fn insert(connection: &mut Connection, new: &SignCode) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO sign_code (id, application_no, hash, sealed, state, network, created_at, expires_at,
            second_redemptions)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(&new.id)
    .bind(&new.application_no)
    .bind(&new.hash)
    .bind(&new.sealed)
    .bind(&new.state)
    .bind(&new.network)
    .bind(new.created_at)
    .bind(new.expires_at)
    .bind(new.second_redemptions)
    .execute(connection)
    .await?;
    Ok(())
}

pub(crate) async fn by_hash(connection: &mut Connection, hash: &[u8]) -> sqlx::Result<Option<SignCode>> {
    let row =
        sqlx::query("SELECT * FROM sign_code WHERE hash = $1").bind(hash).fetch_optional(connection).await?;
    row.as_ref().map(read).transpose()
}

pub(crate) async fn get(connection: &mut Connection, id: &str) -> sqlx::Result<Option<SignCode>> {
    let row =
        sqlx::query("SELECT * FROM sign_code WHERE id = $1").bind(id).fetch_optional(connection).await?;
    row.as_ref().map(read).transpose()
}

/// Redeems or takes back a code that is still issued and in its time; tells whether it did. The sealed code goes.
pub(crate) async fn end(connection: &mut Connection, id: &str, to: &str, now: UnixMs) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "UPDATE sign_code SET state = $2, sealed = NULL WHERE id = $1 AND state = 'issued' AND expires_at > $3",
    )
    .bind(id)
    .bind(to)
    .bind(now)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Ends every code of the order that is still issued and in its time; one whose time is over stays `expired`.
pub(crate) async fn end_all(
    connection: &mut Connection,
    application: &str,
    to: &str,
    now: UnixMs,
) -> sqlx::Result<()> {
    sqlx::query(
        "UPDATE sign_code SET state = $2, sealed = NULL
         WHERE application_no = $1 AND state = 'issued' AND expires_at > $3",
    )
    .bind(application)
    .bind(to)
    .bind(now)
    .execute(connection)
    .await?;
    Ok(())
}

/// Somebody tried the code after its redemption; the page shows it.
pub(crate) async fn count_second_redemption(connection: &mut Connection, id: &str) -> sqlx::Result<()> {
    sqlx::query("UPDATE sign_code SET second_redemptions = second_redemptions + 1 WHERE id = $1")
        .bind(id)
        .execute(connection)
        .await?;
    Ok(())
}

fn read(row: &super::Row) -> sqlx::Result<SignCode> {
    Ok(SignCode {
        id: row.try_get("id")?,
        application_no: row.try_get("application_no")?,
        hash: row.try_get("hash")?,
        sealed: row.try_get("sealed")?,
        state: row.try_get("state")?,
        network: row.try_get("network")?,
        created_at: row.try_get("created_at")?,
        expires_at: row.try_get("expires_at")?,
        second_redemptions: row.try_get("second_redemptions")?,
    })
}
