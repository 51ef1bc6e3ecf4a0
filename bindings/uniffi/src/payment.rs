//! Ödeme: who pays what, and the address of the virtual POS.

use kamusm::payment;

use crate::{clock::signed, status::Block};

/// Who pays what.
#[derive(Clone, uniffi::Record)]
pub struct Payment {
    /// What became of it, such as `pending`.
    pub state: String,
    /// Who pays, such as `person`.
    pub payer: String,
    /// Whether it is paid before.
    pub prepaid: bool,
    /// The amount in kuruş.
    pub amount_kurus: i64,
    /// The currency, such as `TRY`.
    pub currency: String,
    /// The text.
    pub body: Vec<Block>,
    /// Whether it can be paid at the virtual POS.
    pub virtual_pos: bool,
}

/// A payment that waits at the virtual POS.
#[derive(Clone, uniffi::Record)]
pub struct PaymentIntent {
    /// Its id.
    pub id: String,
    /// The page to open in the person's browser; who has it can pay.
    pub address: String,
    /// Seconds for which it is good.
    pub expires_in: i64,
}

impl From<payment::Payment> for Payment {
    fn from(payment: payment::Payment) -> Self {
        Self {
            state: payment.state.word().to_owned(),
            payer: payment.payer.word().to_owned(),
            prepaid: payment.prepaid,
            amount_kurus: signed(payment.amount_kurus),
            currency: payment.currency,
            body: payment.body.into_iter().map(Block::from).collect(),
            virtual_pos: payment.virtual_pos,
        }
    }
}

impl From<payment::PaymentIntent> for PaymentIntent {
    fn from(intent: payment::PaymentIntent) -> Self {
        Self { id: intent.id, address: intent.address, expires_in: intent.expires_in.into() }
    }
}
