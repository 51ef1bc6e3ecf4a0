//! A journal as a person is told about it: what was done, and whether there is something left to do.

use super::{JournalId, RecordKind, snapshot::Snapshot, words};
use crate::{
    config::Config,
    error::{Code, Error, Language, Result},
    session::OutcomeKind,
};

/// What the newest record of a journal says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub(super) id: JournalId,
    pub(super) sequence: u64,
    pub(super) kind: RecordKind,
    pub(super) state: EntryState,
    pub(super) begun_unix_s: i64,
    pub(super) written_unix_s: i64,
    pub(super) application: Option<String>,
    pub(super) service: String,
    /// Texts with a signature, and all of them.
    pub(super) signed: (usize, usize),
    pub(super) outcome: Option<i32>,
    pub(super) error: Option<i32>,
    pub(super) is_pending: bool,
    pub(super) signatures: Vec<Vec<u8>>,
    pub(super) receipt: Option<String>,
}

/// How far a session had come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(i32)]
#[non_exhaustive]
pub enum EntryState {
    /// The code was about to be redeemed; whether it was is not known.
    CodeNotRedeemed = 1,
    /// The session was open and nothing signed.
    Opened = 2,
    /// Some of the texts were signed.
    PartlySigned = 3,
    /// All texts were signed; whether the signatures arrived is not known.
    Signed = 4,
    /// The service has the signatures and had not decided yet.
    Received = 5,
    /// It is over.
    Ended = 6,
}

impl Entry {
    /// Reads the newest record of a journal with the configuration's key.
    pub fn open(record: &[u8], config: &Config) -> Result<Self> {
        let (header, snapshot) = Snapshot::opened(record, key(config)?)?;
        let end = snapshot.end.as_ref();
        let is_pending = end.is_none_or(|end| end.is_open);
        let signed = (snapshot.signatures.iter().flatten().count(), snapshot.signatures.len());
        let state = match end {
            Some(end) if !end.is_open => EntryState::Ended,
            Some(end) if end.outcome == OutcomeKind::Received as i32 => EntryState::Received,
            _ if snapshot.session.is_none() => EntryState::CodeNotRedeemed,
            _ if signed.0 == 0 => EntryState::Opened,
            _ if signed.0 < signed.1 => EntryState::PartlySigned,
            _ => EntryState::Signed,
        };
        Ok(Self {
            id: header.journal,
            sequence: header.sequence,
            kind: header.kind,
            state,
            begun_unix_s: snapshot.begun_unix_s,
            written_unix_s: header.written_unix_s,
            application: snapshot.session.as_ref().map(|session| session.application.no.clone()),
            outcome: end.map(|end| end.outcome),
            error: end.and_then(|end| end.error),
            receipt: end.and_then(|end| end.receipt.clone()),
            signatures: snapshot.signatures.iter().flatten().map(|cms| cms.0.to_vec()).collect(),
            service: snapshot.service,
            signed,
            is_pending,
        })
    }

    /// Which journal it is.
    pub fn id(&self) -> JournalId {
        self.id
    }

    /// The place of its newest record.
    pub fn sequence(&self) -> u64 {
        self.sequence
    }

    /// The kind of its newest record.
    pub fn kind(&self) -> RecordKind {
        self.kind
    }

    /// How far the session had come.
    pub fn state(&self) -> EntryState {
        self.state
    }

    /// When the session began, seconds since 1970 by this machine's calendar.
    pub fn begun_unix_s(&self) -> i64 {
        self.begun_unix_s
    }

    /// When the newest record was made, likewise.
    pub fn written_unix_s(&self) -> i64 {
        self.written_unix_s
    }

    /// The application's number, such as `SD-13712`, once the service told it.
    pub fn application(&self) -> Option<&str> {
        self.application.as_deref()
    }

    /// The address of the service.
    pub fn service(&self) -> &str {
        &self.service
    }

    /// Whether [`crate::Session::resume`] can go on with it.
    pub fn is_pending(&self) -> bool {
        self.is_pending
    }

    /// The signatures that were made, one CMS per signed text: evidence, also where they came to nothing.
    pub fn signatures(&self) -> &[Vec<u8>] {
        &self.signatures
    }

    /// The service's receipt, a compact JWS.
    pub fn receipt(&self) -> Option<&str> {
        self.receipt.as_deref()
    }

    /// Why it ended, where it did not end well.
    pub fn error_code(&self) -> Option<Code> {
        self.error.map(|number| Code::from_number(number).unwrap_or(Code::Internal))
    }

    /// What was done and what is left to do, for the person.
    pub fn description(&self, language: Language) -> String {
        words::description(self, language)
    }
}

pub(crate) fn key(config: &Config) -> Result<&[u8; 32]> {
    config
        .journal_key()
        .ok_or_else(|| Error::new(Code::JournalKey, "the configuration has no key for the journal"))
}
