//! The loop over the session's steps, with the person and the card.

mod signing;

use kamusm::{
    drive::{self, Failure, Transport},
    error::{Code, Error, Result},
    session::{Answer, Outcome, Refusal, Requirements, Send, Session, SignRequest, Step, Texts, WaitReason},
    time::{MonotonicMs, Now},
    token,
};
use kamusm_token::{
    cancel::CancelToken,
    identity::Identity,
    pin::{Pin, Tries},
    soft::SoftKeyError,
};

use crate::{
    card_rack::CardRack,
    certificate_choice::Candidate,
    countdown::Countdown,
    descriptor::Descriptor,
    evidence::Evidence,
    front::{Choosing, Front, Note, Reply, Stop},
    interruption::Interruption,
    journal::Journal,
    moment,
    typed::Typed,
};

/// Everything that performs steps.
pub(crate) struct Run<'a> {
    pub(crate) front: &'a mut dyn Front,
    pub(crate) rack: CardRack,
    /// Where the PIN comes from if nobody is asked.
    pub(crate) pins: Option<Descriptor>,
    pub(crate) interruption: &'a Interruption,
    pub(crate) journal: &'a Journal,
    /// The beginning of the fingerprint of the certificate that is wanted.
    pub(crate) wanted: Option<String>,
    state: State,
}

/// What one step leaves for the next ones.
#[derive(Default)]
struct State {
    evidence: Evidence,
    /// The service's time of the redemption, and this machine's clock then.
    opened: Option<(i64, MonotonicMs)>,
    deadline: Option<MonotonicMs>,
    told_refusals: usize,
    told_signing_time: Option<i64>,
    chosen: Option<Identity>,
    /// The second half of a file's password, until it is used.
    password: Option<Pin>,
    /// The last word about the PIN tries: a card read earlier knew less.
    tries: Option<Tries>,
    /// The reader's keys are wanted, or not, against what the card said.
    pad: Option<bool>,
    /// Each wait is told once, not at each of its rounds.
    told_wait: Option<WaitReason>,
}

impl<'a> Run<'a> {
    pub(crate) fn new(
        front: &'a mut dyn Front,
        rack: CardRack,
        pins: Option<Descriptor>,
        interruption: &'a Interruption,
        journal: &'a Journal,
        wanted: Option<String>,
    ) -> Self {
        Self { front, rack, pins, interruption, journal, wanted, state: State::default() }
    }

    /// What was shown, to keep.
    pub(crate) fn evidence(&self) -> &Evidence {
        &self.state.evidence
    }

    /// Runs the session to its end.
    pub(crate) fn complete(&mut self, session: &mut Session, transport: &impl Transport) -> Result<Outcome> {
        self.front.note(Note::Connecting);
        loop {
            let answer = match session.step(Now::system())? {
                Step::Send(send) => Some(self.send(&send, transport)),
                Step::Wait(pause) => {
                    if self.state.told_wait.replace(pause.reason()) != Some(pause.reason()) {
                        self.front.note(Note::Waiting(pause.reason()));
                    }
                    Some(drive::wait(&pause, self.interruption.cancel()))
                }
                Step::Show(texts) => self.show(&texts),
                Step::Choose(requirements) => self.choose(&requirements),
                Step::Sign(request) => self.sign(&request),
                Step::Persist(persist) => Some(match self.journal.store().store(persist.record()) {
                    Ok(()) => persist.stored(),
                    Err(why) => persist.failed(why),
                }),
                Step::Done(outcome) => return Ok(outcome),
                _ => {
                    session.cancel();
                    None
                }
            };
            // Without an answer the window is over; the step of now comes next.
            let Some(answer) = answer else { continue };
            match session.answer(answer, Now::system()) {
                Err(error) if error.code() == Code::Stale => {}
                other => other?,
            }
        }
    }

    fn send(&mut self, send: &Send, transport: &impl Transport) -> Answer {
        // The farewell is waited for: a process that ends takes its unsent requests with it. Ctrl+C ends that too.
        let patient = CancelToken::new();
        let request = send.request();
        if request.after_cancel {
            self.front.note(Note::Cancelling);
        }
        let cancel = if request.after_cancel { &patient } else { self.interruption.cancel() };
        match transport.perform(request, cancel) {
            Ok(response) => send.response(response),
            Err(Failure::Transport(failure)) => send.failed(failure),
            Err(Failure::Cancelled) => send.cancelled(),
        }
    }

