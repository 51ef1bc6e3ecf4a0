//! Each step with its time.

use std::time::Instant;

/// The time since the demo began.
#[derive(Clone, Copy)]
pub(crate) struct Timeline(Instant);

impl Timeline {
    pub(crate) fn start() -> Self {
        Self(Instant::now())
    }

    pub(crate) fn tell(&self, what: &str) {
        println!("{:8.3} s  {what}", self.0.elapsed().as_secs_f64());
    }
}
