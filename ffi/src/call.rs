//! Single requests with the decoder of their answer: everything that needs no session.
//!
//! Each call of the core has one function that makes it (`kamusm_<what>_call`); each message has one that decodes it
//! (`kamusm_<what>_decode`), whichever call brought it. All else is here, once.

use std::{any::Any, mem::MaybeUninit, ptr};

use kamusm::{Code, Error, call::Call, request::Request};

use crate::{
    guard::{guard_value, guard_void},
    handle::given,
    request::kamusm_request,
    response::kamusm_response,
};

/// A request to the service that stands for itself. Perform it by `kamusm_http_call`, or by your own HTTP, and give
/// the response to the function that decodes this kind of answer.
///
/// It holds the person's token: keep it out of logs. Threads: any number may use it at once, also more than once.
pub struct kamusm_call {
    request: kamusm_request,
    /// A [`Call`] of the message, or what a machine keeps with its question.
    brings: Box<dyn Any + Send + Sync>,
}

impl kamusm_call {
    pub(crate) fn new<T: Send + Sync + 'static>(request: Request, brings: T) -> Self {
        Self { request: kamusm_request::new(request), brings: Box::new(brings) }
    }

    /// What it brings.
    pub(crate) fn brought<T: 'static>(&self, name: &str) -> Result<&T, Error> {
        let brought = self.brings.downcast_ref();
        brought.ok_or_else(|| Error::new(Code::State, format!("the call does not bring {name}")))
    }

    pub(crate) fn request(&self) -> &kamusm_request {
        &self.request
    }
}

/// Writes the call to the caller's place.
pub(crate) fn make<T: 'static>(
    call: Option<&mut MaybeUninit<Box<kamusm_call>>>,
    make: impl FnOnce() -> Result<Call<T>, Error>,
) -> Result<(), Error> {
    let place = given(call, "call")?;
    let call = make()?;
    place.write(Box::new(kamusm_call::new(call.request().clone(), call)));
    Ok(())
}

/// The message that the call brings.
pub(crate) fn message<T: 'static>(
    call: Option<&kamusm_call>,
    response: Option<&kamusm_response>,
    name: &str,
) -> Result<T, Error> {
    let (call, response) = (given(call, "call")?, given(response, "response")?);
    call.brought::<Call<T>>(name)?.decode(&response.0)
}

/// Decodes the message that the call brings and writes what is made of it to the caller's place.
pub(crate) fn decode<T: 'static, O>(
    call: Option<&kamusm_call>,
    response: Option<&kamusm_response>,
    place: Option<&mut MaybeUninit<O>>,
    name: &str,
    made: impl FnOnce(T) -> O,
) -> Result<(), Error> {
    let place = given(place, name)?;
    place.write(made(message(call, response, name)?));
    Ok(())
}

/// What is to be sent, for callers with their own HTTP. Lent by the call.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_call_request(call: Option<&kamusm_call>) -> *const kamusm_request {
    guard_value(ptr::null(), || Some(ptr::from_ref(call?.request())))
}

/// Frees the call; NULL is fine.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_call_free(call: Option<Box<kamusm_call>>) {
    guard_void(|| drop(call));
}
