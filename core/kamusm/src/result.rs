//! Sonuç: what became of an approval.

use serde::Deserialize;

use crate::{
    application::{ApplicationNumber, PersonToken},
    call::Call,
    config::Config,
    protocol::dialect::Operation,
    status::{Status, open_enum},
};

open_enum! {
    /// What became of an approval.
    ResultState {
        /// It is not made yet.
        Waiting = "waiting",
        /// It came and is checked.
        Received = "received",
        /// İşlem Başarılı.
        Done = "done",
        /// It was refused.
        Rejected = "rejected",
    }
}

/// The result page.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[non_exhaustive]
pub struct ApplicationResult {
    /// What became of the approval.
    pub state: ResultState,
    /// "İşlem Başarılı" when it is done.
    pub title: String,
    /// The service's receipt, a compact JWS.
    #[serde(default)]
    pub receipt: Option<String>,
    /// Where the application stands now; its text holds the next steps.
    pub status: Status,
}

impl ApplicationResult {
    /// Asks for the result, any number of times.
    pub fn read(config: &Config, token: &PersonToken, number: &ApplicationNumber) -> Call<Self> {
        Call::json(config, &number.ask(Operation::Result, token))
    }
}
