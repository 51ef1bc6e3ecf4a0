//! Those of an institution's staff who may apply, by hand or from CSV, to tell the service of.

use std::{ffi::c_char, mem::MaybeUninit, ptr};

use kamusm::institution::{self, InstitutionId, PreApplication};

use crate::{
    bytes::octets,
    call::{self, kamusm_call},
    config::kamusm_config,
    entropy::key,
    error::kamusm_error,
    guard::{guard, guard_value, guard_void},
    handle::given,
    person_token::kamusm_person_token,
    pre_application::kamusm_pre_application,
    result::kamusm_result,
    text::text,
};

/// Rows to tell the service of.
///
/// Threads: `kamusm_pre_applications_add` must be alone.
#[derive(Default)]
pub struct kamusm_pre_applications(Vec<RowView>);

struct RowView {
    line: u64,
    result: Result<kamusm_pre_application, kamusm_error>,
}

impl kamusm_pre_applications {
    fn row(&self, index: usize) -> Option<&kamusm_pre_application> {
        self.0.get(index)?.result.as_ref().ok()
    }
}

/// Makes a list without rows, to be freed by `kamusm_pre_applications_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_pre_applications_new() -> Option<Box<kamusm_pre_applications>> {
    guard_value(None, || Some(Some(Box::default())))
}

/// Reads the rows of a CSV file, each with its own result; an error is one of the whole file.
///
/// `csv`, `csv_len`: UTF-8 with or without BOM, at most 256 KiB and 500 rows, separated by `;` or `,`, and its length
///   in octets. The first row names the columns: `tckn`, `name`, `email`, `reason` and, where wanted, `gsm`,
///   `institution_change`, `payer`, `prepaid`, `product`, or their Turkish names as the forms of the CA have them.
/// `rows`: the list, to be freed by `kamusm_pre_applications_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn kamusm_pre_applications_from_csv(
    csv: *const u8,
    csv_len: usize,
    rows: Option<&mut MaybeUninit<Box<kamusm_pre_applications>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let place = given(rows, "rows")?;
        // SAFETY: the rules at the top of the header.
        let read = PreApplication::from_csv(unsafe { octets(csv, csv_len, "csv") }?)?;
        let rows = read.into_iter().map(|row| RowView {
            line: row.line,
            result: row.result.map(kamusm_pre_application::new).map_err(|why| kamusm_error::new(&why)),
        });
        place.write(Box::new(kamusm_pre_applications(rows.collect())));
        Ok(())
    })
}

/// Adds a row. What was lent of the list before is gone.
///
/// `row`: copied.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_pre_applications_add(
    rows: Option<&mut kamusm_pre_applications>,
    row: Option<&kamusm_pre_application>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let (rows, row) = (given(rows, "rows")?, given(row, "row")?);
        rows.0.push(RowView { line: 0, result: Ok(kamusm_pre_application::new(row.item.clone())) });
        Ok(())
    })
}

/// How many rows there are.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_pre_applications_count(rows: Option<&kamusm_pre_applications>) -> usize {
    guard_value(0, || Some(rows?.0.len()))
}

/// The line of the file that the row at this place begins at, from 1; 0 for a row that was added by hand.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_pre_applications_line(rows: Option<&kamusm_pre_applications>, index: usize) -> u64 {
    guard_value(0, || Some(rows?.0.get(index)?.line))
}

/// The row at this place, from 0; NULL behind the last, and where the row is wrong. Lent by the list.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_pre_applications_at(
    rows: Option<&kamusm_pre_applications>,
    index: usize,
) -> *const kamusm_pre_application {
    guard_value(ptr::null(), || Some(ptr::from_ref(rows?.row(index)?)))
}

/// What is wrong with the row at this place, see `kamusm_error_field_count`; NULL if it is right. Lent by the list.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_pre_applications_error(
    rows: Option<&kamusm_pre_applications>,
    index: usize,
) -> *const kamusm_error {
    guard_value(ptr::null(), || Some(ptr::from_ref(rows?.0.get(index)?.result.as_ref().err()?)))
}

/// Frees the list with its rows; NULL is fine.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_pre_applications_free(rows: Option<Box<kamusm_pre_applications>>) {
    guard_void(|| drop(rows));
}

/// Makes the call that tells of the right rows of a list, 1 to 500; wrong ones are passed over.
///
/// `token`: of the person's sign-in, copied.
/// `institution`: what the service calls it, from `kamusm_me_institution_id`.
/// `rows`: copied.
/// `call`: the call, to be freed by `kamusm_call_free`; its answer is decoded by `kamusm_placed_decode`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn kamusm_pre_applications_call(
    config: Option<&kamusm_config>,
    token: Option<&kamusm_person_token>,
    institution: *const c_char,
    rows: Option<&kamusm_pre_applications>,
    call: Option<&mut MaybeUninit<Box<kamusm_call>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let (config, token) = (given(config, "config")?, given(token, "token")?);
        let rows = given(rows, "rows")?;
        // SAFETY: the rules at the top of the header.
        let institution = unsafe { text(institution, "institution") }?;
        call::make(call, || {
            let right = rows.0.iter().filter_map(|row| Some(row.result.as_ref().ok()?.item.clone()));
            let (right, institution) = (right.collect::<Vec<_>>(), InstitutionId::parse(institution)?);
            institution::submit(config.built(), &token.0, &institution, &right, &key()?)
        })
    })
}
