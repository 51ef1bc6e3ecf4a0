//! What became of the pre-applications that the service was told of.

use std::{
    ffi::{CString, c_char},
    mem::MaybeUninit,
    ptr,
};

use kamusm::institution::Placed;

use crate::{
    call::{self, kamusm_call},
    error::kamusm_error,
    guard::{guard, guard_value, guard_void},
    response::kamusm_response,
    result::kamusm_result,
    text::lendable,
};

/// What became of each row that was told of.
///
/// Threads: any number may read it at once.
pub struct kamusm_placed(Vec<PlacedView>);

struct PlacedView {
    row: usize,
    result: Result<CString, kamusm_error>,
}

impl PlacedView {
    fn new(placed: &Placed) -> Self {
        let result = placed.result.as_ref();
        Self {
            row: placed.row,
            result: result.map(|number| lendable(number.as_str())).map_err(kamusm_error::new),
        }
    }
}

/// Decodes the answer to `kamusm_pre_applications_call`; a refusal of the service is its error.
///
/// `placed`: what became of each row, to be freed by `kamusm_placed_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_placed_decode(
    call: Option<&kamusm_call>,
    response: Option<&kamusm_response>,
    placed: Option<&mut MaybeUninit<Box<kamusm_placed>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        call::decode(call, response, placed, "placed", |message: Vec<Placed>| {
            Box::new(kamusm_placed(message.iter().map(PlacedView::new).collect()))
        })
    })
}

/// How many rows were told of.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_placed_count(placed: Option<&kamusm_placed>) -> usize {
    guard_value(0, || Some(placed?.0.len()))
}

/// Which of the right rows the entry at this place is about, from 1.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_placed_row(placed: Option<&kamusm_placed>, index: usize) -> usize {
    guard_value(0, || Some(placed?.0.get(index)?.row))
}

/// Sipariş No of the application that the row became; NULL where it was refused. Lent by the object.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_placed_no(placed: Option<&kamusm_placed>, index: usize) -> *const c_char {
    guard_value(ptr::null(), || Some(placed?.0.get(index)?.result.as_ref().ok()?.as_ptr()))
}

/// Why the row was refused, see `kamusm_error_field_count`; NULL where it was not. Lent by the object.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_placed_error(placed: Option<&kamusm_placed>, index: usize) -> *const kamusm_error {
    guard_value(ptr::null(), || Some(ptr::from_ref(placed?.0.get(index)?.result.as_ref().err()?)))
}

/// Frees the object; NULL is fine.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_placed_free(placed: Option<Box<kamusm_placed>>) {
    guard_void(|| drop(placed));
}
