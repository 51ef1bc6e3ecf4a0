//! What is filled in a form: values by the names of their fields.

use std::{
    ffi::{CString, c_char},
    mem::MaybeUninit,
    ptr,
};

use kamusm::form::FormValues;

use crate::{
    error::kamusm_error,
    guard::{guard, guard_value, guard_void},
    handle::given,
    result::kamusm_result,
    text::{lendable, text},
};

/// Values by the names of their fields; a field that is not filled is not there. Personal data: keep them out of logs.
///
/// Those of a form belong to it and are never freed alone. Threads: `kamusm_form_values_set` must be alone.
#[derive(Default)]
pub struct kamusm_form_values {
    values: FormValues,
    /// Names and values as they are lent.
    lent: Vec<(CString, CString)>,
}

impl kamusm_form_values {
    pub(crate) fn new(values: FormValues) -> Self {
        let lent = values.iter().map(|(name, value)| (lendable(name), lendable(value))).collect();
        Self { values, lent }
    }

    pub(crate) fn inner(&self) -> &FormValues {
        &self.values
    }
}

/// Makes values of which none is filled, to be freed by `kamusm_form_values_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_form_values_new() -> Option<Box<kamusm_form_values>> {
    guard_value(None, || Some(Some(Box::default())))
}

/// Makes a copy to change, to be freed by `kamusm_form_values_free`; NULL for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_form_values_copy(
    values: Option<&kamusm_form_values>,
) -> Option<Box<kamusm_form_values>> {
    guard_value(None, || Some(Some(Box::new(kamusm_form_values::new(values?.values.clone())))))
}

/// Fills a field. What was lent of the values before is gone.
///
/// `name`: of the field, copied.
/// `value`: as the person filled it, copied; `""` empties the field.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn kamusm_form_values_set(
    values: Option<&mut kamusm_form_values>,
    name: *const c_char,
    value: *const c_char,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let values = given(values, "values")?;
        // SAFETY: the rules at the top of the header.
        let (name, value) = unsafe { (text(name, "name")?, text(value, "value")?) };
        values.values.set(name, value);
        *values = kamusm_form_values::new(std::mem::take(&mut values.values));
        Ok(())
    })
}

/// The value of a field; NULL where it is not filled. Lent by the values.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn kamusm_form_values_get(
    values: Option<&kamusm_form_values>,
    name: *const c_char,
) -> *const c_char {
    guard_value(ptr::null(), || {
        // SAFETY: the rules at the top of the header.
        let name = unsafe { text(name, "name") }.ok()?;
        let (_, value) = values?.lent.iter().find(|(known, _)| known.to_bytes() == name.as_bytes())?;
        Some(value.as_ptr())
    })
}

/// How many fields are filled.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_form_values_count(values: Option<&kamusm_form_values>) -> usize {
    guard_value(0, || Some(values?.lent.len()))
}

/// The name of the filled field at this place, from 0, by name. Lent by the values.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_form_values_name(
    values: Option<&kamusm_form_values>,
    index: usize,
) -> *const c_char {
    guard_value(ptr::null(), || Some(values?.lent.get(index)?.0.as_ptr()))
}

/// The value of the filled field at this place. Lent by the values.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_form_values_value(
    values: Option<&kamusm_form_values>,
    index: usize,
) -> *const c_char {
    guard_value(ptr::null(), || Some(values?.lent.get(index)?.1.as_ptr()))
}

/// Frees values of `kamusm_form_values_new` or `_copy`; NULL is fine.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_form_values_free(values: Option<Box<kamusm_form_values>>) {
    guard_void(|| drop(values));
}
