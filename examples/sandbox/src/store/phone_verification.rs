//! SMS codes that were sent: a keyed hash of the code, never the code.

use sqlx::Row as _;

use super::Connection;
use crate::clock::UnixMs;

/// A sent code.
#[derive(Clone)]
pub(crate) struct PhoneVerification {
    pub(crate) id: String,
    pub(crate) application_no: String,
    pub(crate) gsm: String,
    pub(crate) code_hash: Vec<u8>,
    pub(crate) sent_at: UnixMs,
    pub(crate) attempts_left: i64,
}

pub(crate) async fn insert(connection: &mut Connection, new: &PhoneVerification) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO phone_verification (id, application_no, gsm, code_hash, sent_at, attempts_left)
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(&new.id)
    .bind(&new.application_no)
    .bind(&new.gsm)
    .bind(&new.code_hash)
    .bind(new.sent_at)
    .bind(new.attempts_left)
    .execute(connection)
    .await?;
    Ok(())
}

/// What was sent for the order after this time, the latest first.
pub(crate) async fn since(
    connection: &mut Connection,
    application: &str,
    after: UnixMs,
) -> sqlx::Result<Vec<PhoneVerification>> {
    let rows = sqlx::query(
        "SELECT * FROM phone_verification WHERE application_no = $1 AND sent_at > $2
         ORDER BY sent_at DESC, id",
    )
    .bind(application)
    .bind(after)
    .fetch_all(connection)
    .await?;
    rows.iter().map(read).collect()
}

pub(crate) async fn get(connection: &mut Connection, id: &str) -> sqlx::Result<Option<PhoneVerification>> {
    let row = sqlx::query("SELECT * FROM phone_verification WHERE id = $1")
        .bind(id)
        .fetch_optional(connection)
        .await?;
    row.as_ref().map(read).transpose()
}

/// One attempt less.
pub(crate) async fn use_attempt(connection: &mut Connection, id: &str) -> sqlx::Result<()> {
    sqlx::query("UPDATE phone_verification SET attempts_left = attempts_left - 1 WHERE id = $1")
        .bind(id)
        .execute(connection)
        .await?;
    Ok(())
}

fn read(row: &super::Row) -> sqlx::Result<PhoneVerification> {
    Ok(PhoneVerification {
        id: row.try_get("id")?,
        application_no: row.try_get("application_no")?,
        gsm: row.try_get("gsm")?,
        code_hash: row.try_get("code_hash")?,
        sent_at: row.try_get("sent_at")?,
        attempts_left: row.try_get("attempts_left")?,
    })
}