    fn show(&mut self, texts: &Texts) -> Option<Answer> {
        let facts = texts.facts();
        self.state.told_wait = None;
        let opened = moment::from_rfc3339(&facts.created_at).map(|time| (time, Now::system().monotonic_ms));
        self.state.opened = self.state.opened.or(opened);
        self.state.evidence = Evidence {
            application: facts.application.clone(),
            texts: texts.items().iter().map(|text| text.octets.clone()).collect(),
        };
        let countdown = self.countdown(facts.deadline);
        match self.front.show(texts, countdown) {
            Ok(true) => Some(texts.accept()),
            Ok(false) => Some(texts.decline()),
            Err(Stop::TimeOver) => None,
            Err(Stop::Cancelled | Stop::Failed(_)) => Some(texts.cancelled()),
        }
    }

    fn choose(&mut self, requirements: &Requirements) -> Option<Answer> {
        let countdown = self.countdown(requirements.deadline());
        let refusals = requirements.refusals();
        if refusals.len() > self.state.told_refusals {
            self.state.told_refusals = refusals.len();
            if let Some(refusal) = refusals.last() {
                self.front.note(Note::Refused(&refusal.error));
            }
        }
        match self.candidate(refusals, countdown) {
            Ok(candidate) => {
                let answer = token::choose(requirements, &candidate.identity);
                self.state.chosen = Some(candidate.identity);
                self.state.tries = None;
                self.state.pad = None;
                Some(answer.unwrap_or_else(|error| requirements.failed(error)))
            }
            Err(Stop::Cancelled) => Some(requirements.cancelled()),
            Err(Stop::TimeOver) => None,
            Err(Stop::Failed(error)) => Some(requirements.failed(error)),
        }
    }

    fn candidate(&mut self, refusals: &[Refusal], countdown: Countdown) -> Reply<Candidate> {
        while self.rack.is_locked() {
            self.unlock(countdown)?;
        }
        let at_unix_s = self.service_time();
        let wanted = self.wanted.as_deref();
        self.front.choose(&mut self.rack, Choosing { refusals, at_unix_s, countdown, wanted })
    }

    /// One attempt to open the certificate file. Its password is asked once and serves the signing too.
    fn unlock(&mut self, countdown: Countdown) -> Reply<()> {
        let (reading, signing) = if self.pins.is_some() {
            let line = self.pin_line()?;
            (line.to_pin(), line.to_pin())
        } else {
            self.front.password(countdown)?
        };
        match self.rack.unlock(reading) {
            Ok(()) => self.state.password = Some(signing),
            Err(SoftKeyError::Password) if self.pins.is_none() => self.front.note(Note::PasswordWrong),
            Err(error) => {
                let reason = format!("the certificate file cannot be used: {error}");
                return Err(Error::new(Code::CertificateMalformed, reason).into());
            }
        }
        Ok(())
    }

    /// The next line of `--pin-fd`.
    fn pin_line(&self) -> Reply<Typed> {
        let missing = || Error::new(Code::PinRequired, "the descriptor of the PIN has no further line");
        let descriptor = self.pins.as_ref().ok_or_else(missing)?;
        descriptor.line(self.interruption).map_err(|_| match self.interruption.cancel().is_cancelled() {
            true => Stop::Cancelled,
            false => missing().into(),
        })
    }

    /// The countdown to a deadline; a later one than before means that the window was extended.
    fn countdown(&mut self, deadline: MonotonicMs) -> Countdown {
        if self.state.deadline.replace(deadline).is_some_and(|before| before < deadline) {
            self.front.note(Note::Extended);
        }
        Countdown::new(deadline)
    }

    /// The service's time now, as far as it is known.
    fn service_time(&self) -> i64 {
        let now = Now::system();
        match self.state.opened {
            Some((unix_s, since)) => {
                let elapsed_s = now.monotonic_ms.saturating_sub(since) / 1000;
                unix_s.saturating_add(i64::try_from(elapsed_s).unwrap_or(i64::MAX))
            }
            None => now.unix_ms.div_euclid(1000),
        }
    }

    fn sign(&mut self, request: &SignRequest) -> Option<Answer> {
        self.state.told_wait = None;
        let countdown = self.countdown(request.deadline());
        signing::sign(self, request, countdown)
    }
}
