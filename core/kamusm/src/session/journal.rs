//! When a record of the journal is written, and what follows where it cannot be.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64_URL};
use kamusm_cades::algorithm::DigestAlgorithm;

use super::{
    Outcome, OutcomeKind, Persist, Purpose, Session, Stage, Step, StepId, Wait, WaitReason, answer::Reply,
};
use crate::{
    error::{Code, Error, Result},
    journal::{
        JournalId, Record, RecordKind,
        seal::Header,
        snapshot::{End, Octets, Secret, Snapshot},
    },
    time::{MonotonicMs, Now},
};

/// How often a record that cannot be stored is tried.
const TRIES: u32 = 3;
/// The pause before the second try; the one after it is twice as long.
const PAUSE_MS: u64 = 250;
/// More than the session's own words and a receipt take in a record.
const WORDS_OCTETS: usize = 16 * 1024;
/// More than the attributes and the value of one signature take.
const SIGNATURE_OCTETS: usize = 4 * 1024;

/// The journal of one session.
pub(super) struct Journal {
    pub(super) id: JournalId,
    /// The place of the next record.
    pub(super) next: u64,
    pub(super) begun_unix_s: Option<i64>,
    /// Whether a record of it is stored somewhere.
    pub(super) is_kept: bool,
    /// Another session goes on from this journal: nothing more is written.
    pub(super) is_lost: bool,
    failure: Option<Error>,
    pending: Option<Writing>,
}

/// A record that waits to be stored.
struct Writing {
    record: Record,
    tries: u32,
    pause: Option<MonotonicMs>,
}

impl Journal {
    pub(super) fn new(id: JournalId) -> Self {
        Self { id, next: 0, begun_unix_s: None, is_kept: false, is_lost: false, failure: None, pending: None }
    }

    pub(super) fn retry_at(&self) -> Option<MonotonicMs> {
        self.pending.as_ref()?.pause
    }
}

impl Session {
    /// What is done so far is stored before anything else happens.
    pub(super) fn write(&mut self) {
        let Some(journal) = &mut self.journal else { return };
        if journal.is_lost {
            return;
        }
        journal.begun_unix_s.get_or_insert(self.unix_ms.div_euclid(1000));
        let sequence = journal.next;
        journal.next += 1;
        // A record that was still to be stored is part of this one.
        journal.pending = None;
        let ended = match &self.stage {
            Stage::Ended(outcome) if !self.stays_open => Some(outcome.as_ref()),
            _ => None,
        };
        match self.record(sequence, ended, self.unix_ms) {
            Ok(record) => {
                if let Some(journal) = &mut self.journal {
                    journal.pending = Some(Writing { record, tries: 0, pause: None });
                }
            }
            Err(error) => self.unwritten(error),
        }
    }

    /// The step that stores what waits to be stored.
    pub(super) fn persist(&self, id: StepId, now: Now) -> Option<Step> {
        let writing = self.journal.as_ref()?.pending.as_ref()?;
        let id = StepId { record: Some(writing.record.sequence), ..id };
        Some(match writing.pause.filter(|until| now.monotonic_ms < *until) {
            Some(until) => Step::Wait(Wait { id, until, reason: WaitReason::Retry }),
            None => Step::Persist(Persist { id, record: writing.record.clone() }),
        })
    }

    /// An end that time brings is stored too before it is told.
    pub(super) fn persist_overdue(&self, id: StepId, outcome: &Outcome, now: Now) -> Option<Step> {
        let journal = self.journal.as_ref().filter(|journal| journal.is_kept && !journal.is_lost)?;
        let record = self.record(journal.next, Some(outcome), now.unix_ms).ok()?;
        let id = StepId { record: Some(journal.next), lapsed: true, ..id };
        Some(Step::Persist(Persist { id, record }))
    }

    pub(super) fn is_writing(&self) -> bool {
        self.journal.as_ref().is_some_and(|journal| journal.pending.is_some())
    }

    /// Takes the answer about the record of this place.
    pub(super) fn written(&mut self, id: StepId, sequence: u64, reply: Reply, now: Now) -> Result<()> {
        let stale = || Error::new(Code::Stale, "the answer belongs to a record that was replaced");
        let journal = self.journal.as_mut().ok_or_else(stale)?;
        let is_awaited = journal.pending.as_ref().is_some_and(|writing| writing.record.sequence == sequence);
        if !is_awaited {
            let is_overdue = id.lapsed && sequence == journal.next && id.number == self.number;
            let overdue = self.overdue(now.monotonic_ms).filter(|_| is_overdue).ok_or_else(stale)?;
            return self.overdue_written(overdue, reply);
        }
        match reply {
            Reply::Stored => {
                journal.pending = None;
                journal.is_kept = true;
            }
            Reply::Elapsed => {
                if let Some(writing) = &mut journal.pending {
                    writing.pause = None;
                }
            }
            Reply::Gave(error) => self.failed_to_write(error, now),
            Reply::Cancelled => {
                journal.pending = None;
                self.cancel();
            }
            _ => return Err(Error::new(Code::State, "a record is stored or it is not")),
        }
        Ok(())
    }

    fn overdue_written(&mut self, outcome: Outcome, reply: Reply) -> Result<()> {
        let Some(journal) = &mut self.journal else { return Ok(()) };
        journal.next += 1;
        if let Reply::Gave(error) = reply {
            journal.failure.get_or_insert(error);
        }
        self.enter(Stage::Ended(Box::new(outcome)));
        Ok(())
    }

    fn failed_to_write(&mut self, error: Error, now: Now) {
        let Some(journal) = &mut self.journal else { return };
        if let Some(writing) = &mut journal.pending {
            writing.tries += 1;
            // What failed for good once is tried once from then on.
            let again = error.code() != Code::JournalLocked && journal.failure.is_none();
            if again && writing.tries < TRIES {
                writing.pause = Some(now.monotonic_ms.saturating_add(PAUSE_MS << (writing.tries - 1)));
                return;
            }
        }
        self.unwritten(error);
    }

