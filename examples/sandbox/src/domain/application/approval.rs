//! How an order can be approved, and the approval by e-onay. That by e-imza begins with a doğrulama kodu.

use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use crate::clock::UnixMs;
use crate::domain::application::commitment::Commitment;
use crate::domain::application::form::Form;
use crate::domain::application::machine::{Event, State};
use crate::domain::application::read::own;
use crate::domain::application::sign_code::{self, Ending};
use crate::domain::application::{change, commitment, events, progress};
use crate::domain::digest::{field, sha256};
use crate::domain::person::has_valid_certificate;
use crate::domain::problem::{Kind, Problem};
use crate::domain::secret::random_id;
use crate::domain::service::Service;
use crate::domain::time::rfc3339;
use crate::store::Connection;
use crate::store::applicant::Applicant;
use crate::store::application::Application;
use crate::store::eonay::{self, Eonay};

/// A way to approve.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ApprovalMethodCode)]
pub(crate) enum Method {
    /// A tick and a button, for those who agreed to this way before.
    EOnay,
    /// A signature with a certificate that the person has.
    EImza,
}

impl Method {
    const ALL: [Self; 2] = [Self::EOnay, Self::EImza];

    const fn name(self) -> &'static str {
        match self {
            Self::EOnay => "e_onay",
            Self::EImza => "e_imza",
        }
    }

    /// As the page shows it.
    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::EOnay => "E-Onay",
            Self::EImza => "e-imza ile Onayla",
        }
    }

    /// Refuses an order whose institution does not want this way.
    pub(crate) fn require(self, application: &Application) -> Result<(), Problem> {
        let is_allowed = application.methods.split(',').any(|name| name == self.name());
        if is_allowed { Ok(()) } else { Err(Kind::MethodNotAllowed.into()) }
    }
}

/// A way to approve, and what stands in its way.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Choice {
    pub(crate) method: Method,
    /// `wrong_state`, `phone_not_verified`, `no_prior_consent`, `no_valid_certificate` or `not_read`.
    pub(crate) reason: Option<&'static str>,
}

/// What the page "Onay" shows.
pub(crate) struct Approval {
    pub(crate) application: Application,
    pub(crate) choices: Vec<Choice>,
    pub(crate) form_digest: String,
}

/// How the person's order can be approved now.
pub(crate) async fn read(service: &Service, person: &Applicant, no: &str) -> Result<Approval, Problem> {
    progress::settle(service).await?;
    let now = service.now();
    let mut connection = service.store.read().await?;
    let application = own(&mut connection, person, no).await?;
    let form = Form::of(&application, person)?;
    let of_state = match change::state(&application)?.next(Event::Approve) {
        Ok(_) => None,
        Err(Kind::PhoneNotVerified) => Some("phone_not_verified"),
        Err(_) => Some("wrong_state"),
    };
    let is_read = commitment::is_read(&mut connection, no).await?;
    let mut choices = Vec::new();
    for method in Method::ALL.into_iter().filter(|method| method.require(&application).is_ok()) {
        let of_person = match method {
            Method::EOnay => person.eonay_consent_at.is_none().then_some("no_prior_consent"),
            Method::EImza => {
                let has_certificate = has_valid_certificate(&mut connection, person, now).await?;
                (!has_certificate).then_some("no_valid_certificate")
            }
        };
        let reason = of_state.or(of_person).or((!is_read).then_some("not_read"));
        choices.push(Choice { method, reason });
    }
    Ok(Approval { application, choices, form_digest: form.form_digest() })
}

/// What the person sends with "E-Onay".
pub(crate) struct Given<'a> {
    pub(crate) view_ids: &'a [String],
    pub(crate) form_digest: &'a str,
    pub(crate) accepted: bool,
}

/// Approves by e-onay.
pub(crate) async fn approve(
    service: &Service,
    person: &Applicant,
    no: &str,
    given: &Given<'_>,
) -> Result<(), Problem> {
    progress::settle(service).await?;
    let now = service.now();
    let mut transaction = service.store.begin().await?;
    let mut application = own(&mut transaction, person, no).await?;
    change::check(&application, Event::Approve)?;
    Method::EOnay.require(&application)?;
    if person.eonay_consent_at.is_none() {
        return Err(Kind::NoPriorConsent.into());
    }
    commitment::require(&mut transaction, no, given.view_ids).await?;
    if !given.accepted {
        return Err(Kind::NotAccepted.into());
    }
    let form = Form::of(&application, person)?;
    if form.form_digest() != given.form_digest {
        return Err(Kind::FormChanged.into());
    }
    // A code that is out would let the order be approved twice.
    sign_code::end_all(&mut transaction, no, Ending::Order("approved_by_eonay"), now).await?;
    let record = record(no, given, &form, now).to_string().into_bytes();
    let evidence = Eonay {
        id: random_id(),
        application_no: no.to_owned(),
        digest: sha256(&record).to_vec(),
        record,
        approved_at: now,
    };
    eonay::insert(&mut transaction, &evidence).await?;
    accept(&mut transaction, &mut application, Method::EOnay, now).await?;
    transaction.commit().await?;
    service.changed();
    Ok(())
}

/// What stays of the approval, as JSON.
fn record(no: &str, given: &Given<'_>, form: &Form, now: UnixMs) -> Value {
    let commitments = commitment::ALL.iter().map(|commitment| {
        let Commitment { id, title, version, .. } = commitment;
        json!({ "id": id, "title": title, "version": version, "digest": field(&commitment.digest()) })
    });
    json!({
        "application": no,
        "method": Method::EOnay.name(),
        "approved_at": rfc3339(now),
        "form_digest": given.form_digest,
        "form": form.values,
        "commitments": commitments.collect::<Vec<_>>(),
        "view_ids": given.view_ids,
    })
}

/// The approval counts: the order goes on to the payment or to production.
pub(crate) async fn accept(
    connection: &mut Connection,
    application: &mut Application,
    method: Method,
    now: UnixMs,
) -> Result<State, Problem> {
    let next = change::apply(connection, application, Event::Approve, now).await?;
    let code = match method {
        Method::EOnay => events::APPROVED_BY_EONAY,
        Method::EImza => events::APPROVED_BY_EIMZA,
    };
    events::add(connection, &application.no, code, now).await?;
    change::write(connection, application).await?;
    Ok(next)
}
