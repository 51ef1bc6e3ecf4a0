//! The texts to sign, byte for byte as they are delivered.

use sqlx::Row as _;

use super::Connection;

/// One text of a session. No `Debug`: it holds form data.
#[derive(Clone)]
pub(crate) struct Document {
    pub(crate) id: String,
    pub(crate) session_id: String,
    /// Counted from one.
    pub(crate) place: i64,
    pub(crate) content: Vec<u8>,
    pub(crate) digest: Vec<u8>,
}

pub(crate) async fn insert(connection: &mut Connection, new: &Document) -> sqlx::Result<()> {
    sqlx::query("INSERT INTO document (id, session_id, place, content, digest) VALUES ($1, $2, $3, $4, $5)")
        .bind(&new.id)
        .bind(&new.session_id)
        .bind(new.place)
        .bind(&new.content)
        .bind(&new.digest)
        .execute(connection)
        .await?;
    Ok(())
}

/// The session's texts in their order.
pub(crate) async fn of_session(connection: &mut Connection, session: &str) -> sqlx::Result<Vec<Document>> {
    let rows = sqlx::query("SELECT * FROM document WHERE session_id = $1 ORDER BY place")
        .bind(session)
        .fetch_all(connection)
        .await?;
    rows.iter().map(read).collect()
}

fn read(row: &super::Row) -> sqlx::Result<Document> {
    Ok(Document {
        id: row.try_get("id")?,
        session_id: row.try_get("session_id")?,
        place: row.try_get("place")?,
        content: row.try_get("content")?,
        digest: row.try_get("digest")?,
    })
}
