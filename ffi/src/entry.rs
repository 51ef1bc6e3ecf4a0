//! An entry of the journal: what the newest record of a session says.

use std::{
    ffi::{CString, c_char},
    mem::MaybeUninit,
    ptr,
};

use kamusm::{
    error::Language,
    journal::{Entry, EntryState},
};

use crate::{
    bytes::{kamusm_bytes, octets},
    config::kamusm_config,
    error::kamusm_error,
    guard::{guard, guard_value, guard_void},
    handle::given,
    result::kamusm_result,
    text::{lendable, text},
};

/// What the newest record of a session's journal says.
///
/// Threads: any number may read it at once.
pub struct kamusm_entry {
    entry: Entry,
    journal: CString,
    application: Option<CString>,
    service: CString,
    turkish: CString,
    english: CString,
}

/// How far a session had come.
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum kamusm_entry_state {
    /// None that this version knows; what accessors answer for NULL.
    Unknown = 0,
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

impl kamusm_entry {
    pub(crate) fn new(entry: Entry) -> Self {
        Self {
            journal: lendable(&entry.id().to_string()),
            application: entry.application().map(lendable),
            service: lendable(entry.service()),
            turkish: lendable(&entry.description(Language::Turkish)),
            english: lendable(&entry.description(Language::English)),
            entry,
        }
    }
}

/// Reads the newest record of a session, from a store of your own.
///
/// `record`, `record_len`: as `kamusm_step_record` gave it, and its length in octets; copied.
/// `config`: with the key of the journal.
/// `entry`: what it says, to be freed by `kamusm_entry_free`.
/// Worth handling: `KAMUSM_RESULT_JOURNAL_KEY`, `KAMUSM_RESULT_JOURNAL_CORRUPT`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn kamusm_entry_open(
    record: *const u8,
    record_len: usize,
    config: Option<&kamusm_config>,
    entry: Option<&mut MaybeUninit<Box<kamusm_entry>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let (config, entry) = (given(config, "config")?, given(entry, "entry")?);
        // SAFETY: the rules at the top of the header.
        let record = unsafe { octets(record, record_len, "record") }?;
        entry.write(Box::new(kamusm_entry::new(Entry::open(record, config.built())?)));
        Ok(())
    })
}

/// The number of the journal, 32 hexadecimal digits. Lent by the entry.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_entry_id(entry: Option<&kamusm_entry>) -> *const c_char {
    guard_value(ptr::null(), || Some(entry?.journal.as_ptr()))
}

/// The place of the newest record.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_entry_sequence(entry: Option<&kamusm_entry>) -> u64 {
    guard_value(0, || Some(entry?.entry.sequence()))
}

/// How far the session had come.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_entry_state_of(entry: Option<&kamusm_entry>) -> kamusm_entry_state {
    guard_value(kamusm_entry_state::Unknown, || {
        Some(match entry?.entry.state() {
            EntryState::CodeNotRedeemed => kamusm_entry_state::CodeNotRedeemed,
            EntryState::Opened => kamusm_entry_state::Opened,
            EntryState::PartlySigned => kamusm_entry_state::PartlySigned,
            EntryState::Signed => kamusm_entry_state::Signed,
            EntryState::Received => kamusm_entry_state::Received,
            EntryState::Ended => kamusm_entry_state::Ended,
            _ => kamusm_entry_state::Unknown,
        })
    })
}

/// Whether `kamusm_session_resume` can go on with it.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_entry_is_pending(entry: Option<&kamusm_entry>) -> bool {
    guard_value(false, || Some(entry?.entry.is_pending()))
}

/// When the session began, seconds since 1970-01-01T00:00:00Z by this machine's calendar.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_entry_begun_unix_s(entry: Option<&kamusm_entry>) -> i64 {
    guard_value(0, || Some(entry?.entry.begun_unix_s()))
}

/// When the newest record was made, seconds since 1970-01-01T00:00:00Z by this machine's calendar.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_entry_written_unix_s(entry: Option<&kamusm_entry>) -> i64 {
    guard_value(0, || Some(entry?.entry.written_unix_s()))
}

/// Number of the application; NULL until the service told it. Lent by the entry.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_entry_application(entry: Option<&kamusm_entry>) -> *const c_char {
    guard_value(ptr::null(), || Some(entry?.application.as_ref()?.as_ptr()))
}

/// The address of the service that the session is with. Lent by the entry.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_entry_service(entry: Option<&kamusm_entry>) -> *const c_char {
    guard_value(ptr::null(), || Some(entry?.service.as_ptr()))
}

/// How many signatures were made.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_entry_signature_count(entry: Option<&kamusm_entry>) -> usize {
    guard_value(0, || Some(entry?.entry.signatures().len()))
}

/// The signature at this place, from 0: a CMS ContentInfo in DER, evidence also where it came to nothing. Lent by the
/// entry.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_entry_signature(entry: Option<&kamusm_entry>, index: usize) -> kamusm_bytes {
    guard_value(kamusm_bytes::ABSENT, || Some(kamusm_bytes::lent(entry?.entry.signatures().get(index)?)))
}

/// What the person is told: how far it had come and what going on does. Lent by the entry.
///
/// `language`: a language tag as in RFC 5646; everything but English is answered in Turkish.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn kamusm_entry_description(
    entry: Option<&kamusm_entry>,
    language: *const c_char,
) -> *const c_char {
    guard_value(ptr::null(), || {
        let entry = entry?;
        // SAFETY: the rules at the top of the header.
        let tag = unsafe { text(language, "language") }.ok()?;
        Some(match Language::from_tag(tag) {
            Language::English => entry.english.as_ptr(),
            _ => entry.turkish.as_ptr(),
        })
    })
}

/// Frees an entry of `kamusm_entry_open`, never one that a list lends; NULL is fine.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_entry_free(entry: Option<Box<kamusm_entry>>) {
    guard_void(|| drop(entry));
}
