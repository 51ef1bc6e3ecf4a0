//! What the service's database says after everything, read without the service.

use std::{collections::BTreeMap, io, path::Path};

use sqlx::{Connection as _, Row as _, SqliteConnection, sqlite::SqliteConnectOptions};

/// One application, as the service has it.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Kept {
    /// How many submissions were accepted.
    pub accepted: u64,
    /// How many were rejected.
    pub rejected: u64,
    /// How many are not decided.
    pub undecided: u64,
    /// How many pieces of evidence there are.
    pub evidence: u64,
    /// The accepted texts with their signatures.
    pub signed: Vec<Signed>,
}

/// A text and its signature.
#[derive(Clone, Debug)]
#[expect(clippy::exhaustive_structs, reason = "a row")]
pub struct Signed {
    /// The text as the service made it.
    pub content: Vec<u8>,
    /// The CMS as the service keeps it.
    pub cms: Vec<u8>,
}

/// Every application that has a session, by its number.
pub fn read(file: &Path) -> io::Result<BTreeMap<String, Kept>> {
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    runtime.block_on(rows(file)).map_err(io::Error::other)
}

async fn rows(file: &Path) -> sqlx::Result<BTreeMap<String, Kept>> {
    let options = SqliteConnectOptions::new().filename(file);
    let mut connection = SqliteConnection::connect_with(&options).await?;
    let mut all: BTreeMap<String, Kept> = BTreeMap::new();
    let submissions = "SELECT s.application_no, x.state FROM sign_session s
        LEFT JOIN submission x ON x.session_id = s.id";
    for row in sqlx::query(submissions).fetch_all(&mut connection).await? {
        let kept = all.entry(row.try_get(0)?).or_default();
        match row.try_get::<Option<String>, _>(1)?.as_deref() {
            Some("accepted") => kept.accepted += 1,
            Some("rejected") => kept.rejected += 1,
            Some(_) => kept.undecided += 1,
            None => {}
        }
    }
    for row in sqlx::query("SELECT application_no FROM evidence").fetch_all(&mut connection).await? {
        all.entry(row.try_get(0)?).or_default().evidence += 1;
    }
    let signed = "SELECT s.application_no, d.content, i.cms FROM submission x
        JOIN sign_session s ON s.id = x.session_id
        JOIN submission_item i ON i.submission_id = x.id
        JOIN document d ON d.id = i.document_id
        WHERE x.state = 'accepted'";
    for row in sqlx::query(signed).fetch_all(&mut connection).await? {
        let pair = Signed { content: row.try_get(1)?, cms: row.try_get(2)? };
        all.entry(row.try_get(0)?).or_default().signed.push(pair);
    }
    connection.close().await?;
    Ok(all)
}
