//! "Başvuru Bilgileri": the form with its fields, and what is changed of it.

use kamusm::{
    application::ApplicationNumber,
    error::{Code, Error, FieldError, FieldErrorCode, Result},
    form::{Field, Form, FormValues},
    reference::Choice,
};
use serde_json::{Value, json};

use super::desk::Desk;
use crate::{
    front::{Reply, Stop},
    line_entry::{Echo, Question},
    mask::mask,
    messages::Message,
    screen::Screen,
};

/// Shows the form; saves what is set.
pub(super) fn walk(
    screen: &mut Screen<'_>,
    desk: &Desk<'_>,
    number: &ApplicationNumber,
    set: &[String],
) -> Reply<()> {
    let form = read(desk, number)?;
    if set.is_empty() {
        show(screen, &form);
        return Ok(());
    }
    let values = changed(&form, set, |name| ask(screen, &form, name))?;
    match save(desk, number, &form, &values) {
        Ok(saved) => {
            show(screen, &saved);
            screen.say(Message::FormSaved);
            Ok(())
        }
        Err(error) => {
            tell_fields(screen, desk, &form, error.fields());
            Err(error.into())
        }
    }
}

/// The same without questions.
pub(super) fn save_given(desk: &Desk<'_>, number: &ApplicationNumber, set: &[String]) -> Result<Form> {
    let form = read(desk, number)?;
    if set.is_empty() {
        return Ok(form);
    }
    let missing = |_: &str| Err(Error::new(Code::Range, "a field to set has no value, and nobody is asked"));
    save(desk, number, &form, &changed(&form, set, missing)?)
}

fn read(desk: &Desk<'_>, number: &ApplicationNumber) -> Result<Form> {
    desk.perform(&Form::read(&desk.config, &desk.token, number))
}

/// Over exactly the version that was read.
fn save(desk: &Desk<'_>, number: &ApplicationNumber, form: &Form, values: &FormValues) -> Result<Form> {
    desk.perform(&Form::save(&desk.config, &desk.token, number, &form.etag, values))
}

fn changed<E>(
    form: &Form,
    set: &[String],
    mut missing: impl FnMut(&str) -> Result<String, E>,
) -> Result<FormValues, E> {
    let mut values = form.values.clone();
    for given in set {
        match given.split_once('=') {
            Some((name, value)) => values.set(name, value),
            None => values.set(given, missing(given)?),
        }
    }
    Ok(values)
}

/// What would be seen by everybody on the command line, such as a telephone.
fn ask(screen: &mut Screen<'_>, form: &Form, name: &str) -> Reply<String> {
    let prompt = format!("{}: ", label(form, name));
    let question = Question { prompt: &prompt, echo: Echo::Shown, countdown: None, ends_in_time: false };
    let typed = screen.ask(question)?;
    let text = std::str::from_utf8(typed.octets());
    text.map(str::to_owned).map_err(|_| Stop::Failed(Error::new(Code::Range, "the value is not UTF-8")))
}

fn show(screen: &mut Screen<'_>, form: &Form) {
    screen.heading(Message::FormHeading);
    for section in &form.sections {
        screen.line(&section.title);
        for field in &section.fields {
            let value = mask(form.values.get(&field.name).unwrap_or("-"));
            let is_locked = form.locked.contains(&field.name);
            let message = if is_locked { Message::LockedField } else { Message::FormField };
            screen.fill(message, &[&field.label, &field.name, &value]);
        }
    }
}

fn tell_fields(screen: &mut Screen<'_>, desk: &Desk<'_>, form: &Form, errors: &[FieldError]) {
    for error in errors {
        let name = error.pointer.strip_prefix("/values/").unwrap_or(&error.pointer);
        let what = screen.words().say(sentence(&error.code));
        screen.fill(Message::FieldWrong, &[&label(form, name), &name, &what]);
        tell_choices(screen, desk, form, name);
    }
}

/// What a wrong field can be chosen from; a list that depends on another field is left out.
fn tell_choices(screen: &mut Screen<'_>, desk: &Desk<'_>, form: &Form, name: &str) {
    let Some(list) = field(form, name).and_then(|field| field.options_list.as_deref()) else { return };
    if let Ok(choices) = desk.perform(&Choice::list(&desk.config, &desk.token, list)) {
        let choices = choices.iter().map(|choice| format!("{} = {}", choice.code, choice.title));
        screen.fill(Message::Choices, &[&choices.collect::<Vec<_>>().join(", ")]);
    }
}

fn field<'f>(form: &'f Form, name: &str) -> Option<&'f Field> {
    form.sections.iter().flat_map(|section| &section.fields).find(|field| field.name == name)
}

fn label<'f>(form: &'f Form, name: &'f str) -> &'f str {
    field(form, name).map_or(name, |field| &field.label)
}

fn sentence(code: &FieldErrorCode) -> Message {
    match code {
        FieldErrorCode::Required => Message::FieldRequired,
        FieldErrorCode::UnknownValue => Message::FieldUnknownValue,
        FieldErrorCode::Locked => Message::FieldLocked,
        FieldErrorCode::TooLong => Message::FieldTooLong,
        FieldErrorCode::Characters => Message::FieldCharacters,
        FieldErrorCode::Checksum => Message::FieldChecksum,
        _ => Message::FieldFormat,
    }
}

pub(super) fn described(form: &Form) -> Value {
    let fields = form.sections.iter().flat_map(|section| &section.fields).map(|field| {
        json!({
            "name": field.name,
            "label": field.label,
            "kind": field.kind.word(),
            "required": field.required,
            "locked": form.locked.contains(&field.name),
            "value": form.values.get(&field.name),
        })
    });
    json!({ "event": "form", "fields": fields.collect::<Vec<_>>() })
}
