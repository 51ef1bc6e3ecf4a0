//! The pre-applications of an institution as the service has them, for its e-imza sorumlusu.

use std::{
    ffi::{CString, c_char},
    mem::MaybeUninit,
    ptr,
};

use kamusm::{
    application::ApplicationNumber,
    institution::{self, InstitutionId, StaffApplication},
};

use crate::{
    call::{self, kamusm_call},
    config::kamusm_config,
    error::kamusm_error,
    guard::{guard, guard_value, guard_void},
    handle::given,
    person_token::kamusm_person_token,
    response::kamusm_response,
    result::kamusm_result,
    status::kamusm_status,
    text::{lendable, text},
};

/// The pre-applications of an institution.
///
/// Threads: any number may read it at once.
pub struct kamusm_staff_applications(Vec<kamusm_staff_application>);

/// A pre-application of an institution. One of a list belongs to the list and is never freed alone.
///
/// Threads: any number may read it at once.
pub struct kamusm_staff_application {
    no: CString,
    name: CString,
    tckn: CString,
    applied_on: CString,
    status: kamusm_status,
    etag: Option<CString>,
}

impl kamusm_staff_application {
    fn new(application: &StaffApplication) -> Self {
        Self {
            no: lendable(&application.no),
            name: lendable(&application.name),
            tckn: lendable(&application.tckn),
            applied_on: lendable(&application.applied_on),
            status: kamusm_status::new(&application.status),
            etag: application.etag.as_deref().map(lendable),
        }
    }
}

/// Makes the call for all pre-applications of an institution.
///
/// `token`: of the person's sign-in, copied.
/// `institution`: what the service calls it, from `kamusm_me_institution_id`.
/// `call`: the call, to be freed by `kamusm_call_free`; its answer is decoded by `kamusm_staff_applications_decode`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn kamusm_staff_applications_call(
    config: Option<&kamusm_config>,
    token: Option<&kamusm_person_token>,
    institution: *const c_char,
    call: Option<&mut MaybeUninit<Box<kamusm_call>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let (config, token) = (given(config, "config")?, given(token, "token")?);
        // SAFETY: the rules at the top of the header.
        let institution = unsafe { text(institution, "institution") }?;
        call::make(call, || {
            Ok(institution::list(config.built(), &token.0, &InstitutionId::parse(institution)?))
        })
    })
}

/// Decodes the answer to `kamusm_staff_applications_call`; a refusal of the service is its error.
///
/// `applications`: the list, to be freed by `kamusm_staff_applications_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_staff_applications_decode(
    call: Option<&kamusm_call>,
    response: Option<&kamusm_response>,
    applications: Option<&mut MaybeUninit<Box<kamusm_staff_applications>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        call::decode(call, response, applications, "applications", |message: Vec<StaffApplication>| {
            let rows = message.iter().map(kamusm_staff_application::new);
            Box::new(kamusm_staff_applications(rows.collect()))
        })
    })
}

/// How many there are.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_staff_applications_count(applications: Option<&kamusm_staff_applications>) -> usize {
    guard_value(0, || Some(applications?.0.len()))
}

/// The one at this place, from 0; NULL behind the last. Lent by the list.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_staff_applications_at(
    applications: Option<&kamusm_staff_applications>,
    index: usize,
) -> *const kamusm_staff_application {
    guard_value(ptr::null(), || Some(ptr::from_ref(applications?.0.get(index)?)))
}

/// Frees the list with its rows; NULL is fine.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_staff_applications_free(applications: Option<Box<kamusm_staff_applications>>) {
    guard_void(|| drop(applications));
}

/// Makes the call for one pre-application of an institution.
///
/// `token`: of the person's sign-in, copied.
/// `institution`: what the service calls it, from `kamusm_me_institution_id`.
/// `number`: Sipariş No, 1 to 32 of `A`-`Z`, `0`-`9` and `-`.
/// `call`: the call, to be freed by `kamusm_call_free`; its answer is decoded by `kamusm_staff_application_decode`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn kamusm_staff_application_call(
    config: Option<&kamusm_config>,
    token: Option<&kamusm_person_token>,
    institution: *const c_char,
    number: *const c_char,
    call: Option<&mut MaybeUninit<Box<kamusm_call>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let (config, token) = (given(config, "config")?, given(token, "token")?);
        // SAFETY: the rules at the top of the header.
        let institution = unsafe { text(institution, "institution") }?;
        // SAFETY: the rules at the top of the header.
        let number = unsafe { text(number, "number") }?;
        call::make(call, || {
            Ok(institution::read(
                config.built(),
                &token.0,
                &InstitutionId::parse(institution)?,
                &ApplicationNumber::parse(number)?,
            ))
        })
    })
}

