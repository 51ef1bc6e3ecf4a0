//! Başvuru Bilgileri: the form with its fields, values and rules.

use std::collections::HashMap;

use kamusm::form;

use crate::error::{FieldError, Result};

/// A form as the service has it, with the rules that are checked here before anything is sent.
#[derive(uniffi::Object)]
pub struct Form(pub(crate) form::Form);

/// What a form holds.
#[derive(Clone, uniffi::Record)]
pub struct FormContent {
    /// The rules, a JSON Schema (2020-12).
    pub schema: String,
    /// What the page shows, in its order.
    pub sections: Vec<Section>,
    /// The values by the names of their fields. They hold personal data: keep them out of logs.
    pub values: HashMap<String, String>,
    /// The fields that only the service changes.
    pub locked: Vec<String>,
    /// The tag of this version, for `Operation.SaveForm`.
    pub etag: String,
}

/// A part of the form.
#[derive(Clone, uniffi::Record)]
pub struct Section {
    /// Its id.
    pub id: String,
    /// As the page shows it.
    pub title: String,
    /// Its fields.
    pub fields: Vec<Field>,
}

/// A field of the form.
#[derive(Clone, uniffi::Record)]
pub struct Field {
    /// Its name among the values.
    pub name: String,
    /// As the page shows it.
    pub label: String,
    /// Whether it must be filled.
    pub required: bool,
    /// How it is filled, such as `choice`.
    pub kind: String,
    /// The list that a choice is made from, for `Operation.Choices`.
    pub options_list: Option<String>,
}

#[uniffi::export]
impl Form {
    /// What the form holds.
    pub fn content(&self) -> Result<FormContent> {
        let values = self.0.values.iter().map(|(name, value)| (name.to_owned(), value.to_owned()));
        Ok(FormContent {
            schema: self.0.schema.to_string(),
            sections: self.0.sections.iter().map(Section::new).collect(),
            values: values.collect(),
            locked: self.0.locked.clone(),
            etag: self.0.etag.clone(),
        })
    }

    /// What the form's rules say against these values; nothing is sent.
    pub fn check(&self, values: HashMap<String, String>) -> Result<Vec<FieldError>> {
        let errors = self.0.check(&values.into_iter().collect());
        Ok(errors.iter().map(FieldError::new).collect())
    }
}

impl Section {
    fn new(section: &form::Section) -> Self {
        let fields = section.fields.iter().map(|field| Field {
            name: field.name.clone(),
            label: field.label.clone(),
            required: field.required,
            kind: field.kind.word().to_owned(),
            options_list: field.options_list.clone(),
        });
        Self { id: section.id.clone(), title: section.title.clone(), fields: fields.collect() }
    }
}
