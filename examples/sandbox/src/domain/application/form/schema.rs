//! The rules of the form as JSON Schema 2020-12, for programs that check before they send.

use serde_json::{Map, Value, json};

use crate::domain::application::form::field::{self, Field, Kind};
use crate::domain::reference::{List, provinces_with_offices};
use crate::domain::text;

/// The schema of `values`.
pub(crate) fn schema() -> Value {
    let properties: Map<_, _> = field::all().map(|field| (field.name.to_owned(), of_field(field))).collect();
    let required: Vec<_> =
        field::all().filter(|field| field.kind != Kind::Locked).map(|field| field.name).collect();
    let codes = |rows: &[(&'static str, &str)]| rows.iter().map(|(code, _)| *code).collect::<Vec<_>>();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
        "if": { "properties": { "province": { "enum": provinces_with_offices() } }, "required": ["province"] },
        "else": { "properties": { "delivery_method": { "enum": codes(List::DeliveryMethods.rows_of("")) } } },
    })
}

fn of_field(field: &Field) -> Value {
    let mut schema = json!({ "type": "string", "title": field.label });
    if let Some(longest) = field.longest {
        schema["maxLength"] = longest.into();
    }
    if let Some(rows) = field.rows() {
        schema["enum"] = rows.iter().map(|(code, _)| *code).collect();
    }
    match field.kind {
        Kind::Text => schema["pattern"] = text_pattern().into(),
        Kind::Gsm => schema["pattern"] = r"^\+905[0-9]{9}$".into(),
        Kind::Email => {
            schema["format"] = "email".into();
            schema["pattern"] = EMAIL.into();
        }
        Kind::Locked => schema["readOnly"] = true.into(),
        Kind::Choice | Kind::YesNo => {}
    }
    schema
}

const EMAIL: &str =
    "^[!-?A-~]{1,64}@([0-9A-Za-z]([0-9A-Za-z-]*[0-9A-Za-z])?\\.)+[0-9A-Za-z]([0-9A-Za-z-]*[0-9A-Za-z])?$";

/// One line of the signed text's characters, not all of them spaces.
fn text_pattern() -> String {
    format!("^[ -~{characters}]*[!-~{characters}][ -~{characters}]*$", characters = text::letters())
}
