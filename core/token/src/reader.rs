//! Readers and the cards in them, live. With the feature `pcsc` the smart card service tells; without it the signer is
//! asked again and again.

#[cfg(feature = "pcsc")]
mod pcsc;

use std::fmt;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::backend::Signer;
use crate::cancel::CancelToken;
use crate::deadline::Deadline;
use crate::error::TokenError;

#[cfg(feature = "pcsc")]
pub use pcsc::{events, readers};

/// How often a signer is asked where nobody tells.
const POLL_EVERY: Duration = Duration::from_secs(1);

/// How long a signer may take to answer.
const POLL_TIME: Duration = Duration::from_secs(20);

/// A reader.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reader {
    /// Its name; it may hold a serial number.
    pub name: String,
    /// The card in it.
    pub card: Option<CardSeen>,
}

/// A card in a reader, as far as it is seen without speaking with it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CardSeen {
    /// Answer to reset; empty where nobody tells, or from a card that does not answer.
    pub atr: Vec<u8>,
    /// Whether another program holds it for itself.
    pub is_held: bool,
}

/// What has happened.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Event {
    /// The smart card service answers.
    ServiceUp,
    /// The smart card service does not answer any more, or does not run.
    ServiceDown,
    /// A reader was plugged in.
    ReaderAdded(Reader),
    /// A reader was unplugged.
    ReaderRemoved(Reader),
    /// A card was put in.
    CardInserted(Reader),
    /// A card was pulled.
    CardRemoved(Reader),
}

/// Events in their order. Ends with its drop.
pub struct Events {
    queue: Mutex<Receiver<Event>>,
    cancel: CancelToken,
}

impl Events {
    /// Runs the source in a thread of its own.
    pub(crate) fn from(
        source: impl FnOnce(&Sender<Event>, &CancelToken) + Send + 'static,
    ) -> Result<Self, TokenError> {
        let (sender, queue) = channel();
        let cancel = CancelToken::new();
        let events = Self { queue: Mutex::new(queue), cancel: cancel.clone() };
        let thread = std::thread::Builder::new().name("readers".into());
        let started = thread.spawn(move || source(&sender, &cancel));
        started.map_err(|_| TokenError::Other { function: "thread", rv: None })?;
        Ok(events)
    }

    /// The events of a signer's tokens, without a service that tells: it is asked once a second.
    pub fn polling(signer: Arc<dyn Signer>) -> Result<Self, TokenError> {
        Self::from(move |sender, cancel| poll(signer.as_ref(), sender, cancel))
    }

    /// The next event, or none by the deadline or after [`Self::stop`].
    pub fn next(&self, within: Deadline) -> Option<Event> {
        let queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
        queue.recv_timeout(within.remaining()).ok()
    }

    /// Ends the events; whoever waits for one is woken.
    pub fn stop(&self) {
        self.cancel.cancel();
    }
}

impl Drop for Events {
    fn drop(&mut self) {
        self.cancel.cancel();
    }
}

impl fmt::Debug for Events {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Events").finish_non_exhaustive()
    }
}

impl fmt::Debug for Reader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reader").field("has_card", &self.card.is_some()).finish_non_exhaustive()
    }
}

fn poll(signer: &dyn Signer, sender: &Sender<Event>, cancel: &CancelToken) {
    let mut known = Vec::new();
    loop {
        let seen = seen_by(signer);
        if !tell(sender, &mut known, seen) || cancel.wait_timeout(POLL_EVERY) {
            return;
        }
    }
}

/// A signer shows readers only through what is in them.
fn seen_by(signer: &dyn Signer) -> Vec<Reader> {
    let mut readers: Vec<Reader> = Vec::new();
    for identity in signer.identities(Deadline::after(POLL_TIME)).unwrap_or_default() {
        if readers.iter().all(|reader| reader.name != identity.token.reader) {
            let card = CardSeen { atr: Vec::new(), is_held: false };
            readers.push(Reader { name: identity.token.reader, card: Some(card) });
        }
    }
    readers
}

/// Sends what has changed; false if nobody listens any more.
fn tell(sender: &Sender<Event>, known: &mut Vec<Reader>, seen: Vec<Reader>) -> bool {
    let events = differences(known, &seen);
    *known = seen;
    events.into_iter().all(|event| sender.send(event).is_ok())
}

/// What leads from one state to the other. A card that became another one was pulled and put in.
fn differences(before: &[Reader], now: &[Reader]) -> Vec<Event> {
    let atr = |reader: &Reader| reader.card.as_ref().map(|card| card.atr.clone());
    let mut events = Vec::new();
    for old in before {
        let new = now.iter().find(|new| new.name == old.name);
        if old.card.is_some() && new.is_none_or(|new| atr(new) != atr(old)) {
            events.push(Event::CardRemoved(old.clone()));
        }
        if new.is_none() {
            events.push(Event::ReaderRemoved(old.clone()));
        }
    }
    for new in now {
        let old = before.iter().find(|old| old.name == new.name);
        if old.is_none() {
            events.push(Event::ReaderAdded(new.clone()));
        }
        if new.card.is_some() && old.is_none_or(|old| atr(new) != atr(old)) {
            events.push(Event::CardInserted(new.clone()));
        }
    }
    events
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reader(name: &str, atr: Option<&[u8]>) -> Reader {
        let card = atr.map(|atr| CardSeen { atr: atr.to_vec(), is_held: false });
        Reader { name: name.to_owned(), card }
    }

    #[test]
    fn a_card_that_became_another_was_pulled_and_put_in() {
        let (before, now) = (reader("A", Some(&[1])), reader("A", Some(&[2])));
        let events = differences(std::slice::from_ref(&before), std::slice::from_ref(&now));
        assert_eq!(events, [Event::CardRemoved(before), Event::CardInserted(now)]);
    }

    #[test]
    fn a_reader_goes_with_its_card_and_comes_with_it() {
        let full = reader("A", Some(&[1]));
        let readers = std::slice::from_ref(&full);
        assert_eq!(
            differences(readers, &[]),
            [Event::CardRemoved(full.clone()), Event::ReaderRemoved(full.clone())]
        );
        assert_eq!(
            differences(&[], readers),
            [Event::ReaderAdded(full.clone()), Event::CardInserted(full.clone())]
        );
        assert_eq!(differences(readers, readers), []);
    }
}
