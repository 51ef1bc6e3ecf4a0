//! The accepted signatures, kept as evidence.

use sqlx::Row as _;

use super::Connection;
use crate::clock::UnixMs;

/// One accepted signature.
#[derive(Clone, Debug)]
pub(crate) struct Evidence {
    pub(crate) id: String,
    pub(crate) application_no: String,
    pub(crate) session_id: String,
    pub(crate) document_id: String,
    pub(crate) cms: Vec<u8>,
    pub(crate) digest: Vec<u8>,
    pub(crate) created_at: UnixMs,
}

pub(crate) async fn insert(connection: &mut Connection, new: &Evidence) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO evidence (id, application_no, session_id, document_id, cms, digest, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(&new.id)
    .bind(&new.application_no)
    .bind(&new.session_id)
    .bind(&new.document_id)
    .bind(&new.cms)
    .bind(&new.digest)
    .bind(new.created_at)
    .execute(connection)
    .await?;
    Ok(())
}

/// The application's evidence in the order it came.
pub(crate) async fn of_application(
    connection: &mut Connection,
    application: &str,
) -> sqlx::Result<Vec<Evidence>> {
    let rows = sqlx::query(
        "SELECT e.* FROM evidence e JOIN document d ON d.id = e.document_id
         WHERE e.application_no = $1 ORDER BY e.created_at, d.place",
    )
    .bind(application)
    .fetch_all(connection)
    .await?;
    rows.iter().map(read).collect()
}

fn read(row: &super::Row) -> sqlx::Result<Evidence> {
    Ok(Evidence {
        id: row.try_get("id")?,
        application_no: row.try_get("application_no")?,
        session_id: row.try_get("session_id")?,
        document_id: row.try_get("document_id")?,
        cms: row.try_get("cms")?,
        digest: row.try_get("digest")?,
        created_at: row.try_get("created_at")?,
    })
}
