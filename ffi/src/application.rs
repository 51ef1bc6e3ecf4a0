//! The person's applications (Başvurularım): all of them, or one.

use std::{
    ffi::{CString, c_char},
    mem::MaybeUninit,
    ptr,
};

use kamusm::application::{Application, ApplicationNumber, Reason};

use crate::{
    application_state::StateView,
    call::{self, kamusm_call},
    config::kamusm_config,
    entropy::key,
    error::kamusm_error,
    guard::{guard, guard_value, guard_void},
    handle::given,
    person_token::kamusm_person_token,
    response::kamusm_response,
    result::kamusm_result,
    status::kamusm_status,
    text::{lendable, text},
};

/// Applications of a person, the latest first.
///
/// Threads: any number may read it at once.
pub struct kamusm_applications(Vec<kamusm_application>);

/// An application with its status. It never changes; what its functions lend lives as long as itself.
///
/// One of a list belongs to the list and is never freed alone. Threads: any number may read it at once.
pub struct kamusm_application {
    no: CString,
    applied_on: CString,
    institution: CString,
    product: CString,
    reason: kamusm_reason,
    reason_word: CString,
    status: kamusm_status,
    warnings: Vec<CString>,
    state: StateView,
}

/// Why a certificate is applied for.
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum kamusm_reason {
    /// None that this version knows; `kamusm_application_reason_word` has the service's word.
    Unknown = 0,
    /// İlk Sertifika.
    First = 1,
    /// Diğer.
    Other = 2,
    /// Yenileme.
    Renewal = 3,
    /// Kayıp/Çalınma.
    LostOrStolen = 4,
    /// Donanım Arızası.
    HardwareFault = 5,
    /// Kimlik Bilgisi Güncelleme.
    IdentityChange = 6,
    /// PIN/PUK Kayıp/Çalınma.
    PinPukLost = 7,
}

impl kamusm_reason {
    pub(crate) fn of(reason: &Reason) -> Self {
        match reason {
            Reason::First => Self::First,
            Reason::Other => Self::Other,
            Reason::Renewal => Self::Renewal,
            Reason::LostOrStolen => Self::LostOrStolen,
            Reason::HardwareFault => Self::HardwareFault,
            Reason::IdentityChange => Self::IdentityChange,
            Reason::PinPukLost => Self::PinPukLost,
            _ => Self::Unknown,
        }
    }
}

impl kamusm_application {
    fn new(application: &Application) -> Self {
        Self {
            no: lendable(&application.no),
            applied_on: lendable(&application.applied_on),
            institution: lendable(&application.institution),
            product: lendable(&application.product),
            reason: kamusm_reason::of(&application.reason),
            reason_word: lendable(application.reason.word()),
            status: kamusm_status::new(&application.status),
            warnings: application.warnings.iter().map(|warning| lendable(warning)).collect(),
            state: StateView::new(application),
        }
    }

    pub(crate) fn state(&self) -> &StateView {
        &self.state
    }
}

/// Makes the call for all applications of the person.
///
/// `token`: of the person's sign-in, copied.
/// `call`: the call, to be freed by `kamusm_call_free`; its answer is decoded by `kamusm_applications_decode`.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_applications_call(
    config: Option<&kamusm_config>,
    token: Option<&kamusm_person_token>,
    call: Option<&mut MaybeUninit<Box<kamusm_call>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let (config, token) = (given(config, "config")?, given(token, "token")?);
        call::make(call, || Ok(Application::list(config.built(), &token.0)))
    })
}

/// Decodes the answer to `kamusm_applications_call`; a refusal of the service is its error.
///
/// `applications`: the list, to be freed by `kamusm_applications_free`.
/// Worth handling: `KAMUSM_RESULT_UNAUTHENTICATED`, the sign-in is over.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_applications_decode(
    call: Option<&kamusm_call>,
    response: Option<&kamusm_response>,
    applications: Option<&mut MaybeUninit<Box<kamusm_applications>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        call::decode(call, response, applications, "applications", |message: Vec<Application>| {
            Box::new(kamusm_applications(message.iter().map(kamusm_application::new).collect()))
        })
    })
}

/// How many applications there are.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_applications_count(applications: Option<&kamusm_applications>) -> usize {
    guard_value(0, || Some(applications?.0.len()))
}

/// The application at this place, from 0; NULL behind the last. Lent by the list.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_applications_at(
    applications: Option<&kamusm_applications>,
    index: usize,
) -> *const kamusm_application {
    guard_value(ptr::null(), || Some(ptr::from_ref(applications?.0.get(index)?)))
}

/// Frees the list with its applications; NULL is fine.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_applications_free(applications: Option<Box<kamusm_applications>>) {
    guard_void(|| drop(applications));
}

/// Makes the call for one application.
///
/// `token`: of the person's sign-in, copied.
/// `number`: Sipariş No, 1 to 32 of `A`-`Z`, `0`-`9` and `-`.
/// `call`: the call, to be freed by `kamusm_call_free`; its answer is decoded by `kamusm_application_decode`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn kamusm_application_call(
    config: Option<&kamusm_config>,
    token: Option<&kamusm_person_token>,
    number: *const c_char,
    call: Option<&mut MaybeUninit<Box<kamusm_call>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let (config, token) = (given(config, "config")?, given(token, "token")?);
        // SAFETY: the rules at the top of the header.
        let number = unsafe { text(number, "number") }?;
        call::make(call, || {
            Ok(Application::read(config.built(), &token.0, &ApplicationNumber::parse(number)?))
        })
    })
}

