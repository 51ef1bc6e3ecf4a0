//! Submissions: written before anything is checked, decided later.

use sqlx::Row as _;

use super::Connection;
use crate::clock::UnixMs;

/// A submission's row.
#[derive(Clone, Debug)]
pub(crate) struct Submission {
    pub(crate) id: String,
    pub(crate) session_id: String,
    /// Counted from one; the last one is the one that counts.
    pub(crate) number: i64,
    /// Over all documents and signatures, so that the same octets are known again.
    pub(crate) digest: Vec<u8>,
    /// `received`, `accepted` or `rejected`.
    pub(crate) state: String,
    pub(crate) received_at: UnixMs,
    pub(crate) receipt: Option<String>,
    pub(crate) problem: Option<String>,
}

/// One signature as it came.
#[derive(Clone)]
pub(crate) struct Item {
    pub(crate) document_id: String,
    pub(crate) cms: Vec<u8>,
}

pub(crate) async fn insert(
    connection: &mut Connection,
    new: &Submission,
    items: &[Item],
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO submission (id, session_id, number, digest, state, received_at)
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(&new.id)
    .bind(&new.session_id)
    .bind(new.number)
    .bind(&new.digest)
    .bind(&new.state)
    .bind(new.received_at)
    .execute(&mut *connection)
    .await?;
    for item in items {
        sqlx::query("INSERT INTO submission_item (submission_id, document_id, cms) VALUES ($1, $2, $3)")
            .bind(&new.id)
            .bind(&item.document_id)
            .bind(&item.cms)
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

/// Writes the decision if there is none yet; tells whether it did.
pub(crate) async fn decide(
    connection: &mut Connection,
    decided: &Submission,
    at: UnixMs,
) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "UPDATE submission SET state = $2, receipt = $3, problem = $4, decided_at = $5
         WHERE id = $1 AND state = 'received'",
    )
    .bind(&decided.id)
    .bind(&decided.state)
    .bind(&decided.receipt)
    .bind(&decided.problem)
    .bind(at)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The session's submissions, the latest first.
pub(crate) async fn of_session(connection: &mut Connection, session: &str) -> sqlx::Result<Vec<Submission>> {
    let rows = sqlx::query("SELECT * FROM submission WHERE session_id = $1 ORDER BY number DESC")
        .bind(session)
        .fetch_all(connection)
        .await?;
    rows.iter().map(read).collect()
}

/// Everything that is not decided.
pub(crate) async fn undecided(connection: &mut Connection) -> sqlx::Result<Vec<Submission>> {
    let rows = sqlx::query("SELECT * FROM submission WHERE state = 'received' ORDER BY received_at, id")
        .fetch_all(connection)
        .await?;
    rows.iter().map(read).collect()
}

pub(crate) async fn items(connection: &mut Connection, submission: &str) -> sqlx::Result<Vec<Item>> {
    let rows = sqlx::query("SELECT document_id, cms FROM submission_item WHERE submission_id = $1")
        .bind(submission)
        .fetch_all(connection)
        .await?;
    rows.iter()
        .map(|row| Ok(Item { document_id: row.try_get("document_id")?, cms: row.try_get("cms")? }))
        .collect()
}

fn read(row: &super::Row) -> sqlx::Result<Submission> {
    Ok(Submission {
        id: row.try_get("id")?,
        session_id: row.try_get("session_id")?,
        number: row.try_get("number")?,
        digest: row.try_get("digest")?,
        state: row.try_get("state")?,
        received_at: row.try_get("received_at")?,
        receipt: row.try_get("receipt")?,
        problem: row.try_get("problem")?,
    })
}
