//! The Sign step: the PIN, once for all texts, and what is asked when it goes wrong. No PIN is tried twice.

use std::{sync::mpsc, thread};

use kamusm::{
    error::{Category, Code, Error, Result},
    session::{Answer, SignRequest},
    token,
};
use kamusm_token::{
    backend::{PadPolicy, SignOptions},
    identity::Identity,
    pin::{PinEntry, PinSource, Tries},
};

use super::Run;
use crate::{
    countdown::Countdown,
    front::{Note, Reply, Stop},
};

/// `None` if the window was over first.
pub(super) fn sign(run: &mut Run<'_>, request: &SignRequest, countdown: Countdown) -> Option<Answer> {
    let Some(identity) = run.state.chosen.clone() else { return Some(request.cancelled()) };
    let signing_time_unix_s = request.signing_time_unix_s();
    if run.state.told_signing_time.replace(signing_time_unix_s) != Some(signing_time_unix_s) {
        run.front.note(Note::SignatureDue { signing_time_unix_s });
    }
    match attempt(run, request, &identity, countdown) {
        Ok(answer) => {
            run.front.note(Note::Signed);
            Some(answer)
        }
        Err(Stop::Cancelled) => Some(request.cancelled()),
        Err(Stop::TimeOver) => None,
        Err(Stop::Failed(error)) => failed(run, request, countdown, error),
    }
}

fn attempt(
    run: &mut Run<'_>,
    request: &SignRequest,
    identity: &Identity,
    countdown: Countdown,
) -> Reply<Answer> {
    let mut options = token::options(request, run.interruption.cancel());
    let tries = run.state.tries.unwrap_or(identity.pin.tries);
    if tries == Tries::Final {
        // A program behind --pin-fd may not use the last try: only the person knows how sure they are.
        if run.pins.is_some() || !run.front.confirm_last_try(countdown)? {
            return Err(Error::new(Code::PinFinalTry, "the last PIN try was not allowed").into());
        }
        options.allow_final_try = true;
    }
    let pin = pin(run, identity, tries, countdown, &mut options)?;
    let gone = || Error::new(Code::IdentityGone, "no driver holds the certificate any more");
    let signer = run.rack.signer(identity).ok_or_else(gone)?;
    let front = &mut *run.front;
    let sign = || token::sign(request, signer, identity, pin, &options);
    Ok(in_background(sign, || front.working(countdown), countdown)?)
}

fn pin(
    run: &mut Run<'_>,
    identity: &Identity,
    tries: Tries,
    countdown: Countdown,
    options: &mut SignOptions,
) -> Reply<PinSource> {
    let is_pad = match run.state.pad {
        Some(is_pad) => {
            options.pad = if is_pad { PadPolicy::Assume } else { PadPolicy::Ignore };
            is_pad
        }
        None => identity.pin.entry == PinEntry::Pad,
    };
    if is_pad {
        run.front.note(Note::PinAtReader);
        return Ok(PinSource::Pad);
    }
    let pin = match (run.state.password.take(), &run.pins) {
        (Some(password), _) => password,
        (None, Some(_)) => run.pin_line()?.to_pin(),
        (None, None) => run.front.pin(tries, countdown)?,
    };
    run.front.note(Note::Signing);
    Ok(PinSource::Pin(pin))
}

/// The card works on a thread of its own while the countdown goes on.
fn in_background(
    work: impl FnOnce() -> Result<Answer> + Send,
    mut tick: impl FnMut(),
    countdown: Countdown,
) -> Result<Answer> {
    thread::scope(|scope| {
        let (done, result) = mpsc::sync_channel(1);
        scope.spawn(move || {
            // The receiver waits for as long as this thread lives.
            let _ = done.send(work());
        });
        loop {
            tick();
            match result.recv_timeout(countdown.until_next_second()) {
                Ok(result) => return result,
                Err(mpsc::RecvTimeoutError::Timeout) => {}
                Err(mpsc::RecvTimeoutError::Disconnected) => {
                    return Err(Error::new(Code::Internal, "the signing thread ended without a result"));
                }
            }
        }
    })
}

/// What an error means for the next step: asked again here, tried again by the session, or the end.
fn failed(run: &mut Run<'_>, request: &SignRequest, countdown: Countdown, error: Error) -> Option<Answer> {
    let code = error.code();
    match code {
        Code::Cancelled => return Some(request.cancelled()),
        // The session decides whether the window is extended.
        Code::TokenDeadline if countdown.is_over() => return None,
        _ => {}
    }
    if run.pins.is_some() && error.category() == Category::Card && !error.is_retryable() {
        return Some(request.failed(error));
    }
    match code {
        Code::PinIncorrect => run.state.tries = Some(tries_after(&error)),
        Code::PinFinalTry if run.state.tries != Some(Tries::Final) => run.state.tries = Some(Tries::Final),
        Code::PinLength | Code::PinRequired => {}
        Code::PadRequired if run.state.pad.is_none() => run.state.pad = Some(true),
        Code::PadUnavailable if run.state.pad.is_none() => run.state.pad = Some(false),
        Code::PinCancelled | Code::PadTimeout | Code::IdentityGone => {
            run.front.note(Note::Trouble(&error));
            return again(run, request, countdown, None);
        }
        _ if error.is_retryable() => {
            run.front.note(Note::Trouble(&error));
            return again(run, request, countdown, Some(error));
        }
        _ => return Some(request.failed(error)),
    }
    run.front.note(Note::Trouble(&error));
    // A reader with keys would ask at once; the person says when.
    if is_typed_at_reader(run) { again(run, request, countdown, None) } else { None }
}

/// Waits for the person; then the same step comes again, or the session prepares another one after `error`.
fn again(
    run: &mut Run<'_>,
    request: &SignRequest,
    countdown: Countdown,
    error: Option<Error>,
) -> Option<Answer> {
    match run.front.again(countdown) {
        Ok(()) => error.map(|error| request.failed(error)),
        Err(Stop::TimeOver) => None,
        Err(Stop::Cancelled | Stop::Failed(_)) => Some(request.cancelled()),
    }
}

fn tries_after(error: &Error) -> Tries {
    match error.pin_tries_left() {
        Some(0) => Tries::Locked,
        Some(1) => Tries::Final,
        Some(left) => Tries::Exact(left),
        None => Tries::NotFull,
    }
}

fn is_typed_at_reader(run: &Run<'_>) -> bool {
    let as_card_says =
        || run.state.chosen.as_ref().is_some_and(|identity| identity.pin.entry == PinEntry::Pad);
    run.state.pad.unwrap_or_else(as_card_says)
}
