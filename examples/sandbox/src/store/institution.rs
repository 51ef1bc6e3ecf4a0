//! Institutions, and the persons who are responsible for e-imza in them.

use sqlx::Row as _;

use super::Connection;

/// An institution.
#[derive(Clone, Debug)]
pub(crate) struct Institution {
    pub(crate) id: String,
    pub(crate) name: String,
}

/// Adds the institution unless there is one of this identifier.
pub(crate) async fn insert(connection: &mut Connection, new: &Institution) -> sqlx::Result<()> {
    sqlx::query("INSERT INTO institution (id, name) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING")
        .bind(&new.id)
        .bind(&new.name)
        .execute(connection)
        .await?;
    Ok(())
}

/// Makes the person e-imza sorumlusu of the institution.
pub(crate) async fn add_officer(
    connection: &mut Connection,
    institution: &str,
    applicant: &str,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO officer (institution_id, applicant_id) VALUES ($1, $2)
         ON CONFLICT (institution_id, applicant_id) DO NOTHING",
    )
    .bind(institution)
    .bind(applicant)
    .execute(connection)
    .await?;
    Ok(())
}

/// Where the person is e-imza sorumlusu, by name.
pub(crate) async fn of_officer(
    connection: &mut Connection,
    applicant: &str,
) -> sqlx::Result<Vec<Institution>> {
    let rows = sqlx::query(
        "SELECT i.* FROM institution i JOIN officer o ON o.institution_id = i.id
         WHERE o.applicant_id = $1 ORDER BY i.name, i.id",
    )
    .bind(applicant)
    .fetch_all(connection)
    .await?;
    rows.iter().map(read).collect()
}

fn read(row: &super::Row) -> sqlx::Result<Institution> {
    Ok(Institution { id: row.try_get("id")?, name: row.try_get("name")? })
}
