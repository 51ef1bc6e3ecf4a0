//! "Başvuru Bilgileri" (TAL.01.16, Şekil 3): reading and saving an order's form.
//!
//! Values are kept by the names of the fields. The lines of the signed text are made of the labels and what is shown.

pub(crate) mod check;
pub(crate) mod field;
pub(crate) mod schema;

use std::collections::BTreeMap;

use serde_json::json;

use self::check::FieldError;
use self::field::{Field, Kind as FieldKind, SECTIONS};
use crate::domain::application::machine::{Event, Step};
use crate::domain::application::read::own;
use crate::domain::application::sign_code::{self, Ending};
use crate::domain::application::{change, events};
use crate::domain::digest::{field as digest_field, sha256};
use crate::domain::problem::{Kind, Problem};
use crate::domain::service::Service;
use crate::domain::{gsm, mask};
use crate::store::applicant::Applicant;
use crate::store::application::Application;

/// What a form holds, by the names of its fields; a field that is not filled is not there.
pub(crate) type Values = BTreeMap<String, String>;

/// The form of an order.
pub(crate) struct Form {
    pub(crate) values: Values,
    /// SHA-256 over the values.
    pub(crate) digest: [u8; 32],
}

impl Form {
    /// The form as it is stored, with the locked fields of the person as they are now.
    pub(crate) fn of(application: &Application, person: &Applicant) -> Result<Self, Problem> {
        let mut values = stored(application)?;
        values.extend(locked(person));
        let digest = sha256(json!(values).to_string().as_bytes());
        Ok(Self { values, digest })
    }

    /// The strong entity tag.
    pub(crate) fn etag(&self) -> String {
        let hex: String = self.digest.iter().map(|octet| format!("{octet:02x}")).collect();
        format!("\"{hex}\"")
    }

    /// What an approval names the form by.
    pub(crate) fn form_digest(&self) -> String {
        digest_field(&self.digest)
    }

    /// What a field shows: the title of a choice, else the value.
    pub(crate) fn shown(&self, field: &Field) -> Option<&str> {
        let value = self.values.get(field.name)?;
        Some(field.title_of(value).unwrap_or(value))
    }

    /// Label and what is shown, in the order of the form; fields that are not filled have no line.
    fn lines(&self) -> Vec<(String, String)> {
        let fields = SECTIONS.iter().flat_map(|section| section.fields);
        let lines = fields.filter_map(|field| Some((field.label.to_owned(), self.shown(field)?.to_owned())));
        lines.collect()
    }
}

fn stored(application: &Application) -> Result<Values, Problem> {
    serde_json::from_str(&application.form_values).map_err(|error| {
        tracing::error!(%error, "a stored form cannot be read");
        Kind::Internal.into()
    })
}

/// The code of the certificate's duration, once it is chosen.
pub(crate) fn duration(application: &Application) -> Result<Option<String>, Problem> {
    Ok(stored(application)?.remove("certificate_duration"))
}

/// The mobile telephone, once it is filled in.
pub(crate) fn gsm_of(application: &Application) -> Result<Option<String>, Problem> {
    Ok(stored(application)?.remove("gsm"))
}

fn locked(person: &Applicant) -> [(String, String); 2] {
    [("tckn".to_owned(), mask::tckn(&person.tckn)), ("name".to_owned(), person.name.clone())]
}

/// The values that lines of labels and titles stand for; lines of no field are left out.
pub(crate) fn values_of_lines(lines: &[(String, String)]) -> Values {
    let fields = || SECTIONS.iter().flat_map(|section| section.fields);
    let value = |(label, shown): &(String, String)| {
        let field = fields().find(|field| field.label == label && field.kind != FieldKind::Locked)?;
        let value = field.code_of(shown).map_or_else(|| shown.clone(), str::to_owned);
        Some((field.name.to_owned(), value))
    };
    lines.iter().filter_map(value).collect()
}

/// Reads the form of the person's order.
pub(crate) async fn read(service: &Service, person: &Applicant, no: &str) -> Result<Form, Problem> {
    let mut connection = service.store.read().await?;
    let application = own(&mut connection, person, no).await?;
    Form::of(&application, person)
}

/// Saves the form if it is still the one that the caller has seen.
///
/// After an approval the order goes back: the approval is void and a new one is needed. Another mobile telephone has to
/// be verified again. Codes and sessions whose texts hold the old form are over.
pub(crate) async fn save(
    service: &Service,
    person: &Applicant,
    no: &str,
    if_match: Option<&str>,
    mut values: Values,
) -> Result<Form, Problem> {
    let now = service.now();
    let mut transaction = service.store.begin().await?;
    let mut application = own(&mut transaction, person, no).await?;
    let before = Form::of(&application, person)?;
    let if_match = if_match.ok_or(Kind::PreconditionRequired)?;
    if !matches(if_match, &before.etag()) {
        return Err(Kind::FormChanged.into());
    }
    canonical(&mut values);
    let errors = check::check(&values, &before.values);
    if !errors.is_empty() {
        return Err(invalid(&errors));
    }
    let gsm = values.get("gsm").cloned();
    values.retain(|name, _| !field::is_locked(name));
    application.form_values = json!(values).to_string();
    let after = Form::of(&application, person)?;
    application.form = json!(after.lines()).to_string();
    let step = change::step(&application)?;
    let has_new_phone = application.verified_gsm != gsm;
    change::apply(&mut transaction, &mut application, Event::SaveForm { has_new_phone }, now).await?;
    if has_new_phone {
        application.verified_gsm = None;
    }
    sign_code::end_all(&mut transaction, no, Ending::Order("form_changed"), now).await?;
    if step.is_approved() {
        events::add(&mut transaction, no, events::APPROVAL_VOID, now).await?;
    }
    let code = if step == Step::PreApplication { events::FORM_SAVED } else { events::FORM_UPDATED };
    events::add(&mut transaction, no, code, now).await?;
    change::write(&mut transaction, &application).await?;
    transaction.commit().await?;
    service.changed();
    Ok(after)
}

/// RFC 9110, 13.1.1: one of the tags, or any.
fn matches(if_match: &str, etag: &str) -> bool {
    if_match.split(',').map(str::trim).any(|tag| tag == "*" || tag == etag)
}

/// People write numbers of telephones in many ways; a value that is none stays as it is and is refused as such.
fn canonical(values: &mut Values) {
    if let Some(gsm) = values.get_mut("gsm")
        && let Some(canonical) = gsm::canonical(gsm)
    {
        *gsm = canonical;
    }
}

fn invalid(errors: &[FieldError]) -> Problem {
    let errors: Vec<_> = errors
        .iter()
        .map(|error| json!({ "pointer": format!("/values/{}", pointer_part(&error.name)), "code": error.code }))
        .collect();
    Problem::new(Kind::FormInvalid).with("errors", errors)
}

/// RFC 6901, 3.
fn pointer_part(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}
