//! Proofs that a commitment was opened and read to its end.

use sqlx::Row as _;

use super::Connection;
use crate::clock::UnixMs;

/// One proof.
#[derive(Clone, Debug)]
pub(crate) struct View {
    pub(crate) id: String,
    pub(crate) application_no: String,
    pub(crate) commitment_id: String,
    /// Of the text that was read.
    pub(crate) digest: Vec<u8>,
    pub(crate) viewed_at: UnixMs,
}

pub(crate) async fn insert(connection: &mut Connection, new: &View) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO commitment_view (id, application_no, commitment_id, digest, viewed_at)
         VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(&new.id)
    .bind(&new.application_no)
    .bind(&new.commitment_id)
    .bind(&new.digest)
    .bind(new.viewed_at)
    .execute(connection)
    .await?;
    Ok(())
}

/// The proofs of an order.
pub(crate) async fn of_application(
    connection: &mut Connection,
    application: &str,
) -> sqlx::Result<Vec<View>> {
    let rows = sqlx::query("SELECT * FROM commitment_view WHERE application_no = $1 ORDER BY viewed_at, id")
        .bind(application)
        .fetch_all(connection)
        .await?;
    rows.iter()
        .map(|row| {
            Ok(View {
                id: row.try_get("id")?,
                application_no: row.try_get("application_no")?,
                commitment_id: row.try_get("commitment_id")?,
                digest: row.try_get("digest")?,
                viewed_at: row.try_get("viewed_at")?,
            })
        })
        .collect()
}
