//! Başvuru Durumu: where an application stands, with the service's own words; unknown values are kept as words.

use std::{
    ffi::{CString, c_char},
    ptr,
};

use kamusm::status::{ActionCode, CancelledBy, Status, StatusCode};

use crate::{
    block::{Blocks, kamusm_block_kind},
    guard::guard_value,
    text::lendable,
};

/// A status with the service's texts. It belongs to its application and is never freed alone.
///
/// Threads: any number may read it at once.
pub struct kamusm_status {
    code: kamusm_status_code,
    code_word: CString,
    title: CString,
    cancelled_by: kamusm_cancelled_by,
    cancelled_by_word: Option<CString>,
    action: kamusm_action,
    action_word: CString,
    action_title: CString,
    body: Blocks,
}

/// The codes of the statuses.
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum kamusm_status_code {
    /// None that this version knows; `kamusm_status_code_word` has the service's word.
    Unknown = 0,
    /// Başvuru Formu ve Ödeme Bekleniyor.
    FormAndPaymentPending = 1,
    /// Ödeme Bekleniyor.
    PaymentPending = 2,
    /// Üretim Bekleniyor.
    ProductionPending = 3,
    /// İptal Edildi.
    Cancelled = 4,
}

/// Who cancelled an application.
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum kamusm_cancelled_by {
    /// Nobody, or none that this version knows: `kamusm_status_cancelled_by_word` tells.
    Unknown = 0,
    /// The institution.
    Institution = 1,
    /// The person.
    Person = 2,
    /// Nobody in time.
    Timeout = 3,
}

/// What the person can do with an application.
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum kamusm_action {
    /// None that this version knows; `kamusm_status_action_word` has the service's word.
    Unknown = 0,
    /// Başvuruyu Tamamla.
    Complete = 1,
    /// Başvuruyu Güncelle.
    Update = 2,
    /// Detaylar.
    Details = 3,
}

impl kamusm_status {
    pub(crate) fn new(status: &Status) -> Self {
        Self {
            code: match status.code {
                StatusCode::FormAndPaymentPending => kamusm_status_code::FormAndPaymentPending,
                StatusCode::PaymentPending => kamusm_status_code::PaymentPending,
                StatusCode::ProductionPending => kamusm_status_code::ProductionPending,
                StatusCode::Cancelled => kamusm_status_code::Cancelled,
                _ => kamusm_status_code::Unknown,
            },
            code_word: lendable(status.code.word()),
            title: lendable(&status.title),
            cancelled_by: match status.cancelled_by {
                Some(CancelledBy::Institution) => kamusm_cancelled_by::Institution,
                Some(CancelledBy::Person) => kamusm_cancelled_by::Person,
                Some(CancelledBy::Timeout) => kamusm_cancelled_by::Timeout,
                _ => kamusm_cancelled_by::Unknown,
            },
            cancelled_by_word: status.cancelled_by.as_ref().map(|by| lendable(by.word())),
            action: match status.action.code {
                ActionCode::Complete => kamusm_action::Complete,
                ActionCode::Update => kamusm_action::Update,
                ActionCode::Details => kamusm_action::Details,
                _ => kamusm_action::Unknown,
            },
            action_word: lendable(status.action.code.word()),
            action_title: lendable(&status.action.title),
            body: Blocks::new(&status.body),
        }
    }
}

/// Which status it is.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_status_code_of(status: Option<&kamusm_status>) -> kamusm_status_code {
    guard_value(kamusm_status_code::Unknown, || Some(status?.code))
}

/// The service's word for that, such as `production_pending`. Lent by the application.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_status_code_word(status: Option<&kamusm_status>) -> *const c_char {
    guard_value(ptr::null(), || Some(status?.code_word.as_ptr()))
}

/// As the list of applications shows it, such as "Üretim Bekleniyor". Lent by the application.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_status_title(status: Option<&kamusm_status>) -> *const c_char {
    guard_value(ptr::null(), || Some(status?.title.as_ptr()))
}

/// Who cancelled.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_status_cancelled_by(status: Option<&kamusm_status>) -> kamusm_cancelled_by {
    guard_value(kamusm_cancelled_by::Unknown, || Some(status?.cancelled_by))
}

/// The service's word for that; NULL where nobody did. Lent by the application.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_status_cancelled_by_word(status: Option<&kamusm_status>) -> *const c_char {
    guard_value(ptr::null(), || Some(status?.cancelled_by_word.as_ref()?.as_ptr()))
}

/// What the person can do: the button of the row.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_status_action(status: Option<&kamusm_status>) -> kamusm_action {
    guard_value(kamusm_action::Unknown, || Some(status?.action))
}

/// The service's word for that, such as `complete`. Lent by the application.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_status_action_word(status: Option<&kamusm_status>) -> *const c_char {
    guard_value(ptr::null(), || Some(status?.action_word.as_ptr()))
}

/// As the button shows it, such as "Başvuruyu Tamamla". Lent by the application.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_status_action_title(status: Option<&kamusm_status>) -> *const c_char {
    guard_value(ptr::null(), || Some(status?.action_title.as_ptr()))
}

/// How many blocks the text of the status has.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_status_block_count(status: Option<&kamusm_status>) -> usize {
    guard_value(0, || Some(status?.body.count()))
}

/// What the block at this place is, from 0.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_status_block_kind(
    status: Option<&kamusm_status>,
    index: usize,
) -> kamusm_block_kind {
    guard_value(kamusm_block_kind::Unknown, || status?.body.kind(index))
}

/// Number or letter of an item; NULL for other blocks. Lent by the application.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_status_block_label(status: Option<&kamusm_status>, index: usize) -> *const c_char {
    guard_value(ptr::null(), || status?.body.label(index))
}

/// Text of a paragraph or an item; NULL for other blocks. Lent by the application.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_status_block_text(status: Option<&kamusm_status>, index: usize) -> *const c_char {
    guard_value(ptr::null(), || status?.body.text(index))
}

/// How many banks the table at this place has; none for other blocks.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_status_bank_count(status: Option<&kamusm_status>, block: usize) -> usize {
    guard_value(0, || status?.body.bank_count(block))
}

/// Name of a bank of the table at this place, both from 0. Lent by the application.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_status_bank_name(
    status: Option<&kamusm_status>,
    block: usize,
    bank: usize,
) -> *const c_char {
    guard_value(ptr::null(), || status?.body.bank_name(block, bank))
}

/// Whether a bank of the table at this place takes the payment through this channel.
///
/// `channel`: one of `KAMUSM_CHANNEL_*`.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_status_bank_takes(
    status: Option<&kamusm_status>,
    block: usize,
    bank: usize,
    channel: i32,
) -> bool {
    guard_value(false, || status?.body.bank_takes(block, bank, channel))
}
