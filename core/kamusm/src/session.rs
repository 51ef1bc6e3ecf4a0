//! The sign session as a machine: it says the next step and takes its answer; it does nothing itself.

mod answer;
mod arrival;
mod code;
mod ending;
mod journal;
mod match_code;
mod opened;
mod outcome;
mod pause;
mod present;
mod request;
mod resume;
mod sign_in;
mod signature;
mod signing;
mod step;

use zeroize::Zeroizing;

pub use answer::Answer;
pub use code::VerificationCode;
pub use outcome::{Outcome, OutcomeKind};
pub use step::{
    Facts, Persist, Refusal, Requirements, Send, SignItem, SignRequest, Step, Text, Texts, Wait, WaitReason,
};

use self::{
    answer::{Reply, StepId},
    journal::Journal,
    opened::Opened,
    pause::{Pause, Retries},
    signing::Signing,
};
use crate::{
    config::Config,
    error::{Code, Error, Result},
    journal::JournalId,
    protocol::message::Discovery,
    time::{MonotonicMs, Now},
};

/// One doğrulama kodu on its way to "İşlem Başarılı", or one sign-in by e-imza.
///
/// Ask for the [`Step`], perform it, give the answer; until [`Step::Done`]. Time and entropy are parameters.
pub struct Session {
    config: Config,
    purpose: Purpose,
    /// Of this run; the idempotency keys that outlive it are made of the secret.
    entropy: Zeroizing<[u8; 32]>,
    secret: Zeroizing<[u8; 32]>,
    journal: Option<Journal>,
    /// The calendar at the last answer, for the journal's records.
    unix_ms: i64,
    number: u64,
    stage: Stage,
    pause: Option<Pause>,
    retries: Retries,
    service: Option<Discovery>,
    opened: Option<Opened>,
    texts: Vec<Vec<u8>>,
    texts_checked: bool,
    refusals: Vec<Refusal>,
    signing: Option<Signing>,
    sign_failures: u32,
    failure: Option<Error>,
    submitted: bool,
    /// The service said that it has none of the signatures that were sent.
    absent: bool,
    /// Why the service ends the session, while it is asked once more for the signatures.
    verdict: Option<Error>,
    /// How often the session was read again because the service contradicted itself.
    rereadings: u32,
    /// The end is one from which the newest record can go on.
    stays_open: bool,
    /// Counts what may be asked for more than once: each occasion has its own idempotency key.
    occasion: u32,
    checks_since: Option<MonotonicMs>,
}

/// What is signed for.
enum Purpose {
    /// With the code until it is redeemed.
    Approval(Option<VerificationCode>),
    SignIn,
}

/// Where the session is: what the next step is about.
#[derive(Clone, Debug)]
enum Stage {
    Discovery,
    Redemption,
    Challenge,
    /// The session is read again after a resume.
    Session,
    Confirmation,
    Document(usize),
    Window,
    Reading,
    Choosing,
    Checking,
    Signing,
    Submission,
    Response,
    Collection,
    ReceiptKeys {
        receipt: String,
    },
    Farewell(OutcomeKind),
    Ended(Box<Outcome>),
}

impl Stage {
    /// For the log.
    fn name(&self) -> String {
        match self {
            Self::Document(index) => format!("Document {}", index + 1),
            Self::ReceiptKeys { .. } => "ReceiptKeys".into(),
            Self::Ended(outcome) => {
                let name = outcome.error.as_ref().map_or("", |error| error.code().name());
                format!("Ended {:?} {name}", outcome.kind).trim_end().to_owned()
            }
            // The others hold nothing.
            stage => format!("{stage:?}"),
        }
    }
}

impl Session {
    /// A session for this code. The entropy makes its idempotency keys; it must be fresh and secret.
    pub fn new(code: VerificationCode, config: &Config, entropy: [u8; 32]) -> Self {
        let is_of_environment = code.environment() == Ok(config.environment());
        let mut session = Self::of(Purpose::Approval(Some(code)), config, entropy);
        if !is_of_environment {
            let reason = "the code and the configuration name different environments";
            session.end(OutcomeKind::Failed, Error::new(Code::WrongEnvironment, reason));
        }
        session
    }

    /// A sign-in by e-imza: one text that says so is shown and signed, [`Outcome::signed_in`] holds the token. There is
    /// no window to extend and no kontrol sayısı. The entropy must be fresh and secret.
    pub fn sign_in(config: &Config, entropy: [u8; 32]) -> Self {
        Self::of(Purpose::SignIn, config, entropy)
    }

    fn of(purpose: Purpose, config: &Config, entropy: [u8; 32]) -> Self {
        // A sign-in leaves nothing that is worth going on with.
        let has_journal = config.journal_key().is_some() && !matches!(purpose, Purpose::SignIn);
        Self {
            journal: has_journal.then(|| Journal::new(JournalId::of(&entropy))),
            secret: Zeroizing::new(entropy),
            unix_ms: 0,
            config: config.clone(),
            purpose,
            entropy: Zeroizing::new(entropy),
            number: 0,
            stage: Stage::Discovery,
            pause: None,
            retries: Retries::default(),
            service: None,
            opened: None,
            texts: Vec::new(),
            texts_checked: true,
            refusals: Vec::new(),
            signing: None,
            sign_failures: 0,
            failure: None,
            submitted: false,
            absent: false,
            verdict: None,
            rereadings: 0,
            stays_open: false,
            occasion: 0,
            checks_since: None,
        }
    }

