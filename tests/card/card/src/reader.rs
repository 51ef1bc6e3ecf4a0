//! A reader, as a person has it on the desk.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::apdu::Instruction;
use crate::card::Card;
use crate::script::{Moment, Pad, Pull, Script};

/// Longest wait for pcscd to see what was done; nothing waits for it to pass.
const NOTICE_TIME: Duration = Duration::from_secs(60);

/// A reader. Clones are the same one.
#[derive(Clone)]
pub struct Reader {
    name: String,
    shared: Arc<Shared>,
}

#[derive(Default)]
pub(crate) struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
pub(crate) struct State {
    pub(crate) card: Option<Card>,
    /// The card has gone and the reader does not know.
    pub(crate) hides_absence: bool,
    pub(crate) script: Script,
    pub(crate) instructions: Vec<Instruction>,
    /// What pcscd waits to see change: it has dealt with everything before.
    pub(crate) seen_by_service: Option<bool>,
    pub(crate) is_closed: bool,
}

impl State {
    /// What the reader says.
    pub(crate) fn is_present(&self) -> bool {
        self.card.is_some() || self.hides_absence
    }
}

impl Shared {
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the state and wakes whoever waits for it.
    pub(crate) fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        let answer = change(&mut self.state());
        self.changed.notify_all();
        answer
    }

    /// Waits as long as the condition holds, at most for so long.
    pub(crate) fn wait_while<'s>(
        &'s self,
        state: MutexGuard<'s, State>,
        time: Duration,
        condition: impl FnMut(&mut State) -> bool,
    ) -> MutexGuard<'s, State> {
        let waited = self.changed.wait_timeout_while(state, time, condition);
        waited.unwrap_or_else(PoisonError::into_inner).0
    }
}

impl Reader {
    pub(crate) fn new(name: String) -> (Self, Arc<Shared>) {
        let shared = Arc::<Shared>::default();
        (Self { name, shared: Arc::clone(&shared) }, shared)
    }

    /// How the system calls it, but for the numbers that pcscd adds.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Puts a card in; the service has seen it when this returns.
    pub fn insert(&self, card: Card) {
        self.shared.change(|state| {
            assert!(state.card.is_none(), "there is a card in the reader");
            state.card = Some(card);
            state.hides_absence = false;
        });
        self.noticed();
    }

    /// Pulls the card; the service has seen it when this returns.
    pub fn eject(&self) -> Option<Card> {
        let card = self.shared.change(|state| {
            state.hides_absence = false;
            state.card.take()
        });
        self.noticed();
        card
    }

    /// Pulls the card instead of answering the command that follows so many others.
    pub fn pull_after(&self, commands: usize) {
        self.pull(Moment::After(commands), true);
    }

    /// Pulls the card instead of answering the next command of this kind.
    pub fn pull_at(&self, instruction: Instruction) {
        self.pull(Moment::Next(instruction), true);
    }

    /// Like [`Self::pull_at`], with a reader that does not notice until [`Self::eject`].
    pub fn pull_unnoticed_at(&self, instruction: Instruction) {
        self.pull(Moment::Next(instruction), false);
    }

    fn pull(&self, at: Moment, is_told: bool) {
        self.shared.change(|state| state.script.pull_at = Some(Pull { at, is_told }));
    }

    /// What the next signature is answered with.
    pub fn refuse_signing(&self, status: u16) {
        self.shared.change(|state| state.script.status_at_signing = Some(status));
    }

    /// How long each signature takes from now on.
    pub fn signing_takes(&self, time: Duration) {
        self.shared.change(|state| state.script.signing_takes = time);
    }

    /// The reader has a PIN pad, and this is what will be typed; none is the cancel key.
    pub fn pad_types(&self, typed: Option<&str>) {
        self.shared.change(|state| state.script.pad = Some(Pad { typed: typed.map(str::to_owned) }));
    }

    /// Every command so far.
    pub fn instructions(&self) -> Vec<Instruction> {
        self.shared.state().instructions.clone()
    }

    /// How many commands of this kind came.
    pub fn count(&self, instruction: Instruction) -> usize {
        self.shared.state().instructions.iter().filter(|other| **other == instruction).count()
    }

    /// Forgets the commands so far.
    pub fn forget(&self) {
        self.shared.change(|state| state.instructions.clear());
    }

    /// PIN tries that the card in the reader has left.
    pub fn tries_left(&self) -> Option<u8> {
        self.shared.state().card.as_ref().map(Card::tries_left)
    }

    /// Waits until a command of this kind has come.
    pub fn await_command(&self, instruction: Instruction) {
        let state = self.shared.state();
        let state =
            self.shared.wait_while(state, NOTICE_TIME, |state| !state.instructions.contains(&instruction));
        assert!(state.instructions.contains(&instruction), "nobody sent {instruction:?}");
    }

    /// Waits until the service has seen what is in the reader.
    pub(crate) fn noticed(&self) {
        let unseen = |state: &mut State| state.seen_by_service != Some(state.is_present());
        let mut state = self.shared.wait_while(self.shared.state(), NOTICE_TIME, unseen);
        assert!(!unseen(&mut state), "pcscd does not look at {}", self.name);
    }
}
