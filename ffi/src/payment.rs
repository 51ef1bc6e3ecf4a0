//! What is to be paid for an application, and how.

use std::{
    ffi::{CString, c_char},
    mem::MaybeUninit,
    ptr,
};

use kamusm::{
    application::{ApplicationNumber, PaymentState},
    payment::{Payer, Payment, PaymentIntent},
};

use crate::{
    block::{Blocks, kamusm_block_kind},
    call::{self, kamusm_call},
    config::kamusm_config,
    entropy::key,
    error::kamusm_error,
    guard::{guard, guard_value, guard_void},
    handle::given,
    person_token::kamusm_person_token,
    response::kamusm_response,
    result::kamusm_result,
    text::{lendable, text},
};

/// What became of a payment.
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum kamusm_payment_state {
    /// None that this version knows; the function beside it has the service's word.
    Unknown = 0,
    /// Nobody needs to pay first.
    NotRequired = 1,
    /// It is waited for.
    Pending = 2,
    /// It came.
    Received = 3,
    /// It was given back.
    Refunded = 4,
}

impl kamusm_payment_state {
    pub(crate) fn of(state: &PaymentState) -> Self {
        match state {
            PaymentState::NotRequired => Self::NotRequired,
            PaymentState::Pending => Self::Pending,
            PaymentState::Received => Self::Received,
            PaymentState::Refunded => Self::Refunded,
            _ => Self::Unknown,
        }
    }
}

/// Who pays.
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum kamusm_payer {
    /// None that this version knows; the function beside it has the service's word.
    Unknown = 0,
    /// Kurum Ödemeli.
    Institution = 1,
    /// Kişi Ödemeli.
    Person = 2,
}

impl kamusm_payer {
    pub(crate) fn of(payer: &Payer) -> Self {
        match payer {
            Payer::Institution => Self::Institution,
            Payer::Person => Self::Person,
            _ => Self::Unknown,
        }
    }
}

/// The payment of an application.
///
/// Threads: any number may read it at once.
pub struct kamusm_payment {
    state: kamusm_payment_state,
    state_word: CString,
    payer: kamusm_payer,
    payer_word: CString,
    is_prepaid: bool,
    amount_kurus: u64,
    currency: CString,
    body: Blocks,
    has_virtual_pos: bool,
}

/// A payment by card that was begun. Who has its address can pay: keep it out of logs.
///
/// Threads: any number may read it at once.
pub struct kamusm_payment_intent {
    id: CString,
    address: CString,
    expires_in_s: u32,
}

impl kamusm_payment {
    fn new(payment: &Payment) -> Self {
        Self {
            state: kamusm_payment_state::of(&payment.state),
            state_word: lendable(payment.state.word()),
            payer: kamusm_payer::of(&payment.payer),
            payer_word: lendable(payment.payer.word()),
            is_prepaid: payment.prepaid,
            amount_kurus: payment.amount_kurus,
            currency: lendable(&payment.currency),
            body: Blocks::new(&payment.body),
            has_virtual_pos: payment.virtual_pos,
        }
    }
}

impl kamusm_payment_intent {
    fn new(intent: &PaymentIntent) -> Self {
        Self { id: lendable(&intent.id), address: lendable(&intent.address), expires_in_s: intent.expires_in }
    }
}

/// Makes the call that asks what is to be paid.
///
/// `token`: of the person's sign-in, copied.
/// `number`: Sipariş No, 1 to 32 of `A`-`Z`, `0`-`9` and `-`.
/// `call`: the call, to be freed by `kamusm_call_free`; its answer is decoded by `kamusm_payment_decode`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn kamusm_payment_call(
    config: Option<&kamusm_config>,
    token: Option<&kamusm_person_token>,
    number: *const c_char,
    call: Option<&mut MaybeUninit<Box<kamusm_call>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let (config, token) = (given(config, "config")?, given(token, "token")?);
        // SAFETY: the rules at the top of the header.
        let number = unsafe { text(number, "number") }?;
        call::make(call, || Ok(Payment::read(config.built(), &token.0, &ApplicationNumber::parse(number)?)))
    })
}

/// Decodes the answer to `kamusm_payment_call`; a refusal of the service is its error.
///
/// `payment`: the payment, to be freed by `kamusm_payment_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_payment_decode(
    call: Option<&kamusm_call>,
    response: Option<&kamusm_response>,
    payment: Option<&mut MaybeUninit<Box<kamusm_payment>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        call::decode(call, response, payment, "payment", |message: Payment| {
            Box::new(kamusm_payment::new(&message))
        })
    })
}

/// What became of it.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_payment_state_of(payment: Option<&kamusm_payment>) -> kamusm_payment_state {
    guard_value(kamusm_payment_state::Unknown, || Some(payment?.state))
}

/// The service's word for that, such as `pending`. Lent by the payment.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_payment_state_word(payment: Option<&kamusm_payment>) -> *const c_char {
    guard_value(ptr::null(), || Some(payment?.state_word.as_ptr()))
}

/// Who pays.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_payment_payer(payment: Option<&kamusm_payment>) -> kamusm_payer {
    guard_value(kamusm_payer::Unknown, || Some(payment?.payer))
}