    /// The next step: the same state gives the same step.
    pub fn step(&self, now: Now) -> Result<Step> {
        let id = StepId { number: self.number, lapsed: false, record: None };
        if let Some(step) = self.persist(id, now) {
            return Ok(step);
        }
        if let Stage::Ended(outcome) = &self.stage {
            return Ok(Step::Done(self.with_journal(Outcome::clone(outcome))));
        }
        if let Some(pause) = self.pause.filter(|pause| now.monotonic_ms < pause.until) {
            return Ok(Step::Wait(Wait { id, until: pause.until, reason: pause.reason }));
        }
        if let Some(outcome) = self.overdue(now.monotonic_ms) {
            let stored = self.persist_overdue(id, &outcome, now);
            return Ok(stored.unwrap_or_else(|| Step::Done(self.with_journal(outcome))));
        }
        if self.needs_extension(now.monotonic_ms) {
            let id = StepId { lapsed: true, ..id };
            return Ok(Step::Send(Send { id, request: self.extension_request()? }));
        }
        match &self.stage {
            Stage::Reading => self.show(id),
            Stage::Choosing => self.choose(id),
            Stage::Signing => self.sign(id),
            _ => Ok(Step::Send(Send { id, request: self.stage_request()? })),
        }
    }

    /// Takes the answer of the current step. On an error nothing has changed.
    ///
    /// An answer of a step that is over is refused as [`Code::Stale`]; only signatures are taken late.
    pub fn answer(&mut self, answer: Answer, now: Now) -> Result<()> {
        self.unix_ms = now.unix_ms;
        if let Some(sequence) = answer.id.record {
            let line = format!("Record {sequence} <- {answer:?}");
            let taken = self.written(answer.id, sequence, answer.reply, now);
            self.config.log().add(now.monotonic_ms, format!("{line} -> {}", self.stage.name()));
            return taken;
        }
        if answer.id.number != self.number {
            return match answer.reply {
                Reply::Signatures(values) => self.take_late(answer.id, &values),
                _ => Err(Error::new(Code::Stale, "the answer belongs to a step that is over")),
            };
        }
        self.note_submission(answer.id);
        let line = format!("{} <- {answer:?}", self.stage.name());
        let taken = self.take(answer, now);
        let after = match &taken {
            Ok(()) => self.stage.name(),
            Err(error) => format!("refused {}", error.code().name()),
        };
        self.config.log().add(now.monotonic_ms, format!("{line} -> {after}"));
        taken
    }

    fn take(&mut self, answer: Answer, now: Now) -> Result<()> {
        match answer.reply {
            Reply::Cancelled => self.cancel(),
            Reply::Elapsed => self.go_on(),
            Reply::Response(response) => self.arrive(&response, answer.id.lapsed, now),
            Reply::Failed(failure) => self.lost(failure, now),
            Reply::Accepted => self.enter(Stage::Choosing),
            Reply::Declined => {
                let error = Error::new(Code::Declined, "the person declined the text");
                self.leave(OutcomeKind::Cancelled, error);
            }
            Reply::Certificate { der, chain } => return self.chosen(&der, &chain, now),
            Reply::Signatures(values) => return self.signed(answer.id, &values, now),
            Reply::Gave(error) => return self.gave_up(error, now),
            Reply::Stored => return Err(Error::new(Code::State, "there is no record to store")),
        }
        Ok(())
    }

    /// When something changes by time alone: the end of a pause, or of the window.
    pub fn deadline(&self) -> Option<MonotonicMs> {
        if let Some(until) = self.journal.as_ref().and_then(Journal::retry_at) {
            return Some(until);
        }
        if let Some(pause) = self.pause {
            return Some(pause.until);
        }
        match self.stage {
            Stage::Reading | Stage::Choosing | Stage::Checking | Stage::Signing => {
                self.opened.as_ref().and_then(|opened| opened.window_end)
            }
            _ => None,
        }
    }

    /// Ends the session. The next step tells the service, the one after it is [`Step::Done`].
    pub fn cancel(&mut self) {
        // Whether the PUT is on its way is not known here.
        self.submitted |= matches!(self.stage, Stage::Submission) && !self.is_writing();
        self.leave(OutcomeKind::Cancelled, Error::new(Code::Cancelled, "cancelled"));
    }

    /// The next stage; every answer to the step before it is stale from here on.
    fn enter(&mut self, stage: Stage) {
        self.stage = stage;
        self.retries = Retries::default();
        self.go_on();
    }

    fn go_on(&mut self) {
        self.pause = None;
        self.number += 1;
    }

    fn pause(&mut self, pause: Pause) {
        self.pause = Some(pause);
        self.number += 1;
    }

    fn is_sign_in(&self) -> bool {
        matches!(self.purpose, Purpose::SignIn)
    }

    fn opened(&self) -> Result<&Opened> {
        self.opened.as_ref().ok_or_else(|| internal("the session is not open"))
    }
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Session(step {})", self.number)
    }
}

fn internal(reason: &str) -> Error {
    Error::new(Code::Internal, reason)
}
