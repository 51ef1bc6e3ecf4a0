//! A step: its kind, what it says, and the answers that can be made from it.

pub mod choose;
pub mod send;
pub mod show;
pub mod sign;
pub mod wait;

use std::sync::Arc;

use self::{choose::ChooseStep, send::SendStep, show::ShowStep, sign::SignStep, wait::WaitStep};
use crate::outcome::Outcome;

/// The next thing to do. A caller who meets a kind that it does not know cancels the session.
#[derive(uniffi::Enum)]
#[expect(clippy::large_enum_variant, reason = "it crosses by its fields and is never kept")]
pub enum Step {
    /// Perform an HTTP request.
    Send {
        /// The request.
        send: Arc<SendStep>,
    },
    /// Wait.
    Wait {
        /// Until when.
        wait: Arc<WaitStep>,
    },
    /// Show the texts to the person, who accepts or declines.
    Show {
        /// The texts.
        show: Arc<ShowStep>,
    },
    /// Choose the certificate to sign with.
    Choose {
        /// What is needed.
        choose: Arc<ChooseStep>,
    },
    /// Ask for the PIN, here and not before, and sign.
    Sign {
        /// What to sign.
        sign: Arc<SignStep>,
    },
    /// The end.
    Done {
        /// How the session ended.
        outcome: Outcome,
    },
    /// A kind that this version does not know.
    Unknown,
}

impl Step {
    pub(crate) fn new(step: kamusm::Step) -> Self {
        match step {
            kamusm::Step::Send(send) => Self::Send { send: Arc::new(SendStep(send)) },
            kamusm::Step::Wait(wait) => Self::Wait { wait: Arc::new(WaitStep(wait)) },
            kamusm::Step::Show(texts) => Self::Show { show: Arc::new(ShowStep(texts)) },
            kamusm::Step::Choose(requirements) => Self::Choose { choose: Arc::new(ChooseStep(requirements)) },
            kamusm::Step::Sign(request) => Self::Sign { sign: Arc::new(SignStep(request)) },
            kamusm::Step::Done(outcome) => Self::Done { outcome: Outcome::new(outcome) },
            _ => Self::Unknown,
        }
    }
}
