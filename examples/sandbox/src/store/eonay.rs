//! Approvals by e-onay, kept as evidence: what was approved stands in the row, whatever becomes of the form.

use super::Connection;
use crate::clock::UnixMs;

/// One approval. No `Debug`: it holds form data.
#[derive(Clone)]
pub(crate) struct Eonay {
    pub(crate) id: String,
    pub(crate) application_no: String,
    /// The proofs of reading, with commas between.
    pub(crate) view_ids: String,
    /// The form as it was approved, as JSON.
    pub(crate) form_values: String,
    pub(crate) form_digest: Vec<u8>,
    pub(crate) approved_at: UnixMs,
}

pub(crate) async fn insert(connection: &mut Connection, new: &Eonay) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO eonay (id, application_no, view_ids, form_values, form_digest, approved_at)
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(&new.id)
    .bind(&new.application_no)
    .bind(&new.view_ids)
    .bind(&new.form_values)
    .bind(&new.form_digest)
    .bind(new.approved_at)
    .execute(connection)
    .await?;
    Ok(())
}
