//! Octets: the one transparent struct, frozen for ever.

use std::{ptr, slice};

use kamusm::{Code, Error};

/// Octets: where they begin and how many there are. `data` is NULL where there are none.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct kamusm_bytes {
    /// The first octet.
    pub data: *const u8,
    /// How many octets there are.
    pub len: usize,
}

impl kamusm_bytes {
    /// No octets: what accessors answer where there is nothing.
    pub(crate) const ABSENT: Self = Self { data: ptr::null(), len: 0 };

    /// The octets, lent as long as their owner lives.
    pub(crate) fn lent(octets: &[u8]) -> Self {
        Self { data: octets.as_ptr(), len: octets.len() }
    }
}

/// The caller's octets; none if the length is 0, whatever the pointer.
///
/// # Safety
/// As [`slice`].
pub(crate) unsafe fn octets<'a>(data: *const u8, len: usize, name: &str) -> Result<&'a [u8], Error> {
    // SAFETY: the caller vouches for it.
    unsafe { slice(data, len, name) }
}

/// The caller's values in a row; none if there are 0, whatever the pointer.
///
/// # Safety
/// `values` is NULL or points to `count` values that nobody changes during the call.
pub(crate) unsafe fn slice<'a, T>(values: *const T, count: usize, name: &str) -> Result<&'a [T], Error> {
    if count == 0 {
        return Ok(&[]);
    }
    if values.is_null() {
        return Err(Error::new(Code::Null, format!("{name} is NULL")));
    }
    if count.checked_mul(size_of::<T>()).is_none_or(|len| isize::try_from(len).is_err()) {
        return Err(Error::new(Code::Range, format!("the length of {name} is no length")));
    }
    // SAFETY: not NULL and short enough for a slice; the caller vouches for the rest.
    Ok(unsafe { slice::from_raw_parts(values, count) })
}

/// The caller's list of octets, none of which may be missing; empty if there are none, whatever the pointer.
///
/// # Safety
/// As [`slice`], and each value as [`octets`] wants it.
pub(crate) unsafe fn octets_list<'a>(
    list: *const kamusm_bytes,
    count: usize,
    name: &str,
) -> Result<Vec<&'a [u8]>, Error> {
    // SAFETY: the caller vouches for it.
    let list = unsafe { slice(list, count, name) }?;
    let each = list.iter().map(|value| {
        if value.data.is_null() {
            return Err(Error::new(Code::Null, format!("a value of {name} is NULL")));
        }
        // SAFETY: the caller vouches for it.
        unsafe { octets(value.data, value.len, name) }
    });
    each.collect()
}
