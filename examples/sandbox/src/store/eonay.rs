//! Approvals by e-onay, kept as evidence: what was approved stands in the row, whatever becomes of the form.

use sqlx::Row as _;

use super::Connection;
use crate::clock::UnixMs;

/// One approval. No `Debug`: it holds form data.
#[derive(Clone)]
pub(crate) struct Eonay {
    pub(crate) id: String,
    pub(crate) application_no: String,
    /// JSON: the form as it was approved, what was read, when; empty after its period.
    pub(crate) record: Vec<u8>,
    pub(crate) digest: Vec<u8>,
    pub(crate) approved_at: UnixMs,
}

pub(crate) async fn insert(connection: &mut Connection, new: &Eonay) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO eonay (id, application_no, record, digest, approved_at) VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(&new.id)
    .bind(&new.application_no)
    .bind(&new.record)
    .bind(&new.digest)
    .bind(new.approved_at)
    .execute(connection)
    .await?;
    Ok(())
}

/// The application's approvals in the order they came.
pub(crate) async fn of_application(
    connection: &mut Connection,
    application: &str,
) -> sqlx::Result<Vec<Eonay>> {
    let rows = sqlx::query("SELECT * FROM eonay WHERE application_no = $1 ORDER BY approved_at, id")
        .bind(application)
        .fetch_all(connection)
        .await?;
    let read = |row: &super::Row| {
        Ok(Eonay {
            id: row.try_get("id")?,
            application_no: row.try_get("application_no")?,
            record: row.try_get("record")?,
            digest: row.try_get("digest")?,
            approved_at: row.try_get("approved_at")?,
        })
    };
    rows.iter().map(read).collect()
}