/// The service's word for that, such as `person`. Lent by the payment.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_payment_payer_word(payment: Option<&kamusm_payment>) -> *const c_char {
    guard_value(ptr::null(), || Some(payment?.payer_word.as_ptr()))
}

/// Ön ödemeli: whether the production waits for it.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_payment_is_prepaid(payment: Option<&kamusm_payment>) -> bool {
    guard_value(false, || Some(payment?.is_prepaid))
}

/// How much, in kuruş.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_payment_amount_kurus(payment: Option<&kamusm_payment>) -> u64 {
    guard_value(0, || Some(payment?.amount_kurus))
}

/// ISO 4217, such as `TRY`. Lent by the payment.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_payment_currency(payment: Option<&kamusm_payment>) -> *const c_char {
    guard_value(ptr::null(), || Some(payment?.currency.as_ptr()))
}

/// Whether it can be paid by card.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_payment_has_virtual_pos(payment: Option<&kamusm_payment>) -> bool {
    guard_value(false, || Some(payment?.has_virtual_pos))
}

/// How many blocks the text has that says how to pay.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_payment_block_count(payment: Option<&kamusm_payment>) -> usize {
    guard_value(0, || Some(payment?.body.count()))
}

/// What the block at this place is, from 0.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_payment_block_kind(
    payment: Option<&kamusm_payment>,
    index: usize,
) -> kamusm_block_kind {
    guard_value(kamusm_block_kind::Unknown, || payment?.body.kind(index))
}

/// Number or letter of an item; NULL for other blocks. Lent by the payment.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_payment_block_label(
    payment: Option<&kamusm_payment>,
    index: usize,
) -> *const c_char {
    guard_value(ptr::null(), || payment?.body.label(index))
}

/// Text of a paragraph or an item; NULL for other blocks. Lent by the payment.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_payment_block_text(payment: Option<&kamusm_payment>, index: usize) -> *const c_char {
    guard_value(ptr::null(), || payment?.body.text(index))
}

/// How many banks the table at this place has; none for other blocks.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_payment_bank_count(payment: Option<&kamusm_payment>, block: usize) -> usize {
    guard_value(0, || payment?.body.bank_count(block))
}

/// Name of a bank of the table at this place, both from 0. Lent by the payment.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_payment_bank_name(
    payment: Option<&kamusm_payment>,
    block: usize,
    bank: usize,
) -> *const c_char {
    guard_value(ptr::null(), || payment?.body.bank_name(block, bank))
}

/// Whether a bank of the table at this place takes the payment through this channel.
///
/// `channel`: one of `KAMUSM_CHANNEL_*`.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_payment_bank_takes(
    payment: Option<&kamusm_payment>,
    block: usize,
    bank: usize,
    channel: i32,
) -> bool {
    guard_value(false, || payment?.body.bank_takes(block, bank, channel))
}

/// Frees the payment; NULL is fine.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_payment_free(payment: Option<Box<kamusm_payment>>) {
    guard_void(|| drop(payment));
}

/// Makes the call that begins a payment by card.
///
/// `token`: of the person's sign-in, copied.
/// `number`: Sipariş No, 1 to 32 of `A`-`Z`, `0`-`9` and `-`.
/// `call`: the call, to be freed by `kamusm_call_free`; its answer is decoded by `kamusm_payment_intent_decode`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn kamusm_payment_intent_call(
    config: Option<&kamusm_config>,
    token: Option<&kamusm_person_token>,
    number: *const c_char,
    call: Option<&mut MaybeUninit<Box<kamusm_call>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let (config, token) = (given(config, "config")?, given(token, "token")?);
        // SAFETY: the rules at the top of the header.
        let number = unsafe { text(number, "number") }?;
        call::make(call, || {
            Ok(Payment::start(config.built(), &token.0, &ApplicationNumber::parse(number)?, &key()?))
        })
    })
}

/// Decodes the answer to `kamusm_payment_intent_call`; a refusal of the service is its error.
///
/// `intent`: the payment that was begun, to be freed by `kamusm_payment_intent_free`.
/// Worth handling: `KAMUSM_RESULT_NOTHING_TO_PAY`.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_payment_intent_decode(
    call: Option<&kamusm_call>,
    response: Option<&kamusm_response>,
    intent: Option<&mut MaybeUninit<Box<kamusm_payment_intent>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        call::decode(call, response, intent, "intent", |message: PaymentIntent| {
            Box::new(kamusm_payment_intent::new(&message))
        })
    })
}

/// What the service calls it. Lent by the object.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_payment_intent_id(intent: Option<&kamusm_payment_intent>) -> *const c_char {
    guard_value(ptr::null(), || Some(intent?.id.as_ptr()))
}

/// The page of the virtual POS, to be opened in a browser. Lent by the object.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_payment_intent_address(intent: Option<&kamusm_payment_intent>) -> *const c_char {
    guard_value(ptr::null(), || Some(intent?.address.as_ptr()))
}

/// Seconds in which it must be paid.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_payment_intent_expires_in_s(intent: Option<&kamusm_payment_intent>) -> u32 {
    guard_value(0, || Some(intent?.expires_in_s))
}

/// Frees the object; NULL is fine.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_payment_intent_free(intent: Option<Box<kamusm_payment_intent>>) {
    guard_void(|| drop(intent));
}
