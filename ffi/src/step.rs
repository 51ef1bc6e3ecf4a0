//! A step: its kind, what it says, and the answers that can be made from it.

pub mod choose;
pub mod done;
pub mod persist;
pub mod send;
pub mod show;
pub mod sign;
pub mod wait;

use std::{mem::MaybeUninit, sync::OnceLock};

use kamusm::{
    Answer, Code, Error, Step,
    session::{Outcome, Persist, Requirements, Send, SignRequest, Texts, Wait},
};

use self::{choose::ChooseView, done::DoneView, persist::PersistView, show::ShowView, sign::SignView};
use crate::{
    answer::{kamusm_answer, place},
    error::kamusm_error,
    guard::{guard, guard_value, guard_void},
    handle::given,
    request::kamusm_request,
    result::kamusm_result,
};

/// The next thing to do. It never changes; what its functions lend lives as long as the step.
///
/// A function of another kind of step answers with its absent value, or with `KAMUSM_RESULT_STATE`.
/// Threads: any number may use it at once.
pub struct kamusm_step {
    step: Step,
    view: OnceLock<View>,
}

/// The kinds of step. A caller who meets one that it does not know cancels the session.
///
/// cbindgen:rename-all=None
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum kamusm_step_kind {
    /// None that this version knows.
    KAMUSM_STEP_UNKNOWN = 0,
    /// Perform an HTTP request: `kamusm_http_perform`.
    KAMUSM_STEP_SEND = 1,
    /// Wait: `kamusm_wait_perform`.
    KAMUSM_STEP_WAIT = 2,
    /// Show the texts to the person, who accepts or declines: `kamusm_step_accept`, `kamusm_step_decline`.
    KAMUSM_STEP_SHOW = 3,
    /// Choose the certificate to sign with: `kamusm_step_certificate`.
    KAMUSM_STEP_CHOOSE = 4,
    /// Ask for the PIN, here and not before, and sign: `kamusm_token_sign`.
    KAMUSM_STEP_SIGN = 5,
    /// The end: `kamusm_step_outcome`.
    KAMUSM_STEP_DONE = 6,
    /// Store a record of the journal durably, before anything else is done: `kamusm_store_perform`. Comes only with
    /// `kamusm_config_set_journal_key`.
    KAMUSM_STEP_PERSIST = 7,
}

/// What is lent of a step, made when the first of them is asked for.
enum View {
    Send(kamusm_request),
    Show(ShowView),
    Choose(ChooseView),
    Sign(SignView),
    Persist(PersistView),
    Done(Box<DoneView>),
    Nothing,
}

impl kamusm_step {
    pub(crate) fn new(step: Step) -> Self {
        Self { step, view: OnceLock::new() }
    }

    pub(crate) fn send(&self) -> Result<&Send, Error> {
        if let Step::Send(send) = &self.step { Ok(send) } else { Err(self.is_not("KAMUSM_STEP_SEND")) }
    }

    pub(crate) fn wait(&self) -> Result<&Wait, Error> {
        if let Step::Wait(wait) = &self.step { Ok(wait) } else { Err(self.is_not("KAMUSM_STEP_WAIT")) }
    }

    pub(crate) fn show(&self) -> Result<&Texts, Error> {
        if let Step::Show(texts) = &self.step { Ok(texts) } else { Err(self.is_not("KAMUSM_STEP_SHOW")) }
    }

    pub(crate) fn choose(&self) -> Result<&Requirements, Error> {
        if let Step::Choose(choose) = &self.step {
            Ok(choose)
        } else {
            Err(self.is_not("KAMUSM_STEP_CHOOSE"))
        }
    }

    pub(crate) fn sign(&self) -> Result<&SignRequest, Error> {
        if let Step::Sign(request) = &self.step { Ok(request) } else { Err(self.is_not("KAMUSM_STEP_SIGN")) }
    }

    pub(crate) fn persist(&self) -> Result<&Persist, Error> {
        if let Step::Persist(persist) = &self.step {
            Ok(persist)
        } else {
            Err(self.is_not("KAMUSM_STEP_PERSIST"))
        }
    }

    fn done(&self) -> Option<&Outcome> {
        if let Step::Done(outcome) = &self.step { Some(outcome) } else { None }
    }

