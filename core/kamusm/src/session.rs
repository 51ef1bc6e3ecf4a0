//! The sign session as a machine: it says the next step and takes its answer; it does nothing itself.

mod answer;
mod arrival;
mod code;
mod match_code;
mod opened;
mod outcome;
mod pause;
mod present;
mod request;
mod signing;
mod step;

use zeroize::Zeroizing;

pub use answer::Answer;
pub use code::{Environment, VerificationCode};
pub use outcome::{Outcome, OutcomeKind};
pub use step::{
    Facts, Refusal, Requirements, Send, SignItem, SignRequest, Step, Text, Texts, Wait, WaitReason,
};

use self::{
    answer::Reply,
    opened::Opened,
    pause::{Pause, Retries},
    signing::Signing,
    step::StepId,
};
use crate::{
    config::Config,
    error::{Category, Code, Error, Result},
    protocol::{message::Discovery, request::TransportFailure, wire},
    time::{MonotonicMs, Now},
};

/// How often signing may fail in a row before the session ends.
const MAX_SIGN_FAILURES: u32 = 5;

/// One doğrulama kodu on its way to "İşlem Başarılı".
///
/// Ask for the [`Step`], perform it, give the answer; until [`Step::Done`]. Time and entropy are parameters.
pub struct Session {
    config: Config,
    code: VerificationCode,
    entropy: Zeroizing<[u8; 32]>,
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
    /// Counts what may be asked for more than once: each occasion has its own idempotency key.
    occasion: u32,
    checks_since: MonotonicMs,
}

/// Where the session is: what the next step is about.
#[derive(Clone, Debug)]
enum Stage {
    Discovery,
    Redemption,
    Confirmation,
    Document(usize),
    Window,
    Reading,
    Choosing,
    Checking,
    Signing,
    Submission,
    Collection,
    ReceiptKeys { receipt: String },
    Farewell(OutcomeKind),
    Ended(Outcome),
}

impl Session {
    /// A session for this code. The entropy makes its idempotency keys; it must be fresh and secret.
    pub fn new(code: VerificationCode, config: &Config, entropy: [u8; 32]) -> Self {
        let mut session = Self {
            config: config.clone(),
            code,
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
            occasion: 0,
            checks_since: 0,
        };
        if session.code.environment() != Ok(config.environment()) {
            let reason = "the code and the configuration name different environments";
            session.end(OutcomeKind::Failed, Error::new(Code::WrongEnvironment, reason));
        }
        session
    }

    /// The next step: the same state gives the same step.
    pub fn step(&self, now: Now) -> Result<Step> {
        let id = StepId { number: self.number, lapsed: false };
        if let Stage::Ended(outcome) = &self.stage {
            return Ok(Step::Done(outcome.clone()));
        }
        if let Some(pause) = self.pause.filter(|pause| now.monotonic_ms < pause.until) {
            return Ok(Step::Wait(Wait { id, until: pause.until, reason: pause.reason }));
        }
        if let Some(outcome) = self.overdue(now.monotonic_ms) {
            return Ok(Step::Done(outcome));
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
        if answer.id.number != self.number {
            return match answer.reply {
                Reply::Signatures(values) => self.take_late(answer.id, &values, now),
                _ => Err(Error::new(Code::Stale, "the answer belongs to a step that is over")),
            };
        }
        self.note_submission(answer.id);
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
            Reply::Certificate { der, chain } => return self.chosen(&der, &chain),
            Reply::Signatures(values) => return self.signed(answer.id, &values, now),
            Reply::Gave(error) => return self.gave_up(error, now),
        }
        Ok(())
    }

    /// When something changes by time alone: the end of a pause, or of the window.
    pub fn deadline(&self) -> Option<MonotonicMs> {
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
        self.submitted |= matches!(self.stage, Stage::Submission);
        self.leave(OutcomeKind::Cancelled, Error::new(Code::Cancelled, "cancelled"));
    }

