//! `KAMUSM_STEP_SHOW`: the texts to show, and what the person must know before accepting: who, what, where.

use std::{
    ffi::{CString, c_char},
    mem::MaybeUninit,
    ptr,
};

use kamusm::session::{Text, Texts};

use super::{View, kamusm_step};
use crate::{
    answer::{kamusm_answer, place},
    bytes::kamusm_bytes,
    error::kamusm_error,
    guard::{guard, guard_value},
    handle::given,
    result::kamusm_result,
    text::lendable,
};

pub(super) struct ShowView {
    titles: Vec<CString>,
    service: CString,
    origin: CString,
    applicant_name: CString,
    application: CString,
    institution: CString,
    product: CString,
    warnings: Vec<CString>,
    created_at: CString,
    match_code: CString,
    applicant_tckn: CString,
}

impl ShowView {
    pub(super) fn new(texts: &Texts) -> Self {
        let facts = texts.facts();
        Self {
            titles: texts.items().iter().map(|text| lendable(&text.title)).collect(),
            service: lendable(&facts.service),
            origin: lendable(&facts.origin),
            applicant_name: lendable(&facts.applicant_name),
            applicant_tckn: lendable(&facts.applicant_tckn),
            application: lendable(&facts.application),
            institution: lendable(&facts.institution),
            product: lendable(&facts.product),
            warnings: facts.warnings.iter().map(|warning| lendable(warning)).collect(),
            created_at: lendable(&facts.created_at),
            match_code: lendable(&facts.match_code),
        }
    }

    fn of(step: Option<&kamusm_step>) -> Option<&Self> {
        if let View::Show(view) = step?.view() { Some(view) } else { None }
    }
}

fn item(step: Option<&kamusm_step>, index: usize) -> Option<&Text> {
    step?.show().ok()?.items().get(index)
}

/// How many texts are to be shown and signed, 1 to 10.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_step_text_count(step: Option<&kamusm_step>) -> usize {
    guard_value(0, || Some(step?.show().ok()?.items().len()))
}

/// Title of the text at this place, from 0: "İmzalanacak Metin 1:". Lent by the step.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_step_text_title(step: Option<&kamusm_step>, index: usize) -> *const c_char {
    guard_value(ptr::null(), || Some(ShowView::of(step)?.titles.get(index)?.as_ptr()))
}

/// The text at this place, from 0: UTF-8, not NUL-terminated. These octets are shown and these are signed. Lent by the step.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_step_text_octets(step: Option<&kamusm_step>, index: usize) -> kamusm_bytes {
    guard_value(kamusm_bytes::ABSENT, || Some(kamusm_bytes::lent(&item(step, index)?.octets)))
}

/// Whether the text follows the signed-text profile; false only where the configuration lets it through.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_step_text_is_checked(step: Option<&kamusm_step>, index: usize) -> bool {
    guard_value(false, || Some(item(step, index)?.profile_checked))
}

/// Whether the text is one to sign in with: who, what and the kontrol sayısı are empty then.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_step_is_sign_in(step: Option<&kamusm_step>) -> bool {
    guard_value(false, || Some(step?.show().ok()?.facts().sign_in))
}

/// Name of the service. Lent by the step.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_step_service(step: Option<&kamusm_step>) -> *const c_char {
    guard_value(ptr::null(), || Some(ShowView::of(step)?.service.as_ptr()))
}

/// Address of the portal. Lent by the step.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_step_origin(step: Option<&kamusm_step>) -> *const c_char {
    guard_value(ptr::null(), || Some(ShowView::of(step)?.origin.as_ptr()))
}

/// The applicant's name, masked by the service. Lent by the step.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_step_applicant_name(step: Option<&kamusm_step>) -> *const c_char {
    guard_value(ptr::null(), || Some(ShowView::of(step)?.applicant_name.as_ptr()))
}

/// The applicant's TCKN, masked by the service; also of `KAMUSM_STEP_CHOOSE`. Lent by the step.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_step_applicant_tckn(step: Option<&kamusm_step>) -> *const c_char {
    guard_value(ptr::null(), || match step?.view() {
        View::Show(view) => Some(view.applicant_tckn.as_ptr()),
        View::Choose(view) => Some(view.applicant_tckn.as_ptr()),
        _ => None,
    })
}

/// Number of the application, such as `SD-13712`. Lent by the step.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_step_application(step: Option<&kamusm_step>) -> *const c_char {
    guard_value(ptr::null(), || Some(ShowView::of(step)?.application.as_ptr()))
}

/// The institution of the application. Lent by the step.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_step_institution(step: Option<&kamusm_step>) -> *const c_char {
    guard_value(ptr::null(), || Some(ShowView::of(step)?.institution.as_ptr()))
}

/// The product that is applied for. Lent by the step.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_step_product(step: Option<&kamusm_step>) -> *const c_char {
    guard_value(ptr::null(), || Some(ShowView::of(step)?.product.as_ptr()))
}

/// How many warnings the service gives.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_step_warning_count(step: Option<&kamusm_step>) -> usize {
    guard_value(0, || Some(step?.show().ok()?.facts().warnings.len()))
}

/// The warning at this place, from 0, such as `revokes_existing`. Lent by the step.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_step_warning(step: Option<&kamusm_step>, index: usize) -> *const c_char {
    guard_value(ptr::null(), || Some(ShowView::of(step)?.warnings.get(index)?.as_ptr()))
}

/// Oluşturma Tarihi, RFC 3339. Lent by the step.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_step_created_at(step: Option<&kamusm_step>) -> *const c_char {
    guard_value(ptr::null(), || Some(ShowView::of(step)?.created_at.as_ptr()))
}

/// Kontrol sayısı, four digits. The portal shows the same: let the person compare. Lent by the step.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_step_match_code(step: Option<&kamusm_step>) -> *const c_char {
    guard_value(ptr::null(), || Some(ShowView::of(step)?.match_code.as_ptr()))
}

/// Answers that the person read and accepts all texts.
///
/// `answer`: the answer, to be freed by `kamusm_answer_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_step_accept(
    step: Option<&kamusm_step>,
    answer: Option<&mut MaybeUninit<Box<kamusm_answer>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let (step, answer) = (given(step, "step")?, place(answer)?);
        answer.write(Box::new(kamusm_answer(step.show()?.accept())));
        Ok(())
    })
}

/// Answers that the person does not accept.
///
/// `answer`: the answer, to be freed by `kamusm_answer_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_step_decline(
    step: Option<&kamusm_step>,
    answer: Option<&mut MaybeUninit<Box<kamusm_answer>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let (step, answer) = (given(step, "step")?, place(answer)?);
        answer.write(Box::new(kamusm_answer(step.show()?.decline())));
        Ok(())
    })
}
