//! The default transport, for callers who do not bring their own.

use std::mem::MaybeUninit;

use kamusm::{
    drive::{Failure, Transport},
    http::HttpClient,
};

use crate::{
    answer::{kamusm_answer, place},
    call::kamusm_call,
    cancel::{kamusm_cancel, or_never},
    config::kamusm_config,
    error::kamusm_error,
    guard::{guard, guard_void},
    handle::given,
    response::kamusm_response,
    result::kamusm_result,
    step::kamusm_step,
};

/// An HTTP client with one kept connection; it follows no redirects.
///
/// Threads: any number may use it at once, for any number of sessions.
pub struct kamusm_http(HttpClient);

/// Makes a client with the configuration's trust roots and proxy.
///
/// `http`: the client, to be freed by `kamusm_http_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_http_new(
    config: Option<&kamusm_config>,
    http: Option<&mut MaybeUninit<Box<kamusm_http>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let (config, http) = (given(config, "config")?, given(http, "http")?);
        http.write(Box::new(kamusm_http(HttpClient::new(config.built())?)));
        Ok(())
    })
}

/// Performs a `KAMUSM_STEP_SEND`. It blocks; a lost network and a cancelled wait are answers, not errors.
///
/// `cancel`: ends the wait from another thread; may be NULL.
/// `answer`: the answer, to be freed by `kamusm_answer_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_http_perform(
    http: Option<&kamusm_http>,
    step: Option<&kamusm_step>,
    cancel: Option<&kamusm_cancel>,
    answer: Option<&mut MaybeUninit<Box<kamusm_answer>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let (http, step, answer) = (given(http, "http")?, given(step, "step")?, place(answer)?);
        let send = step.send()?;
        let made = match http.0.perform(send.request(), &or_never(cancel)) {
            Ok(response) => send.response(response),
            Err(Failure::Transport(failure)) => send.failed(failure),
            Err(Failure::Cancelled) => send.cancelled(),
        };
        answer.write(Box::new(kamusm_answer(made)));
        Ok(())
    })
}

/// Performs a call and gives the service's response, whatever its status. It blocks.
///
/// `cancel`: ends the wait from another thread; may be NULL.
/// `response`: the response, to be freed by `kamusm_response_free`.
/// Worth handling: `KAMUSM_RESULT_UNREACHABLE` and its neighbours, nothing is retried here; `KAMUSM_RESULT_CANCELLED`.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_http_call(
    http: Option<&kamusm_http>,
    call: Option<&kamusm_call>,
    cancel: Option<&kamusm_cancel>,
    response: Option<&mut MaybeUninit<Box<kamusm_response>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let (http, call) = (given(http, "http")?, given(call, "call")?);
        let response = given(response, "response")?;
        let answered = http.0.perform(call.request().inner(), &or_never(cancel))?;
        response.write(Box::new(kamusm_response(answered)));
        Ok(())
    })
}

/// Frees the client; NULL is fine.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_http_free(http: Option<Box<kamusm_http>>) {
    guard_void(|| drop(http));
}