    /// Ends the session from this side; the service is told where it waits for us.
    fn leave(&mut self, kind: OutcomeKind, error: Error) {
        match self.stage {
            Stage::Ended(_) => {}
            Stage::Farewell(_) => self.end(kind, error),
            _ if self.opened.is_some() && !self.submitted => {
                self.failure = Some(error);
                self.enter(Stage::Farewell(kind));
            }
            _ => self.end(kind, error),
        }
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

    fn end(&mut self, kind: OutcomeKind, error: Error) {
        self.finish(Outcome::new(kind, Some(error)));
    }

    fn finish(&mut self, mut outcome: Outcome) {
        self.complete(&mut outcome);
        self.enter(Stage::Ended(outcome));
    }

    /// Adds what every end carries: the page to go back to and the signatures that were made.
    fn complete(&self, outcome: &mut Outcome) {
        outcome.return_to = self.opened.as_ref().map(|opened| opened.body.service.origin.clone());
        outcome.may_have_arrived = self.submitted && outcome.kind != OutcomeKind::Rejected;
        if let Some(signing) = &self.signing {
            outcome.signatures = signing.signatures.iter().flatten().cloned().collect();
        }
    }

    /// The end by time: the hard end of the session, or a lapsed window that cannot be extended.
    fn overdue(&self, now: MonotonicMs) -> Option<Outcome> {
        let opened = self.opened.as_ref()?;
        if self.submitted || matches!(self.stage, Stage::Farewell(_)) {
            return None;
        }
        let error = if opened.is_over(now) {
            Error::new(Code::SessionExpired, "the hard end of the session is over")
        } else if self.needs_extension(now) && opened.body.extensions_left == 0 {
            Error::new(Code::NoExtensionsLeft, "the window lapsed and no extension is left")
        } else {
            return None;
        };
        let mut outcome = Outcome::new(OutcomeKind::Expired, Some(error));
        self.complete(&mut outcome);
        Some(outcome)
    }

    fn needs_extension(&self, now: MonotonicMs) -> bool {
        let Some(opened) = &self.opened else { return false };
        match self.stage {
            Stage::Choosing | Stage::Checking | Stage::Signing => opened.has_lapsed(now),
            Stage::Submission => !self.submitted && now >= opened.submission_end(),
            _ => false,
        }
    }

    fn chosen(&mut self, der: &[u8], chain: &[Vec<u8>]) -> Result<()> {
        let opened = self.opened()?;
        let attached = opened.body.signature_policy.attached;
        let intermediates = self.config.intermediates();
        let signing = Signing::new(der, chain, intermediates, attached, self.texts.len())?;
        self.signing = Some(signing);
        self.enter(Stage::Checking);
        Ok(())
    }

    /// Hands out the values to sign, with the service's time of this moment.
    fn prepare(&mut self, now: Now) -> Result<()> {
        let signing_time = self.opened()?.service_time_unix_s(now.monotonic_ms);
        let number = self.number + 1;
        let texts = &self.texts;
        let signing = self.signing.as_mut().ok_or_else(|| internal("no certificate is chosen"))?;
        signing.prepare(number, signing_time, texts)?;
        self.enter(Stage::Signing);
        Ok(())
    }

    fn signed(&mut self, id: StepId, values: &[Option<Vec<u8>>], now: Now) -> Result<()> {
        let signing = self.signing.as_mut().ok_or_else(|| internal("no certificate is chosen"))?;
        let wrong = match signing.take(id, values) {
            Err(error) if error.code() != Code::SelfCheck => return Err(error),
            verdict => verdict.err(),
        };
        if signing.is_complete() {
            self.enter(Stage::Submission);
            return Ok(());
        }
        self.failure = wrong;
        self.sign_again(now)
    }

    fn sign_again(&mut self, now: Now) -> Result<()> {
        self.sign_failures += 1;
        if self.sign_failures >= MAX_SIGN_FAILURES {
            let error = self
                .failure
                .take()
                .unwrap_or_else(|| Error::new(Code::IncompleteSubmission, "not every text was signed"));
            self.end(OutcomeKind::Failed, error);
            return Ok(());
        }
        self.prepare(now)
    }

    /// A signature that comes late is kept; if it was the last one missing, the session goes on with it.
    fn take_late(&mut self, id: StepId, values: &[Option<Vec<u8>>], _now: Now) -> Result<()> {
        let stale = || Error::new(Code::Stale, "the answer belongs to a step that is over");
        let signing = self.signing.as_mut().filter(|signing| signing.has_handed_out(id)).ok_or_else(stale)?;
        signing.take(id, values)?;
        let is_complete = signing.is_complete();
        match &mut self.stage {
            Stage::Ended(outcome) => {
                outcome.signatures = signing.signatures.iter().flatten().cloned().collect();
            }
            Stage::Choosing | Stage::Checking | Stage::Signing if is_complete => {
                self.enter(Stage::Submission);
            }
            _ => {}
        }
        Ok(())
    }

    /// The caller cannot choose or sign. What can be mended by the person comes again, the rest ends it.
    fn gave_up(&mut self, error: Error, now: Now) -> Result<()> {
        if !error.is_retryable() {
            self.leave(OutcomeKind::Failed, error);
            return Ok(());
        }
        self.failure = Some(error);
        if matches!(self.stage, Stage::Signing) {
            return self.sign_again(now);
        }
        self.go_on();
        Ok(())
    }

    fn lost(&mut self, failure: TransportFailure, now: Now) {
        let (code, reason) = match failure {
            TransportFailure::Unreachable => (Code::Unreachable, "no connection, or it broke"),
            TransportFailure::Tls => (Code::Tls, "TLS was refused"),
            TransportFailure::Timeout => (Code::Timeout, "no answer in time"),
            TransportFailure::TooLarge => (Code::ResponseTooLarge, "the body is larger than allowed"),
            TransportFailure::Malformed => (Code::BadResponse, "the answer is not HTTP"),
        };
        self.refused(Error::new(code, reason), now);
    }

    /// The request of this stage failed: again after a pause, or the end.
    fn refused(&mut self, error: Error, now: Now) {
        if let Stage::Farewell(kind) = self.stage {
            let error = self.failure.take().unwrap_or(error);
            return self.end(kind, error);
        }
        // Once the signatures may have arrived, only the service's own word ends the waiting.
        let is_open =
            wire::is_repeatable(&error) || (self.submitted && error.category() == Category::Network);
        if is_open {
            let deadline = self.opened.as_ref().map(Opened::submission_end);
            let deadline = deadline.filter(|_| matches!(self.stage, Stage::Submission));
            let (after, salt) = (error.retry_after_s(), self.number);
            if let Some(pause) = self.retries.next(now.monotonic_ms, after, deadline, &self.entropy, salt) {
                return self.pause(pause);
            }
        }
        if self.submitted && is_open {
            let unknown = Error::new(Code::OutcomeUnknown, "the signatures were sent and no answer came");
            return self.end(OutcomeKind::Unknown, unknown.caused_by(error));
        }
        let kind = match error.code() {
            // Accepted by the service's word, but not proven by its receipt.
            _ if matches!(self.stage, Stage::ReceiptKeys { .. }) => OutcomeKind::Unknown,
            Code::SessionExpired | Code::NoExtensionsLeft => OutcomeKind::Expired,
            Code::SessionCancelled | Code::ConfirmationRefused => OutcomeKind::Cancelled,
            _ if self.submitted => OutcomeKind::Rejected,
            _ => OutcomeKind::Failed,
        };
        self.end(kind, error);
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
