//! The rules of a form on this side: as much of JSON Schema 2020-12 as our forms use (docs/adr/0010-form-rules.md).

use serde_json::Value;

use super::{FieldKind, Form, FormValues};
use crate::{
    email::Email,
    error::{FieldError, FieldErrorCode},
    gsm::Gsm,
    text,
};

/// One error a field, the first rule that is broken; in the order of the form, names it does not have last.
pub(super) fn check(form: &Form, values: &FormValues) -> Vec<FieldError> {
    let mut found = broken(&form.schema, values);
    // A client may send the locked values back as they came.
    let is_locked = |name: &str| form.locked.iter().any(|locked| locked == name);
    found.retain(|(name, _)| !is_locked(name));
    for name in &form.locked {
        if values.get(name).is_some_and(|value| Some(value) != form.values.get(name)) {
            found.push((name.clone(), FieldErrorCode::Locked));
        }
    }
    let fields = || form.sections.iter().flat_map(|section| &section.fields);
    for field in fields() {
        let value = values.get(&field.name).unwrap_or_default();
        if !value.is_empty()
            && let Some(code) = of_kind(&field.kind, value)
        {
            found.push((field.name.clone(), code));
        }
    }
    let mut errors: Vec<FieldError> = Vec::new();
    let place = |name: &str| fields().position(|field| field.name == name).unwrap_or(usize::MAX);
    // Stable: of two errors at one field the first rule stays first.
    found.sort_by_key(|(name, _)| place(name));
    for (name, code) in found {
        let pointer = format!("/values/{}", name.replace('~', "~0").replace('/', "~1"));
        if errors.iter().all(|error| error.pointer != pointer) {
            errors.push(FieldError::new(pointer, code));
        }
    }
    errors
}

/// The names whose rules are broken.
fn broken(schema: &Value, values: &FormValues) -> Vec<(String, FieldErrorCode)> {
    let mut found = Vec::new();
    for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if values.get(name).is_none_or(|value| value.trim().is_empty()) {
            found.push((name.to_owned(), FieldErrorCode::Required));
        }
    }
    let properties = schema["properties"].as_object();
    for (name, value) in values.iter() {
        match properties.and_then(|properties| properties.get(name)) {
            Some(rules) => found.extend(of_value(rules, value).map(|code| (name.to_owned(), code))),
            None if schema["additionalProperties"] == false => {
                found.push((name.to_owned(), FieldErrorCode::UnknownValue));
            }
            None => {}
        }
    }
    if let Some(condition) = schema.get("if") {
        let branch = if broken(condition, values).is_empty() { "then" } else { "else" };
        if let Some(rules) = schema.get(branch) {
            found.extend(broken(rules, values));
        }
    }
    found
}

fn of_value(rules: &Value, value: &str) -> Option<FieldErrorCode> {
    let characters = u64::try_from(value.chars().count()).unwrap_or(u64::MAX);
    if rules["maxLength"].as_u64().is_some_and(|most| characters > most) {
        return Some(FieldErrorCode::TooLong);
    }
    let choices = rules["enum"].as_array()?;
    (!choices.iter().any(|choice| choice == value)).then_some(FieldErrorCode::UnknownValue)
}

fn of_kind(kind: &FieldKind, value: &str) -> Option<FieldErrorCode> {
    match kind {
        FieldKind::Email => Email::parse(value).is_err().then_some(FieldErrorCode::Format),
        FieldKind::Gsm => Gsm::parse(value).is_err().then_some(FieldErrorCode::Format),
        // It becomes a line of the text that is signed.
        FieldKind::Text => {
            let allowed = value.chars().all(|symbol| symbol != '\n' && text::is_allowed(symbol));
            (!allowed).then_some(FieldErrorCode::Characters)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> Form {
        let field = |name: &str, kind: &str| serde_json::json!({ "name": name, "label": name, "kind": kind });
        serde_json::from_value(serde_json::json!({
            "schema": {
                "type": "object",
                "required": ["email", "gsm", "unit", "province"],
                "additionalProperties": false,
                "properties": {
                    "tckn": { "readOnly": true },
                    "email": { "maxLength": 20, "format": "email" },
                    "gsm": {},
                    "unit": { "maxLength": 10 },
                    "province": { "enum": ["41", "80"] },
                    "delivery": { "enum": ["courier", "office"] }
                },
                "if": { "properties": { "province": { "enum": ["41"] } }, "required": ["province"] },
                "else": { "properties": { "delivery": { "enum": ["courier"] } } }
            },
            "sections": [{ "id": "a", "title": "A", "fields": [
                field("tckn", "locked"), field("email", "email"), field("gsm", "gsm"), field("unit", "text"),
                field("province", "choice"), field("delivery", "choice")
            ] }],
            "values": { "tckn": "172******60", "email": null },
            "locked": ["tckn"]
        }))
        .unwrap()
    }

    fn right() -> FormValues {
        [
            ("tckn", "172******60"),
            ("email", "a@b.tr"),
            ("gsm", "0532 123 45 67"),
            ("unit", "Bilgi"),
            ("province", "41"),
            ("delivery", "office"),
        ]
        .into_iter()
        .collect()
    }

    #[test]
    fn right_values_have_no_errors() {
        assert_eq!(form().check(&right()), []);
        assert_eq!(form().values.iter().collect::<Vec<_>>(), [("tckn", "172******60")]);
    }

    #[test]
    fn each_rule_names_its_field() {
        for (name, value, code) in [
            ("email", "", FieldErrorCode::Required),
            ("unit", "  ", FieldErrorCode::Required),
            ("email", "a@b", FieldErrorCode::Format),
            ("email", "aaaaaaaaaaaaaaaaaaaa@b.tr", FieldErrorCode::TooLong),
            ("gsm", "0212 123 45 67", FieldErrorCode::Format),
            ("unit", "Şube\u{202e}", FieldErrorCode::Characters),
            ("unit", "a\nb", FieldErrorCode::Characters),
            ("unit", "on bir harf", FieldErrorCode::TooLong),
            ("province", "82", FieldErrorCode::UnknownValue),
            ("tckn", "10000000146", FieldErrorCode::Locked),
            ("other/one", "x", FieldErrorCode::UnknownValue),
        ] {
            let mut values = right();
            values.set(name, value);
            let errors = form().check(&values);
            let pointer = format!("/values/{}", name.replace('/', "~1"));
            assert!(errors.contains(&FieldError::new(pointer, code)), "{name}={value}: {errors:?}");
        }
    }

    #[test]
    fn a_condition_chooses_the_rules() {
        let mut values = right();
        values.set("province", "80");
        let error = FieldError::new("/values/delivery", FieldErrorCode::UnknownValue);
        assert_eq!(form().check(&values), [error]);
        values.set("delivery", "courier");
        assert_eq!(form().check(&values), []);
    }

    #[test]
    fn errors_come_in_the_order_of_the_form_once_a_field() {
        let pointers: Vec<_> =
            form().check(&FormValues::new()).into_iter().map(|error| error.pointer).collect();
        assert_eq!(pointers, ["/values/email", "/values/gsm", "/values/unit", "/values/province"]);
        assert!(!format!("{:?}", right()).contains("0532"));
    }
}
