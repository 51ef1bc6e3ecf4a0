//! The application's journal: records are stored, torn and read again, and every rule about them is looked at.

use kamusm::error::Result;
use kamusm::journal::{Entry, EntryState, NoStore, Store as _};
use kamusm::request::{Request, Response};
use kamusm::session::{Answer, Persist};

use super::World;
use crate::application::State;

/// What the application finds when it starts.
pub(super) enum Unfinished {
    Nothing,
    Entry(Vec<u8>),
    /// The end was stored, but the person did not see it.
    Accepted,
}

impl World {
    /// Stores the record; none where the application dies over it.
    pub(super) fn store(&mut self, persist: &Persist) -> Option<Answer> {
        let record = persist.record();
        let id = record.journal();
        self.note(format!("journal {} {:?}", record.sequence(), record.kind()));
        if let State::Running(running) = &mut self.state {
            running.journal = Some(id);
        }
        self.last_journal = Some(id);
        if self.plan.strikes(&mut self.chance, self.plan.person) {
            self.note("journal: no room");
            if let State::Running(running) = &mut self.state {
                running.is_unwritten = true;
            }
            return NoStore.store(record).err().map(|error| persist.failed(error));
        }
        let stored = self.files.open().and_then(|store| store.store(record));
        if self.plan.strikes(&mut self.chance, self.plan.application) {
            let torn = self.chance.u64(1..=u64::try_from(record.octets().len()).unwrap_or(1));
            self.files.tear(id, torn);
            self.die("in the middle of storing in");
            return None;
        }
        match stored {
            Ok(()) => {
                let entry = Entry::open(record.octets(), &self.config);
                if entry.is_ok_and(|entry| entry.state() == EntryState::Signed) {
                    self.signed.insert(id);
                }
                Some(persist.stored())
            }
            Err(error) => {
                self.ledger.violated(format!("a sound store refuses a record: {error}"));
                None
            }
        }
    }

    pub(super) fn unfinished(&mut self) -> Result<Unfinished> {
        let last = self.last_journal;
        let store = self.files.open()?;
        let pending = store.pending(&self.config)?;
        if let Some(error) = pending.unusable.into_iter().next() {
            return Err(error);
        }
        if let Some(entry) = pending.entries.first() {
            return Ok(Unfinished::Entry(store.read(entry.id())?));
        }
        let last = last.and_then(|id| store.read(id).ok());
        let entry = last.and_then(|record| Entry::open(&record, &self.config).ok());
        let is_accepted = entry.is_some_and(|entry| entry.receipt().is_some());
        Ok(if is_accepted { Unfinished::Accepted } else { Unfinished::Nothing })
    }

    /// A second program of the person may look in at any time, but never gets the journal.
    pub(super) fn look_at_lock(&mut self) {
        if self.files.open().is_ok() && self.chance.u8(..16) == 0 && self.files.open_again().is_ok() {
            self.ledger.violated("two programs have the journal at the same time");
        }
    }

    /// No PIN where every text carries a signature that is safe; no signature that could not be kept.
    pub(super) fn look_at_pin(&mut self) {
        let State::Running(running) = &mut self.state else { return };
        running.is_signing = true;
        let Some(journal) = running.journal else {
            return self.ledger.violated("a PIN is asked for and there is no journal");
        };
        if self.signed.contains(&journal) {
            self.ledger.violated("the PIN is asked for again although every text carries a signature");
        }
        let is_prepared = self.state_on_disk().is_some_and(|state| state != EntryState::CodeNotRedeemed);
        if !is_prepared {
            self.ledger.violated("a PIN is asked for before the journal is ready");
        }
    }

    /// Signatures leave only when they are safe; from then on they are not made again.
    pub(super) fn look_at_sending(&mut self, request: &Request) {
        let State::Running(running) = &self.state else { return };
        let (Some(journal), true) = (running.journal, is_submission(request)) else { return };
        if !running.is_unwritten && self.state_on_disk() != Some(EntryState::Signed) {
            self.ledger.violated("signatures are sent before the journal has them");
        }
        self.signed.insert(journal);
    }

    /// Refused signatures may be made again.
    pub(super) fn look_at_answer(&mut self, request: &Request, response: &Response) {
        let State::Running(running) = &self.state else { return };
        let body: serde_json::Value = serde_json::from_slice(&response.body).unwrap_or_default();
        let is_refused =
            request.url.ends_with("/submission") && (response.status == 422 || body["state"] == "rejected");
        if let (Some(journal), true) = (running.journal, is_refused) {
            self.signed.remove(&journal);
        }
    }

    fn state_on_disk(&mut self) -> Option<EntryState> {
        let State::Running(running) = &self.state else { return None };
        let record = self.files.open().ok()?.read(running.journal?).ok()?;
        Entry::open(&record, &self.config).ok().map(|entry| entry.state())
    }
}

fn is_submission(request: &Request) -> bool {
    request.method == kamusm::request::Method::Put && request.url.ends_with("/submission")
}
