//! Başvuru Bilgileri (TAL.01.16, Şekil 3): the form with its fields, values and rules.

mod check;
mod values;

use serde::{Deserialize, Serialize};

pub use values::FormValues;

use crate::{
    application::{ApplicationNumber, PersonToken},
    call::{Answered, Call},
    config::Config,
    error::{FieldError, Result},
    protocol::dialect::Operation,
    status::open_enum,
};

open_enum! {
    /// What a field takes.
    FieldKind {
        /// The code of a row of [`Field::options_list`].
        Choice = "choice",
        /// A line of text.
        Text = "text",
        /// `yes` or `no`.
        YesNo = "yes_no",
        /// An e-mail address.
        Email = "email",
        /// A mobile number.
        Gsm = "gsm",
        /// Nothing: it comes from Nüfus ve Vatandaşlık İşleri.
        Locked = "locked",
    }
}

/// A field.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[non_exhaustive]
pub struct Field {
    /// What its value is called in [`Form::values`].
    pub name: String,
    /// What the person reads.
    pub label: String,
    /// Whether it must be filled.
    #[serde(default)]
    pub required: bool,
    /// What it takes.
    pub kind: FieldKind,
    /// The list it is chosen from, for [`crate::reference::Choice::list`].
    #[serde(default)]
    pub options_list: Option<String>,
}

/// A part of the form.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[non_exhaustive]
pub struct Section {
    /// The service's word for it.
    pub id: String,
    /// What the person reads.
    pub title: String,
    /// Its fields, in order.
    pub fields: Vec<Field>,
}

/// The form of an application.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[non_exhaustive]
pub struct Form {
    /// The rules of the values, JSON Schema 2020-12.
    pub schema: serde_json::Value,
    /// What the person sees, in order.
    pub sections: Vec<Section>,
    /// What is filled.
    pub values: FormValues,
    /// The names of the fields that cannot be changed here.
    #[serde(default)]
    pub locked: Vec<String>,
    /// The tag of this version, for [`Form::save`].
    #[serde(skip)]
    pub etag: String,
}

impl Form {
    /// Asks for the form.
    pub fn read(config: &Config, token: &PersonToken, number: &ApplicationNumber) -> Call<Self> {
        Call::new(config, &number.ask(Operation::Form, token), Self::tagged)
    }

    /// Başvuruyu Tamamla, Başvuruyu Güncelle: saves the values over the version with this tag. A newer one in between
    /// is [`crate::Code::FormChanged`]; wrong values are [`crate::Code::FormInvalid`] with
    /// [`crate::Error::fields`].
    pub fn save(
        config: &Config,
        token: &PersonToken,
        number: &ApplicationNumber,
        etag: &str,
        values: &FormValues,
    ) -> Call<Self> {
        #[derive(Serialize)]
        struct Filled<'a> {
            values: &'a FormValues,
        }
        let ask = number.ask(Operation::SaveForm, token).message(&Filled { values });
        let call = Call::new(config, &ask, Self::tagged);
        // Without a tag the service says what is missing.
        call.sent(|request| if etag.is_empty() { request } else { request.with("if-match", etag) })
    }

    /// What is wrong with the values, before they are sent, one error a field; the service has the last word.
    ///
    /// Of the schema these rules are known here: `required`, `properties`, `additionalProperties`, `enum`,
    /// `maxLength`, `readOnly`, `if` with `then` and `else`; of the kinds of the fields: [`crate::email::Email`],
    /// [`crate::gsm::Gsm`], and for lines of text the characters of the text that is signed later.
    pub fn check(&self, values: &FormValues) -> Vec<FieldError> {
        check::check(self, values)
    }

    fn tagged(answered: &Answered<'_>) -> Result<Self> {
        Ok(Self { etag: answered.etag().unwrap_or_default(), ..answered.message()? })
    }
}
