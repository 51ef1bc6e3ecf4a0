//! What is wrong with fields of what was sent, each by its place (RFC 6901).

use std::{
    ffi::{CString, c_char},
    ptr,
};

use kamusm::error::{FieldError, FieldErrorCode};

use crate::{
    guard::{guard_value, guard_void},
    text::lendable,
};

/// What is wrong with a field.
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum kamusm_field_error {
    /// None that this version knows; the function beside it has the service's word.
    Unknown = 0,
    /// It must be filled.
    Required = 1,
    /// It is not written as such a value is.
    Format = 2,
    /// It is none of the values to choose from, or there is no such field.
    UnknownValue = 3,
    /// It cannot be changed here.
    Locked = 4,
    /// It is too long.
    TooLong = 5,
    /// It holds characters that it may not.
    Characters = 6,
    /// Its check digits do not fit.
    Checksum = 7,
}

impl kamusm_field_error {
    pub(crate) fn of(code: &FieldErrorCode) -> Self {
        match code {
            FieldErrorCode::Required => Self::Required,
            FieldErrorCode::Format => Self::Format,
            FieldErrorCode::UnknownValue => Self::UnknownValue,
            FieldErrorCode::Locked => Self::Locked,
            FieldErrorCode::TooLong => Self::TooLong,
            FieldErrorCode::Characters => Self::Characters,
            FieldErrorCode::Checksum => Self::Checksum,
            _ => Self::Unknown,
        }
    }
}

/// What is wrong with the values of a form.
///
/// Threads: any number may read it at once.
pub struct kamusm_field_errors(Vec<FieldErrorView>);

pub(crate) struct FieldErrorView {
    pub(crate) pointer: CString,
    pub(crate) code: kamusm_field_error,
    pub(crate) word: CString,
}

impl kamusm_field_errors {
    pub(crate) fn new(errors: &[FieldError]) -> Self {
        Self(FieldErrorView::all(errors))
    }
}

impl FieldErrorView {
    pub(crate) fn all(errors: &[FieldError]) -> Vec<Self> {
        let views = errors.iter().map(|error| Self {
            pointer: lendable(&error.pointer),
            code: kamusm_field_error::of(&error.code),
            word: lendable(error.code.word()),
        });
        views.collect()
    }
}

/// How many fields are wrong; 0 if all is well.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_field_errors_count(errors: Option<&kamusm_field_errors>) -> usize {
    guard_value(0, || Some(errors?.0.len()))
}

/// Where, as a JSON Pointer, such as `/values/email`; NULL behind the last. Lent by the list.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_field_errors_pointer(
    errors: Option<&kamusm_field_errors>,
    index: usize,
) -> *const c_char {
    guard_value(ptr::null(), || Some(errors?.0.get(index)?.pointer.as_ptr()))
}

/// What is wrong with the field at this place, from 0.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_field_errors_code(
    errors: Option<&kamusm_field_errors>,
    index: usize,
) -> kamusm_field_error {
    guard_value(kamusm_field_error::Unknown, || Some(errors?.0.get(index)?.code))
}

/// The word for that, such as `required`. Lent by the list.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_field_errors_word(
    errors: Option<&kamusm_field_errors>,
    index: usize,
) -> *const c_char {
    guard_value(ptr::null(), || Some(errors?.0.get(index)?.word.as_ptr()))
}

/// Frees the list; NULL is fine.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_field_errors_free(errors: Option<Box<kamusm_field_errors>>) {
    guard_void(|| drop(errors));
}
