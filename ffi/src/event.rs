//! What happened to an application.

use std::{
    ffi::{CString, c_char},
    mem::MaybeUninit,
    ptr,
};

use kamusm::{application::ApplicationNumber, event::Event};

use crate::{
    call::{self, kamusm_call},
    config::kamusm_config,
    error::kamusm_error,
    guard::{guard, guard_value, guard_void},
    handle::given,
    person_token::kamusm_person_token,
    response::kamusm_response,
    result::kamusm_result,
    text::{lendable, text},
};

/// What happened, the latest first.
///
/// Threads: any number may read it at once.
pub struct kamusm_events(Vec<EventView>);

struct EventView {
    at: CString,
    code: CString,
    text: CString,
}

impl EventView {
    fn new(event: &Event) -> Self {
        Self { at: lendable(&event.at), code: lendable(&event.code), text: lendable(&event.text) }
    }
}

/// Makes the call for everything that happened to an application.
///
/// `token`: of the person's sign-in, copied.
/// `number`: Sipariş No, 1 to 32 of `A`-`Z`, `0`-`9` and `-`.
/// `call`: the call, to be freed by `kamusm_call_free`; its answer is decoded by `kamusm_events_decode`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn kamusm_events_call(
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
        call::make(call, || Ok(Event::list(config.built(), &token.0, &ApplicationNumber::parse(number)?)))
    })
}

/// Decodes the answer to `kamusm_events_call`; a refusal of the service is its error.
///
/// `events`: the list, to be freed by `kamusm_events_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_events_decode(
    call: Option<&kamusm_call>,
    response: Option<&kamusm_response>,
    events: Option<&mut MaybeUninit<Box<kamusm_events>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        call::decode(call, response, events, "events", |message: Vec<Event>| {
            Box::new(kamusm_events(message.iter().map(EventView::new).collect()))
        })
    })
}

/// How many events there are.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_events_count(events: Option<&kamusm_events>) -> usize {
    guard_value(0, || Some(events?.0.len()))
}

/// When the event at this place was, from 0, RFC 3339; NULL behind the last. Lent by the list.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_events_time(events: Option<&kamusm_events>, index: usize) -> *const c_char {
    guard_value(ptr::null(), || Some(events?.0.get(index)?.at.as_ptr()))
}

/// The service's word for it. Lent by the list.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_events_code(events: Option<&kamusm_events>, index: usize) -> *const c_char {
    guard_value(ptr::null(), || Some(events?.0.get(index)?.code.as_ptr()))
}

/// What it says to the person. Lent by the list.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_events_text(events: Option<&kamusm_events>, index: usize) -> *const c_char {
    guard_value(ptr::null(), || Some(events?.0.get(index)?.text.as_ptr()))
}

/// Frees the list; NULL is fine.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_events_free(events: Option<Box<kamusm_events>>) {
    guard_void(|| drop(events));
}
