//! The institution's side (TAL.01.16, 4.1): its e-imza sorumlusu begins orders for its staff and follows them.

mod mail;
mod row;

pub(crate) use row::Row;

use crate::clock::UnixMs;
use crate::domain::application::progress;
use crate::domain::application::status::{Status, status};
use crate::domain::outbox;
use crate::domain::problem::{Kind, Problem};
use crate::domain::secret::random;
use crate::domain::seed::{self, Order};
use crate::domain::service::{Changing, Service};
use crate::domain::time::rfc3339;
use crate::store::applicant::{self, Applicant};
use crate::store::institution::{self, Institution};
use crate::store::pre_application::{self, PreApplication};
use crate::store::{Connection, application};

/// How many rows may come at once.
pub(crate) const MOST_ROWS: usize = 500;
/// The steps before the approval: a second order beside one of these would be the same order again.
const OPEN: [&str; 3] = ["pre_application", "form_saved", "phone_verified"];

impl Changing for PreApplication {
    fn mark(&self) -> String {
        self.application.version.to_string()
    }

    fn next_change(&self) -> Option<UnixMs> {
        self.application.due_at
    }
}

impl PreApplication {
    pub(crate) fn status(&self) -> Status {
        status(&self.application)
    }
}

/// The institution, for who is responsible there; for others it does not exist.
async fn own(connection: &mut Connection, person: &Applicant, id: &str) -> Result<Institution, Problem> {
    let institutions = institution::of_officer(connection, &person.id).await?;
    institutions.into_iter().find(|institution| institution.id == id).ok_or_else(|| Kind::NotFound.into())
}

/// Begins an order for each row that is right; the others are told, each by itself.
pub(crate) async fn begin(
    service: &Service,
    officer: &Applicant,
    institution: &str,
    rows: &[Row],
) -> Result<Vec<Result<String, Problem>>, Problem> {
    let mut transaction = service.store.begin().await?;
    let institution = own(&mut transaction, officer, institution).await?;
    if rows.is_empty() || rows.len() > MOST_ROWS {
        return Err(Problem::new(Kind::Malformed).with("pointer", "/items").with("most", MOST_ROWS));
    }
    let mut placed = Vec::with_capacity(rows.len());
    for row in rows {
        placed.push(match begin_one(service, &mut transaction, &institution, row).await {
            Err(problem) if problem.kind() == Kind::Internal => return Err(problem),
            result => result,
        });
    }
    transaction.commit().await?;
    service.changed();
    Ok(placed)
}

/// Everything that may be refused comes before the first write.
async fn begin_one(
    service: &Service,
    connection: &mut Connection,
    institution: &Institution,
    row: &Row,
) -> Result<String, Problem> {
    let known = applicant::by_tckn(connection, &row.tckn).await?;
    row.check(known.is_some())?;
    if let Some(person) = &known {
        let orders = application::of_applicant(connection, &person.id).await?;
        let is_open = |state: &str| OPEN.contains(&state);
        let before =
            orders.iter().find(|order| order.institution == institution.name && is_open(&order.state));
        if let Some(order) = before {
            return Err(Problem::new(Kind::WrongState).with("no", order.no.as_str()));
        }
    }
    let mut person = match known {
        Some(person) => person,
        None => applicant::get_or_insert(connection, &Applicant::new(&row.tckn, row.name.trim())).await?,
    };
    person.email = Some(row.email.clone());
    if row.gsm.is_some() {
        person.gsm.clone_from(&row.gsm);
    }
    applicant::update(connection, &person).await?;
    let order = order(&free_number(connection).await?, institution, row, service.now());
    seed::add(connection, &person, &order, service.now()).await?;
    pre_application::insert(connection, &order.no, &institution.id).await?;
    let text = mail::text(&service.base_url, &person.name, &institution.name, &order.no);
    outbox::mail(service, connection, &row.email, &text).await?;
    Ok(order.no)
}

fn order(no: &str, institution: &Institution, row: &Row, now: UnixMs) -> Order {
    let ready = Order::ready(no);
    Order {
        applied_on: rfc3339(now).chars().take("2021-12-17".len()).collect(),
        institution: institution.name.clone(),
        product: row.product.clone().unwrap_or(ready.product),
        reason: row.reason.clone(),
        institution_change: row.institution_change.unwrap_or_default(),
        payer: row.payer.clone().unwrap_or(ready.payer),
        prepaid: row.prepaid.unwrap_or(ready.prepaid),
        state: OPEN[0].to_owned(),
        commitment_read: false,
        form: vec![("Kurum Adı".to_owned(), institution.name.clone())],
        ..Order::ready(no)
    }
}

/// Numbers do not tell how many orders there are.
async fn free_number(connection: &mut Connection) -> Result<String, Problem> {
    loop {
        let no = format!("SD-{}", 1_000_000 + u32::from_be_bytes(random()) % 9_000_000);
        if application::get(connection, &no).await?.is_none() {
            return Ok(no);
        }
    }
}

/// All orders that the institution began, the latest first.
pub(crate) async fn all(
    service: &Service,
    officer: &Applicant,
    institution: &str,
) -> Result<Vec<PreApplication>, Problem> {
    progress::settle(service).await?;
    let mut connection = service.store.read().await?;
    own(&mut connection, officer, institution).await?;
    Ok(pre_application::of_institution(&mut connection, institution).await?)
}

/// One of them.
pub(crate) async fn one(
    service: &Service,
    officer: &Applicant,
    institution: &str,
    no: &str,
) -> Result<PreApplication, Problem> {
    progress::settle(service).await?;
    let mut connection = service.store.read().await?;
    own(&mut connection, officer, institution).await?;
    pre_application::get(&mut connection, institution, no).await?.ok_or_else(|| Kind::NotFound.into())
}
