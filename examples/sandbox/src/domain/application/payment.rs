//! What an order costs, who owes it, and the payment by card at the simulator of a virtual POS.

use crate::clock::UnixMs;
use crate::domain::application::form;
use crate::domain::application::machine::{Event, Payment as Paid};
use crate::domain::application::read::own;
use crate::domain::application::{change, events, progress};
use crate::domain::problem::{Kind, Problem};
use crate::domain::secret::random_id;
use crate::domain::service::Service;
use crate::store::Connection;
use crate::store::applicant::Applicant;
use crate::store::application::{self, Application};
use crate::store::payment_intent::{self, PaymentIntent};

/// Prices of the sandbox, in kuruş.
const ONE_YEAR: i64 = 39_000;
const THREE_YEARS: i64 = 60_000;
const INTENT_MS: i64 = 15 * 60 * 1000;

/// What the order costs: by the duration of its certificate.
pub(crate) fn amount_kurus(application: &Application) -> Result<i64, Problem> {
    let is_one_year = form::duration(application)?.as_deref() == Some("1y");
    Ok(if is_one_year { ONE_YEAR } else { THREE_YEARS })
}

/// Whether the person can pay it here and now.
pub(crate) fn is_payable(application: &Application) -> Result<bool, Problem> {
    let is_open = change::check(application, Event::ReceivePayment).is_ok();
    Ok(is_open && application.payer == "person" && change::state(application)?.payment == Paid::Pending)
}

/// Begins a payment by card; the identifier is what the simulator's page is asked for with.
pub(crate) async fn begin(service: &Service, person: &Applicant, no: &str) -> Result<PaymentIntent, Problem> {
    progress::settle(service).await?;
    let mut transaction = service.store.begin().await?;
    let application = own(&mut transaction, person, no).await?;
    if !is_payable(&application)? {
        return Err(Kind::NothingToPay.into());
    }
    let intent = PaymentIntent {
        id: random_id(),
        application_no: no.to_owned(),
        amount_kurus: amount_kurus(&application)?,
        expires_at: service.now() + INTENT_MS,
    };
    payment_intent::insert(&mut transaction, &intent).await?;
    transaction.commit().await?;
    Ok(intent)
}

/// What the simulator's page shows.
pub(crate) struct Pos {
    pub(crate) intent: PaymentIntent,
    /// Whether it can be paid now.
    pub(crate) is_open: bool,
    /// Whether the order is paid.
    pub(crate) is_paid: bool,
}

/// Whether this payment can be made now: once, in its time, and as long as it is what the order costs.
fn is_open(intent: &PaymentIntent, application: &Application, now: UnixMs) -> Result<bool, Problem> {
    let costs_the_same = amount_kurus(application)? == intent.amount_kurus;
    Ok(costs_the_same && now < intent.expires_at && is_payable(application)?)
}

/// Reads a payment by its identifier, the only credential of the page: whoever got the address from the person may
/// pay, an accountant for instance. It tells the order's number and the amount, nothing of the person.
pub(crate) async fn pos(service: &Service, id: &str) -> Result<Pos, Problem> {
    progress::settle(service).await?;
    let mut connection = service.store.read().await?;
    let (intent, application) = get(&mut connection, id).await?;
    let is_open = is_open(&intent, &application, service.now())?;
    let is_paid = change::state(&application)?.payment == Paid::Received;
    Ok(Pos { intent, is_open, is_paid })
}

/// The card is good: the money is here.
pub(crate) async fn pay(service: &Service, id: &str) -> Result<(), Problem> {
    progress::settle(service).await?;
    let now = service.now();
    let mut transaction = service.store.begin().await?;
    let (intent, mut application) = get(&mut transaction, id).await?;
    if now >= intent.expires_at {
        return Err(Kind::NotFound.into());
    }
    if !is_open(&intent, &application, now)? {
        return Err(Kind::NothingToPay.into());
    }
    receive(&mut transaction, &mut application, now).await?;
    transaction.commit().await?;
    service.changed();
    Ok(())
}

/// The money came by a bank, whoever paid it.
pub(crate) async fn receive_by_bank(service: &Service, no: &str) -> Result<(), Problem> {
    let mut transaction = service.store.begin().await?;
    let application = application::get(&mut transaction, no).await?;
    receive(&mut transaction, &mut application.ok_or(Kind::NotFound)?, service.now()).await?;
    transaction.commit().await?;
    service.changed();
    Ok(())
}

async fn get(connection: &mut Connection, id: &str) -> Result<(PaymentIntent, Application), Problem> {
    let intent = payment_intent::get(connection, id).await?.ok_or(Kind::NotFound)?;
    let application = application::get(connection, &intent.application_no).await?.ok_or(Kind::Internal)?;
    Ok((intent, application))
}

async fn receive(
    connection: &mut Connection,
    application: &mut Application,
    now: UnixMs,
) -> Result<(), Problem> {
    change::apply(connection, application, Event::ReceivePayment, now).await?;
    events::add(connection, &application.no, events::PAYMENT_RECEIVED, now).await?;
    change::write(connection, application).await
}
