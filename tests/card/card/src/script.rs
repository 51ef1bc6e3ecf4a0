//! What shall happen with the card in a reader, and what has happened.

use std::time::Duration;

use crate::apdu::Instruction;

/// What a test has asked for; everything happens once, but for the delay and the pad.
#[derive(Default)]
pub(crate) struct Script {
    pub(crate) pull_at: Option<Pull>,
    pub(crate) status_at_signing: Option<u16>,
    pub(crate) signing_takes: Duration,
    pub(crate) pad: Option<Pad>,
}

/// When to pull the card.
#[derive(Clone, Copy)]
pub(crate) struct Pull {
    pub(crate) at: Moment,
    /// Whether the reader tells that the card has gone.
    pub(crate) is_told: bool,
}

/// One command of many.
#[derive(Clone, Copy)]
pub(crate) enum Moment {
    /// When so many commands have come; counted down.
    After(usize),
    /// At the next command of this kind.
    Next(Instruction),
}

/// A PIN pad and what is typed there; none is the cancel key.
pub(crate) struct Pad {
    pub(crate) typed: Option<String>,
}

impl Script {
    /// Whether the card is pulled at this command, instead of an answer.
    pub(crate) fn pulls(&mut self, instruction: Instruction) -> Option<Pull> {
        let pull = self.pull_at.as_mut()?;
        let is_now = match &mut pull.at {
            Moment::After(0) => true,
            Moment::After(left) => {
                *left -= 1;
                false
            }
            Moment::Next(kind) => *kind == instruction,
        };
        if is_now { self.pull_at.take() } else { None }
    }
}
