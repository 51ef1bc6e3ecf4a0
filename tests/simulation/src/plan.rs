//! How bad a world is: drawn once from its seed.

use fastrand::Rng;

/// Chances in a thousand, and how many things go wrong at all before everything heals.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Plan {
    pub(crate) order: usize,
    pub(crate) network: u32,
    pub(crate) application: u32,
    pub(crate) service: u32,
    pub(crate) disk: u32,
    pub(crate) ocsp: u32,
    pub(crate) slow: u32,
    pub(crate) person: u32,
    pub(crate) budget: u32,
}

impl Plan {
    pub(crate) fn draw(chance: &mut Rng) -> Self {
        let mut one_of = |choices: &[u32]| choices[chance.usize(..choices.len())];
        Self {
            order: one_of(&[0, 1]) as usize,
            network: one_of(&[0, 50, 150, 300]),
            application: one_of(&[0, 30, 80, 150]),
            service: one_of(&[0, 30, 100, 200]),
            disk: one_of(&[0, 0, 30, 80]),
            ocsp: one_of(&[0, 0, 60, 200]),
            slow: one_of(&[0, 50, 150]),
            person: one_of(&[0, 0, 30]),
            budget: one_of(&[1, 2, 4, 8, 16]),
        }
    }

    /// Whether something of this chance goes wrong now.
    pub(crate) fn strikes(&mut self, chance: &mut Rng, per_mille: u32) -> bool {
        let strikes = self.budget > 0 && chance.u32(..1000) < per_mille;
        self.budget -= u32::from(strikes);
        strikes
    }
}
