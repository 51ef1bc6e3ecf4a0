//! Payments by card that were begun.

use sqlx::Row as _;

use super::Connection;
use crate::clock::UnixMs;

/// A begun payment.
#[derive(Clone, Debug)]
pub(crate) struct PaymentIntent {
    /// Hard to guess: it is the credential of the simulator's page.
    pub(crate) id: String,
    pub(crate) application_no: String,
    pub(crate) amount_kurus: i64,
    pub(crate) expires_at: UnixMs,
}

pub(crate) async fn insert(connection: &mut Connection, new: &PaymentIntent) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO payment_intent (id, application_no, amount_kurus, expires_at) VALUES ($1, $2, $3, $4)",
    )
    .bind(&new.id)
    .bind(&new.application_no)
    .bind(new.amount_kurus)
    .bind(new.expires_at)
    .execute(connection)
    .await?;
    Ok(())
}

pub(crate) async fn get(connection: &mut Connection, id: &str) -> sqlx::Result<Option<PaymentIntent>> {
    let row =
        sqlx::query("SELECT * FROM payment_intent WHERE id = $1").bind(id).fetch_optional(connection).await?;
    row.map(|row| {
        Ok(PaymentIntent {
            id: row.try_get("id")?,
            application_no: row.try_get("application_no")?,
            amount_kurus: row.try_get("amount_kurus")?,
            expires_at: row.try_get("expires_at")?,
        })
    })
    .transpose()
}