/// Decodes the answer to `kamusm_staff_application_call`; a refusal of the service is its error.
///
/// `application`: the pre-application, to be freed by `kamusm_staff_application_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_staff_application_decode(
    call: Option<&kamusm_call>,
    response: Option<&kamusm_response>,
    application: Option<&mut MaybeUninit<Box<kamusm_staff_application>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        call::decode(call, response, application, "application", |message| {
            Box::new(kamusm_staff_application::new(&message))
        })
    })
}

/// Makes the call that waits up to 25 s for another version of a pre-application.
///
/// `token`: of the person's sign-in, copied.
/// `institution`: what the service calls it, from `kamusm_me_institution_id`.
/// `number`: Sipariş No, 1 to 32 of `A`-`Z`, `0`-`9` and `-`.
/// `etag`: of the version that is known, from `kamusm_staff_application_etag`.
/// `call`: the call, to be freed by `kamusm_call_free`; its answer is decoded by `kamusm_staff_application_watch_decode`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn kamusm_staff_application_watch_call(
    config: Option<&kamusm_config>,
    token: Option<&kamusm_person_token>,
    institution: *const c_char,
    number: *const c_char,
    etag: *const c_char,
    call: Option<&mut MaybeUninit<Box<kamusm_call>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let (config, token) = (given(config, "config")?, given(token, "token")?);
        // SAFETY: the rules at the top of the header.
        let institution = unsafe { text(institution, "institution") }?;
        // SAFETY: the rules at the top of the header.
        let number = unsafe { text(number, "number") }?;
        // SAFETY: the rules at the top of the header.
        let etag = unsafe { text(etag, "etag") }?;
        call::make(call, || {
            Ok(institution::watch(
                config.built(),
                &token.0,
                &InstitutionId::parse(institution)?,
                &ApplicationNumber::parse(number)?,
                etag,
            ))
        })
    })
}

/// Decodes the answer to `kamusm_staff_application_watch_call`; a refusal of the service is its error.
///
/// `application`: the newer version, to be freed by `kamusm_staff_application_free`; NULL comes where nothing changed.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_staff_application_watch_decode(
    call: Option<&kamusm_call>,
    response: Option<&kamusm_response>,
    application: Option<&mut MaybeUninit<Option<Box<kamusm_staff_application>>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        call::decode(call, response, application, "application", |message: Option<StaffApplication>| {
            message.map(|message| Box::new(kamusm_staff_application::new(&message)))
        })
    })
}

/// Sipariş No. Lent by the object.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_staff_application_no(
    application: Option<&kamusm_staff_application>,
) -> *const c_char {
    guard_value(ptr::null(), || Some(application?.no.as_ptr()))
}

/// The masked name. Lent by the object.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_staff_application_name(
    application: Option<&kamusm_staff_application>,
) -> *const c_char {
    guard_value(ptr::null(), || Some(application?.name.as_ptr()))
}

/// The masked T.C. Kimlik Numarası. Lent by the object.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_staff_application_tckn(
    application: Option<&kamusm_staff_application>,
) -> *const c_char {
    guard_value(ptr::null(), || Some(application?.tckn.as_ptr()))
}

/// Başvuru Tarihi, `YYYY-MM-DD`. Lent by the object.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_staff_application_applied_on(
    application: Option<&kamusm_staff_application>,
) -> *const c_char {
    guard_value(ptr::null(), || Some(application?.applied_on.as_ptr()))
}

/// Başvuru Durumu. Lent by the object.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_staff_application_status(
    application: Option<&kamusm_staff_application>,
) -> *const kamusm_status {
    guard_value(ptr::null(), || Some(ptr::from_ref(&application?.status)))
}

/// The tag of this version, for `kamusm_staff_application_watch_call`; NULL in lists. Lent by the object.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_staff_application_etag(
    application: Option<&kamusm_staff_application>,
) -> *const c_char {
    guard_value(ptr::null(), || Some(application?.etag.as_ref()?.as_ptr()))
}

/// Frees a pre-application that no list owns; NULL is fine.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_staff_application_free(application: Option<Box<kamusm_staff_application>>) {
    guard_void(|| drop(application));
}