/// Makes the call that waits up to 25 s for another version of an application.
///
/// `token`: of the person's sign-in, copied.
/// `number`: Sipariş No, 1 to 32 of `A`-`Z`, `0`-`9` and `-`.
/// `etag`: of the version that is known, from `kamusm_application_etag`.
/// `call`: the call, to be freed by `kamusm_call_free`; its answer is decoded by `kamusm_application_watch_decode`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn kamusm_application_watch_call(
    config: Option<&kamusm_config>,
    token: Option<&kamusm_person_token>,
    number: *const c_char,
    etag: *const c_char,
    call: Option<&mut MaybeUninit<Box<kamusm_call>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let (config, token) = (given(config, "config")?, given(token, "token")?);
        // SAFETY: the rules at the top of the header.
        let (number, etag) = unsafe { (text(number, "number")?, text(etag, "etag")?) };
        call::make(call, || {
            Ok(Application::watch(config.built(), &token.0, &ApplicationNumber::parse(number)?, etag))
        })
    })
}

/// Decodes the answer to `kamusm_application_watch_call`; a refusal of the service is its error.
///
/// `application`: the newer version, to be freed by `kamusm_application_free`; NULL comes where nothing changed.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_application_watch_decode(
    call: Option<&kamusm_call>,
    response: Option<&kamusm_response>,
    application: Option<&mut MaybeUninit<Option<Box<kamusm_application>>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        call::decode(call, response, application, "application", |message: Option<Application>| {
            message.map(|message| Box::new(kamusm_application::new(&message)))
        })
    })
}

/// Makes the call that cancels an application before its production.
///
/// `token`: of the person's sign-in, copied.
/// `number`: Sipariş No, 1 to 32 of `A`-`Z`, `0`-`9` and `-`.
/// `call`: the call, to be freed by `kamusm_call_free`; its answer is decoded by `kamusm_application_decode`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn kamusm_application_cancel_call(
    config: Option<&kamusm_config>,
    token: Option<&kamusm_person_token>,
    number: *const c_char,
    call: Option<&mut MaybeUninit<Box<kamusm_call>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let (config, token) = (given(config, "config")?, given(token, "token")?);
        // SAFETY: the rules at the top of the header.
        let number = unsafe { text(number, "number") }?;
        call::make(call, || {
            let number = ApplicationNumber::parse(number)?;
            Ok(Application::cancel(config.built(), &token.0, &number, &key()?))
        })
    })
}

/// Decodes the answer to `kamusm_application_call` or `kamusm_application_cancel_call`; a refusal of the service is its error.
///
/// `application`: the application, to be freed by `kamusm_application_free`.
/// Worth handling: `KAMUSM_RESULT_NOT_FOUND`, there is none, or it is somebody else's;
///   `KAMUSM_RESULT_TOO_LATE_TO_CANCEL`.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_application_decode(
    call: Option<&kamusm_call>,
    response: Option<&kamusm_response>,
    application: Option<&mut MaybeUninit<Box<kamusm_application>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        call::decode(call, response, application, "application", |message| {
            Box::new(kamusm_application::new(&message))
        })
    })
}

/// Sipariş No, such as `SD-13712`. Lent by the application.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_application_no(application: Option<&kamusm_application>) -> *const c_char {
    guard_value(ptr::null(), || Some(application?.no.as_ptr()))
}

/// Başvuru Tarihi, `YYYY-MM-DD`. Lent by the application.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_application_applied_on(application: Option<&kamusm_application>) -> *const c_char {
    guard_value(ptr::null(), || Some(application?.applied_on.as_ptr()))
}

/// The institution; empty where the service does not tell. Lent by the application.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_application_institution(application: Option<&kamusm_application>) -> *const c_char {
    guard_value(ptr::null(), || Some(application?.institution.as_ptr()))
}

/// The product; empty where the service does not tell. Lent by the application.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_application_product(application: Option<&kamusm_application>) -> *const c_char {
    guard_value(ptr::null(), || Some(application?.product.as_ptr()))
}

/// Why it is applied for.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_application_reason(application: Option<&kamusm_application>) -> kamusm_reason {
    guard_value(kamusm_reason::Unknown, || Some(application?.reason))
}

/// The service's word for that, such as `first`. Lent by the application.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_application_reason_word(application: Option<&kamusm_application>) -> *const c_char {
    guard_value(ptr::null(), || Some(application?.reason_word.as_ptr()))
}

/// Başvuru Durumu. Lent by the application.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_application_status(
    application: Option<&kamusm_application>,
) -> *const kamusm_status {
    guard_value(ptr::null(), || Some(ptr::from_ref(&application?.status)))
}

/// How many warnings the service gives.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_application_warning_count(application: Option<&kamusm_application>) -> usize {
    guard_value(0, || Some(application?.warnings.len()))
}

/// The warning at this place, from 0, such as `revokes_existing`. Lent by the application.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_application_warning(
    application: Option<&kamusm_application>,
    index: usize,
) -> *const c_char {
    guard_value(ptr::null(), || Some(application?.warnings.get(index)?.as_ptr()))
}

/// Frees an application of `kamusm_application_decode`; NULL is fine.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_application_free(application: Option<Box<kamusm_application>>) {
    guard_void(|| drop(application));
}
