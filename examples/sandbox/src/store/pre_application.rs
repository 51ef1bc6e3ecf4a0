//! Orders that an institution began, with the person of each.

use sqlx::Row as _;

use super::Connection;
use super::application::{self, Application};

/// An order that an institution began. No `Debug`: it holds personal data.
#[derive(Clone)]
pub(crate) struct PreApplication {
    pub(crate) application: Application,
    pub(crate) tckn: String,
    pub(crate) name: String,
}

const SELECT: &str = "SELECT a.*, p.tckn AS person_tckn, p.name AS person_name FROM pre_application b
    JOIN application a ON a.no = b.application_no JOIN applicant p ON p.id = a.applicant_id";

/// Says which institution began the order.
pub(crate) async fn insert(connection: &mut Connection, no: &str, institution: &str) -> sqlx::Result<()> {
    sqlx::query("INSERT INTO pre_application (application_no, institution_id) VALUES ($1, $2)")
        .bind(no)
        .bind(institution)
        .execute(connection)
        .await?;
    Ok(())
}

/// All of the institution, the latest first.
pub(crate) async fn of_institution(
    connection: &mut Connection,
    institution: &str,
) -> sqlx::Result<Vec<PreApplication>> {
    let query = format!("{SELECT} WHERE b.institution_id = $1 ORDER BY a.applied_on DESC, a.no DESC");
    let rows = sqlx::query(sqlx::AssertSqlSafe(query)).bind(institution).fetch_all(connection).await?;
    rows.iter().map(read).collect()
}

/// One of the institution.
pub(crate) async fn get(
    connection: &mut Connection,
    institution: &str,
    no: &str,
) -> sqlx::Result<Option<PreApplication>> {
    let query = format!("{SELECT} WHERE b.institution_id = $1 AND a.no = $2");
    let query = sqlx::query(sqlx::AssertSqlSafe(query)).bind(institution).bind(no);
    query.fetch_optional(connection).await?.as_ref().map(read).transpose()
}

fn read(row: &super::Row) -> sqlx::Result<PreApplication> {
    Ok(PreApplication {
        application: application::read(row)?,
        tckn: row.try_get("person_tckn")?,
        name: row.try_get("person_name")?,
    })
}
