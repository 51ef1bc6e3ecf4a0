//! Applies an event of the state machine to a stored order: step, payment, days, and when it moves on by itself.

use jiff::civil::Date;

use crate::clock::UnixMs;
use crate::domain::application::machine::{Event, Payment, State, Step};
use crate::domain::application::production;
use crate::domain::problem::{Kind, Problem};
use crate::domain::time::{date_of, start_of};
use crate::store::application::{self, Application};
use crate::store::{Connection, applicant, certificate};

const HOUR_MS: i64 = 60 * 60 * 1000;
pub(crate) const DAY_MS: i64 = 24 * HOUR_MS;
/// An order that the person leaves alone for so long is cancelled.
const TIMEOUT_MS: i64 = 90 * DAY_MS;
/// "At once" leaves the person this long to change the form again.
const AT_ONCE_MS: i64 = HOUR_MS;
/// The stand-in's own times of production and delivery.
const MAKING_MS: i64 = 2 * DAY_MS;
pub(crate) const SHIPPING_MS: i64 = 3 * DAY_MS;
pub(crate) const ACTIVATION_MS: i64 = DAY_MS;

/// How far a stored order is.
pub(crate) fn step(application: &Application) -> Result<Step, Problem> {
    Step::parse(&application.state).ok_or_else(|| unreadable("state"))
}

/// Where a stored order stands.
pub(crate) fn state(application: &Application) -> Result<State, Problem> {
    Ok(State {
        step: step(application)?,
        payment: Payment::parse(&application.payment).ok_or_else(|| unreadable("payment"))?,
        is_phone_verified: application.verified_gsm.is_some(),
        is_prepaid: application.prepaid,
    })
}

fn unreadable(column: &str) -> Problem {
    tracing::error!(column, "a stored order has an unknown word");
    Kind::Internal.into()
}

/// Whether the event may happen now.
pub(crate) fn check(application: &Application, event: Event) -> Result<State, Problem> {
    state(application)?.next(event).map_err(|kind| match kind {
        Kind::WrongState | Kind::TooLateToCancel => {
            Problem::new(kind).with("state", application.state.as_str())
        }
        _ => kind.into(),
    })
}

/// Lets the event happen. The order is changed but not written.
pub(crate) async fn apply(
    connection: &mut Connection,
    application: &mut Application,
    event: Event,
    now: UnixMs,
) -> Result<State, Problem> {
    let before = step(application)?;
    let next = check(application, event)?;
    next.step.name().clone_into(&mut application.state);
    next.payment.name().clone_into(&mut application.payment);
    if next.step.is_before_production() && next.step != Step::ProductionPending {
        application.earliest_on = None;
    }
    application.due_at = match next.step {
        Step::ProductionPending if before == Step::ProductionPending => application.due_at,
        Step::ProductionPending => {
            let day = earliest_on(connection, application, now).await?;
            application.earliest_on = Some(day.to_string());
            Some(start_of(day).max(now + AT_ONCE_MS))
        }
        Step::InProduction => Some(now + MAKING_MS),
        Step::Shipped => Some(now + SHIPPING_MS),
        Step::Delivered => Some(now + ACTIVATION_MS),
        Step::Active | Step::Cancelled => None,
        Step::PreApplication | Step::FormSaved | Step::PhoneVerified | Step::PaymentPending => {
            Some(now + TIMEOUT_MS)
        }
    };
    Ok(next)
}

async fn earliest_on(
    connection: &mut Connection,
    application: &Application,
    now: UnixMs,
) -> Result<Date, Problem> {
    let person = applicant::get(connection, &application.applicant_id).await?;
    let newest = certificate::newest_end(connection, &person.tckn, now).await?;
    let newest = newest.map(date_of);
    let Application { reason, institution_change, .. } = application;
    Ok(production::earliest_on(reason, *institution_change, date_of(now), newest))
}

/// Writes a changed order; its version grows.
pub(crate) async fn write(connection: &mut Connection, application: &Application) -> Result<(), Problem> {
    Ok(application::update(connection, application).await?)
}

/// When an order that is new in this step moves on by itself.
pub(crate) fn due_of_new(step: Step, now: UnixMs) -> Option<UnixMs> {
    let waits_for_the_person = step.is_before_production() && step != Step::ProductionPending;
    waits_for_the_person.then_some(now + TIMEOUT_MS)
}
