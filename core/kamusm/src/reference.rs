//! The lists that the form's fields choose from: provinces, operators and the like, as the service has them.

use serde::Deserialize;

use crate::{
    application::PersonToken,
    call::Call,
    config::Config,
    protocol::dialect::{Ask, Operation},
};

/// A value to choose.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[non_exhaustive]
pub struct Choice {
    /// What is sent.
    pub code: String,
    /// What is shown.
    pub title: String,
}

impl Choice {
    /// Asks for a list by its name: `provinces`, `delivery-methods`, `operators`, `card-readers`,
    /// `certificate-durations`, `info-channels`, or what [`crate::form::Field::options_list`] names.
    pub fn list(config: &Config, token: &PersonToken, list: &str) -> Call<Vec<Self>> {
        Call::list(config, &Ask::new(Operation::Reference, &[list]).token(token.as_str()))
    }

    /// Asks for a list as it is in a province (its two-digit code), such as `delivery-methods`.
    pub fn list_of_province(
        config: &Config,
        token: &PersonToken,
        list: &str,
        province: &str,
    ) -> Call<Vec<Self>> {
        Call::list(config, &Ask::new(Operation::ReferenceOfProvince, &[list, province]).token(token.as_str()))
    }
}
