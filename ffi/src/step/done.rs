//! `KAMUSM_STEP_DONE`: how the session ended.

use std::{
    ffi::{CString, c_char},
    ptr,
};

use kamusm::{receipt::Receipt, session::Outcome};

use super::{View, kamusm_step};
use crate::{
    bytes::kamusm_bytes, error::kamusm_error, guard::guard_value, outcome::kamusm_outcome,
    sign_in::kamusm_signed_in, text::lendable,
};

pub(super) struct DoneView {
    error: Option<kamusm_error>,
    return_to: Option<CString>,
    receipt: Option<ReceiptView>,
    signed_in: Option<kamusm_signed_in>,
    journal: Option<CString>,
    journal_failure: Option<kamusm_error>,
}

struct ReceiptView {
    jws: CString,
    application: CString,
    received_at: CString,
    signing_time: CString,
}

impl DoneView {
    pub(super) fn new(outcome: &Outcome) -> Self {
        Self {
            error: outcome.error.as_ref().map(kamusm_error::new),
            return_to: outcome.return_to.as_deref().map(lendable),
            receipt: outcome.receipt.as_ref().map(ReceiptView::new),
            signed_in: outcome.signed_in.clone().map(kamusm_signed_in::new),
            journal: outcome.journal.map(|journal| lendable(&journal.to_string())),
            journal_failure: outcome.journal_failure.as_ref().map(kamusm_error::new),
        }
    }

    fn of(step: Option<&kamusm_step>) -> Option<&Self> {
        if let View::Done(view) = step?.view() { Some(&**view) } else { None }
    }
}

impl ReceiptView {
    fn new(receipt: &Receipt) -> Self {
        Self {
            jws: lendable(&receipt.jws),
            application: lendable(&receipt.application),
            received_at: lendable(&receipt.received_at),
            signing_time: lendable(&receipt.signing_time),
        }
    }

    fn of(step: Option<&kamusm_step>) -> Option<&Self> {
        DoneView::of(step)?.receipt.as_ref()
    }
}

/// How the session ended, one of `KAMUSM_OUTCOME_*`; 0 for other steps.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_step_outcome(step: Option<&kamusm_step>) -> kamusm_outcome {
    guard_value(0, || Some(step?.done()?.kind as kamusm_outcome))
}

/// Why it ended so; NULL for `KAMUSM_OUTCOME_ACCEPTED` and `KAMUSM_OUTCOME_RECEIVED`. Lent by the step: never free it.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_step_outcome_error(step: Option<&kamusm_step>) -> *const kamusm_error {
    guard_value(ptr::null(), || Some(ptr::from_ref(DoneView::of(step)?.error.as_ref()?)))
}

/// The page to go back to, which shows "İşlem Başarılı"; NULL where it is not known. Lent by the step.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_step_return_to(step: Option<&kamusm_step>) -> *const c_char {
    guard_value(ptr::null(), || Some(DoneView::of(step)?.return_to.as_ref()?.as_ptr()))
}

/// Who signed in, of `kamusm_session_sign_in`; NULL for other sessions and where nobody did. Lent by the step.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_step_signed_in(step: Option<&kamusm_step>) -> *const kamusm_signed_in {
    guard_value(ptr::null(), || Some(ptr::from_ref(DoneView::of(step)?.signed_in.as_ref()?)))
}

/// Whether a signature left this machine and the service may have taken it.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_step_may_have_arrived(step: Option<&kamusm_step>) -> bool {
    guard_value(false, || Some(step?.done()?.may_have_arrived))
}

/// How many signatures were made.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_step_signature_count(step: Option<&kamusm_step>) -> usize {
    guard_value(0, || Some(step?.done()?.signatures.len()))
}

/// The signature at this place, from 0: a CMS ContentInfo in DER, evidence to keep. Lent by the step.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_step_signature(step: Option<&kamusm_step>, index: usize) -> kamusm_bytes {
    guard_value(kamusm_bytes::ABSENT, || Some(kamusm_bytes::lent(step?.done()?.signatures.get(index)?)))
}

/// The service's receipt as it came, a compact JWS, verified; NULL where there is none. Lent by the step.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_step_receipt(step: Option<&kamusm_step>) -> *const c_char {
    guard_value(ptr::null(), || Some(ReceiptView::of(step)?.jws.as_ptr()))
}

/// Number of the application in the receipt; NULL without one. Lent by the step.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_step_receipt_application(step: Option<&kamusm_step>) -> *const c_char {
    guard_value(ptr::null(), || Some(ReceiptView::of(step)?.application.as_ptr()))
}

/// When the service received the signatures, RFC 3339; NULL without a receipt. Lent by the step.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_step_receipt_received_at(step: Option<&kamusm_step>) -> *const c_char {
    guard_value(ptr::null(), || Some(ReceiptView::of(step)?.received_at.as_ptr()))
}

/// İmzalama Tarihi in the receipt, RFC 3339; NULL without one. Lent by the step.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_step_receipt_signing_time(step: Option<&kamusm_step>) -> *const c_char {
    guard_value(ptr::null(), || Some(ReceiptView::of(step)?.signing_time.as_ptr()))
}

/// Whether the receipt's key is one of `kamusm_config_add_receipt_key`.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_step_receipt_is_anchored(step: Option<&kamusm_step>) -> bool {
    guard_value(false, || Some(step?.done()?.receipt.as_ref()?.anchored))
}

/// The number of the session's journal, 32 hexadecimal digits; NULL where none was kept. Lent by the step.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_step_journal(step: Option<&kamusm_step>) -> *const c_char {
    guard_value(ptr::null(), || Some(DoneView::of(step)?.journal.as_ref()?.as_ptr()))
}

/// Why a record of the journal could not be stored; the outcome stands all the same. NULL where all were stored. Lent
/// by the step: never free it.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_step_journal_failure(step: Option<&kamusm_step>) -> *const kamusm_error {
    guard_value(ptr::null(), || Some(ptr::from_ref(DoneView::of(step)?.journal_failure.as_ref()?)))
}
