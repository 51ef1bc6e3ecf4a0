//! Ödeme: who pays what, and the address of the virtual POS.

use std::fmt;

use serde::Deserialize;

use crate::{
    application::{ApplicationNumber, PaymentState, PersonToken},
    call::Call,
    config::Config,
    idempotency::IdempotencyKey,
    protocol::dialect::Operation,
    status::{Block, open_enum},
};

open_enum! {
    /// Who pays.
    Payer {
        /// Kurum Ödemeli.
        Institution = "institution",
        /// Kişi Ödemeli.
        Person = "person",
    }
}

/// The payment of an application.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[non_exhaustive]
pub struct Payment {
    /// What became of it.
    pub state: PaymentState,
    /// Who pays.
    pub payer: Payer,
    /// Ön ödemeli: the production waits for it.
    #[serde(default)]
    pub prepaid: bool,
    /// How much, in kuruş.
    pub amount_kurus: u64,
    /// ISO 4217.
    pub currency: String,
    /// How to pay.
    #[serde(default)]
    pub body: Vec<Block>,
    /// Whether it can be paid by card.
    #[serde(default)]
    pub virtual_pos: bool,
}

/// A payment by card that was begun.
#[derive(Clone, Deserialize, PartialEq, Eq)]
#[non_exhaustive]
pub struct PaymentIntent {
    /// What the service calls it.
    pub id: String,
    /// The page of the virtual POS, to be opened in a browser.
    pub address: String,
    /// Seconds in which it must be paid.
    pub expires_in: u32,
}

/// Without the address: who has it can pay.
impl fmt::Debug for PaymentIntent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PaymentIntent({})", self.id)
    }
}

impl Payment {
    /// Asks what is to be paid.
    pub fn read(config: &Config, token: &PersonToken, number: &ApplicationNumber) -> Call<Self> {
        Call::json(config, &number.ask(Operation::Payment, token))
    }

    /// Begins a payment by card.
    pub fn start(
        config: &Config,
        token: &PersonToken,
        number: &ApplicationNumber,
        key: &IdempotencyKey,
    ) -> Call<PaymentIntent> {
        Call::json(config, &number.ask(Operation::StartPayment, token).key(key.as_str()).empty())
    }
}
