//! Persons and their bearer tokens.

use sqlx::Row as _;

use super::Connection;
use crate::clock::UnixMs;
use crate::domain::secret::random_id;

/// A person. No `Debug`: it holds personal data.
#[derive(Clone)]
pub(crate) struct Applicant {
    pub(crate) id: String,
    pub(crate) tckn: String,
    pub(crate) name: String,
    pub(crate) email: Option<String>,
    pub(crate) gsm: Option<String>,
    /// When the person agreed to e-onay.
    pub(crate) eonay_consent_at: Option<UnixMs>,
}

impl Applicant {
    /// A person of whom nothing more is known.
    pub(crate) fn new(tckn: &str, name: &str) -> Self {
        Self {
            id: random_id(),
            tckn: tckn.to_owned(),
            name: name.to_owned(),
            email: None,
            gsm: None,
            eonay_consent_at: None,
        }
    }
}

/// Adds the person unless the TCKN is known; tells the person who is there now.
pub(crate) async fn get_or_insert(connection: &mut Connection, new: &Applicant) -> sqlx::Result<Applicant> {
    sqlx::query(
        "INSERT INTO applicant (id, tckn, name, email, gsm, eonay_consent_at) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (tckn) DO NOTHING",
    )
    .bind(&new.id)
    .bind(&new.tckn)
    .bind(&new.name)
    .bind(&new.email)
    .bind(&new.gsm)
    .bind(new.eonay_consent_at)
    .execute(&mut *connection)
    .await?;
    let row =
        sqlx::query("SELECT * FROM applicant WHERE tckn = $1").bind(&new.tckn).fetch_one(connection).await?;
    read(&row)
}

pub(crate) async fn get(connection: &mut Connection, id: &str) -> sqlx::Result<Applicant> {
    let row = sqlx::query("SELECT * FROM applicant WHERE id = $1").bind(id).fetch_one(connection).await?;
    read(&row)
}

pub(crate) async fn by_tckn(connection: &mut Connection, tckn: &str) -> sqlx::Result<Option<Applicant>> {
    let row =
        sqlx::query("SELECT * FROM applicant WHERE tckn = $1").bind(tckn).fetch_optional(connection).await?;
    row.as_ref().map(read).transpose()
}

pub(crate) async fn insert_token(
    connection: &mut Connection,
    hash: &[u8],
    applicant: &str,
    grant: Option<&[u8]>,
    expires_at: UnixMs,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO access_token (hash, applicant_id, grant_hash, expires_at) VALUES ($1, $2, $3, $4)",
    )
    .bind(hash)
    .bind(applicant)
    .bind(grant)
    .bind(expires_at)
    .execute(connection)
    .await?;
    Ok(())
}

/// Whose token this is, if it is still good.
pub(crate) async fn by_token(
    connection: &mut Connection,
    hash: &[u8],
    now: UnixMs,
) -> sqlx::Result<Option<Applicant>> {
    let row = sqlx::query(
        "SELECT a.* FROM applicant a JOIN access_token t ON t.applicant_id = a.id
         WHERE t.hash = $1 AND t.expires_at > $2",
    )
    .bind(hash)
    .bind(now)
    .fetch_optional(connection)
    .await?;
    row.as_ref().map(read).transpose()
}

/// Ends one token.
pub(crate) async fn delete_token(connection: &mut Connection, hash: &[u8]) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM access_token WHERE hash = $1").bind(hash).execute(connection).await?;
    Ok(())
}

/// Ends all tokens that were given for one grant.
pub(crate) async fn delete_tokens_of_grant(connection: &mut Connection, grant: &[u8]) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM access_token WHERE grant_hash = $1").bind(grant).execute(connection).await?;
    Ok(())
}

/// Writes what may change of a person.
pub(crate) async fn update(connection: &mut Connection, person: &Applicant) -> sqlx::Result<()> {
    sqlx::query("UPDATE applicant SET name = $2, email = $3, gsm = $4, eonay_consent_at = $5 WHERE id = $1")
        .bind(&person.id)
        .bind(&person.name)
        .bind(&person.email)
        .bind(&person.gsm)
        .bind(person.eonay_consent_at)
        .execute(connection)
        .await?;
    Ok(())
}

fn read(row: &super::Row) -> sqlx::Result<Applicant> {
    Ok(Applicant {
        id: row.try_get("id")?,
        tckn: row.try_get("tckn")?,
        name: row.try_get("name")?,
        email: row.try_get("email")?,
        gsm: row.try_get("gsm")?,
        eonay_consent_at: row.try_get("eonay_consent_at")?,
    })
}
