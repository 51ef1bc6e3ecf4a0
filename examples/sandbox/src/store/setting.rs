//! Secrets and keys of the service that outlive it.

use sqlx::Row as _;

use super::Connection;

pub(crate) async fn get(connection: &mut Connection, name: &str) -> sqlx::Result<Option<Vec<u8>>> {
    let row = sqlx::query("SELECT value FROM setting WHERE name = $1")
        .bind(name)
        .fetch_optional(connection)
        .await?;
    row.map(|row| row.try_get(0)).transpose()
}

/// Stores the value unless there is one, and tells the one that is there now.
pub(crate) async fn get_or_insert(
    connection: &mut Connection,
    name: &str,
    value: &[u8],
) -> sqlx::Result<Vec<u8>> {
    sqlx::query("INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING")
        .bind(name)
        .bind(value)
        .execute(&mut *connection)
        .await?;
    get(connection, name).await?.ok_or(sqlx::Error::RowNotFound)
}
