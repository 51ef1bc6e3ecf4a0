//! Readers as the smart card service shows them (PC/SC part 5, 3.2; pcsc-lite, winscard.h).
//!
//! Nothing here connects to a card: the service tells presence and ATR by itself, so no other program is disturbed and
//! no card is reset.

use std::ffi::{CStr, CString};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Weak};
use std::time::Duration;

use pcsc::{Context, Error, PNP_NOTIFICATION, ReaderState, Scope, State};

use super::{CardSeen, Event, Events, Reader, tell};
use crate::cancel::{CancelToken, Wake};
use crate::error::TokenError;

/// Longest wait for the service in one go: a cancellation that came just before the wait is seen then.
const WAIT: Duration = Duration::from_secs(1);

/// Every reader there is now. No service, no right to use it and no reader are errors of their own.
pub fn readers() -> Result<Vec<Reader>, TokenError> {
    let context = Context::establish(Scope::User).map_err(explain)?;
    let readers = look(&context, &names(&context).map_err(explain)?).map_err(explain)?;
    if readers.is_empty() { Err(TokenError::NoReader) } else { Ok(readers.into_iter().map(seen).collect()) }
}

/// Events of all readers, beginning with what is there now.
pub fn events() -> Result<Events, TokenError> {
    Events::from(watch)
}

/// Ends a wait in the service.
struct Waker(Context);

impl Wake for Waker {
    fn wake(&self) {
        // Nobody may be waiting just now.
        let _ = self.0.cancel();
    }
}

fn watch(sender: &Sender<Event>, cancel: &CancelToken) {
    let mut known = Vec::new();
    let mut is_up = None;
    while !cancel.is_cancelled() {
        if let Ok(context) = Context::establish(Scope::User) {
            if is_up != Some(true) && sender.send(Event::ServiceUp).is_err() {
                return;
            }
            is_up = Some(true);
            if watch_service(&context, &mut known, sender, cancel).is_none() {
                return;
            }
        }
        // The service went, or is not there yet.
        if is_up != Some(false) {
            if !tell(sender, &mut known, Vec::new()) || sender.send(Event::ServiceDown).is_err() {
                return;
            }
            is_up = Some(false);
        }
        if cancel.wait_timeout(WAIT) {
            return;
        }
    }
}

/// As long as the service answers; none if nobody listens any more.
fn watch_service(
    context: &Context,
    known: &mut Vec<Reader>,
    sender: &Sender<Event>,
    cancel: &CancelToken,
) -> Option<()> {
    let waker: Arc<dyn Wake> = Arc::new(Waker(context.clone()));
    let weak: Weak<dyn Wake> = Arc::downgrade(&waker);
    cancel.wake_on_cancel(weak);
    loop {
        let Ok(names) = names(context) else { return Some(()) };
        let Ok(mut states) = look(context, &names) else { return Some(()) };
        if !tell(sender, known, states.iter().map(seen).collect()) {
            return None;
        }
        states.iter_mut().for_each(ReaderState::sync_current_state);
        // The service of macOS does not tell of readers; there each wait ends with a new list.
        if !cfg!(target_os = "macos") {
            let mut plug = ReaderState::new(PNP_NOTIFICATION(), State::UNAWARE);
            plug.sync_current_state();
            states.push(plug);
        }
        if cancel.is_cancelled() {
            return None;
        }
        match context.get_status_change(WAIT, &mut states) {
            Ok(()) | Err(Error::Timeout | Error::UnknownReader | Error::Cancelled) => {}
            Err(_) => return Some(()),
        }
    }
}

fn names(context: &Context) -> Result<Vec<CString>, Error> {
    match context.list_readers_owned() {
        Err(Error::NoReadersAvailable) => Ok(Vec::new()),
        names => names,
    }
}

/// The state of each reader; an unaware one is answered at once.
fn look(context: &Context, names: &[CString]) -> Result<Vec<ReaderState>, Error> {
    let mut states: Vec<ReaderState> =
        names.iter().map(|name| ReaderState::new(name.clone(), State::UNAWARE)).collect();
    if states.is_empty() {
        return Ok(states);
    }
    match context.get_status_change(WAIT, &mut states) {
        Ok(()) => Ok(states),
        // Unplugged between the list and the look: the next look sees it.
        Err(Error::UnknownReader) => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

fn seen(state: impl std::borrow::Borrow<ReaderState>) -> Reader {
    let state = state.borrow();
    let flags = state.event_state();
    let card = flags
        .contains(State::PRESENT)
        .then(|| CardSeen { atr: state.atr().to_vec(), is_held: flags.contains(State::EXCLUSIVE) });
    let name: &CStr = state.name();
    Reader { name: name.to_string_lossy().into_owned(), card }
}

fn explain(error: Error) -> TokenError {
    match error {
        Error::NoService | Error::ServiceStopped | Error::CommError => TokenError::ServiceDown,
        Error::SecurityViolation => TokenError::ServiceDenied,
        Error::NoReadersAvailable | Error::ReaderUnavailable | Error::UnknownReader => TokenError::NoReader,
        Error::SharingViolation => TokenError::TokenBusy { holder: None },
        _ => TokenError::Other { function: "SCardGetStatusChange", rv: Some(u64::from(error as u32)) },
    }
}
