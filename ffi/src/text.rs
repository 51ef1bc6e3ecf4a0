//! Strings across the boundary: UTF-8, NUL-terminated, copied on the way in and lent on the way out.

use std::ffi::{CStr, CString, c_char};

use kamusm::{Code, Error};

use crate::bytes::slice;

/// The caller's string.
///
/// # Safety
/// `text` is NULL or a NUL-terminated string that nobody changes during the call.
pub(crate) unsafe fn text<'a>(text: *const c_char, name: &str) -> Result<&'a str, Error> {
    if text.is_null() {
        return Err(Error::new(Code::Null, format!("{name} is NULL")));
    }
    // SAFETY: not NULL; the caller vouches for the rest.
    let text = unsafe { CStr::from_ptr(text) };
    text.to_str().map_err(|_| Error::new(Code::Utf8, format!("{name} is not UTF-8")))
}

/// The caller's string, or none.
///
/// # Safety
/// As [`text`].
pub(crate) unsafe fn optional_text<'a>(text: *const c_char, name: &str) -> Result<Option<&'a str>, Error> {
    // SAFETY: the caller vouches for it.
    if text.is_null() { Ok(None) } else { unsafe { self::text(text, name) }.map(Some) }
}

/// The caller's list of strings, none of which may be missing; empty if there are none, whatever the pointer.
///
/// # Safety
/// `list` is NULL or points to `count` pointers that nobody changes during the call, each as [`text`] wants it.
pub(crate) unsafe fn texts(
    list: *const *const c_char,
    count: usize,
    name: &str,
) -> Result<Vec<String>, Error> {
    // SAFETY: the caller vouches for it.
    let list = unsafe { slice(list, count, name) }?;
    // SAFETY: the caller vouches for it.
    list.iter().map(|value| unsafe { text(*value, name) }.map(str::to_owned)).collect()
}

/// A string to lend. One from the service may hold a NUL, which would cut it: it is shown as U+FFFD.
pub(crate) fn lendable(text: &str) -> CString {
    CString::new(text).unwrap_or_else(|_| {
        CString::new(text.replace('\0', "\u{fffd}")).expect("no NUL is left in the string")
    })
}
