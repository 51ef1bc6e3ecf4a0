//! Single requests with the decoder of their answer: everything that needs no session.
//!
//! Each call of the core has one function that makes it (`kamusm_<what>_call`); each message has one that decodes it
//! (`kamusm_<what>_decode`), whichever call brought it. All else is here, once.

use std::{any::Any, mem::MaybeUninit, ptr};

use kamusm::{Code, Error, call::Call};

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
    /// A [`Call`] of the message that it brings.
    call: Box<dyn Any + Send + Sync>,
}

impl kamusm_call {
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
    place.write(Box::new(kamusm_call { request: kamusm_request::new(call.request()), call: Box::new(call) }));
    Ok(())
}

/// Decodes the message that the call brings and writes its object to the caller's place.
pub(crate) fn decode<T: 'static, O>(
    call: Option<&kamusm_call>,
    response: Option<&kamusm_response>,
    place: Option<&mut MaybeUninit<Box<O>>>,
    name: &str,
    object: impl FnOnce(T) -> O,
) -> Result<(), Error> {
    let (call, response) = (given(call, "call")?, given(response, "response")?);
    let place = given(place, name)?;
    let call = call.call.downcast_ref::<Call<T>>();
    let call = call.ok_or_else(|| Error::new(Code::State, format!("the call does not bring {name}")))?;
    place.write(Box::new(object(call.decode(&response.0)?)));
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
