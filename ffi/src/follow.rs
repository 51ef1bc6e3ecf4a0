//! Many pre-applications followed cheaply.

use std::{
    ffi::{CString, c_char},
    mem::MaybeUninit,
    ptr,
};

use kamusm::{
    Error,
    application::ApplicationNumber,
    follow::{Change, Follow},
    institution::InstitutionId,
    request::{Response, TransportFailure},
};

use crate::{
    call::kamusm_call,
    config::kamusm_config,
    error::kamusm_error,
    guard::{guard, guard_value, guard_void},
    handle::given,
    person_token::kamusm_person_token,
    response::kamusm_response,
    result::kamusm_result,
    status::kamusm_status,
    step::send::failure_of,
    text::{lendable, text, texts},
};

/// Follows the statuses of an institution's pre-applications. It does nothing itself: it says whom to ask next.
///
/// While `kamusm_follow_next` gives calls, perform them, several at once; give each answer to `kamusm_follow_answer`. A
/// number that was answered is asked with its tag, so that an unchanged one costs no body; where not more numbers are
/// followed than may be asked at once, the service holds its answer back until something changes.
///
/// Threads: calls that take it without `const` must be alone.
pub struct kamusm_follow(Follow);

/// What a call of `kamusm_follow_next` brings.
struct Place(usize);

/// Something new about a number.
///
/// Threads: any number may read it at once.
pub struct kamusm_change {
    number: CString,
    result: Result<kamusm_status, kamusm_error>,
}

impl kamusm_change {
    fn new(change: &Change) -> Self {
        let result = change.result.as_ref();
        Self {
            number: lendable(change.number.as_str()),
            result: result.map(kamusm_status::new).map_err(kamusm_error::new),
        }
    }
}

impl kamusm_follow {
    fn take(
        &mut self,
        call: &kamusm_call,
        answer: Result<Response, TransportFailure>,
        monotonic_ms: u64,
        change: &mut MaybeUninit<Option<Box<kamusm_change>>>,
    ) -> Result<(), Error> {
        let Place(index) = call.brought("an answer to follow")?;
        let new = self.0.answer(*index, answer, monotonic_ms);
        change.write(new.map(|new| Box::new(kamusm_change::new(&new))));
        Ok(())
    }
}

/// Begins to follow. Nothing is sent yet.
///
/// `token`: of the person's sign-in, copied.
/// `institution`: what the service calls it, from `kamusm_me_institution_id`.
/// `numbers`, `number_count`: Sipariş No each, and how many there are.
/// `parallel`: how many calls may be open at once; 0 is taken as 1.
/// `follow`: the object, to be freed by `kamusm_follow_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn kamusm_follow_new(
    config: Option<&kamusm_config>,
    token: Option<&kamusm_person_token>,
    institution: *const c_char,
    numbers: *const *const c_char,
    number_count: usize,
    parallel: usize,
    follow: Option<&mut MaybeUninit<Box<kamusm_follow>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let (config, token) = (given(config, "config")?, given(token, "token")?);
        let follow = given(follow, "follow")?;
        // SAFETY: the rules at the top of the header.
        let (institution, numbers) =
            unsafe { (text(institution, "institution")?, texts(numbers, number_count, "numbers")?) };
        let institution = InstitutionId::parse(institution)?;
        let numbers = numbers.iter().map(|number| ApplicationNumber::parse(number));
        let numbers = numbers.collect::<Result<Vec<_>, _>>()?;
        let begun = Follow::new(config.built(), &token.0, &institution, numbers, parallel);
        follow.write(Box::new(kamusm_follow(begun)));
        Ok(())
    })
}

/// Gives the next call, as long as more may be open; it counts as open until its answer is given.
///
/// `monotonic_ms`: now, from `kamusm_clock_monotonic_ms`.
/// `call`: the call, to be freed by `kamusm_call_free` after its answer was given; NULL comes where none is due.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_follow_next(
    follow: Option<&mut kamusm_follow>,
    monotonic_ms: u64,
    call: Option<&mut MaybeUninit<Option<Box<kamusm_call>>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let (follow, call) = (given(follow, "follow")?, given(call, "call")?);
        let next = follow.0.next(monotonic_ms);
        let next = next.map(|question| kamusm_call::new(question.request, Place(question.index)));
        call.write(next.map(Box::new));
        Ok(())
    })
}