    fn kind(&self) -> kamusm_step_kind {
        match &self.step {
            Step::Send(_) => kamusm_step_kind::KAMUSM_STEP_SEND,
            Step::Wait(_) => kamusm_step_kind::KAMUSM_STEP_WAIT,
            Step::Show(_) => kamusm_step_kind::KAMUSM_STEP_SHOW,
            Step::Choose(_) => kamusm_step_kind::KAMUSM_STEP_CHOOSE,
            Step::Sign(_) => kamusm_step_kind::KAMUSM_STEP_SIGN,
            Step::Persist(_) => kamusm_step_kind::KAMUSM_STEP_PERSIST,
            Step::Done(_) => kamusm_step_kind::KAMUSM_STEP_DONE,
            _ => kamusm_step_kind::KAMUSM_STEP_UNKNOWN,
        }
    }

    fn is_not(&self, wanted: &str) -> Error {
        Error::new(Code::State, format!("the step is {:?} and not {wanted}", self.kind()))
    }

    fn view(&self) -> &View {
        self.view.get_or_init(|| match &self.step {
            Step::Send(send) => View::Send(kamusm_request::new(send.request().clone())),
            Step::Show(texts) => View::Show(ShowView::new(texts)),
            Step::Choose(requirements) => View::Choose(ChooseView::new(requirements)),
            Step::Sign(request) => View::Sign(SignView::new(request)),
            Step::Persist(persist) => View::Persist(PersistView::new(persist)),
            Step::Done(outcome) => View::Done(Box::new(DoneView::new(outcome))),
            _ => View::Nothing,
        })
    }
}

/// The kind of the step; `KAMUSM_STEP_UNKNOWN` for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_step_kind_of(step: Option<&kamusm_step>) -> kamusm_step_kind {
    guard_value(kamusm_step_kind::KAMUSM_STEP_UNKNOWN, || Some(step?.kind()))
}

/// When the window (Kalan Süre) is over that a step to show, choose or sign belongs to; 0 for other steps.
///
/// Milliseconds on the clock of `kamusm_clock_monotonic_ms`.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_step_deadline_ms(step: Option<&kamusm_step>) -> u64 {
    guard_value(0, || match &step?.step {
        Step::Show(texts) => Some(texts.facts().deadline),
        Step::Choose(requirements) => Some(requirements.deadline()),
        Step::Sign(request) => Some(request.deadline()),
        _ => None,
    })
}

/// Answers that the person cancelled: any step but `KAMUSM_STEP_DONE`.
///
/// `answer`: the answer, to be freed by `kamusm_answer_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_step_cancelled(
    step: Option<&kamusm_step>,
    answer: Option<&mut MaybeUninit<Box<kamusm_answer>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let (step, answer) = (given(step, "step")?, place(answer)?);
        let cancelled = match &step.step {
            Step::Send(send) => send.cancelled(),
            Step::Wait(wait) => wait.cancelled(),
            Step::Show(texts) => texts.cancelled(),
            Step::Choose(requirements) => requirements.cancelled(),
            Step::Sign(request) => request.cancelled(),
            Step::Persist(persist) => persist.cancelled(),
            _ => return Err(step.is_not("one that waits for an answer")),
        };
        answer.write(Box::new(kamusm_answer(cancelled)));
        Ok(())
    })
}

/// Answers that no certificate can be chosen, that signing failed, or that the record could not be stored, for this
/// reason; the machine decides what follows.
///
/// `why`: the error, copied; also one of another performer.
/// `answer`: the answer, to be freed by `kamusm_answer_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_step_failed(
    step: Option<&kamusm_step>,
    why: Option<&kamusm_error>,
    answer: Option<&mut MaybeUninit<Box<kamusm_answer>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let (step, why, answer) = (given(step, "step")?, given(why, "why")?, place(answer)?);
        let failed: Answer = match &step.step {
            Step::Choose(requirements) => requirements.failed(why.inner().clone()),
            Step::Sign(request) => request.failed(why.inner().clone()),
            Step::Persist(persist) => persist.failed(why.inner().clone()),
            _ => return Err(step.is_not("KAMUSM_STEP_CHOOSE, KAMUSM_STEP_SIGN or KAMUSM_STEP_PERSIST")),
        };
        answer.write(Box::new(kamusm_answer(failed)));
        Ok(())
    })
}

/// Frees the step and everything that it lent; NULL is fine.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_step_free(step: Option<Box<kamusm_step>>) {
    guard_void(|| drop(step));
}
