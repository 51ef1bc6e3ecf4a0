//! Where an application stands: the state of the protocol's machine, form, payment, production.

use std::{
    ffi::{CString, c_char},
    ptr,
};

use kamusm::application::{Application, FormState, ProductionState, State};

use crate::{
    application::kamusm_application, guard::guard_value, payment::kamusm_payment_state, text::lendable,
};

/// Where an application stands, as the machine of the protocol names it.
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum kamusm_state {
    /// None that this version knows; `kamusm_application_state_word` has the service's word.
    Unknown = 0,
    /// The institution told of it.
    PreApplication = 1,
    /// The form is filled.
    FormSaved = 2,
    /// The phone is verified.
    PhoneVerified = 3,
    /// It is approved.
    Submitted = 4,
    /// It waits for the payment.
    PaymentPending = 5,
    /// It waits for the production.
    ProductionPending = 6,
    /// The card is made.
    InProduction = 7,
    /// The card is on its way.
    Shipped = 8,
    /// The person has the card.
    Delivered = 9,
    /// The certificate can be used.
    Active = 10,
    /// It was cancelled.
    Cancelled = 11,
}

impl kamusm_state {
    fn of(state: &State) -> Self {
        match state {
            State::PreApplication => Self::PreApplication,
            State::FormSaved => Self::FormSaved,
            State::PhoneVerified => Self::PhoneVerified,
            State::Submitted => Self::Submitted,
            State::PaymentPending => Self::PaymentPending,
            State::ProductionPending => Self::ProductionPending,
            State::InProduction => Self::InProduction,
            State::Shipped => Self::Shipped,
            State::Delivered => Self::Delivered,
            State::Active => Self::Active,
            State::Cancelled => Self::Cancelled,
            _ => Self::Unknown,
        }
    }
}

/// What became of the form.
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum kamusm_form_state {
    /// None that this version knows; `kamusm_application_form_word` has the service's word.
    Unknown = 0,
    /// Not filled yet.
    Pending = 1,
    /// Filled, not approved.
    Saved = 2,
    /// Approved.
    Submitted = 3,
}

impl kamusm_form_state {
    fn of(state: &FormState) -> Self {
        match state {
            FormState::Pending => Self::Pending,
            FormState::Saved => Self::Saved,
            FormState::Submitted => Self::Submitted,
            _ => Self::Unknown,
        }
    }
}

/// What became of the card.
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum kamusm_production_state {
    /// None that this version knows; `kamusm_application_production_word` has the service's word.
    Unknown = 0,
    /// Nothing yet.
    NotStarted = 1,
    /// It will be made from a date on.
    Scheduled = 2,
    /// It is made.
    InProduction = 3,
    /// It is on its way.
    Shipped = 4,
    /// The person has it.
    Delivered = 5,
}

impl kamusm_production_state {
    fn of(state: &ProductionState) -> Self {
        match state {
            ProductionState::NotStarted => Self::NotStarted,
            ProductionState::Scheduled => Self::Scheduled,
            ProductionState::InProduction => Self::InProduction,
            ProductionState::Shipped => Self::Shipped,
            ProductionState::Delivered => Self::Delivered,
            _ => Self::Unknown,
        }
    }
}

/// What is lent of where an application stands.
pub(crate) struct StateView {
    state: kamusm_state,
    state_word: CString,
    form: kamusm_form_state,
    form_word: CString,
    payment: kamusm_payment_state,
    payment_word: CString,
    production: kamusm_production_state,
    production_word: CString,
    earliest_on: Option<CString>,
    etag: Option<CString>,
}

impl StateView {
    pub(crate) fn new(application: &Application) -> Self {
        let Application { state, form, payment, production, etag, .. } = application;
        Self {
            state: kamusm_state::of(state),
            state_word: lendable(state.word()),
            form: kamusm_form_state::of(form),
            form_word: lendable(form.word()),
            payment: kamusm_payment_state::of(payment),
            payment_word: lendable(payment.word()),
            production: kamusm_production_state::of(&production.state),
            production_word: lendable(production.state.word()),
            earliest_on: production.earliest_on.as_deref().map(lendable),
            etag: etag.as_deref().map(lendable),
        }
    }
}

/// Where it stands.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_application_state(application: Option<&kamusm_application>) -> kamusm_state {
    guard_value(kamusm_state::Unknown, || Some(application?.state().state))
}

/// The service's word for that, such as `form_saved`; empty where the service does not tell. Lent by the application.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_application_state_word(application: Option<&kamusm_application>) -> *const c_char {
    guard_value(ptr::null(), || Some(application?.state().state_word.as_ptr()))
}

/// What became of its form.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_application_form(application: Option<&kamusm_application>) -> kamusm_form_state {
    guard_value(kamusm_form_state::Unknown, || Some(application?.state().form))
}

/// The service's word for that, such as `saved`; empty where the service does not tell. Lent by the application.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_application_form_word(application: Option<&kamusm_application>) -> *const c_char {
    guard_value(ptr::null(), || Some(application?.state().form_word.as_ptr()))
}

/// What became of its payment.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_application_payment(
    application: Option<&kamusm_application>,
) -> kamusm_payment_state {
    guard_value(kamusm_payment_state::Unknown, || Some(application?.state().payment))
}

/// The service's word for that, such as `pending`; empty where the service does not tell. Lent by the application.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_application_payment_word(application: Option<&kamusm_application>) -> *const c_char {
    guard_value(ptr::null(), || Some(application?.state().payment_word.as_ptr()))
}

/// What became of the card.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_application_production(
    application: Option<&kamusm_application>,
) -> kamusm_production_state {
    guard_value(kamusm_production_state::Unknown, || Some(application?.state().production))
}

/// The service's word for that, such as `scheduled`; empty where the service does not tell. Lent by the application.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_application_production_word(
    application: Option<&kamusm_application>,
) -> *const c_char {
    guard_value(ptr::null(), || Some(application?.state().production_word.as_ptr()))
}

/// The first day on which the card may be made, `YYYY-MM-DD`; NULL where that is not known. Lent by the application.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_application_earliest_production_on(
    application: Option<&kamusm_application>,
) -> *const c_char {
    guard_value(ptr::null(), || Some(application?.state().earliest_on.as_ref()?.as_ptr()))
}

/// The tag of this version, for `kamusm_application_watch_call`; NULL in lists. Lent by the application.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_application_etag(application: Option<&kamusm_application>) -> *const c_char {
    guard_value(ptr::null(), || Some(application?.state().etag.as_ref()?.as_ptr()))
}
