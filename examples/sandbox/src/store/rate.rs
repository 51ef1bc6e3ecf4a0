//! How often a caller did something in the present period; survives a restart.

use sqlx::Row as _;

use super::Connection;
use crate::clock::UnixMs;

/// What a caller did since the period began.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Period {
    pub(crate) since: UnixMs,
    pub(crate) count: i64,
}

/// Counts once more, in a new period if the last one began at `over` or before; one statement, so none is lost.
pub(crate) async fn count(
    connection: &mut Connection,
    name: &str,
    caller: &[u8],
    now: UnixMs,
    over: UnixMs,
) -> sqlx::Result<Period> {
    let row = sqlx::query(
        "INSERT INTO rate (name, caller, since, count) VALUES ($1, $2, $3, 1)
         ON CONFLICT (name, caller) DO UPDATE SET
            count = CASE WHEN rate.since <= $4 THEN 1 ELSE rate.count + 1 END,
            since = CASE WHEN rate.since <= $4 THEN $3 ELSE rate.since END
         RETURNING since, count",
    )
    .bind(name)
    .bind(caller)
    .bind(now)
    .bind(over)
    .fetch_one(connection)
    .await?;
    read(&row)
}

/// The period that began after `over`.
pub(crate) async fn get(
    connection: &mut Connection,
    name: &str,
    caller: &[u8],
    over: UnixMs,
) -> sqlx::Result<Option<Period>> {
    let row = sqlx::query("SELECT since, count FROM rate WHERE name = $1 AND caller = $2 AND since > $3")
        .bind(name)
        .bind(caller)
        .bind(over)
        .fetch_optional(connection)
        .await?;
    row.as_ref().map(read).transpose()
}

fn read(row: &super::Row) -> sqlx::Result<Period> {
    Ok(Period { since: row.try_get("since")?, count: row.try_get("count")? })
}
