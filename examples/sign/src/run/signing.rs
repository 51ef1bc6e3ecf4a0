//! The Sign step: the PIN, once for all texts, and what is asked when it goes wrong. No PIN is tried twice.

use std::{sync::mpsc, thread};

use kamusm::{
    error::{Code, Error, Result},
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
    front::{Note, Reply},
};

/// `None` if the window was over first.
pub(super) fn sign(run: &mut Run<'_>, request: &SignRequest, countdown: Countdown) -> Option<Answer> {
    let Some(identity) = run.state.chosen.clone() else { return Some(request.cancelled()) };
    run.front.note(Note::SignatureDue { signing_time_unix_s: request.signing_time_unix_s() });
    let attempt = attempt(run, request, &identity, countdown);
    match attempt {
        Ok(Reply::Given(answer)) => {
            run.front.note(Note::Signed);
            Some(answer)
        }
        Ok(Reply::Cancelled) => Some(request.cancelled()),
        Ok(Reply::TimeOver) => None,
        Err(error) => failed(run, request, countdown, error),
    }
}

fn attempt(
    run: &mut Run<'_>,
    request: &SignRequest,
    identity: &Identity,
    countdown: Countdown,
) -> Result<Reply<Answer>> {
    let mut options = token::options(request, run.interruption.cancel());
    let tries = run.state.tries.unwrap_or(identity.pin.tries);
    if tries == Tries::Final {
        // A program behind --pin-fd may not use the last try either: only the person knows how sure they are.
        let allowed =
            if run.pins.is_some() { Reply::Given(false) } else { run.front.confirm_last_try(countdown) };
        match allowed {
            Reply::Given(true) => options.allow_final_try = true,
            Reply::Given(false) => {
                return Err(Error::new(Code::PinFinalTry, "the last PIN try was not allowed"));
            }
            Reply::Cancelled => return Ok(Reply::Cancelled),
            Reply::TimeOver => return Ok(Reply::TimeOver),
        }
    }
    let pin = match pin(run, identity, tries, countdown, &mut options)? {
        Reply::Given(pin) => pin,
        Reply::Cancelled => return Ok(Reply::Cancelled),
        Reply::TimeOver => return Ok(Reply::TimeOver),
    };
    let gone = || Error::new(Code::IdentityGone, "no driver holds the certificate any more");
    let signer = run.rack.signer(identity).ok_or_else(gone)?;
    let front = &mut *run.front;
    in_background(
        || token::sign(request, signer, identity, pin, &options),
        || front.working(countdown),
        countdown,
    )
    .map(Reply::Given)
}

fn pin(
    run: &mut Run<'_>,
    identity: &Identity,
    tries: Tries,
    countdown: Countdown,
    options: &mut SignOptions,
) -> Result<Reply<PinSource>> {
    let is_pad = match run.state.pad {
        Some(is_pad) => {
            options.pad = if is_pad { PadPolicy::Assume } else { PadPolicy::Ignore };
            is_pad
        }
        None => identity.pin.entry == PinEntry::Pad,
    };
    if is_pad {
        run.front.note(Note::PinAtReader);
        return Ok(Reply::Given(PinSource::Pad));
    }
    let pin = match (run.state.password.take(), &run.pins) {
        (Some(password), _) => Reply::Given(password),
        (None, Some(_)) => Reply::Given(run.pin_line()?.to_pin()),
        (None, None) => run.front.pin(tries, countdown)?,
    };
    Ok(match pin {
        Reply::Given(pin) => {
            run.front.note(Note::Signing);
            Reply::Given(PinSource::Pin(pin))
        }
        Reply::Cancelled => Reply::Cancelled,
        Reply::TimeOver => Reply::TimeOver,
    })
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
    if run.pins.is_some() && error.category() == kamusm::error::Category::Card && !error.is_retryable() {
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
        Reply::Given(()) => error.map(|error| request.failed(error)),
        Reply::Cancelled => Some(request.cancelled()),
        Reply::TimeOver => None,
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
