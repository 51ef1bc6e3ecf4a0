//! Orders: what is applied for, by whom, and how far it is.

use sqlx::Row as _;

use super::Connection;
use crate::clock::UnixMs;

/// An order. No `Debug`: its form holds personal data.
#[derive(Clone)]
pub(crate) struct Application {
    pub(crate) no: String,
    pub(crate) applicant_id: String,
    pub(crate) applied_on: String,
    pub(crate) institution: String,
    pub(crate) product: String,
    pub(crate) reason: String,
    pub(crate) institution_change: bool,
    pub(crate) payer: String,
    pub(crate) prepaid: bool,
    pub(crate) state: String,
    pub(crate) cancelled_by: Option<String>,
    pub(crate) commitment_read: bool,
    /// Label and value of each line, as JSON.
    pub(crate) form: String,
    /// What the form holds, by the names of its fields, as JSON.
    pub(crate) form_values: String,
    /// The mobile telephone that an SMS code was right for.
    pub(crate) verified_gsm: Option<String>,
    /// How the order may be approved: names with commas between.
    pub(crate) methods: String,
    /// `not_required`, `pending`, `received` or `refunded`.
    pub(crate) payment: String,
    /// The first day of production, `2026-06-23`.
    pub(crate) earliest_on: Option<String>,
    /// When the order moves on by itself.
    pub(crate) due_at: Option<UnixMs>,
    /// How many texts are signed.
    pub(crate) texts: i64,
    /// Grows with each change.
    pub(crate) version: i64,
}

/// Adds the order unless its number is taken; tells whether it did.
pub(crate) async fn insert(connection: &mut Connection, new: &Application) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "INSERT INTO application (no, applicant_id, applied_on, institution, product, reason,
            institution_change, payer, prepaid, state, cancelled_by, commitment_read, form, form_values,
            verified_gsm, methods, payment, earliest_on, due_at, texts, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)
         ON CONFLICT (no) DO NOTHING",
    )
    .bind(&new.no)
    .bind(&new.applicant_id)
    .bind(&new.applied_on)
    .bind(&new.institution)
    .bind(&new.product)
    .bind(&new.reason)
    .bind(i64::from(new.institution_change))
    .bind(&new.payer)
    .bind(i64::from(new.prepaid))
    .bind(&new.state)
    .bind(&new.cancelled_by)
    .bind(i64::from(new.commitment_read))
    .bind(&new.form)
    .bind(&new.form_values)
    .bind(&new.verified_gsm)
    .bind(&new.methods)
    .bind(&new.payment)
    .bind(&new.earliest_on)
    .bind(new.due_at)
    .bind(new.texts)
    .bind(new.version)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn get(connection: &mut Connection, no: &str) -> sqlx::Result<Option<Application>> {
    let row =
        sqlx::query("SELECT * FROM application WHERE no = $1").bind(no).fetch_optional(connection).await?;
    row.as_ref().map(read).transpose()
}

/// The person's orders, the latest first.
pub(crate) async fn of_applicant(
    connection: &mut Connection,
    applicant: &str,
) -> sqlx::Result<Vec<Application>> {
    let rows =
        sqlx::query("SELECT * FROM application WHERE applicant_id = $1 ORDER BY applied_on DESC, no DESC")
            .bind(applicant)
            .fetch_all(connection)
            .await?;
    rows.iter().map(read).collect()
}

/// Writes what may change of an order; its version grows.
pub(crate) async fn update(connection: &mut Connection, application: &Application) -> sqlx::Result<()> {
    sqlx::query(
        "UPDATE application SET state = $2, cancelled_by = $3, form = $4, form_values = $5, verified_gsm = $6,
            payment = $7, earliest_on = $8, due_at = $9, version = version + 1
         WHERE no = $1",
    )
    .bind(&application.no)
    .bind(&application.state)
    .bind(&application.cancelled_by)
    .bind(&application.form)
    .bind(&application.form_values)
    .bind(&application.verified_gsm)
    .bind(&application.payment)
    .bind(&application.earliest_on)
    .bind(application.due_at)
    .execute(connection)
    .await?;
    Ok(())
}

/// The orders that move on by themselves by this time, the longest due first.
pub(crate) async fn due(connection: &mut Connection, now: UnixMs) -> sqlx::Result<Vec<Application>> {
    let rows = sqlx::query("SELECT * FROM application WHERE due_at <= $1 ORDER BY due_at, no")
        .bind(now)
        .fetch_all(connection)
        .await?;
    rows.iter().map(read).collect()
}

pub(crate) async fn set_commitment_read(
    connection: &mut Connection,
    no: &str,
    read: bool,
) -> sqlx::Result<()> {
    sqlx::query("UPDATE application SET commitment_read = $2, version = version + 1 WHERE no = $1")
        .bind(no)
        .bind(i64::from(read))
        .execute(connection)
        .await?;
    Ok(())
}

pub(super) fn read(row: &super::Row) -> sqlx::Result<Application> {
    Ok(Application {
        no: row.try_get("no")?,
        applicant_id: row.try_get("applicant_id")?,
        applied_on: row.try_get("applied_on")?,
        institution: row.try_get("institution")?,
        product: row.try_get("product")?,
        reason: row.try_get("reason")?,
        institution_change: row.try_get::<i64, _>("institution_change")? != 0,
        payer: row.try_get("payer")?,
        prepaid: row.try_get::<i64, _>("prepaid")? != 0,
        state: row.try_get("state")?,
        cancelled_by: row.try_get("cancelled_by")?,
        commitment_read: row.try_get::<i64, _>("commitment_read")? != 0,
        form: row.try_get("form")?,
        form_values: row.try_get("form_values")?,
        verified_gsm: row.try_get("verified_gsm")?,
        methods: row.try_get("methods")?,
        payment: row.try_get("payment")?,
        earliest_on: row.try_get("earliest_on")?,
        due_at: row.try_get("due_at")?,
        texts: row.try_get("texts")?,
        version: row.try_get("version")?,
    })
}
