//! What happened to an application.

use serde::Deserialize;

use crate::{
    application::{ApplicationNumber, PersonToken},
    call::Call,
    config::Config,
    protocol::dialect::Operation,
};

/// Something that happened.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[non_exhaustive]
pub struct Event {
    /// When, RFC 3339.
    pub at: String,
    /// The service's word for it.
    pub code: String,
    /// For the person.
    pub text: String,
}

impl Event {
    /// Asks for everything that happened, the latest first.
    pub fn list(config: &Config, token: &PersonToken, number: &ApplicationNumber) -> Call<Vec<Self>> {
        Call::list(config, &number.ask(Operation::Events, token))
    }
}
