//! The sign session: it says the next step and takes its answer; it does nothing itself.

use std::mem::MaybeUninit;

use kamusm::{Session, time::Now};

use crate::{
    answer::kamusm_answer,
    bytes::octets,
    config::kamusm_config,
    entropy::entropy,
    error::kamusm_error,
    guard::{guard, guard_value, guard_void},
    handle::given,
    result::kamusm_result,
    step::kamusm_step,
    verification_code::kamusm_verification_code,
};

/// One doğrulama kodu on its way to "İşlem Başarılı", or a sign-in by e-imza.
///
/// Threads: calls that take it as `const` may run at once; the others must be alone. It may move between threads.
pub struct kamusm_session(Session);

/// Begins a session for this code. Nothing is sent yet.
///
/// `code`, `config`: copied; both may be freed afterwards.
/// `session`: the session, to be freed by `kamusm_session_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_session_new(
    code: Option<&kamusm_verification_code>,
    config: Option<&kamusm_config>,
    session: Option<&mut MaybeUninit<Box<kamusm_session>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let (code, config) = (given(code, "code")?, given(config, "config")?);
        let session = given(session, "session")?;
        session.write(Box::new(kamusm_session(Session::new(code.0.clone(), config.built(), entropy()?))));
        Ok(())
    })
}

/// Begins a sign-in by e-imza: one text that says so is shown and signed; `kamusm_step_signed_in` of the last step tells
/// who signed in. Nothing is sent yet.
///
/// `config`: copied; it may be freed afterwards.
/// `session`: the session, to be freed by `kamusm_session_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_session_sign_in(
    config: Option<&kamusm_config>,
    session: Option<&mut MaybeUninit<Box<kamusm_session>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let (config, session) = (given(config, "config")?, given(session, "session")?);
        session.write(Box::new(kamusm_session(Session::sign_in(config.built(), entropy()?))));
        Ok(())
    })
}

/// Goes on with a session after a crash, from the newest record of its journal: what is signed is not signed again.
///
/// `record`, `record_len`: as `kamusm_step_record` or `kamusm_store_read` gave it, and its length in octets; copied.
/// `config`: for the same service, with the key of the journal; copied.
/// `session`: the session, to be freed by `kamusm_session_free`.
/// Worth handling: `KAMUSM_RESULT_JOURNAL_KEY`, `KAMUSM_RESULT_JOURNAL_CORRUPT`; `KAMUSM_RESULT_STATE`, it is over.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn kamusm_session_resume(
    record: *const u8,
    record_len: usize,
    config: Option<&kamusm_config>,
    session: Option<&mut MaybeUninit<Box<kamusm_session>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let (config, session) = (given(config, "config")?, given(session, "session")?);
        // SAFETY: the rules at the top of the header.
        let record = unsafe { octets(record, record_len, "record") }?;
        session.write(Box::new(kamusm_session(Session::resume(record, config.built(), entropy()?)?)));
        Ok(())
    })
}

/// Tells the next step: the same state gives the same step.
///
/// `monotonic_ms`, `unix_ms`: now, from `kamusm_clock_monotonic_ms` and `kamusm_clock_unix_ms`.
/// `step`: the step, to be freed by `kamusm_step_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_session_step(
    session: Option<&kamusm_session>,
    monotonic_ms: u64,
    unix_ms: i64,
    step: Option<&mut MaybeUninit<Box<kamusm_step>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let (session, step) = (given(session, "session")?, given(step, "step")?);
        step.write(Box::new(kamusm_step::new(session.0.step(Now { monotonic_ms, unix_ms })?)));
        Ok(())
    })
}

/// Takes the answer of the current step. On an error nothing has changed.
///
/// `answer`: copied; free it afterwards.
/// `monotonic_ms`, `unix_ms`: now, as in `kamusm_session_step`.
/// Worth handling: `KAMUSM_RESULT_STALE`, the step was over; ask for the next one.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_session_answer(
    session: Option<&mut kamusm_session>,
    answer: Option<&kamusm_answer>,
    monotonic_ms: u64,
    unix_ms: i64,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let (session, answer) = (given(session, "session")?, given(answer, "answer")?);
        session.0.answer(answer.0.clone(), Now { monotonic_ms, unix_ms })
    })
}

/// Ends the session: the next step tells the service, the one after it is `KAMUSM_STEP_DONE`. NULL is fine.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_session_cancel(session: Option<&mut kamusm_session>) {
    guard_void(|| {
        if let Some(session) = session {
            session.0.cancel();
        }
    });
}

/// Whether something changes by time alone, at the end of a pause or of the window (Kalan Süre).
///
/// `monotonic_ms`: written only if so, the moment on the monotonic clock; may be NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_session_deadline(
    session: Option<&kamusm_session>,
    monotonic_ms: Option<&mut MaybeUninit<u64>>,
) -> bool {
    guard_value(false, || {
        let deadline = session?.0.deadline()?;
        if let Some(monotonic_ms) = monotonic_ms {
            monotonic_ms.write(deadline);
        }
        Some(true)
    })
}

/// Frees the session without telling the service; NULL is fine.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_session_free(session: Option<Box<kamusm_session>>) {
    guard_void(|| drop(session));
}
