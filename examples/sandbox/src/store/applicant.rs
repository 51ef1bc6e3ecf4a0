//! Persons and their bearer tokens.

use sqlx::Row as _;

use super::Connection;
use crate::clock::UnixMs;

/// A person. No `Debug`: it holds personal data.
#[derive(Clone)]
pub(crate) struct Applicant {
    pub(crate) id: String,
    pub(crate) tckn: String,
    pub(crate) name: String,
}

/// Adds the person unless the TCKN is known; tells the person who is there now.
pub(crate) async fn get_or_insert(connection: &mut Connection, new: &Applicant) -> sqlx::Result<Applicant> {
    sqlx::query("INSERT INTO applicant (id, tckn, name) VALUES ($1, $2, $3) ON CONFLICT (tckn) DO NOTHING")
        .bind(&new.id)
        .bind(&new.tckn)
        .bind(&new.name)
        .execute(&mut *connection)
        .await?;
    let row = sqlx::query("SELECT id, tckn, name FROM applicant WHERE tckn = $1")
        .bind(&new.tckn)
        .fetch_one(connection)
        .await?;
    read(&row)
}

pub(crate) async fn get(connection: &mut Connection, id: &str) -> sqlx::Result<Applicant> {
    let row = sqlx::query("SELECT id, tckn, name FROM applicant WHERE id = $1")
        .bind(id)
        .fetch_one(connection)
        .await?;
    read(&row)
}

pub(crate) async fn by_tckn(connection: &mut Connection, tckn: &str) -> sqlx::Result<Option<Applicant>> {
    let row = sqlx::query("SELECT id, tckn, name FROM applicant WHERE tckn = $1")
        .bind(tckn)
        .fetch_optional(connection)
        .await?;
    row.as_ref().map(read).transpose()
}

pub(crate) async fn insert_token(
    connection: &mut Connection,
    hash: &[u8],
    applicant: &str,
    expires_at: UnixMs,
) -> sqlx::Result<()> {
    sqlx::query("INSERT INTO access_token (hash, applicant_id, expires_at) VALUES ($1, $2, $3)")
        .bind(hash)
        .bind(applicant)
        .bind(expires_at)
        .execute(connection)
        .await?;
    Ok(())
}

/// Whose token this is, if it is still good.
pub(crate) async fn by_token(
    connection: &mut Connection,
    hash: &[u8],
    now: UnixMs,
) -> sqlx::Result<Option<Applicant>> {
    let row = sqlx::query(
        "SELECT a.id, a.tckn, a.name FROM applicant a JOIN access_token t ON t.applicant_id = a.id
         WHERE t.hash = $1 AND t.expires_at > $2",
    )
    .bind(hash)
    .bind(now)
    .fetch_optional(connection)
    .await?;
    row.as_ref().map(read).transpose()
}

fn read(row: &super::Row) -> sqlx::Result<Applicant> {
    Ok(Applicant { id: row.try_get("id")?, tckn: row.try_get("tckn")?, name: row.try_get("name")? })
}