/// Takes the response to a call of `kamusm_follow_next`. What may pass by itself is asked again later.
///
/// `monotonic_ms`: now, from `kamusm_clock_monotonic_ms`.
/// `change`: what is new, to be freed by `kamusm_change_free`; NULL comes where nothing is.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_follow_answer(
    follow: Option<&mut kamusm_follow>,
    call: Option<&kamusm_call>,
    response: Option<&kamusm_response>,
    monotonic_ms: u64,
    change: Option<&mut MaybeUninit<Option<Box<kamusm_change>>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let (follow, call) = (given(follow, "follow")?, given(call, "call")?);
        let (response, change) = (given(response, "response")?, given(change, "change")?);
        follow.take(call, Ok(response.0.clone()), monotonic_ms, change)
    })
}

/// The same where no response came.
///
/// `failure`: one of `KAMUSM_TRANSPORT_FAILURE_*`.
/// `monotonic_ms`: now, from `kamusm_clock_monotonic_ms`.
/// `change`: what is new, to be freed by `kamusm_change_free`; NULL comes where nothing is.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_follow_failed(
    follow: Option<&mut kamusm_follow>,
    call: Option<&kamusm_call>,
    failure: i32,
    monotonic_ms: u64,
    change: Option<&mut MaybeUninit<Option<Box<kamusm_change>>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let (follow, call) = (given(follow, "follow")?, given(call, "call")?);
        let change = given(change, "change")?;
        follow.take(call, Err(failure_of(failure)?), monotonic_ms, change)
    })
}

/// Whether `kamusm_follow_next` gives something again by time alone.
///
/// `monotonic_ms`: written only if so, the moment on the monotonic clock; may be NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_follow_deadline(
    follow: Option<&kamusm_follow>,
    monotonic_ms: Option<&mut MaybeUninit<u64>>,
) -> bool {
    guard_value(false, || {
        let deadline = follow?.0.deadline()?;
        if let Some(monotonic_ms) = monotonic_ms {
            monotonic_ms.write(deadline);
        }
        Some(true)
    })
}

/// How many numbers are followed.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_follow_total(follow: Option<&kamusm_follow>) -> usize {
    guard_value(0, || Some(follow?.0.progress().total))
}

/// Of how many the status is known.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_follow_known(follow: Option<&kamusm_follow>) -> usize {
    guard_value(0, || Some(follow?.0.progress().known))
}

/// How many are not followed any more, because they were refused.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_follow_refused(follow: Option<&kamusm_follow>) -> usize {
    guard_value(0, || Some(follow?.0.progress().refused))
}

/// How many answers are awaited now.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_follow_open(follow: Option<&kamusm_follow>) -> usize {
    guard_value(0, || Some(follow?.0.progress().open))
}

/// Frees the object; NULL is fine.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_follow_free(follow: Option<Box<kamusm_follow>>) {
    guard_void(|| drop(follow));
}

/// Sipariş No of what changed. Lent by the change.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_change_no(change: Option<&kamusm_change>) -> *const c_char {
    guard_value(ptr::null(), || Some(change?.number.as_ptr()))
}

/// Its status now; NULL where it is not followed any more. Lent by the change.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_change_status(change: Option<&kamusm_change>) -> *const kamusm_status {
    guard_value(ptr::null(), || Some(ptr::from_ref(change?.result.as_ref().ok()?)))
}

/// Why it is not followed any more; NULL where it is. Lent by the change.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_change_error(change: Option<&kamusm_change>) -> *const kamusm_error {
    guard_value(ptr::null(), || Some(ptr::from_ref(change?.result.as_ref().err()?)))
}

/// Frees the change; NULL is fine.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_change_free(change: Option<Box<kamusm_change>>) {
    guard_void(|| drop(change));
}