    /// The record will not be stored. Nothing is signed then, but what is signed goes its way.
    fn unwritten(&mut self, error: Error) {
        let Some(journal) = &mut self.journal else { return };
        journal.pending = None;
        journal.failure.get_or_insert(error.clone());
        journal.is_lost |= error.code() == Code::JournalLocked;
        let is_signed = matches!(
            self.stage,
            Stage::Submission
                | Stage::Collection
                | Stage::ReceiptKeys { .. }
                | Stage::Farewell(_)
                | Stage::Ended(_)
        ) || self.is_complete();
        if is_signed {
            return;
        }
        if error.code() == Code::JournalLocked {
            // The service's session belongs to the other one.
            self.stays_open = true;
            self.end(OutcomeKind::Failed, error);
        } else if !self.config.sign_without_journal() {
            // Before anything new was done, the record that is there stays good.
            self.stays_open = matches!(self.stage, Stage::Redemption | Stage::Session);
            let unavailable = Error::new(Code::JournalUnavailable, "the journal cannot be written");
            let unavailable = unavailable.caused_by(error);
            if self.stays_open {
                self.end(OutcomeKind::Failed, unavailable);
            } else {
                self.leave(OutcomeKind::Failed, unavailable);
            }
        }
    }

    /// Adds what the journal has to say about the end.
    pub(super) fn with_journal(&self, mut outcome: Outcome) -> Outcome {
        if let Some(journal) = &self.journal {
            outcome.journal = journal.is_kept.then_some(journal.id);
            outcome.journal_failure.clone_from(&journal.failure);
        }
        outcome
    }

    fn record(&self, sequence: u64, ended: Option<&Outcome>, unix_ms: i64) -> Result<Record> {
        let no_key = || Error::new(Code::JournalKey, "the configuration has no key for the journal");
        let (journal, key) = self.journal.as_ref().zip(self.config.journal_key()).ok_or_else(no_key)?;
        let kind = self.record_kind(ended);
        let snapshot = self.snapshot(journal, ended);
        let written_unix_s = unix_ms.div_euclid(1000);
        let header = Header { kind, journal: journal.id, sequence, written_unix_s };
        let octets = snapshot.sealed(&header, key, &self.entropy)?;
        let reserve_octets = if ended.is_some() { 0 } else { octets.len() + self.growth() };
        Ok(Record { journal: journal.id, sequence, kind, octets, reserve_octets })
    }

    fn record_kind(&self, ended: Option<&Outcome>) -> RecordKind {
        let made = self.signing.as_ref().map(|signing| signing.signatures.iter().flatten().count());
        match (ended, made) {
            (Some(_), _) => RecordKind::Ended,
            (None, Some(1..)) => RecordKind::Signed,
            (None, Some(0)) => RecordKind::Prepared,
            (None, None) if self.opened.is_some() => RecordKind::Opened,
            (None, None) => RecordKind::Begun,
        }
    }

    fn snapshot(&self, journal: &Journal, ended: Option<&Outcome>) -> Snapshot {
        let code = match &self.purpose {
            Purpose::Approval(Some(code)) if self.opened.is_none() => Some(Secret(code.written())),
            _ => None,
        };
        let signatures = self.signing.iter().flat_map(|signing| &signing.signatures);
        Snapshot {
            service: self.config.base_url().to_owned(),
            environment: self.config.environment().name().to_owned(),
            begun_unix_s: journal.begun_unix_s.unwrap_or_default(),
            secret: Octets::new(self.secret.as_slice()),
            code,
            token: self.opened.as_ref().map(|opened| Secret(opened.token.clone())),
            session: self.opened.as_ref().map(|opened| opened.body.clone()),
            // Half of the texts is no use: they are read again.
            texts: match &self.opened {
                Some(opened) if opened.body.documents.len() == self.texts.len() => {
                    self.texts.iter().map(|text| Octets::new(text)).collect()
                }
                _ => Vec::new(),
            },
            texts_checked: self.texts_checked,
            certificate: self.signing.as_ref().map(|signing| Octets::new(signing.certificate.der())),
            signatures: signatures.map(|made| made.as_deref().map(Octets::new)).collect(),
            end: ended.map(|outcome| End {
                outcome: outcome.kind as i32,
                error: outcome.error.as_ref().map(|error| error.code().number()),
                receipt: outcome.receipt.as_ref().map(|receipt| receipt.jws.clone()),
                is_open: outcome.is_open(),
            }),
        }
    }

    /// How much larger than this one the next record may be.
    fn growth(&self) -> usize {
        let Some(opened) = &self.opened else { return 2 * WORDS_OCTETS };
        let octets: usize = match &self.signing {
            None => opened.body.documents.iter().map(|document| document.length).sum(),
            Some(signing) => {
                let missing = signing.signatures.iter().zip(&self.texts).filter(|(made, _)| made.is_none());
                missing.map(|(_, text)| signing.embedded(text) + SIGNATURE_OCTETS).sum()
            }
        };
        WORDS_OCTETS + octets.div_ceil(3) * 4
    }

    /// Fits these signatures and no others, so that each submission has its own key however often it is sent.
    pub(super) fn submission_label(&self) -> String {
        let mut hasher = DigestAlgorithm::Sha256.hasher();
        for cms in self.signing.iter().flat_map(|signing| signing.signatures.iter().flatten()) {
            hasher.update(DigestAlgorithm::Sha256.digest(cms).as_ref());
        }
        format!("submission-{}", BASE64_URL.encode(hasher.finish()))
    }
}
