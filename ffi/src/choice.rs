//! The lists that fields are chosen from.

use std::{
    ffi::{CString, c_char},
    mem::MaybeUninit,
    ptr,
};

use kamusm::reference::Choice;

use crate::{
    call::{self, kamusm_call},
    config::kamusm_config,
    error::kamusm_error,
    guard::{guard, guard_value, guard_void},
    handle::given,
    person_token::kamusm_person_token,
    response::kamusm_response,
    result::kamusm_result,
    text::{lendable, optional_text, text},
};

/// A list to choose from.
///
/// Threads: any number may read it at once.
pub struct kamusm_choices(Vec<(CString, CString)>);

/// Makes the call for a list.
///
/// `token`: of the person's sign-in, copied.
/// `list`: its name, such as `provinces`, or `kamusm_form_field_options_list` of a field.
/// `province`: the two-digit code of a province, for lists that differ by it such as `delivery-methods`; may be NULL.
/// `call`: the call, to be freed by `kamusm_call_free`; its answer is decoded by `kamusm_choices_decode`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn kamusm_choices_call(
    config: Option<&kamusm_config>,
    token: Option<&kamusm_person_token>,
    list: *const c_char,
    province: *const c_char,
    call: Option<&mut MaybeUninit<Box<kamusm_call>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let (config, token) = (given(config, "config")?, given(token, "token")?);
        // SAFETY: the rules at the top of the header.
        let list = unsafe { text(list, "list") }?;
        // SAFETY: the rules at the top of the header.
        let province = unsafe { optional_text(province, "province") }?;
        call::make(call, || {
            Ok(match province {
                Some(province) => Choice::list_of_province(config.built(), &token.0, list, province),
                None => Choice::list(config.built(), &token.0, list),
            })
        })
    })
}

/// Decodes the answer to `kamusm_choices_call`; a refusal of the service is its error.
///
/// `choices`: the list, to be freed by `kamusm_choices_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_choices_decode(
    call: Option<&kamusm_call>,
    response: Option<&kamusm_response>,
    choices: Option<&mut MaybeUninit<Box<kamusm_choices>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        call::decode(call, response, choices, "choices", |message: Vec<Choice>| {
            let rows = message.iter().map(|choice| (lendable(&choice.code), lendable(&choice.title)));
            Box::new(kamusm_choices(rows.collect()))
        })
    })
}

/// How many rows the list has.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_choices_count(choices: Option<&kamusm_choices>) -> usize {
    guard_value(0, || Some(choices?.0.len()))
}

/// What is sent for the row at this place, from 0; NULL behind the last. Lent by the list.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_choices_code(choices: Option<&kamusm_choices>, index: usize) -> *const c_char {
    guard_value(ptr::null(), || Some(choices?.0.get(index)?.0.as_ptr()))
}

/// What is shown for the row at this place. Lent by the list.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_choices_title(choices: Option<&kamusm_choices>, index: usize) -> *const c_char {
    guard_value(ptr::null(), || Some(choices?.0.get(index)?.1.as_ptr()))
}

/// Frees the list; NULL is fine.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_choices_free(choices: Option<Box<kamusm_choices>>) {
    guard_void(|| drop(choices));
}
