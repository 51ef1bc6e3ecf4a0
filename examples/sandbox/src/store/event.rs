//! What happened to an order, one row each.

use sqlx::Row as _;

use super::Connection;
use crate::clock::UnixMs;

/// Something that happened.
#[derive(Clone, Debug)]
pub(crate) struct Event {
    pub(crate) at: UnixMs,
    pub(crate) code: String,
}

pub(crate) async fn insert(
    connection: &mut Connection,
    application: &str,
    at: UnixMs,
    code: &str,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO event (application_no, number, at, code)
         SELECT $1, COALESCE(MAX(number), 0) + 1, $2, $3 FROM event WHERE application_no = $1",
    )
    .bind(application)
    .bind(at)
    .bind(code)
    .execute(connection)
    .await?;
    Ok(())
}

/// The latest first.
pub(crate) async fn of_application(
    connection: &mut Connection,
    application: &str,
) -> sqlx::Result<Vec<Event>> {
    let rows =
        sqlx::query("SELECT at, code FROM event WHERE application_no = $1 ORDER BY number DESC LIMIT 1000")
            .bind(application)
            .fetch_all(connection)
            .await?;
    rows.iter().map(|row| Ok(Event { at: row.try_get("at")?, code: row.try_get("code")? })).collect()
}
