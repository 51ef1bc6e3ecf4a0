//! Contestants take turns, so that a busy machine is equally bad for all of them.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use crate::process;

const ROUNDS: usize = 25;
/// How long one contestant works in one round.
const ROUND: Duration = Duration::from_millis(25);

/// Figures by name; microseconds unless the name says otherwise.
pub(crate) type Figures = BTreeMap<String, f64>;

pub(crate) fn to_json(figures: &Figures) -> String {
    serde_json::to_string(figures).expect("names and numbers")
}

type Work<'a> = Box<dyn FnMut() + 'a>;

/// Several ways to do the same thing.
#[derive(Default)]
pub(crate) struct Contest<'a> {
    contestants: Vec<(String, Work<'a>)>,
}

impl<'a> Contest<'a> {
    pub(crate) fn enter(&mut self, name: &str, work: impl FnMut() + 'a) {
        self.contestants.push((name.to_owned(), Box::new(work)));
    }

    /// Processor time of one piece of work: the median of the rounds.
    pub(crate) fn run(self, figures: &mut Figures) {
        let mut contestants: Vec<Contestant<'a>> =
            self.contestants.into_iter().map(|(name, work)| Contestant::new(name, work)).collect();
        for _ in 0..ROUNDS {
            contestants.iter_mut().for_each(Contestant::round);
        }
        figures.extend(contestants.into_iter().map(|contestant| {
            let median = median(contestant.times);
            (contestant.name, median)
        }));
    }
}

pub(crate) fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

pub(crate) fn microseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e6
}

struct Contestant<'a> {
    name: String,
    work: Work<'a>,
    pieces: u32,
    times: Vec<f64>,
}

impl<'a> Contestant<'a> {
    /// Warms up, and finds out how many pieces fill a round.
    fn new(name: String, mut work: Work<'a>) -> Self {
        let began = Instant::now();
        let mut pieces = 0;
        while began.elapsed() < ROUND || pieces == 0 {
            work();
            pieces += 1;
        }
        Self { name, work, pieces, times: Vec::with_capacity(ROUNDS) }
    }

    fn round(&mut self) {
        let began = process::cpu();
        for _ in 0..self.pieces {
            (self.work)();
        }
        self.times.push(microseconds(process::cpu() - began) / f64::from(self.pieces));
    }
}
