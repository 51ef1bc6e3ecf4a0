//! "Yarım kalan işlem": what a crash interrupted is offered before a code is asked for.

use kamusm::{
    config::Config,
    error::{Code, Error, Result},
    journal::{Entry, JournalId},
    session::{Session, VerificationCode},
};

use crate::{
    front::{Front, Note, Reply},
    journal::Journal,
};

/// What a session begins with.
pub(crate) enum Begin {
    Code(VerificationCode),
    Unfinished(JournalId),
}

/// Tells what the journal's files have to tell, and offers what can go on with this service.
pub(crate) fn offer(front: &mut dyn Front, journal: &Journal, config: &Config) -> Reply<Option<JournalId>> {
    if let Some(file) = journal.new_key_file() {
        front.note(Note::KeyFile(file));
    }
    let pending = journal.pending(config)?;
    pending.torn.iter().for_each(|file| front.note(Note::Torn(file)));
    pending.unusable.iter().for_each(|error| front.note(Note::Unusable(error)));
    let is_here = |entry: &Entry| entry.service() == config.base_url();
    let unfinished: Vec<Entry> = pending.entries.into_iter().filter(is_here).collect();
    if unfinished.is_empty() { Ok(None) } else { front.resume(&unfinished) }
}

/// Goes on with the entry; of the configurations, which differ in the environment, the one that it was made with.
pub(crate) fn session(
    journal: &Journal,
    id: JournalId,
    configs: impl IntoIterator<Item = Config>,
    entropy: [u8; 32],
) -> Result<(Session, Config)> {
    let record = journal.read(id)?;
    let mut refusal = Error::new(Code::Config, "the record belongs to another service");
    for config in configs {
        match Session::resume(&record, &config, entropy) {
            Ok(session) => return Ok((session, config)),
            Err(error) if error.code() == Code::Config => refusal = error,
            Err(error) => return Err(error),
        }
    }
    Err(refusal)
}
