//! Who answers for the person: the terminal, or another program that reads JSON.

use std::path::Path;

use kamusm::{
    error::Error,
    journal::{Entry, JournalId},
    session::{Refusal, Texts, WaitReason},
};
use kamusm_token::pin::{Pin, Tries};

use crate::{card_rack::CardRack, certificate_choice::Candidate, countdown::Countdown, ending::Ending};

/// An answer of the person, or why there is none.
pub(crate) type Reply<T> = Result<T, Stop>;

/// Why there is no answer.
#[derive(Debug)]
pub(crate) enum Stop {
    /// The person cancelled.
    Cancelled,
    /// The window was over first.
    TimeOver,
    /// It cannot go on.
    Failed(Error),
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

/// What happens, for the person to know.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Note<'a> {
    Connecting,
    Waiting(WaitReason),
    /// The window was over and runs anew.
    Extended,
    Cancelling,
    /// A PIN is about to be asked for: İmzalama Tarihi.
    SignatureDue {
        signing_time_unix_s: i64,
    },
    /// It is typed at the reader.
    PinAtReader,
    Signing,
    Signed,
    /// The service refused the certificate.
    Refused(&'a Error),
    /// Something went wrong and is asked for again.
    Trouble(&'a Error),
    /// The password of the certificate file is wrong.
    PasswordWrong,
    /// The key of the journal is in this file, because no keyring took it.
    KeyFile(&'a Path),
    /// A record was torn off at the end of this file by a crash.
    Torn(&'a str),
    /// A file of the journal cannot be used.
    Unusable(&'a Error),
}

/// Which certificate is needed.
#[derive(Clone, Copy)]
pub(crate) struct Choosing<'a> {
    pub(crate) refusals: &'a [Refusal],
    /// The service's time: the machine's own calendar may be wrong.
    pub(crate) at_unix_s: i64,
    pub(crate) countdown: Countdown,
    /// The beginning of the fingerprint of the one that is wanted.
    pub(crate) wanted: Option<&'a str>,
}

/// Asks and tells.
pub(crate) trait Front {
    /// Tells.
    fn note(&mut self, note: Note<'_>);
    /// Which of the unfinished signings of the journal is gone on with, if any.
    fn resume(&mut self, unfinished: &[Entry]) -> Reply<Option<JournalId>>;
    /// Shows the texts and what else must be known before accepting; true for accepted.
    fn show(&mut self, texts: &Texts, countdown: Countdown) -> Reply<bool>;
    /// Chooses a certificate.
    fn choose(&mut self, rack: &mut CardRack, choosing: Choosing<'_>) -> Reply<Candidate>;
    /// Asks for the password of the certificate file: one to read it, one to sign with it.
    fn password(&mut self, countdown: Countdown) -> Reply<(Pin, Pin)>;
    /// Asks for the PIN.
    fn pin(&mut self, tries: Tries, countdown: Countdown) -> Reply<Pin>;
    /// Whether the last PIN try may be used.
    fn confirm_last_try(&mut self, countdown: Countdown) -> Reply<bool>;
    /// Waits until the person wants another attempt.
    fn again(&mut self, countdown: Countdown) -> Reply<()>;
    /// Redraws the countdown while the card works.
    fn working(&mut self, countdown: Countdown);
    /// Tells how it ended.
    fn end(&mut self, ending: &Ending);
}
