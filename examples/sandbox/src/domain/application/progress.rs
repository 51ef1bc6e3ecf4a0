//! What an order does by itself: it is cancelled when nobody cares for it, made, sent, delivered, active.
//!
//! No task of its own: whoever reads orders settles first what has come due by the service's clock.

use kamusm_test_ca::LeafSpec;

use crate::clock::UnixMs;
use crate::domain::application::change::{ACTIVATION_MS, DAY_MS, SHIPPING_MS};
use crate::domain::application::machine::{Event, Payment, Step};
use crate::domain::application::sign_code::{self, Ending};
use crate::domain::application::{change, events, form, production};
use crate::domain::pki::issue;
use crate::domain::problem::{Kind, Problem};
use crate::domain::service::Service;
use crate::store::application::{self, Application};
use crate::store::{Connection, applicant, certificate};

/// Who or what cancels an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum By {
    Institution,
    Person,
    Timeout,
}

impl By {
    const fn name(self) -> &'static str {
        match self {
            Self::Institution => "institution",
            Self::Person => "person",
            Self::Timeout => "timeout",
        }
    }

    const fn event(self) -> &'static str {
        match self {
            Self::Institution => events::CANCELLED_BY_INSTITUTION,
            Self::Person => events::CANCELLED_BY_PERSON,
            Self::Timeout => events::CANCELLED_BY_TIMEOUT,
        }
    }
}

/// Lets every order do what has come due.
pub(crate) async fn settle(service: &Service) -> Result<(), Problem> {
    let now = service.now();
    let mut connection = service.store.read().await?;
    let is_quiet = application::due(&mut connection, now).await?.is_empty();
    drop(connection);
    if is_quiet {
        return Ok(());
    }
    let mut transaction = service.store.begin().await?;
    // One round moves an order one step; the clock may have been moved over many.
    loop {
        let due = application::due(&mut transaction, now).await?;
        if due.is_empty() {
            break;
        }
        for mut application in due {
            let at = application.due_at.unwrap_or(now);
            advance(service, &mut transaction, &mut application, at).await?;
        }
    }
    transaction.commit().await?;
    service.changed();
    Ok(())
}

/// One step, as of the time that it was due.
async fn advance(
    service: &Service,
    connection: &mut Connection,
    application: &mut Application,
    at: UnixMs,
) -> Result<(), Problem> {
    match next_event(change::step(application)?) {
        Some(event) => produce(service, connection, application, event, at).await,
        None => time_out(connection, application, at, service.now()).await,
    }
}

/// Nobody cared for the order; one whose signatures are being decided gets another day.
async fn time_out(
    connection: &mut Connection,
    application: &mut Application,
    at: UnixMs,
    now: UnixMs,
) -> Result<(), Problem> {
    let mut cancelled = application.clone();
    match cancel(connection, &mut cancelled, By::Timeout, at, now).await {
        Err(problem) if problem.kind() == Kind::AlreadyApproved => {
            application.due_at = Some(at + DAY_MS);
            change::write(connection, application).await
        }
        result => result,
    }
}

/// What production does next with an order in this step.
pub(crate) const fn next_event(step: Step) -> Option<Event> {
    match step {
        Step::ProductionPending => Some(Event::StartProduction),
        Step::InProduction => Some(Event::Ship),
        Step::Shipped => Some(Event::Deliver),
        Step::Delivered => Some(Event::Activate),
        _ => None,
    }
}

/// Moves an order one step of production on.
pub(crate) async fn produce(
    service: &Service,
    connection: &mut Connection,
    application: &mut Application,
    event: Event,
    at: UnixMs,
) -> Result<(), Problem> {
    let next = change::apply(connection, application, event, at).await?;
    let code = match next.step {
        Step::InProduction => events::IN_PRODUCTION,
        Step::Shipped => events::SHIPPED,
        Step::Delivered => events::DELIVERED,
        _ => events::ACTIVE,
    };
    events::add(connection, &application.no, code, at).await?;
    if next.step == Step::Shipped {
        make_certificate(service, connection, application, at).await?;
    }
    change::write(connection, application).await
}

/// The card is made: its certificate is there, and those that it replaces are revoked.
async fn make_certificate(
    service: &Service,
    connection: &mut Connection,
    application: &Application,
    at: UnixMs,
) -> Result<(), Problem> {
    let person = applicant::get(connection, &application.applicant_id).await?;
    let revokes = production::revokes_existing(&application.reason);
    if revokes {
        let Application { no, institution, .. } = application;
        certificate::revoke_of_institution(connection, &person.tckn, institution, at).await?;
        events::add(connection, no, events::CERTIFICATES_REVOKED, at).await?;
    }
    let years = if form::duration(application)?.as_deref() == Some("1y") { 1 } else { 3 };
    // One that replaces others is active when it is made; else the card works once it can be in the person's hands.
    let begins = if revokes { at } else { at + SHIPPING_MS + ACTIVATION_MS };
    let not_before = begins.div_euclid(1000);
    let spec = LeafSpec {
        tckn: Some(person.tckn),
        common_name: person.name,
        not_before: Some(not_before),
        not_after: Some(not_before + years * 365 * 24 * 60 * 60),
        ..LeafSpec::default()
    };
    issue::make(service, connection, spec, &application.institution).await
}

/// Ends an order before its production as of a time, with the codes and sessions that it has by now.
pub(crate) async fn cancel(
    connection: &mut Connection,
    application: &mut Application,
    by: By,
    at: UnixMs,
    now: UnixMs,
) -> Result<(), Problem> {
    let next = change::apply(connection, application, Event::Cancel, at).await?;
    application.cancelled_by = Some(by.name().to_owned());
    sign_code::end_all(connection, &application.no, Ending::Order("application_cancelled"), now).await?;
    if next.payment == Payment::Refunded {
        events::add(connection, &application.no, events::PAYMENT_REFUNDED, at).await?;
    }
    events::add(connection, &application.no, by.event(), at).await?;
    change::write(connection, application).await
}

/// Lets production do its next step now.
pub(crate) async fn push(service: &Service, no: &str) -> Result<(), Problem> {
    let now = service.now();
    let mut transaction = service.store.begin().await?;
    let application = application::get(&mut transaction, no).await?;
    let mut application = application.ok_or(Kind::NotFound)?;
    let step = change::step(&application)?;
    let event = next_event(step).ok_or_else(|| Problem::new(Kind::WrongState).with("state", step.name()))?;
    produce(service, &mut transaction, &mut application, event, now).await?;
    transaction.commit().await?;
    service.changed();
    Ok(())
}
