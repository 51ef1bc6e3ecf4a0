//! The number that every fallible function returns.

use std::{
    ffi::{CString, c_char},
    ptr,
    sync::OnceLock,
};

use kamusm::Code;

use crate::{guard::guard_value, text::lendable};

/// `0` for success, otherwise the number of a [`kamusm::Code`].
///
/// cbindgen writes the enum from the core's list, so this alias is left out of the header.
///
/// cbindgen:ignore
pub type kamusm_result = i32;

/// Success.
///
/// cbindgen:ignore
pub const KAMUSM_RESULT_OK: kamusm_result = 0;

/// The name of a number, such as `"PIN_INCORRECT"`, for developers; `"OK"` for `KAMUSM_RESULT_OK`.
///
/// `result`: one of `KAMUSM_RESULT_*`; NULL comes back for the number of no error. The name lives for ever.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_result_name(result: i32) -> *const c_char {
    guard_value(ptr::null(), || {
        if result == KAMUSM_RESULT_OK {
            return Some(c"OK".as_ptr());
        }
        let named = NAMES.get_or_init(|| {
            Code::all().iter().map(|entry| (entry.code.number(), lendable(entry.name))).collect()
        });
        Some(named.iter().find(|(number, _)| *number == result)?.1.as_ptr())
    })
}

/// The core's names as C strings: a table of constants.
static NAMES: OnceLock<Vec<(i32, CString)>> = OnceLock::new();
