//! The certificates that the service's own CA issued, and which of them are revoked.

use sqlx::Row as _;

use super::Connection;
use crate::clock::UnixMs;

/// An issued certificate.
#[derive(Clone)]
pub(crate) struct IssuedCertificate {
    pub(crate) hash: Vec<u8>,
    pub(crate) serial: Vec<u8>,
    pub(crate) tckn: String,
    pub(crate) der: Vec<u8>,
    pub(crate) not_before: UnixMs,
    pub(crate) not_after: UnixMs,
    /// `good`, `revoked` or `unknown`: what the OCSP responder says.
    pub(crate) status: String,
    pub(crate) revoked_at: Option<UnixMs>,
    /// The institution that it was ordered through.
    pub(crate) institution: String,
}

pub(crate) async fn insert(connection: &mut Connection, new: &IssuedCertificate) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO certificate (hash, serial, tckn, der, not_before, not_after, status, revoked_at, institution)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(&new.hash)
    .bind(&new.serial)
    .bind(&new.tckn)
    .bind(&new.der)
    .bind(new.not_before)
    .bind(new.not_after)
    .bind(&new.status)
    .bind(new.revoked_at)
    .bind(&new.institution)
    .execute(connection)
    .await?;
    Ok(())
}

/// Whether the person has a certificate that can sign now.
pub(crate) async fn has_valid(connection: &mut Connection, tckn: &str, now: UnixMs) -> sqlx::Result<bool> {
    let row = sqlx::query(
        "SELECT 1 FROM certificate WHERE tckn = $1 AND status = 'good' AND not_before <= $2 AND not_after > $2",
    )
    .bind(tckn)
    .bind(now)
    .fetch_optional(connection)
    .await?;
    Ok(row.is_some())
}

/// When the person's certificate that lasts longest ends, of those that can sign now.
pub(crate) async fn newest_end(
    connection: &mut Connection,
    tckn: &str,
    now: UnixMs,
) -> sqlx::Result<Option<UnixMs>> {
    let row = sqlx::query(
        "SELECT MAX(not_after) FROM certificate
         WHERE tckn = $1 AND status = 'good' AND not_before <= $2 AND not_after > $2",
    )
    .bind(tckn)
    .bind(now)
    .fetch_one(connection)
    .await?;
    row.try_get(0)
}

/// Revokes the person's good certificates of an institution.
pub(crate) async fn revoke_of_institution(
    connection: &mut Connection,
    tckn: &str,
    institution: &str,
    now: UnixMs,
) -> sqlx::Result<()> {
    sqlx::query(
        "UPDATE certificate SET status = 'revoked', revoked_at = $3
         WHERE tckn = $1 AND institution = $2 AND status = 'good'",
    )
    .bind(tckn)
    .bind(institution)
    .bind(now)
    .execute(connection)
    .await?;
    Ok(())
}

pub(crate) async fn by_serial(
    connection: &mut Connection,
    serial: &[u8],
) -> sqlx::Result<Option<IssuedCertificate>> {
    let row = sqlx::query("SELECT * FROM certificate WHERE serial = $1")
        .bind(serial)
        .fetch_optional(connection)
        .await?;
    row.as_ref().map(read).transpose()
}

/// Sets what the responder says; tells whether the certificate is known.
pub(crate) async fn set_status(
    connection: &mut Connection,
    hash: &[u8],
    status: &str,
    revoked_at: Option<UnixMs>,
) -> sqlx::Result<bool> {
    let done = sqlx::query("UPDATE certificate SET status = $2, revoked_at = $3 WHERE hash = $1")
        .bind(hash)
        .bind(status)
        .bind(revoked_at)
        .execute(connection)
        .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn revoked(connection: &mut Connection) -> sqlx::Result<Vec<IssuedCertificate>> {
    let rows = sqlx::query("SELECT * FROM certificate WHERE status = 'revoked' ORDER BY revoked_at, serial")
        .fetch_all(connection)
        .await?;
    rows.iter().map(read).collect()
}

fn read(row: &super::Row) -> sqlx::Result<IssuedCertificate> {
    Ok(IssuedCertificate {
        hash: row.try_get("hash")?,
        serial: row.try_get("serial")?,
        tckn: row.try_get("tckn")?,
        der: row.try_get("der")?,
        not_before: row.try_get("not_before")?,
        not_after: row.try_get("not_after")?,
        status: row.try_get("status")?,
        revoked_at: row.try_get("revoked_at")?,
        institution: row.try_get("institution")?,
    })
}
